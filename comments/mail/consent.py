"""The signed link in mails to senders, with which they confirm their address or stop the mails."""

from datetime import timedelta

from django.core import signing
from django.urls import reverse

from .. import conf
from ..models import Comment
from .delivery import absolute_url

SALT = "comments.mail"


def consent_url(comment: Comment) -> str:
    return absolute_url(reverse("comments:consent", args=[signing.dumps(comment.pk, salt=SALT)]))


def comment_of_token(token: str) -> tuple[Comment | None, bool]:
    """The comment, and whether the token is recent enough to confirm the address for the first time."""
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None, False
    try:
        signing.loads(token, salt=SALT, max_age=timedelta(days=conf.get("consent_days")))
    except signing.SignatureExpired:
        return _with_email(pk), False
    return _with_email(pk), True


def _with_email(pk: int) -> Comment | None:
    return Comment.objects.filter(pk=pk).exclude(email="").first()
