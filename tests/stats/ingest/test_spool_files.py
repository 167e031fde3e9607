import os
from pathlib import Path

import pytest
from time_machine import TimeMachineFixture

from stats.collect.spool import Spool
from stats.ingest.drain import Drainer
from stats.ingest.spool_files import delete_if_finished
from stats.models import DailyVisits, ExcludedHits, SpoolOffset
from stats.spool_format import excluded_line

NOON = 1_795_410_000  # 24/11/2026 12:00 in Vietnam
DAY = 20_781
LINE = excluded_line(NOON, "health")


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    return Spool(tmp_path / "spool", max_size=1000)


def files(spool: Spool) -> list[Path]:
    return sorted(spool.folder.glob("*.spool"))


@pytest.fixture
def drainer(spool: Spool, db: None, time_machine: TimeMachineFixture) -> Drainer:
    time_machine.move_to(NOON + 60)  # lines from the future count as malformed
    return Drainer(spool.folder)


def test_file_is_deleted_only_without_an_owner_and_wholly_counted(spool: Spool, drainer: Drainer):
    spool.write(LINE, DAY, NOON)
    [file] = files(spool)
    assert not delete_if_finished(file)
    drainer.run_once()
    assert file.exists()
    spool.close()
    with file.open("ab") as other:
        other.write(LINE)
    assert not delete_if_finished(file)
    drainer.run_once()
    assert not file.exists()
    assert ExcludedHits.objects.total("hits") == 2


def test_deleted_file_leaves_its_offset_as_a_tombstone(spool: Spool, drainer: Drainer):
    spool.write(LINE, DAY, NOON)
    [file] = files(spool)
    spool.close()
    drainer.run_once()
    tombstone = SpoolOffset.objects.get(name=file.name)
    assert (tombstone.offset, tombstone.finished_at is not None) == (len(LINE), True)
    file.write_bytes(LINE)  # another machine may still see a deleted file on a network disk
    drainer.run_once()
    assert ExcludedHits.objects.total("hits") == 1


def test_incomplete_last_line_waits_for_its_rest(spool: Spool, drainer: Drainer):
    spool.write(LINE + LINE[:7], DAY, NOON)
    drainer.run_once()
    assert ExcludedHits.objects.total("hits") == 1
    spool.write(LINE[7:], DAY, NOON)
    drainer.run_once()
    assert ExcludedHits.objects.total("hits") == 2


def test_half_a_line_that_nobody_will_finish_is_malformed(spool: Spool, drainer: Drainer):
    spool.write(LINE + LINE[:7], DAY, NOON)
    spool.close()
    drainer.run_once()
    assert {row["reason"]: row["hits"] for row in ExcludedHits.objects.by_reason()} == {"health": 1, "garbled": 1}
    assert files(spool) == []


@pytest.mark.parametrize(
    "garbage",
    [
        b"\n",
        b"rac\n",
        b"V\n",
        b"V\t1\n",
        b"V\tx\t0123456789abcdef\t\ta\t/\n",
        b"V\t1795410000\tngan\t\ta\t/\n",
        b"X\t1795410000\n",
        b"X\t-5\thealth\n",
        b"X\t99999999999999999999\thealth\n",
        b"X\t1795410000\tla\n",
        b"\xff\xfe\x00\n",
        b"D\t1795410000\tx\n",
        b"M\t1\n",
    ],
)
def test_malformed_line_is_counted_and_stops_nothing(spool: Spool, drainer: Drainer, garbage: bytes):
    spool.write(garbage + LINE, DAY, NOON)
    drainer.run_once()
    assert {row["reason"]: row["hits"] for row in ExcludedHits.objects.by_reason()} == {"health": 1, "garbled": 1}


def test_huge_line_without_end_is_skipped(spool: Spool, drainer: Drainer):
    spool.max_size = 10_000_000
    spool.write(b"x" * 200_000, DAY, NOON)
    drainer.run_once()
    spool.write(b"\n" + LINE, DAY, NOON)
    drainer.run_once()
    assert ExcludedHits.objects.filter(reason="health").total("hits") == 1


def test_dropped_hits_are_part_of_what_was_seen(spool: Spool, drainer: Drainer):
    spool.write(f"D\t{NOON}\t41\n".encode() + LINE, DAY, NOON)
    drainer.run_once()
    assert DailyVisits.objects.sums().excluded == 42


def test_nameless_file_of_a_dead_process_is_removed_after_an_hour(spool: Spool, drainer: Drainer):
    spool.folder.mkdir()
    young, old = spool.folder / "tre.new", spool.folder / "gia.new"
    for file, changed in ((young, NOON), (old, NOON - 2 * 3600)):
        file.touch()
        os.utime(file, (changed, changed))
    drainer.run_once()
    assert (young.exists(), old.exists()) == (True, False)
