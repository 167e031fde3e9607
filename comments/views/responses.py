from django.http import HttpRequest, HttpResponse


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def no_store(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response


def private(response: HttpResponse) -> HttpResponse:
    """For pages with a secret address: not cached, not indexed, and not sent to other sites as a referrer."""
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return no_store(response)
