from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from news.models import Article

from .. import conf
from ..opinion_period import accepts_opinions
from ..submission.limits import LimitReached
from ..submission.submission import Outcome, Submission, SubmissionResult
from .opinions import get_article_with_opinions, render_opinions
from .responses import no_store, wants_json
from .returned_text import return_text_on_failure
from .submission_json import captcha_as_dict, result_as_dict

STATUS_CODES = {
    Outcome.STORED: HTTPStatus.SEE_OTHER,
    Outcome.CAPTCHA_NEEDED: HTTPStatus.OK,
    Outcome.INVALID: HTTPStatus.UNPROCESSABLE_ENTITY,
    Outcome.CLOSED: HTTPStatus.FORBIDDEN,
    Outcome.LIMITED: HTTPStatus.TOO_MANY_REQUESTS,
}


@csrf_exempt  # Submission makes the check itself, so that a failure returns the form with everything typed
@require_http_methods(["GET", "HEAD", "POST"])
@return_text_on_failure
def opinions(request: HttpRequest, pk: int) -> HttpResponse:
    if request.method == "POST" and is_too_large(request):
        return too_large_response(request, pk)
    article = get_article_with_opinions(pk)
    if request.method != "POST":
        return render_opinions(request, article)
    result = Submission(request, article).process()
    response = result_response(request, article, result)
    if result.retry_after:
        response["Retry-After"] = str(result.retry_after)
    return no_store(response)


@csrf_exempt  # it hands out the CSRF token, and changes nothing that belongs to a user
@require_POST
@return_text_on_failure
def new_captcha(request: HttpRequest, pk: int) -> HttpResponse:
    article = get_article_with_opinions(pk)
    if not accepts_opinions(article):
        return JsonResponse({"message": _("Bài này không còn nhận ý kiến.")}, status=HTTPStatus.FORBIDDEN)
    submission = Submission(request, article)
    try:
        captcha = submission.new_captcha(submission.captcha_kind)
    except LimitReached as limit:
        response = JsonResponse({"message": limit.message}, status=HTTPStatus.TOO_MANY_REQUESTS)
        response["Retry-After"] = str(limit.retry_after)
        return no_store(response)
    return no_store(JsonResponse(captcha_as_dict(captcha, get_token(request))))


def result_response(request: HttpRequest, article: Article, result: SubmissionResult) -> HttpResponse:
    status = STATUS_CODES[result.outcome]
    if wants_json(request):
        status = HTTPStatus.CREATED if result.comment else status
        return JsonResponse(result_as_dict(result, get_token(request)), status=status)
    if result.comment:
        return HttpResponse(status=status, headers={"Location": f"{result.comment.status_url}?da-gui=1"})
    return render_opinions(request, article, result, status)


def is_too_large(request: HttpRequest) -> bool:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0) > conf.get("max_request")
    except ValueError:
        return True


def too_large_response(request: HttpRequest, pk: int) -> HttpResponse:
    message = _(
        "Ý kiến dài quá mức nhận được. Hãy bấm nút quay lại của trình duyệt, rút gọn còn %(most)d ký tự rồi gửi lại."
    ) % {"most": conf.get("max_body")}
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    if wants_json(request):
        return JsonResponse({"message": message}, status=status)
    return no_store(render(request, "comments/too_long.html", {"message": message, "pk": pk}, status=status))
