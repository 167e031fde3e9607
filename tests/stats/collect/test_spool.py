import errno
import os
from pathlib import Path

import pytest

from stats.collect.spool import Spool, try_lock
from stats.spool_format import excluded_line
from tests.stats.tracker import VisitTracker, reader

NOON = 1_795_410_000  # 24/11/2026 12:00 in Vietnam
DAY = 20_781
LINE = excluded_line(NOON, "health")


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    return Spool(tmp_path / "spool", max_size=1000)


def files(spool: Spool) -> list[Path]:
    return sorted(spool.folder.glob("*.spool"))


def is_locked(file: Path) -> bool:
    with file.open("rb") as opened:
        return not try_lock(opened.fileno())


def test_file_is_locked_from_its_first_moment_under_its_name(spool: Spool, monkeypatch: pytest.MonkeyPatch):
    seen = []
    rename = Path.rename

    def watched(self: Path, target: Path) -> Path:
        seen.append(is_locked(self))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", watched)
    spool.write(LINE, DAY, NOON)
    assert seen == [True]
    [file] = files(spool)
    assert is_locked(file)
    spool.close()
    assert not is_locked(file)


def test_file_is_for_its_owner_alone(spool: Spool):
    spool.write(LINE, DAY, NOON)
    assert files(spool)[0].stat().st_mode & 0o777 == 0o600
    assert spool.folder.stat().st_mode & 0o777 == 0o700


def test_full_file_is_followed_by_another(spool: Spool):
    for _ in range(100):
        spool.write(LINE, DAY, NOON)
    assert len(files(spool)) > 1
    assert max(file.stat().st_size for file in files(spool)) < 1000 + len(LINE)
    assert sum(len(file.read_bytes().splitlines()) for file in files(spool)) == 100
    assert [is_locked(file) for file in files(spool)].count(True) == 1


def test_new_day_begins_a_new_file(spool: Spool):
    spool.write(LINE, DAY, NOON)
    spool.write(LINE, DAY + 1, NOON + 86_400)
    assert [len(file.read_bytes().splitlines()) for file in files(spool)] == [1, 1]


def test_idle_worker_lets_go_of_yesterdays_file(spool: Spool):
    spool.write(LINE, DAY, NOON)
    spool.close_if_before(DAY)
    assert is_locked(files(spool)[0])
    spool.close_if_before(DAY + 1)
    assert not is_locked(files(spool)[0])
    spool.write(LINE, DAY + 1, NOON + 86_400)
    assert len(files(spool)) == 2


def test_child_after_a_fork_writes_its_own_file(spool: Spool):
    spool.write(LINE, DAY, NOON)
    child = os.fork()
    if child == 0:
        try:
            spool.write(LINE, DAY, NOON)
            os._exit(0)
        except BaseException:
            os._exit(1)
    assert os.waitpid(child, 0)[1] == 0
    spool.write(LINE, DAY, NOON)
    assert sorted(len(file.read_bytes().splitlines()) for file in files(spool)) == [1, 2]
    assert sorted(is_locked(file) for file in files(spool)) == [False, True]


def test_file_that_somebody_deleted_is_replaced_within_seconds(spool: Spool):
    spool.write(LINE, DAY, NOON)
    files(spool)[0].unlink()
    spool.write(LINE, DAY, NOON + 60)
    assert [file.read_bytes() for file in files(spool)] == [LINE]


def test_full_disk_drops_counts_and_recovers(
    spool: Spool, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    spool.write(LINE, DAY, NOON)
    write = os.write

    def no_room(file: int, data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    def half_a_line(file: int, data: bytes) -> int:
        return write(file, data[:5])

    monkeypatch.setattr(os, "write", no_room)
    spool.write(LINE, DAY, NOON)
    monkeypatch.setattr(os, "write", half_a_line)
    spool.write(LINE, DAY, NOON)
    monkeypatch.setattr(os, "write", write)
    spool.write(LINE, DAY, NOON)
    [file] = files(spool)
    assert file.read_bytes() == LINE + f"D\t{NOON}\t2\n".encode() + LINE
    assert "could not be written" in caplog.text


def test_folder_that_cannot_be_written_costs_no_page(tracker: VisitTracker):
    tracker.folder.write_text("a file where the folder should be")
    assert reader().get("/thong-ke/").status_code == 200
