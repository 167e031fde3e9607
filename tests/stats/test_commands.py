from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.utils import timezone

from stats.models import DailyVisits, OpeningTotal, VisitTotal
from stats.reports.visit_counter import read_counter
from tests.factories import make_user
from tests.stats.management import run
from tests.stats.tracker import VisitTracker, reader

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_day")]


def test_drain_counts_what_waits(tracker: VisitTracker):
    reader().get("/thong-ke/")
    assert "Đã cộng" in run("stats_drain", "--once")
    assert "Đã cộng 0 byte" in run("stats_drain")
    assert VisitTotal.current().views == 1


# ---------------------------------------------------------------- opening total and import


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
    assert (read_counter().total, VisitTotal.current().visits) == (239, 234)


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
    assert read_counter().total == 0
    run("stats_check")


def test_imported_history_can_open_the_total(tmp_path: Path):
    run("stats_import", make_csv(tmp_path, "day,visits\n2024-01-31,10\n2024-02-01,5\n"), "--opening")
    opening = OpeningTotal.objects.in_force()
    assert (opening.number, opening.date, read_counter().total) == (15, date(2024, 2, 1), 15)


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
    """The portal will add visits of the same day."""
    time_machine.move_to("2026-11-23 00:00+07:00", tick=False)
    with pytest.raises(CommandError, match="chưa hết"):
        run("stats_import", make_csv(tmp_path, f"day,visits\n2026-11-22,10\n{day},5\n"))
    assert not DailyVisits.objects.exists()


def test_unreadable_file_is_a_sentence(tmp_path: Path):
    with pytest.raises(CommandError, match="Không đọc được"):
        run("stats_import", tmp_path / "khong-co.csv")
    with pytest.raises(CommandError, match="Không đọc được"):
        run("stats_import", make_csv(tmp_path, "day,visits,đ\n", "utf-16"))
