from collections.abc import Iterable
from itertools import islice
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from ..models import Comment, CommentQuerySet, ModerationEvent, Notice, OfficialReply, RateCount, Status

BATCH = 500  # opinions in one transaction

# The receipt code and the log of statuses remain: they identify nobody.
ERASED_VALUES: dict[str, Any] = {
    "name": "",
    "email": "",
    "body": "",
    "redactions": [],
    "hits": [],
    "score": 0,
    "text_hash": "",
    "client_hash": None,
    "captcha_key": None,
    "repeat_key": None,
    "reason_note": "",
    "wants_mail": False,
    "mail_confirmed_at": None,
    "reply_due_on": None,
}


def erase(pks: Iterable[int], *, by: User | None = None) -> list[int]:
    """Removes the opinions from every page and deletes their personal data; returns the primary keys of those erased.

    Opinions that are waiting or published are withdrawn first, because only TRANSITIONS lead to the status "erased"."""
    erased = []
    remaining = iter(pks)
    while batch := list(islice(remaining, BATCH)):
        with transaction.atomic():
            rows = Comment.objects.filter(pk__in=batch)
            rows.move(Status.WITHDRAWN, by=by)
            moved = rows.move(Status.ERASED, by=by)
            _delete_rate_counts(Comment.objects.filter(pk__in=moved))
            Comment.objects.filter(pk__in=moved).update(**ERASED_VALUES)
            ModerationEvent.objects.filter(comment__in=moved).erase_notes()
            Notice.objects.filter(comment__in=moved).delete()
            replies = OfficialReply.objects.filter(comment__in=moved)  # a reply names the person it answers
            replies.published().update(status=OfficialReply.Status.WITHDRAWN)
            replies.update(body="")
        erased += moved
    return erased


def _delete_rate_counts(comments: CommentQuerySet[Comment]) -> None:
    hashes = set(comments.exclude(client_hash=None).values_list("client_hash", flat=True))
    for client in filter(None, hashes):
        RateCount.objects.filter(key__endswith=client).delete()
