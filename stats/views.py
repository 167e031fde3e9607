from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from .collect.beacon import report
from .models import OpeningTotal


@require_safe
def explained(request: HttpRequest) -> HttpResponse:
    """What the words of the counter mean and what is kept."""
    return render(request, "stats/explained.html", {"opening": OpeningTotal.objects.in_force()})


@csrf_exempt  # nothing but a count changes, and a page from a cache has no token
@require_http_methods(["GET", "POST"])
def beacon(request: HttpRequest) -> HttpResponse:
    report(request)
    return HttpResponse(status=204, headers={"Cache-Control": "no-store"})
