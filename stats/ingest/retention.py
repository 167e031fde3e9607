"""Deletes and merges old rows. Every step may be run again at any time."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from news.db.batches import one_by_one
from news.db.upsert import add_to_rows

from ..models import (
    DELETED_ARTICLES,
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
    VisitTotal,
)
from ..periods import first_detailed_day, month_of, months_later

OPEN_DAYS = 2  # today and yesterday, some lines of which may still be in a spool file: their views are not packed
TOMBSTONE_AGE = timedelta(days=7)  # for which the offset of a deleted file stays, as a drainer may have the file open
ABANDONED_AGE = timedelta(days=400)  # after which an offset without progress is deleted: its machine is gone


def retention_steps(failed: list[date] | None = None) -> Iterable[Callable[[], int]]:
    """Each step returns the number of rows deleted. A day or month that cannot be packed or merged is logged, added to
    `failed` and stays as it is; the others go on."""
    day = first_detailed_day()
    return [
        delete_old_visitors,
        lambda: _delete(HourlyVisits.objects.before(day)),
        lambda: pack_closed_days(failed),
        lambda: _delete(PackedDay.objects.before(day)),
        lambda: _delete(NotFoundPath.objects.before(day)),
        lambda: merge_months(ReferrerViews, ["host"], day, failed),
        lambda: merge_months(DeviceViews, ["device", "browser"], day, failed),
        delete_old_offsets,
    ]


def delete_old_visitors() -> int:
    """Deletes a day's visitors together with its salt, at most 48 hours after the end of the day."""
    day = timezone.localdate() - timedelta(hours=settings.STATS_VISITOR_HOURS)
    with transaction.atomic():
        VisitTotal.lock()
        return _delete(VisitorDay.objects.filter(day__lte=day)) + _delete(DaySalt.objects.filter(day__lte=day))


def pack_closed_days(failed: list[date] | None = None) -> int:
    """One transaction for each day: interrupted at any time, it leaves every view either in rows or in packs."""
    closed = ArticleViews.objects.before(timezone.localdate() - timedelta(days=OPEN_DAYS - 1))
    days = list(closed.dates("day", "day"))
    return sum(one_by_one(days, pack_day, what="The packing of", failed=failed))


def pack_day(day: date) -> int:
    with transaction.atomic():
        VisitTotal.lock()
        rows = ArticleViews.objects.on(day)
        views = {article or DELETED_ARTICLES: count for article, count in rows.by_article().items()}
        PackedDay.objects.add(day, views)
        PackedMonth.objects.add(month_of(day), views)
        return _delete(rows)


def delete_old_offsets() -> int:
    now = timezone.now()
    gone = models.Q(finished_at__lt=now - TOMBSTONE_AGE) | models.Q(drained_at__lt=now - ABANDONED_AGE)
    return _delete(SpoolOffset.objects.filter(gone))


def merge_months(model: type[models.Model], keys: list[str], before: date, failed: list[date] | None = None) -> int:
    """Merges the rows of each whole month before the day into rows dated the first of the month."""
    rows = model._default_manager.filter(day__lt=month_of(before))

    def merge(month: date) -> int:
        with transaction.atomic():
            VisitTotal.lock()
            of_month = rows.filter(day__gt=month, day__lt=months_later(month, 1))
            sums = list(of_month.values_list(*keys).annotate(models.Sum("views")).order_by())
            add_to_rows(model, ["day", *keys], ["views"], [(month, *row) for row in sums])
            return _delete(of_month)

    months = list(rows.exclude(day__day=1).dates("day", "month"))
    return sum(one_by_one(months, merge, what=f"The merging of {model.__name__} of", failed=failed))


def _delete(rows: models.QuerySet) -> int:
    return rows.delete()[0]
