from datetime import date, timedelta

import pytest
from django.utils import timezone

from stats.models import (
    ArticleViews,
    DailyVisits,
    DaySalt,
    DeviceViews,
    ExcludedHits,
    HourlyVisits,
    NotFoundPath,
    PackedDay,
    PackedMonth,
    ReferrerViews,
    SpoolOffset,
    VisitorDay,
    VisitTotal,
)
from tests.factories import make_article
from tests.stats.factories import make_article_views
from tests.stats.management import run
from tests.stats.tracker import VisitTracker, reader

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_day")]


def make_old_detail(day: date) -> None:
    make_article_views(make_article(), day, 1)
    HourlyVisits.objects.create(day=day, hour=1, views=2, bots=1)
    NotFoundPath.objects.create(day=day, path="/cu/", views=1)
    DailyVisits.objects.create(day=day, views=2, other_views=1, bots=1, excluded=1)
    ExcludedHits.objects.create(day=day, reason="missing", hits=1)
    ReferrerViews.objects.create(day=day, host="google.com", views=1)
    DeviceViews.objects.create(day=day, device="phone", browser="chrome", views=2)


def test_detail_goes_after_four_hundred_days_and_months_stay():
    today = timezone.localdate()
    old, young = today - timedelta(days=401), today - timedelta(days=400)
    make_old_detail(old)
    make_old_detail(young)
    VisitTotal.objects.create(pk=1, views=4, bots=2, excluded=2)
    run("stats_retain")
    for model in (PackedDay, HourlyVisits, NotFoundPath):
        assert list(model.objects.values_list("day", flat=True)) == [young], model
    assert DailyVisits.objects.count() == 2
    assert not ArticleViews.objects.exists()
    assert sum(PackedMonth.objects.sums().values()) == 2
    run("stats_check")


def test_old_referrers_and_devices_become_months_and_running_again_changes_nothing():
    for day in (date(2020, 5, 1), date(2020, 5, 9), date(2020, 5, 31), date(2020, 6, 2)):
        ReferrerViews.objects.create(day=day, host="google.com", views=10)
        ReferrerViews.objects.create(day=day, host="zalo.me", views=1)
        DeviceViews.objects.create(day=day, device="phone", browser="zalo", views=4)
    for _ in range(2):
        run("stats_retain")
        assert sorted(ReferrerViews.objects.values_list("day", "host", "views")) == [
            (date(2020, 5, 1), "google.com", 30),
            (date(2020, 5, 1), "zalo.me", 3),
            (date(2020, 6, 1), "google.com", 10),
            (date(2020, 6, 1), "zalo.me", 1),
        ]
        assert sorted(DeviceViews.objects.values_list("day", "views")) == [
            (date(2020, 5, 1), 12),
            (date(2020, 6, 1), 4),
        ]


@pytest.mark.parametrize("clean", [lambda tracker: run("stats_retain"), lambda tracker: tracker.drain()])
def test_visitors_and_salts_go_after_two_days(tracker: VisitTracker, time_machine: object, clean: object):
    time_machine.move_to("2026-11-23 09:00+07:00", tick=False)
    reader().get("/thong-ke/")
    tracker.drain()
    time_machine.move_to("2026-11-24 23:59+07:00", tick=False)
    clean(tracker)
    assert (VisitorDay.objects.count(), DaySalt.objects.count()) == (1, 1)
    time_machine.move_to("2026-11-25 00:01+07:00", tick=False)
    clean(tracker)
    assert (VisitorDay.objects.count(), DaySalt.objects.count()) == (0, 0)


def test_tombstones_go_after_a_week_and_living_offsets_stay():
    now = timezone.now()
    for name, finished in (("moi", now - timedelta(days=6)), ("cu", now - timedelta(days=8)), ("song", None)):
        SpoolOffset.objects.create(name=name, finished_at=finished)
    run("stats_retain")
    assert sorted(SpoolOffset.objects.values_list("name", flat=True)) == ["moi", "song"]
