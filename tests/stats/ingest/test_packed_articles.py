"""Moving views of articles from rows into packs must not change any result."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.serializers import deserialize, serialize
from django.db import OperationalError, connection
from django.utils import timezone

from portal.demo.visits import make_visits
from stats.ingest import retention
from stats.ingest.consistency import check_sums
from stats.models import ArticleViews, PackedDay, PackedMonth
from stats.periods import Period
from stats.reports.ranking import most_read_ids, ranking, top_articles
from stats.reports.readership import Readership, readership
from stats.spool_format import view_line
from tests.factories import make_article, make_category, make_user
from tests.stats.factories import make_article_views, make_day
from tests.stats.tracker import FIREFOX, VisitTracker, reader

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
DAYS = [
    date(2025, 11, 24),
    date(2026, 9, 30),
    date(2026, 10, 1),
    date(2026, 10, 31),
    date(2026, 11, 1),
    date(2026, 11, 21),
    date(2026, 11, 22),
    TODAY,
]


@pytest.fixture(autouse=True)
def monday_noon(time_machine: object) -> object:
    time_machine.move_to("2026-11-23 12:30+07:00", tick=False)
    return time_machine


def answers(articles: list) -> list[object]:
    """All results about articles, for every period between the days."""
    spans = [Period(first, last) for first in DAYS for last in DAYS if first <= last]
    told = [[(row.item, row.views) for row in top_articles(span)] for span in spans]
    ranked = [ranking(span) for span in spans]
    return [
        told,
        ranked,
        readership([article.pk for article in articles]),
        most_read_ids(Period.last_days(7), 5),
    ]


def away_before_deleting(execute: Callable, sql: str, *arguments: object) -> object:
    if sql.startswith("DELETE"):
        raise OperationalError("the database went away")
    return execute(sql, *arguments)


def test_packing_changes_no_answer():
    articles = [make_article(category=make_category(), author=make_user()) for _ in range(3)]
    for number, day in enumerate(DAYS):
        make_article_views(articles[number % 3], day, 10 + number)
        make_article_views(articles[0], day, 1)
    before = answers(articles)
    retention.pack_closed_days()
    assert answers(articles) == before
    assert sorted(ArticleViews.objects.values_list("day", flat=True).distinct()) == [date(2026, 11, 22), TODAY]
    assert readership([articles[0].pk])[articles[0].pk] == Readership(total=47, recent=19)


def test_packing_again_changes_nothing():
    article = make_article()
    make_article_views(article, DAYS[0], 5)
    assert [retention.pack_closed_days() for _ in range(3)] == [1, 0, 0]
    assert PackedDay.objects.get().views == PackedMonth.objects.get().views == {article.pk: 5}


def test_counting_packs_closed_days_where_nobody_runs_the_command(tracker: VisitTracker, monday_noon: object):
    article = make_article()
    for _ in range(2):
        reader().get(article.get_absolute_url())
        tracker.drain()
        monday_noon.shift(timedelta(days=2))
    assert list(PackedDay.objects.values_list("day", flat=True)) == [TODAY]
    assert list(ArticleViews.objects.values_list("day", flat=True)) == [TODAY + timedelta(days=2)]


def test_day_whose_packing_is_cut_off_stays_whole():
    article = make_article()
    make_article_views(article, DAYS[0], 5)
    before = answers([article])
    with connection.execute_wrapper(away_before_deleting), pytest.raises(OperationalError):
        retention.pack_closed_days()
    assert answers([article]) == before
    assert (ArticleViews.objects.count(), PackedDay.objects.count(), PackedMonth.objects.count()) == (1, 0, 0)


def test_line_that_comes_weeks_late_counts_once(tracker: VisitTracker):
    article = make_article()
    late = timezone.now() - timedelta(days=30)
    make_article_views(article, late.date(), 7)
    make_day(late.date(), views=7)
    make_article_views(make_article(), late.date(), 1)
    retention.pack_closed_days()
    line = view_line(int(late.timestamp()), "0123456789abcdef", "", FIREFOX, article.get_absolute_url())
    tracker.spool.write(line, 1, int(late.timestamp()))
    tracker.drain()
    day = Period(late.date(), late.date())
    for _ in range(3):
        assert [row.views for row in top_articles(day)] == [8, 1]
        assert top_articles(Period.month(late.date()))[0].views == readership([article.pk])[article.pk].total == 8
        retention.pack_closed_days()
    assert PackedDay.objects.get().views[article.pk] == PackedMonth.objects.get().views[article.pk] == 8


def test_sums_agree_before_and_after_packing_and_after_deletions(tracker: VisitTracker, monday_noon: object):
    articles = [make_article(published_at=timezone.now() - timedelta(days=9)) for _ in range(3)]
    for days in range(4):
        monday_noon.move_to(f"2026-11-{20 + days} 09:00+07:00", tick=False)
        for article in articles[: 1 + days % 3]:
            reader().get(article.get_absolute_url())
        assert tracker.drain().excluded == 0
    for article in articles:
        article.delete()
        assert [check for check in check_sums() if not check.passes] == []
        retention.pack_closed_days()
        assert [check for check in check_sums() if not check.passes] == []


@pytest.mark.parametrize("pack", [PackedDay, PackedMonth])
def test_check_finds_a_pack_that_is_off(
    pack: type[PackedDay] | type[PackedMonth], tracker: VisitTracker, monday_noon: object
):
    reader().get(make_article().get_absolute_url())
    tracker.drain()
    monday_noon.shift(timedelta(days=2))
    retention.pack_closed_days()
    assert [check for check in check_sums() if not check.passes] == []
    row = pack.objects.get()
    pack.objects.add(row.day, {999: 1})
    assert [check.expected - check.actual for check in check_sums() if not check.passes] == [-1]


def test_articles_deleted_before_and_after_packing_are_in_no_list_and_take_nobodys_place():
    gone = [make_article() for _ in range(15)]
    kept = [make_article() for _ in range(2)]
    for article in gone:
        make_article_views(article, DAYS[0], 100)
    make_article_views(kept[0], DAYS[0], 2)
    make_article_views(kept[1], DAYS[0], 1)
    gone[0].delete()
    retention.pack_closed_days()
    for article in gone[1:]:
        article.delete()
    period = Period(DAYS[0], TODAY)
    assert [(row.item, row.views) for row in top_articles(period, limit=1)] == [(kept[0], 2)]
    assert [row.item for row in top_articles(period, limit=5)] == kept
    assert sum(row.views for row in ranking(period).categories) == 3
    assert PackedMonth.objects.sums() == {date(2025, 11, 1): 1503}


def test_months_outlive_their_days():
    article = make_article()
    old = TODAY - timedelta(days=500)
    make_article_views(article, old, 5)
    for step in (*retention.retention_steps(), *retention.retention_steps()):
        step()
    assert not PackedDay.objects.exists() and not ArticleViews.objects.exists()
    assert top_articles(Period.month(old))[0].views == 5
    assert readership([article.pk])[article.pk].total == 5


def test_demo_history_agrees_after_packing():
    make_article()
    make_visits(lambda items, label, total: iter(items))
    before = top_articles(Period.last_months(12))
    for step in retention.retention_steps():
        step()
    assert top_articles(Period.last_months(12)) == before
    assert [check for check in check_sums() if not check.passes] == []


def test_pack_goes_through_an_export_of_the_database():
    article = make_article()
    make_article_views(article, DAYS[0], 2**40)
    retention.pack_closed_days()
    PackedDay.objects.create(day=DAYS[1], views={})
    written = serialize("json", PackedDay.objects.order_by("day"))
    PackedDay.objects.all().delete()
    for row in deserialize("json", written):
        row.save()
    assert list(PackedDay.objects.order_by("day").values_list("day", "views")) == [
        (DAYS[0], {article.pk: 2**40}),
        (DAYS[1], {}),
    ]
    assert PackedDay.objects.sums() == {DAYS[0]: 2**40, DAYS[1]: 0}
