from datetime import date, timedelta

import pytest
from django.utils import timezone

from stats.models import (
    ArticleTotal,
    ArticleViews,
    DailyVisits,
    ExcludedHits,
    Figures,
    HourlyVisits,
    OpeningTotal,
    ReferrerViews,
    VisitTotal,
)
from stats.periods import Period, months_later
from stats.reports import comparison, figures
from stats.reports.ranking import ranking
from tests.factories import make_article, make_category, make_user
from tests.stats.rows import make_reading

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def monday_noon(time_machine: object) -> None:
    time_machine.move_to("2026-11-23 12:30+07:00", tick=False)


# ---------------------------------------------------------------- periods


def test_today_is_compared_with_yesterday_and_the_same_date_last_year():
    today = Period.today()
    assert (today.first, today.last, today.days) == (TODAY, TODAY, 1)
    assert today.before() == Period(date(2026, 11, 22), date(2026, 11, 22))
    assert today.year_before() == Period(date(2025, 11, 23), date(2025, 11, 23))


def test_periods_are_compared_with_as_many_days():
    assert Period.last_days(30).before() == Period(date(2026, 9, 25), date(2026, 10, 24))
    assert Period.last_days(30).year_before() == Period(date(2025, 10, 25), date(2025, 11, 23))
    assert Period.last_months(12) == Period(date(2025, 12, 1), TODAY)


def test_whole_months_are_compared_with_whole_months():
    march = Period.month(date(2026, 3, 15))
    assert march.before() == Period(date(2026, 2, 1), date(2026, 2, 28))
    assert Period.month(date(2025, 2, 3)).year_before() == Period(date(2024, 2, 1), date(2024, 2, 29))
    assert Period(date(2024, 2, 29), date(2024, 2, 29)).year_before() == Period(date(2023, 2, 28), date(2023, 2, 28))
    assert months_later(date(2026, 1, 1), -13) == date(2024, 12, 1)


def test_period_falls_into_whole_months_and_the_days_around_them():
    months, rest = Period(date(2026, 1, 15), date(2026, 4, 10)).split_by_months()
    assert months == [date(2026, 2, 1), date(2026, 3, 1)]
    assert rest == [Period(date(2026, 1, 15), date(2026, 1, 31)), Period(date(2026, 4, 1), date(2026, 4, 10))]
    assert Period.month(TODAY).split_by_months() == ([date(2026, 11, 1)], [])
    assert Period.today().split_by_months() == ([], [Period.today()])


def test_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="lies after"):
        Period(TODAY, TODAY - timedelta(days=1))


# ---------------------------------------------------------------- sums and charts


def test_comparison_knows_growth_and_when_there_is_none():
    DailyVisits.objects.create(day=TODAY - timedelta(days=1), visits=125, views=300)
    DailyVisits.objects.create(day=TODAY - timedelta(days=3), visits=100)
    compared = comparison.compared(comparison.basis(Period.last_days(2)))
    assert compared.now == Figures(views=300, visits=125)
    assert compared.change() == 0.25
    assert compared.change("views") is None
    assert compared.change(since="year_before") is None
    assert (compared.year_before, compared.now.views_per_visit, Figures().views_per_visit) == (None, 2.4, 0)


def test_chart_has_a_point_for_every_hour_day_and_month_until_now():
    HourlyVisits.objects.create(day=TODAY, hour=9, views=7, visits=3, bots=2)
    DailyVisits.objects.create(day=TODAY, views=7, visits=3)
    hours = figures.chart_points(Period.today(), "hour")
    assert (len(hours), hours[9].figures, hours[10].figures) == (13, Figures(7, 3, 0, 2), Figures())
    assert timezone.localtime(hours[-1].start).hour == 12
    days = figures.chart_points(Period(TODAY - timedelta(days=2), TODAY + timedelta(days=2)), "day")
    assert [point.figures.views for point in days] == [0, 0, 7]
    months = figures.chart_points(Period.last_months(12), "month")
    assert [(months[0].start, len(months), months[-1].figures.visits)] == [(date(2025, 12, 1), 12, 3)]


def test_hours_of_the_clock_are_added_over_days():
    for back in range(3):
        HourlyVisits.objects.create(day=TODAY - timedelta(days=back), hour=8, views=10, visits=4, bots=1)
    assert list(HourlyVisits.objects.within(Period.last_days(2)).by_hour_of_day()) == [
        {"hour": 8, "views": 20, "visits": 8, "bots": 2}
    ]


def test_month_chart_adds_up_days():
    for day in (date(2026, 1, 5), date(2026, 1, 20), date(2026, 2, 1)):
        DailyVisits.objects.create(day=day, views=10, visits=5)
    found = [(row["month"], row["views"], row["visits"]) for row in DailyVisits.objects.by_month()]
    assert found == [(date(2026, 1, 1), 20, 10), (date(2026, 2, 1), 10, 5)]


# ---------------------------------------------------------------- what was read


def test_top_lists_rank_articles_categories_and_reporters():
    lan, minh = make_user("lan"), make_user("minh")
    culture, health = make_category("Văn hóa"), make_category("Y tế")
    first = make_article("một", category=culture, author=lan)
    second = make_article("hai", category=culture, author=minh)
    third = make_article("ba", category=health, author=lan)
    for article, views in ((first, 5), (second, 9), (third, 6)):
        make_reading(article, TODAY, views)
    make_reading(third, TODAY - timedelta(days=8), 100)
    week = Period.last_days(7)
    assert [(row.item, row.views) for row in figures.top_articles(week)] == [(second, 9), (third, 6), (first, 5)]
    ranked = ranking(week)
    assert [(row.item, row.views) for row in ranked.categories] == [(culture, 14), (health, 6)]
    assert [(row.item, row.views) for row in ranked.reporters] == [(lan, 11), (minh, 9)]
    assert [row.item for row in figures.top_articles(Period.last_days(30), limit=1)] == [third]


def test_long_period_counts_each_day_once_whether_by_month_or_by_day():
    article = make_article()
    days = [
        date(2026, 7, 31),
        date(2026, 8, 1),
        date(2026, 8, 31),
        date(2026, 9, 30),
        date(2026, 10, 1),
        date(2026, 10, 2),
    ]
    for day in days:
        make_reading(article, day, 1)
    for first in days:
        for last in days:
            if first <= last:
                expected = sum(first <= day <= last for day in days)
                assert figures.top_articles(Period(first, last))[0].views == expected, (first, last)


def test_article_of_a_deleted_row_is_in_no_list():
    article = make_article()
    make_reading(article, TODAY, 3)
    article.delete()
    assert figures.top_articles(Period.today()) == []
    assert ArticleViews.objects.get().views == 3


def test_views_of_a_list_of_articles_take_one_query(django_assert_num_queries):
    articles = [make_article() for _ in range(3)]
    for article in articles[:2]:
        make_reading(article, TODAY, 4)
        make_reading(article, TODAY - timedelta(days=40), 2)
    with django_assert_num_queries(1):
        assert ArticleTotal.objects.of_articles([article.pk for article in articles]) == {
            articles[0].pk: 6,
            articles[1].pk: 6,
        }


def test_sources_have_the_names_people_know():
    for host, views in (
        ("google.com", 3),
        ("news.google.com", 1),
        ("coccoc.com", 2),
        ("zalo.me", 5),
        ("tin.example", 1),
        ("", 4),
    ):
        ReferrerViews.objects.create(day=TODAY, host=host, views=views)
    names = [(row.item, row.views) for row in figures.top_sources(Period.today())]
    assert names[:5] == [
        ("Zalo", 5),
        ("Vào thẳng, không qua trang khác", 4),
        ("Google", 3),
        ("Cốc Cốc", 2),
        ("Google Tin tức", 1),
    ]


# ---------------------------------------------------------------- now


def test_counter_adds_the_opening_total_in_force(django_assert_num_queries):
    assert figures.counter() == figures.VisitCounter(0, 0)
    OpeningTotal.objects.record(100, note="nhầm")
    assert figures.counter().total == 100
    OpeningTotal.objects.record(310_000_000)
    VisitTotal.objects.create(pk=1, visits=2_343_234, views=1)
    DailyVisits.objects.create(day=TODAY, visits=4534)
    DailyVisits.objects.create(day=TODAY - timedelta(days=1), visits=9)
    with django_assert_num_queries(1):
        assert figures.counter() == figures.VisitCounter(today=4534, total=312_343_234)


def test_health_of_the_counter_says_how_fresh_it_is_and_what_was_lost():
    assert figures.freshness() is None
    assert figures.spool_health().is_late
    VisitTotal.objects.create(pk=1, drained_at=timezone.now() - timedelta(seconds=7))
    ExcludedHits.objects.create(day=TODAY, reason="dropped", hits=12)
    ExcludedHits.objects.create(day=TODAY - timedelta(days=9), reason="dropped", hits=5)
    health = figures.spool_health()
    assert (health.age, health.dropped, health.malformed, health.is_late) == (timedelta(seconds=7), 12, 0, False)
