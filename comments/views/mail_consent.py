"""The page behind the link in a mail to a sender. A GET changes nothing, because mail programs may open links."""

from enum import StrEnum

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ..mail.consent import comment_of_token
from ..models import Comment
from .responses import private


class Action(StrEnum):
    """The values of the buttons, all named "action"."""

    CONFIRM = "confirm"
    STOP = "stop"


@csrf_exempt  # the secret address authorises; under no-referrer browsers send no Origin that Django could check
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest, token: str) -> HttpResponse:
    comment, is_fresh = comment_of_token(token)
    if comment is None:
        raise Http404
    if request.method == "POST":
        _save_choice(comment, request.POST.get("action", ""), is_fresh)
    context = {"comment": comment, "may_confirm": is_fresh or comment.mail_confirmed_at}
    return private(render(request, "comments/consent.html", context))


def _save_choice(comment: Comment, action: str, is_fresh: bool) -> None:
    if action == Action.CONFIRM and is_fresh:
        comment.wants_mail, comment.mail_confirmed_at = True, comment.mail_confirmed_at or timezone.now()
    elif action == Action.STOP:
        comment.wants_mail = False
    comment.save(update_fields=["wants_mail", "mail_confirmed_at"])
