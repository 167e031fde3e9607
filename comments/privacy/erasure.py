from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.contrib.auth.models import User

from news.db.batches import in_batches

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


def erase(pks: Iterable[int], *, by: User | None = None, failed: list[int] | None = None) -> list[int]:
    """Removes the opinions from every page and deletes their personal data; returns the primary keys of those erased.

    One that cannot be erased does not keep the others: it is logged and added to `failed`."""
    not_erased = [] if failed is None else failed
    batches = in_batches(
        pks, lambda batch: _erase_batch(batch, by), size=BATCH, what="The erasure of opinion", failed=not_erased
    )
    return list(chain.from_iterable(batches))


def _erase_batch(pks: list[int], by: User | None) -> list[int]:
    """Opinions that are waiting or published are withdrawn first, because only TRANSITIONS lead to “erased”."""
    rows = Comment.objects.filter(pk__in=pks)
    rows.move(Status.WITHDRAWN, by=by)
    erased = rows.move(Status.ERASED, by=by)
    _delete_rate_counts(Comment.objects.filter(pk__in=erased))
    Comment.objects.filter(pk__in=erased).update(**ERASED_VALUES)
    ModerationEvent.objects.filter(comment__in=erased).erase_notes()
    Notice.objects.filter(comment__in=erased).delete()
    replies = OfficialReply.objects.filter(comment__in=erased)  # a reply names the person it answers
    replies.published().update(status=OfficialReply.Status.WITHDRAWN)
    replies.update(body="")
    return erased


def _delete_rate_counts(comments: CommentQuerySet[Comment]) -> None:
    hashes = set(comments.exclude(client_hash=None).values_list("client_hash", flat=True))
    for client in filter(None, hashes):
        RateCount.objects.filter(key__endswith=client).delete()
