from datetime import datetime, timedelta

from captcha.models import CaptchaStore
from django.db.models.functions import Coalesce
from django.utils import timezone

from .. import conf
from ..models import Comment, RateCount
from .erasure import erase


def apply_retention(now: datetime | None = None) -> dict[str, int]:
    """Erases what has exceeded its retention period; returns the numbers of opinions by kind of data."""
    now = now or timezone.now()

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
    numbers = {name: len(erase(list(rows.values_list("pk", flat=True)))) for name, rows in to_erase.items()}
    numbers["clients"] = clients.update(client_hash=None, repeat_key=None)
    numbers["emails"] = answered.update(email="", wants_mail=False, mail_confirmed_at=None)
    RateCount.objects.begun_before(before("keep_client")).delete()
    CaptchaStore.remove_expired()
    return numbers
