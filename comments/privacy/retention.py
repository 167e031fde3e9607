from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from captcha.models import CaptchaStore
from django.db.models.functions import Coalesce
from django.utils import timezone

from news.db.batches import in_batches

from .. import conf
from ..models import Comment, CommentQuerySet, RateCount
from .erasure import BATCH, erase


def apply_retention(now: datetime | None = None, *, failed: list[int] | None = None) -> dict[str, int]:
    """Erases what has exceeded its retention period; returns the numbers of opinions by kind of data.

    An opinion that cannot be changed is logged and added to `failed`; the next run tries it again."""
    now = now or timezone.now()
    failed = [] if failed is None else failed

    def before(name: str) -> datetime:
        return now - timedelta(days=conf.get(name))

    clients = Comment.objects.filter(client_hash__isnull=False, created_at__lt=before("keep_client"))
    decided = Comment.objects.exclude(email="").exclude(pk__in=Comment.objects.waiting().values("pk"))
    answered = decided.annotate(last=Coalesce("replied_at", "decided_at")).filter(last__lt=before("keep_email"))
    to_erase = {
        "spam": Comment.objects.spam().filter(decided_at__lt=before("keep_spam")),
        "withdrawn": Comment.objects.withdrawn().filter(decided_at__lt=before("keep_withdrawn")),
        "rejected": Comment.objects.not_public().filter(decided_at__lt=before("keep_rejected")),
    }
    numbers = {name: len(erase(pks_of(rows), failed=failed)) for name, rows in to_erase.items()}
    numbers["clients"] = change(clients, {"client_hash": None, "repeat_key": None}, failed)
    numbers["emails"] = change(answered, {"email": "", "wants_mail": False, "mail_confirmed_at": None}, failed)
    RateCount.objects.begun_before(before("keep_client")).delete()
    CaptchaStore.remove_expired()
    return numbers


def pks_of(comments: CommentQuerySet[Any]) -> list[int]:
    return list(comments.order_by("pk").values_list("pk", flat=True))


def change(comments: CommentQuerySet[Any], values: dict[str, Any], failed: list[int]) -> int:
    work: Callable[[list[int]], int] = lambda batch: Comment.objects.filter(pk__in=batch).update(**values)  # noqa: E731
    return sum(in_batches(pks_of(comments), work, size=BATCH, what="The retention of opinion", failed=failed))
