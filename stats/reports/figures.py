from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..models import DailyVisits, Figures, HourlyVisits
from ..periods import Period


class Step(models.TextChoices):
    """What one point of a chart stands for. The values are those of the query parameter "buoc"."""

    HOUR = "gio", _("Giờ")
    DAY = "ngay", _("Ngày")
    MONTH = "thang", _("Tháng")


@dataclass(frozen=True)
class Point:
    start: datetime | date  # the beginning of the hour, the day, or the first day of the month
    figures: Figures


def sums(period: Period) -> Figures:
    return DailyVisits.objects.within(period).sums()


def chart_points(period: Period, step: Step) -> list[Point]:
    if step == Step.HOUR:
        return _hourly_points(period)
    if step == Step.DAY:
        days = {row.day: row.figures for row in DailyVisits.objects.within(period)}
        return [Point(day, days.get(day, Figures())) for day in period if day <= timezone.localdate()]
    months = {row.pop("month"): Figures(**row) for row in DailyVisits.objects.within(period).by_month()}
    return [Point(month, months.get(month, Figures())) for month in period.months() if month <= timezone.localdate()]


def _hourly_points(period: Period) -> list[Point]:
    rows = {
        (row.day, row.hour): Figures(row.views, row.visits, 0, row.bots) for row in HourlyVisits.objects.within(period)
    }
    now = timezone.now()
    starts = [timezone.make_aware(datetime.combine(day, time(hour))) for day in period for hour in range(24)]
    return [Point(start, rows.get((start.date(), start.hour), Figures())) for start in starts if start <= now]
