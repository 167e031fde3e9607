from datetime import date

import pytest
from django.core.management import CommandError

from stats.models import (
    ArticleTotal,
    ArticleViews,
    DailyVisits,
    DeviceViews,
    ExcludedHits,
    HourlyVisits,
    NotFoundPath,
    PackedDay,
    PackedMonth,
    ReferrerViews,
    VisitorDay,
    VisitTotal,
)
from tests.factories import make_article
from tests.stats.management import run
from tests.stats.tracker import VisitTracker, reader

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_day")]
NO_DAY = date(2019, 5, 1)  # a day on which nothing was counted


def test_check_agrees_with_what_was_counted(tracker: VisitTracker):
    reader().get(make_article().get_absolute_url())
    reader().get("/khong-co/")
    run("stats_drain")
    assert "đều khớp" in run("stats_check")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda: VisitTotal.objects.update(views=7),
        lambda: DailyVisits.objects.update(visits=7),
        lambda: HourlyVisits.objects.update(bots=7),
        lambda: ArticleViews.objects.all().delete(),
        lambda: ArticleTotal.objects.update(views=7),
        lambda: ArticleTotal.objects.all().delete(),
        lambda: DailyVisits.objects.update(excluded=7),
        lambda: DeviceViews.objects.update(views=7),
        lambda: ExcludedHits.objects.update(hits=7),
        lambda: NotFoundPath.objects.update(views=7),
        lambda: ReferrerViews.objects.update(views=7),
        lambda: VisitorDay.objects.update(views=7),
        lambda: HourlyVisits.objects.create(day=NO_DAY, hour=9, views=1),
        lambda: ExcludedHits.objects.create(day=NO_DAY, reason="staff", hits=1),
        lambda: DeviceViews.objects.create(day=NO_DAY, device="phone", browser="zalo", views=1),
        lambda: ReferrerViews.objects.create(day=NO_DAY, host="zalo.me", views=1),
        lambda: NotFoundPath.objects.create(day=NO_DAY, path="/cu/", views=1),
        lambda: VisitorDay.objects.create(day=NO_DAY, hash=1, views=1, last_seen=1),
        lambda: PackedDay.objects.create(day=NO_DAY, views={5: 1}),
        lambda: PackedMonth.objects.create(day=NO_DAY, views={5: 1}),
    ],
)
def test_check_finds_every_sum_that_is_off(tracker: VisitTracker, spoil: object):
    reader(HTTP_REFERER="https://zalo.me/").get(make_article().get_absolute_url())
    reader().get("/khong-co/")
    run("stats_drain")
    assert "đều khớp" in run("stats_check")
    spoil()
    with pytest.raises(CommandError, match="không khớp"):
        run("stats_check")
