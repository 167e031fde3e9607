"""The page behind the link in a letter: say yes to letters, or no more of them. Opening it changes nothing, since mail
programs open links by themselves."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ..mail import notifications
from ..models import Comment
from .opinions import private


@csrf_exempt  # the secret address is the proof, and under no-referrer a browser sends no origin that Django could check
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest, token: str) -> HttpResponse:
    comment, is_fresh = notifications.comment_behind(token)
    if comment is None:
        raise Http404
    if request.method == "POST":
        _decide(comment, request.POST.get("viec", ""), is_fresh)
    context = {
        "comment": comment,
        "may_confirm": is_fresh or comment.mail_confirmed_at,
        "token": token,
        "is_done": request.method == "POST",
    }
    return private(render(request, "comments/consent.html", context))


def _decide(comment: Comment, wanted: str, is_fresh: bool) -> None:
    if wanted == "dong-y" and is_fresh:
        comment.wants_mail, comment.mail_confirmed_at = True, comment.mail_confirmed_at or timezone.now()
    elif wanted == "thoi":
        comment.wants_mail = False
    comment.save(update_fields=["wants_mail", "mail_confirmed_at"])
