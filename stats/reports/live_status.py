from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from ..models import ExcludedHits, VisitorDay, VisitTotal
from ..periods import Period
from .visit_counter import VisitCounter, read_counter


@dataclass(frozen=True)
class SpoolHealth:
    age: timedelta | None  # since the drainer last finished; None if it never did
    dropped: int  # requests of the last seven days that could not be written because the disk was full
    malformed: int  # spool lines of the last seven days that could not be parsed

    @property
    def is_late(self) -> bool:
        return self.age is None or self.age > settings.STATS_LATE


def drained_age() -> timedelta | None:
    drained_at = VisitTotal.current().drained_at
    return max(timezone.now() - drained_at, timedelta()) if drained_at else None


def spool_health() -> SpoolHealth:
    hits = {row["reason"]: row["hits"] for row in ExcludedHits.objects.within(Period.last_days(7)).by_reason()}
    return SpoolHealth(
        drained_age(), hits.get(ExcludedHits.Reason.DROPPED, 0), hits.get(ExcludedHits.Reason.MALFORMED, 0)
    )


@dataclass(frozen=True)
class LiveStatus:
    """The numbers that the dashboard reloads while it is open."""

    online: int
    counter: VisitCounter
    health: SpoolHealth

    @classmethod
    def read(cls) -> "LiveStatus":
        return cls(VisitorDay.objects.online(), read_counter(), spool_health())

    @property
    def freshness(self) -> str:
        if self.health.age is None:
            return _("chưa có số liệu nào")
        return f"{_('cập nhật')} {format_age(self.health.age)}"


def format_age(age: timedelta) -> str:
    seconds = int(age.total_seconds())
    if seconds < 60:
        return _("%(count)d giây trước") % {"count": seconds}
    if seconds < 3600:
        return _("%(count)d phút trước") % {"count": seconds // 60}
    if seconds < 48 * 3600:
        return _("%(count)d giờ trước") % {"count": seconds // 3600}
    return _("%(count)s ngày trước") % {"count": number_format(seconds // 86_400)}
