from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.utils import timezone

from ..models import DailyVisits, OpeningTotal, VisitTotal
from ..models.totals import ONLY_ROW


@dataclass(frozen=True)
class VisitCounter:
    """Visits of today and of all time, or page views where STATS_WIDGET_WORD is "views"."""

    today: int
    total: int


def read_counter() -> VisitCounter:
    """One query, written in SQL because every public page makes it."""
    metric = connection.ops.quote_name(VisitTotal._meta.get_field(settings.STATS_WIDGET_WORD).name)
    query = f"""
        SELECT (SELECT {metric} FROM {VisitTotal._meta.db_table} WHERE id = %s),
        (SELECT {metric} FROM {DailyVisits._meta.db_table} WHERE day = %s),
        (SELECT number FROM {OpeningTotal._meta.db_table} ORDER BY id DESC LIMIT 1)
    """  # noqa: S608 - names of our own tables and columns
    with connection.cursor() as cursor:
        cursor.execute(query, [ONLY_ROW, timezone.localdate().isoformat()])
        counted, today, opening = cursor.fetchone()
    return VisitCounter(today=today or 0, total=(opening or 0) + (counted or 0))
