"""What is forgotten, and when. Safe to run as often as one likes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from news.db.upsert import add_to_rows

from ..models import (
    DELETED,
    ArticleViews,
    DaySalt,
    DeviceViews,
    HourlyVisits,
    NotFoundPath,
    PackedDay,
    PackedMonth,
    ReferrerViews,
    SpoolOffset,
    VisitorDay,
)
from ..periods import month_of, months_later
from .rollup_writer import lock_total

OPEN_DAYS = 2  # today, and yesterday, whose last lines may still wait on a disk: each day is packed once, as a rule
TOMBSTONE = timedelta(days=7)  # a drainer that still has a deleted file open must not begin it anew
LOST = timedelta(days=400)  # an offset whose file nobody finished: its machine is gone


@dataclass(frozen=True)
class Step:
    name: str
    run: Callable[[], int]


def steps() -> Iterable[Step]:
    """Each gives the number of rows that went."""
    day = timezone.localdate() - timedelta(days=settings.STATS_DETAIL_DAYS)
    return [
        Step("visitors", forget_visitors),
        Step("hours", lambda: _delete(HourlyVisits.objects.before(day))),
        Step("articles of closed days", pack_closed_days),
        Step("articles by day", lambda: _delete(PackedDay.objects.before(day))),
        Step("addresses not found", lambda: _delete(NotFoundPath.objects.before(day))),
        Step("referrers", lambda: fold_months(ReferrerViews, ["host"], day)),
        Step("devices", lambda: fold_months(DeviceViews, ["device", "browser"], day)),
        Step("offsets", forget_offsets),
    ]


def forget_visitors() -> int:
    """A day's visitors go 48 hours after its end at the latest, and its salt in the same transaction."""
    day = timezone.localdate() - timedelta(hours=settings.STATS_VISITOR_HOURS)
    with transaction.atomic():
        lock_total()
        return _delete(VisitorDay.objects.filter(day__lte=day)) + _delete(DaySalt.objects.filter(day__lte=day))


def pack_closed_days() -> int:
    """A transaction for each day; whenever it is cut off, every view is in rows or in packs, never in both."""
    closed = ArticleViews.objects.before(timezone.localdate() - timedelta(days=OPEN_DAYS - 1))
    return sum(pack(day) for day in list(closed.dates("day", "day")))


def pack(day: date) -> int:
    with transaction.atomic():
        lock_total()
        rows = ArticleViews.objects.on(day)
        views = {article or DELETED: count for article, count in rows.by_article().items()}
        PackedDay.objects.add(day, views)
        PackedMonth.objects.add(month_of(day), views)
        return _delete(rows)


def forget_offsets() -> int:
    now = timezone.now()
    gone = models.Q(finished_at__lt=now - TOMBSTONE) | models.Q(drained_at__lt=now - LOST)
    return _delete(SpoolOffset.objects.filter(gone))


def fold_months(model: type[models.Model], keys: list[str], before: date) -> int:
    """Makes one row of each whole month that lies before the day, dated the first of the month."""
    rows = model._default_manager.filter(day__lt=month_of(before))
    folded = 0
    for month in list(rows.exclude(day__day=1).dates("day", "month")):
        with transaction.atomic():
            lock_total()
            of_month = rows.filter(day__gt=month, day__lt=months_later(month, 1))
            sums = list(of_month.values_list(*keys).annotate(models.Sum("views")).order_by())
            add_to_rows(model, ["day", *keys], ["views"], [(month, *row) for row in sums])
            folded += _delete(of_month)
    return folded


def _delete(rows: models.QuerySet) -> int:
    return rows.delete()[0]
