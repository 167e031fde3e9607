from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from ..models import Comment, Status
from ..receipts import hash_of
from ..sender_status import sender_status
from .responses import private

WITHDRAW_ATTEMPTS = 3  # a moderator may change the opinion at the same moment


def get_comment(token: str) -> Comment:
    found = Comment.objects.filter(token_hash=hash_of(token)).select_related("article").first()
    if found is None:
        raise Http404
    return found


@require_GET
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    comment = get_comment(token)
    context = {
        "comment": comment,
        "token": token,
        "was_just_sent": "da-gui" in request.GET and comment.is_waiting,
        "reply": comment.replies.published().first() if comment.status == Status.PUBLISHED else None,
        "status": sender_status(comment),
        "may_withdraw": Status.WITHDRAWN in comment.next_statuses,
    }
    return private(render(request, "comments/receipt.html", context))


@csrf_exempt  # the secret address authorises; under no-referrer browsers send no Origin that Django could check
@require_POST
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    for _attempt in range(WITHDRAW_ATTEMPTS):
        comment = get_comment(token)
        if Status.WITHDRAWN not in comment.next_statuses or comment.move(Status.WITHDRAWN):
            break
    return private(redirect("comments:receipt", token))
