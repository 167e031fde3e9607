from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.utils import timezone
from pytest_django.fixtures import Settings

from stats.collect.spool import Spool
from stats.ingest.background import DrainerLock
from stats.ingest.consistency import check_sums
from stats.ingest.drain import BATCH_SIZE, ConcurrentDrainError, Drainer
from stats.ingest.rollup_writer import MAX_VIEWS
from stats.ingest.spool_files import SpoolChunk, read_chunks
from stats.models import (
    OTHERS,
    ArticleTotal,
    ArticleViews,
    DailyVisits,
    DaySalt,
    DeviceViews,
    HourlyVisits,
    NotFoundPath,
    OpeningTotal,
    ReferrerViews,
    SpoolOffset,
    VisitorDay,
    VisitTotal,
)
from stats.spool_format import view_line
from tests.factories import make_article
from tests.stats.tracker import CHROME, FIREFOX, GOOGLEBOT, IPHONE, VisitTracker, reader

# 00:00 of 25 November 2026 in Vietnam
MIDNIGHT = datetime(2026, 11, 24, 17, tzinfo=UTC)
BEFORE, AFTER = date(2026, 11, 24), date(2026, 11, 25)


@pytest.fixture(autouse=True)
def sums_agree(db: None):
    """After every test the sums of all tables must agree."""
    yield
    assert [check for check in check_sums() if not check.passes] == []


def rows(model: type, *columns: str) -> list[tuple]:
    return sorted(model.objects.values_list(*columns))


# ---------------------------------------------------------------- days, hours, visits


def test_day_turns_at_seventeen_hours_utc(tracker: VisitTracker, time_machine: object):
    time_machine.move_to(MIDNIGHT - timedelta(seconds=1), tick=False)
    reader().get("/thong-ke/")
    time_machine.move_to(MIDNIGHT, tick=False)
    reader().get("/thong-ke/")
    tracker.drain()
    assert rows(DailyVisits, "day", "views", "visits", "visitors") == [(BEFORE, 1, 1, 1), (AFTER, 1, 1, 1)]
    assert rows(HourlyVisits, "day", "hour", "views", "visits") == [(BEFORE, 23, 1, 1), (AFTER, 0, 1, 1)]


def test_visit_ends_after_thirty_minutes_and_belongs_to_its_first_hour(tracker: VisitTracker, time_machine: object):
    for minutes in (50, 70, 99, 129):
        time_machine.move_to(MIDNIGHT + timedelta(minutes=minutes), tick=False)
        reader().get("/thong-ke/")
        tracker.drain()
    assert rows(HourlyVisits, "hour", "views", "visits") == [(0, 1, 1), (1, 2, 0), (2, 1, 1)]
    assert (DailyVisits.objects.sums().visits, DailyVisits.objects.sums().visitors) == (2, 1)


def test_lines_that_come_late_join_what_they_belong_to(tracker: VisitTracker, tmp_path: Path, time_machine: object):
    """A visit over two machines stays one visit if one of them reaches the database an hour late."""
    time_machine.move_to(MIDNIGHT + timedelta(hours=3), tick=False)
    begin = int(MIDNIGHT.timestamp())
    for minutes in ([0, 40], [20]):
        host = Spool(tmp_path / f"host-{len(minutes)}", 8_000_000)
        for minute in minutes:
            host.write(view_line(begin + minute * 60, "0123456789abcdef", "", FIREFOX, "/"), 20_782, begin)
        host.close()
        Drainer(host.folder).run_once()
    assert rows(DailyVisits, "views", "visits", "visitors") == [(3, 1, 1)]


def test_two_workers_see_one_visitor(tracker: VisitTracker, tmp_path: Path, settings: Settings):
    for worker in ("spool", "other"):
        settings.STATS_SPOOL_DIR = tmp_path / worker
        reader().get("/thong-ke/")
    for worker in ("spool", "other"):
        Drainer(tmp_path / worker).run_once()
    figures = DailyVisits.objects.sums()
    assert (figures.views, figures.visits, figures.visitors) == (2, 1, 1)


def test_visitor_is_kept_under_a_salt_and_not_under_what_the_spool_said(tracker: VisitTracker):
    reader().get("/thong-ke/")
    [line] = tracker.spool_lines()
    tracker.drain()
    assert VisitorDay.objects.get().hash not in {int(line.split("\t")[2], 16), int(line.split("\t")[2], 16) - 2**64}
    assert len(bytes(DaySalt.objects.get().salt)) == 32


def test_online_are_visitors_of_five_minutes(tracker: VisitTracker, time_machine: object):
    time_machine.move_to(MIDNIGHT + timedelta(hours=9), tick=False)
    reader("203.0.113.1").get("/thong-ke/")
    time_machine.shift(timedelta(minutes=4))
    reader("203.0.113.2").get("/thong-ke/")
    tracker.drain()
    assert VisitorDay.objects.online() == 2
    time_machine.shift(timedelta(minutes=2))
    assert VisitorDay.objects.online() == 1


# ---------------------------------------------------------------- what was read, by whom


def test_views_of_an_article_are_kept_by_day_and_for_ever(tracker: VisitTracker):
    article, other = make_article(), make_article()
    for _ in range(3):
        reader().get(article.get_absolute_url())
    reader().get(other.get_absolute_url())
    reader().get("/thong-ke/")
    tracker.drain()
    assert rows(ArticleViews, "article_id", "views") == [(article.pk, 3), (other.pk, 1)]
    assert rows(ArticleTotal, "article_id", "views") == [(article.pk, 3), (other.pk, 1)]
    assert DailyVisits.objects.get().other_views == 1


def test_deleted_article_keeps_its_share_of_the_sums(tracker: VisitTracker):
    article = make_article()
    reader().get(article.get_absolute_url())
    tracker.drain()
    reader().get(article.get_absolute_url())
    article.delete()
    tracker.drain()
    assert rows(ArticleViews, "article_id", "views") == [(None, 1)]
    assert DailyVisits.objects.get().other_views == 1


def test_robots_stand_beside_people(tracker: VisitTracker):
    article = make_article()
    for agent in (FIREFOX, GOOGLEBOT, "curl/8.5.0", ""):
        reader(agent=agent).get(article.get_absolute_url())
    figures = tracker.drain()
    assert (figures.views, figures.bots, figures.visitors) == (1, 3, 1)
    assert rows(ArticleViews, "views") == [(1,)]


def test_visitor_becomes_a_robot_past_a_thousand_views(tracker: VisitTracker):
    line = view_line(int(timezone.now().timestamp()), "0123456789abcdef", "", FIREFOX, "/")
    for amount in (MAX_VIEWS - 1, 3, 5):
        tracker.spool.write(line * amount, 1, 1)
        tracker.drain()
    figures = DailyVisits.objects.sums()
    assert (figures.views, figures.bots, figures.visits, figures.visitors) == (MAX_VIEWS, 7, 1, 1)


def test_referrers_are_hosts_under_one_name_each(tracker: VisitTracker):
    for referrer in (
        "https://www.google.com/",
        "https://google.com.vn/search?q=a",
        "android-app://com.google.android.googlequicksearchbox/",
        "https://l.facebook.com/l.php?u=x",
        "https://m.facebook.com/",
        "https://zalo.me/",
        "https://coccoc.com/search",
        "http://localhost/",
        "https://www.tin.example:8443/bai",
        "khong phai",
        "https://" + "a" * 300 + ".vn/",
        "javascript:alert(1)",
    ):
        reader(HTTP_REFERER=referrer).get("/thong-ke/")
    reader().get("/thong-ke/")
    tracker.drain()
    assert rows(ReferrerViews, "host", "views") == [
        ("", 1),
        ("coccoc.com", 1),
        ("facebook.com", 2),
        ("google.com", 3),
        (OTHERS, 3),
        ("tin.example", 1),
        ("zalo.me", 1),
    ]


def test_invented_referrers_and_addresses_do_not_fill_the_tables(
    tracker: VisitTracker, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(ReferrerViews, "MAX_HOSTS", 3)
    monkeypatch.setattr(NotFoundPath, "MAX_PATHS", 2)
    for number in range(6):
        reader(HTTP_REFERER=f"https://rac{number}.example/").get("/thong-ke/")
        reader().get(f"/rac{number}/")
        tracker.drain()
    assert rows(ReferrerViews, "host", "views") == [(OTHERS, 3), *((f"rac{n}.example", 1) for n in range(3))]
    assert rows(NotFoundPath, "path", "views") == [("/rac0/", 1), ("/rac1/", 1), (OTHERS, 4)]


def test_devices_and_browsers_are_told_apart(tracker: VisitTracker):
    for agent in (FIREFOX, CHROME, IPHONE):
        reader(agent=agent).get("/thong-ke/")
    tracker.drain()
    assert rows(DeviceViews, "device", "browser", "views") == [
        ("desktop", "chrome", 1),
        ("desktop", "firefox", 1),
        ("phone", "safari", 1),
    ]


# ---------------------------------------------------------------- exactly once


def test_nothing_is_counted_twice(tracker: VisitTracker):
    reader().get("/thong-ke/")
    for _ in range(3):
        assert tracker.drain().views == 1


def test_drainer_that_was_overtaken_writes_nothing(tracker: VisitTracker):
    reader().get("/thong-ke/")
    slow = Drainer(tracker.folder)
    chunks = list(read_chunks(slow.folder, BATCH_SIZE))
    Drainer(tracker.folder).run_once()
    with pytest.raises(ConcurrentDrainError):
        slow.count(chunks)
    assert DailyVisits.objects.sums().views == 1
    assert slow.run_once() == 0


def test_batch_that_fails_in_the_middle_leaves_nothing(tracker: VisitTracker):
    reader().get("/thong-ke/")
    drainer = Drainer(tracker.folder)

    def fails(execute, sql, params, many, context):
        if "stats_devicesviews" in sql or "stats_deviceviews" in sql:
            raise OperationalError("disk I/O error")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(fails), pytest.raises(OperationalError):
        drainer.run_once()
    assert (VisitTotal.current().views, SpoolOffset.objects.count(), DailyVisits.objects.count()) == (0, 0, 0)
    drainer.run_once()
    assert VisitTotal.current().views == 1


def test_round_ends_although_readers_keep_coming(tracker: VisitTracker):
    """Otherwise a busy site would never delete finished files."""
    reader().get("/thong-ke/")
    came = 1

    def another_comes(execute, sql, params, many, context):
        nonlocal came
        if sql.startswith("UPDATE") and "stats_spooloffset" in sql and came < 20:
            came += 1
            reader().get("/thong-ke/")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(another_comes):
        tracker.drain()
    assert came == 2
    assert tracker.drain().views == 2


@pytest.mark.django_db(transaction=True)
def test_drainers_that_race_count_each_line_once(tracker: VisitTracker, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("stats.ingest.drain.BATCH_SIZE", 70_000)
    now = int(timezone.now().timestamp())
    for number in range(3000):
        tracker.spool.write(view_line(now, f"{number % 700:016x}", "", FIREFOX, "/"), 1, 1)

    def race(_number: int) -> int:
        try:
            return Drainer(tracker.folder).run_once()
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        done = list(pool.map(race, range(3)))
    assert sum(done) == sum(file.stat().st_size for file in tracker.folder.glob("*.spool"))
    figures = DailyVisits.objects.sums()
    assert (figures.views, figures.visitors) == (3000, 700)


def test_counting_goes_past_what_32_bits_hold(tracker: VisitTracker):
    OpeningTotal.objects.record(312_343_234)
    VisitTotal.objects.create(pk=1, visits=2**33)
    DailyVisits.objects.create(day=date(2026, 1, 1), visits=2**33)
    HourlyVisits.objects.create(day=date(2026, 1, 1), hour=9, visits=2**33)
    markup = reader().get("/thong-ke/").content.decode()
    assert "8.902.277.826" in markup


def test_unreadable_chunk_is_no_endless_loop(tracker: VisitTracker):
    Drainer(tracker.folder).count([SpoolChunk("la.spool", 0, b"\x00\xff\n")])
    assert DailyVisits.objects.sums().excluded == 1


def test_one_worker_of_a_machine_is_elected(tmp_path: Path):
    first, second = DrainerLock(tmp_path), DrainerLock(tmp_path)
    assert (first.acquire(), second.acquire(), first.acquire()) == (True, False, True)
