from datetime import date, timedelta

import pytest
from django.utils import timezone

from stats.models import DailyVisits, Figures, HourlyVisits, Metric
from stats.periods import Period
from stats.reports.comparison import compare, comparison_basis
from stats.reports.figures import Step, chart_points

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def monday_noon(time_machine: object) -> None:
    time_machine.move_to("2026-11-23 12:30+07:00", tick=False)


def test_comparison_knows_growth_and_when_there_is_none():
    DailyVisits.objects.create(day=TODAY - timedelta(days=1), visits=125, views=300)
    DailyVisits.objects.create(day=TODAY - timedelta(days=3), visits=100)
    compared = compare(comparison_basis(Period.last_days(2)))
    assert compared.now == Figures(views=300, visits=125)
    assert compared.change_from_previous(Metric.VISITS) == 0.25
    assert compared.change_from_previous(Metric.VIEWS) is None
    assert compared.change_from_year_before(Metric.VISITS) is None
    assert compared.year_before is None


def test_chart_has_a_point_for_every_hour_day_and_month_until_now():
    HourlyVisits.objects.create(day=TODAY, hour=9, views=7, visits=3, bots=2)
    DailyVisits.objects.create(day=TODAY, views=7, visits=3)
    hours = chart_points(Period.today(), Step.HOUR)
    assert (len(hours), hours[9].figures, hours[10].figures) == (13, Figures(7, 3, 0, 2), Figures())
    assert timezone.localtime(hours[-1].start).hour == 12
    days = chart_points(Period(TODAY - timedelta(days=2), TODAY + timedelta(days=2)), Step.DAY)
    assert [point.figures.views for point in days] == [0, 0, 7]
    months = chart_points(Period.last_months(12), Step.MONTH)
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
