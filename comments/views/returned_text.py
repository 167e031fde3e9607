from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ..submission.forms import OpinionForm
from .responses import no_store, wants_json

RETRY_AFTER_OUTAGE = 30  # seconds; a restart of the database takes a few


def return_text_on_failure(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answers a POST with what was typed when the database is unavailable or the article is gone."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (OperationalError, InterfaceError):
            if request.method != "POST":
                raise
            message = _("Máy chủ đang bận. Nội dung của bạn vẫn còn đây, xin gửi lại sau ít phút.")
            response = _text_response(request, HTTPStatus.SERVICE_UNAVAILABLE, message)
            response["Retry-After"] = str(RETRY_AFTER_OUTAGE)
            return response
        except Http404:
            if request.method != "POST":
                raise
            message = _("Bài này không còn nhận ý kiến. Bạn có thể chép lại nội dung đã viết.")
            return _text_response(request, HTTPStatus.NOT_FOUND, message)

    return wrapped


def _text_response(request: HttpRequest, status: HTTPStatus, message: str) -> HttpResponse:
    if wants_json(request):
        return no_store(JsonResponse({"message": message}, status=status))
    context = {
        "title": _("Chưa gửi được ý kiến"),
        "message": message,
        "form": OpinionForm(request.POST),
        "may_retry": status == HTTPStatus.SERVICE_UNAVAILABLE,
    }
    return no_store(render(request, "comments/not_sent.html", context, status=status))
