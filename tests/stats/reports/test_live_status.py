from datetime import date, timedelta

import pytest
from django.utils import timezone

from stats.models import DailyVisits, ExcludedHits, OpeningTotal, VisitTotal
from stats.reports.live_status import drained_age, spool_health
from stats.reports.visit_counter import VisitCounter, read_counter

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def monday_noon(time_machine: object) -> None:
    time_machine.move_to("2026-11-23 12:30+07:00", tick=False)


def test_counter_adds_the_opening_total_in_force(django_assert_num_queries):
    assert read_counter() == VisitCounter(0, 0)
    OpeningTotal.objects.record(100, note="nhầm")
    assert read_counter().total == 100
    OpeningTotal.objects.record(310_000_000)
    VisitTotal.objects.create(pk=1, visits=2_343_234, views=1)
    DailyVisits.objects.create(day=TODAY, visits=4534)
    DailyVisits.objects.create(day=TODAY - timedelta(days=1), visits=9)
    with django_assert_num_queries(1):
        assert read_counter() == VisitCounter(today=4534, total=312_343_234)


def test_health_of_the_counter_says_how_fresh_it_is_and_what_was_lost():
    assert drained_age() is None
    assert spool_health().is_late
    VisitTotal.objects.create(pk=1, drained_at=timezone.now() - timedelta(seconds=7))
    ExcludedHits.objects.create(day=TODAY, reason="dropped", hits=12)
    ExcludedHits.objects.create(day=TODAY - timedelta(days=9), reason="dropped", hits=5)
    health = spool_health()
    assert (health.age, health.dropped, health.malformed, health.is_late) == (timedelta(seconds=7), 12, 0, False)
