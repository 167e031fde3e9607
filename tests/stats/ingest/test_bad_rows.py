"""Counting and packing go on behind a line or row that is broken, and say so."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, ProgrammingError, connection
from django.utils import timezone

from stats.ingest.consistency import check_sums
from stats.management.commands import stats_retain
from stats.models import ArticleViews, DailyVisits, ExcludedHits, PackedDay, VisitorDay
from tests.factories import make_article
from tests.poison import exit_code, unchangeable
from tests.stats.factories import make_article_views
from tests.stats.tracker import FIREFOX, IPHONE, VisitTracker, reader

pytestmark = pytest.mark.django_db


def run(name: str) -> str:
    out = StringIO()
    call_command(name, stdout=out, stderr=out)
    return out.getvalue()


def test_visitor_whose_row_is_broken_keeps_no_other_visitor_uncounted(tracker: VisitTracker):
    reader(agent=FIREFOX).get("/thong-ke/")
    tracker.drain()
    VisitorDay.objects.update(visits="hỏng")
    for _twice in range(2):
        reader(agent=IPHONE).get("/thong-ke/")
        reader(agent=FIREFOX).get("/thong-ke/")
    tracker.drain()
    assert DailyVisits.objects.get().views == 3
    assert ExcludedHits.objects.get().hits == 2
    assert [check for check in check_sums() if not check.passes] == []


@pytest.mark.parametrize(
    "line",
    [
        "D\t{now}\t" + "9" * 30,
        "D\t{now}\t" + "9" * 5000,
        "V\t" + "9" * 30 + "\t0123456789abcdef\t\tx\t/",
        "V\t{now}\t\x00\ud800123456789abcd\t\x00\t\x00\t/\x00",
        "M\t{now}\t\x00\t/\x00\ud800",
        "M\t{now}\t\t",
        "X\t{now}\t\x00",
        "\x00",
    ],
)
def test_broken_line_of_the_spool_holds_up_no_line_behind_it(tracker: VisitTracker, line: str):
    now = int(timezone.now().timestamp())
    data = (line.replace("{now}", str(now)) + "\n").encode("utf-8", "surrogatepass")
    tracker.spool.write(data, now // 86_400, now)
    reader(agent=IPHONE).get("/thong-ke/")
    tracker.drain()
    assert DailyVisits.objects.get().views >= 1
    assert [check for check in check_sums() if not check.passes] == []


@pytest.mark.parametrize(
    "error", [ProgrammingError("no such column"), IntegrityError("NOT NULL constraint failed: stats_x.y")]
)
def test_no_line_is_given_up_for_a_fault_of_the_program(tracker: VisitTracker, error: Exception):
    def fails(execute, sql, params, many, context):
        if "stats_deviceviews" in sql:
            raise error
        return execute(sql, params, many, context)

    for _twice in range(2):
        reader().get("/thong-ke/")
    with connection.execute_wrapper(fails), pytest.raises(type(error)):
        tracker.drain()
    tracker.drain()
    assert DailyVisits.objects.get().views == 2
    assert not ExcludedHits.objects.exists()


def test_day_that_cannot_be_packed_keeps_no_other_day_unpacked():
    days = [timezone.localdate() - timedelta(days=number) for number in (40, 75)]
    for day in days:
        make_article_views(make_article(), day, 5)
    with unchangeable(ArticleViews.objects.get(day=days[0]), "DELETE"):
        assert f"{days[0]:%d/%m/%Y}" in run("stats_retain")
        assert exit_code(stats_retain) == 1
    assert list(ArticleViews.objects.values_list("day", flat=True)) == [days[0]]
    assert list(PackedDay.objects.values_list("day", flat=True)) == [days[1]]
    assert exit_code(stats_retain) == 0
    assert not ArticleViews.objects.exists()


def test_broken_pack_keeps_no_other_month_unpacked():
    make_article_views(make_article(), date(2026, 3, 2), 5)
    make_article_views(make_article(), date(2026, 5, 2), 5)
    with connection.cursor() as cursor:
        broken = "'hỏng'" if connection.vendor == "sqlite" else "'{1,2,3}'::bigint[]"
        cursor.execute(f"INSERT INTO stats_packedmonth (day, views) VALUES ('2026-03-01', {broken})")  # noqa: S608
    assert "02/03/2026" in run("stats_retain")
    assert list(ArticleViews.objects.values_list("day", flat=True)) == [date(2026, 3, 2)]
