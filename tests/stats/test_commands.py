from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from stats.models import (
    ArticleTotal,
    ArticleViews,
    DailyVisits,
    DaySalt,
    DeviceViews,
    ExcludedHits,
    HourlyVisits,
    NotFoundPath,
    OpeningTotal,
    PackedDay,
    PackedMonth,
    ReferrerViews,
    SpoolOffset,
    VisitorDay,
    VisitTotal,
)
from stats.reports.figures import counter
from tests.factories import make_article, make_user
from tests.stats.desk import CountingDesk, reader
from tests.stats.rows import make_reading

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_day")]
NO_DAY = date(2019, 5, 1)  # on which nothing was counted


def run(name: str, *arguments: object, **options: object) -> str:
    output = StringIO()
    call_command(name, *map(str, arguments), stdout=output, **options)
    return output.getvalue()


# ---------------------------------------------------------------- draining and checking


def test_drain_counts_what_waits(desk: CountingDesk):
    reader().get("/thong-ke/")
    assert "Đã cộng" in run("stats_drain", "--once")
    assert "Đã cộng 0 byte" in run("stats_drain")
    assert VisitTotal.current().views == 1


def test_check_agrees_with_what_was_counted(desk: CountingDesk):
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
def test_check_finds_every_sum_that_is_off(desk: CountingDesk, spoil: object):
    reader(HTTP_REFERER="https://zalo.me/").get(make_article().get_absolute_url())
    reader().get("/khong-co/")
    run("stats_drain")
    assert "đều khớp" in run("stats_check")
    spoil()
    with pytest.raises(CommandError, match="không khớp"):
        run("stats_check")


# ---------------------------------------------------------------- retention


def make_old_detail(day: date) -> None:
    make_reading(make_article(), day, 1)
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


@pytest.mark.parametrize("clean", [lambda desk: run("stats_retain"), lambda desk: desk.count()])
def test_visitors_and_salts_go_after_two_days(desk: CountingDesk, time_machine: object, clean: object):
    time_machine.move_to("2026-11-23 09:00+07:00", tick=False)
    reader().get("/thong-ke/")
    desk.count()
    time_machine.move_to("2026-11-24 23:59+07:00", tick=False)
    clean(desk)
    assert (VisitorDay.objects.count(), DaySalt.objects.count()) == (1, 1)
    time_machine.move_to("2026-11-25 00:01+07:00", tick=False)
    clean(desk)
    assert (VisitorDay.objects.count(), DaySalt.objects.count()) == (0, 0)


def test_tombstones_go_after_a_week_and_living_offsets_stay():
    now = timezone.now()
    for name, finished in (("moi", now - timedelta(days=6)), ("cu", now - timedelta(days=8)), ("song", None)):
        SpoolOffset.objects.create(name=name, finished_at=finished)
    run("stats_retain")
    assert sorted(SpoolOffset.objects.values_list("name", flat=True)) == ["moi", "song"]


# ---------------------------------------------------------------- what an older portal had


def test_opening_total_is_recorded_beside_the_older_ones():
    make_user("quan-tri")
    VisitTotal.objects.create(pk=1, visits=234)
    assert "312343234" in run(
        "stats_opening", 312_343_000, "--date", "2026-10-31", "--note", "Cổng cũ", "--by", "quan-tri"
    )
    run("stats_opening", 5)
    openings = [
        (row.number, row.date, row.note, row.author and row.author.username)
        for row in OpeningTotal.objects.order_by("pk")
    ]
    assert openings == [(312_343_000, date(2026, 10, 31), "Cổng cũ", "quan-tri"), (5, timezone.localdate(), "", None)]
    assert (counter().total, VisitTotal.current().visits) == (239, 234)


@pytest.mark.parametrize("arguments", [(-1,), (2**63,), (5, "--by", "khong-ai")])
def test_impossible_opening_total_is_refused(arguments: tuple[object, ...]):
    with pytest.raises(CommandError):
        run("stats_opening", *arguments)
    assert not OpeningTotal.objects.exists()


def make_csv(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    file = folder / "cu.csv"
    file.write_text(text, encoding=encoding)
    return file


def test_history_is_imported_shown_and_not_added_to_the_total(tmp_path: Path):
    file = make_csv(tmp_path, "\ufeffday;visits;views\n31/01/2024;4.534;9.000\n2024-02-01;3;4\n")
    assert "cộng 4537 lượt" in run("stats_import", file)
    run("stats_import", file)
    days = sorted(DailyVisits.objects.values_list("day", "visits", "views", "origin"))
    assert days == [(date(2024, 1, 31), 4534, 9000, "imported"), (date(2024, 2, 1), 3, 4, "imported")]
    assert counter().total == 0
    run("stats_check")


def test_imported_history_can_open_the_total(tmp_path: Path):
    run("stats_import", make_csv(tmp_path, "day,visits\n2024-01-31,10\n2024-02-01,5\n"), "--opening")
    opening = OpeningTotal.objects.in_force()
    assert (opening.number, opening.date, counter().total) == (15, date(2024, 2, 1), 15)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "day\n",
        "day,visits\n",
        "ngay,luot\n2024-01-01,1\n",
        "day,visits\n2024-13-01,1\n",
        "day,visits\n2024-01-01,-1\n",
        "day,visits\n2024-01-01,mot\n",
        "day,visits\n2024-01-01,1\n2024-01-01,2\n",
        "day,visits\n2999-01-01,1\n",
        "day,visits\n2024-01-01\n",
        "day,visits\n2024-01-01,99999999999999999999999\n",
        "day,visits\n01/01,1\n",
    ],
)
def test_unreadable_history_is_refused_whole(tmp_path: Path, text: str):
    with pytest.raises(CommandError):
        run("stats_import", make_csv(tmp_path, text))
    assert not DailyVisits.objects.exists()


def test_days_counted_here_are_never_replaced_by_an_import(tmp_path: Path):
    DailyVisits.objects.create(day=date(2024, 2, 1), visits=7)
    with pytest.raises(CommandError, match="01/02/2024"):
        run("stats_import", make_csv(tmp_path, "day,visits\n2024-01-31,10\n2024-02-01,5\n"))
    assert list(DailyVisits.objects.values_list("visits", flat=True)) == [7]


@pytest.mark.parametrize("day", ["2026-11-23", "24/11/2026"])
def test_day_that_is_not_over_is_never_imported(tmp_path: Path, time_machine: object, day: str):
    """The portal may have counted nothing of it yet, but will add to it."""
    time_machine.move_to("2026-11-23 00:00+07:00", tick=False)
    with pytest.raises(CommandError, match="chưa hết"):
        run("stats_import", make_csv(tmp_path, f"day,visits\n2026-11-22,10\n{day},5\n"))
    assert not DailyVisits.objects.exists()


def test_unreadable_file_is_a_sentence(tmp_path: Path):
    with pytest.raises(CommandError, match="Không đọc được"):
        run("stats_import", tmp_path / "khong-co.csv")
    with pytest.raises(CommandError, match="Không đọc được"):
        run("stats_import", make_csv(tmp_path, "day,visits,đ\n", "utf-16"))
