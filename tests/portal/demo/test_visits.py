from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.utils import timezone

from portal.demo.visits import DAYS, OPENING, make_visits, plan
from stats.ingest.consistency import check_sums
from stats.models import DailyVisits, HourlyVisits, OpeningTotal, VisitTotal
from stats.periods import Period
from stats.reports.ranking import top_articles
from stats.reports.visit_counter import read_counter
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def plainly(items: Iterable[Any], label: str, total: int) -> Iterator[Any]:
    return iter(items)


@pytest.fixture
def monday_noon(time_machine: object) -> object:
    time_machine.move_to("2026-11-23 12:30+07:00", tick=False)
    return time_machine


def test_two_years_of_visits_agree_in_every_sum(monday_noon: object):
    article = make_article()
    make_visits(plainly)
    assert [check for check in check_sums() if not check.passes] == []
    assert DailyVisits.objects.filter(origin=DailyVisits.Origin.DEMO).count() == DAYS
    shown = read_counter()
    assert OPENING + 1_500_000 < shown.total < OPENING + 4_000_000
    assert 1_000 < shown.today < 10_000
    assert [row.item for row in top_articles(Period.last_days(7))] == [article]
    assert "trình diễn" in OpeningTotal.objects.get().note


def test_weeks_have_their_rhythm_and_today_ends_with_the_last_hour(monday_noon: object):
    make_visits(plainly)
    by_weekday: dict[int, list[int]] = {}
    for row in DailyVisits.objects.before(timezone.localdate()):
        by_weekday.setdefault(row.day.weekday(), []).append(row.visits)
    mean = {weekday: sum(visits) / len(visits) for weekday, visits in by_weekday.items()}
    assert max(mean[5], mean[6]) < 0.85 * min(mean[weekday] for weekday in range(5))
    assert max(HourlyVisits.objects.on(timezone.localdate()).values_list("hour", flat=True)) == 11


def test_second_run_adds_only_the_time_that_has_passed(monday_noon: object):
    make_article()
    make_visits(plainly)
    before = VisitTotal.current().visits
    make_visits(plainly)
    assert VisitTotal.current().visits == before
    monday_noon.move_to("2026-11-25 09:00+07:00", tick=False)
    make_visits(plainly)
    for day in Period.last_days(3):
        hours = sorted(HourlyVisits.objects.on(day).values_list("hour", "visits"))
        assert hours == list(enumerate(plan(day).visits))[: 9 if day == timezone.localdate() else 24], day
    assert [check for check in check_sums() if not check.passes] == []
    assert OpeningTotal.objects.count() == 1
