"""Spool files as the drainer reads and deletes them."""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..collect.spool import NEW_SUFFIX, SUFFIX, try_lock
from ..models import SpoolOffset

MAX_LINE = 64 * 1024  # bytes; the longest real line has 3,000
ABANDONED_SECONDS = 3600  # age after which a file that never got its final name is deleted


@dataclass
class SpoolChunk:
    """Lines of a spool file that were not counted yet."""

    file_name: str
    start: int  # offset in the file
    data: bytes

    @property
    def end(self) -> int:
        return self.start + len(self.data)

    def halves(self) -> "tuple[SpoolChunk, SpoolChunk] | None":
        """Two chunks with whole lines; None for a single line."""
        cut = self.data.find(b"\n", len(self.data) // 2 - 1) + 1
        if not 0 < cut < len(self.data):
            cut = self.data.find(b"\n") + 1
        if not 0 < cut < len(self.data):
            return None
        first, second = self.data[:cut], self.data[cut:]
        return SpoolChunk(self.file_name, self.start, first), SpoolChunk(self.file_name, self.start + cut, second)


def spool_files(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"*{SUFFIX}"))


def read_chunks(folder: Path, size: int) -> Iterator[SpoolChunk]:
    """At most `size` bytes of lines that were not counted yet, one chunk for each file."""
    files = spool_files(folder)
    offsets = dict(SpoolOffset.objects.filter(name__in=[file.name for file in files]).values_list("name", "offset"))
    for file in files:
        start = offsets.get(file.name, 0)
        data = read_lines(file, start, size)
        if data:
            size -= len(data)
            yield SpoolChunk(file.name, start, data)
        if size <= MAX_LINE:
            return


def read_lines(file: Path, start: int, size: int) -> bytes:
    """Whole lines from the offset `start`. An incomplete last line is left for later while a process writes to the
    file, and returned once no process does or once it is longer than MAX_LINE."""
    try:
        with file.open("rb") as spool:
            spool.seek(start)
            data = spool.read(size)
            end = data.rfind(b"\n") + 1
            if end < len(data) < size and try_lock(spool.fileno()):
                return data + spool.read(size)  # the process may have completed the line before it ended
    except FileNotFoundError:
        return b""
    return data if not end and len(data) >= MAX_LINE else data[:end]


def delete_finished_files(folder: Path) -> Iterator[str]:
    """The names of the files that are counted completely and that no process writes to any more."""
    for file in spool_files(folder):
        if delete_if_finished(file):
            yield file.name


def delete_if_finished(file: Path) -> bool:
    try:
        descriptor = os.open(file, os.O_RDONLY)
    except FileNotFoundError:
        return True
    try:
        if not try_lock(descriptor):
            return False
        # The size is final only under the lock.
        offset = SpoolOffset.objects.filter(name=file.name).values_list("offset", flat=True).first() or 0
        if offset < os.fstat(descriptor).st_size:
            return False
        file.unlink(missing_ok=True)
        return True
    finally:
        os.close(descriptor)


def delete_abandoned_files(folder: Path) -> None:
    """Files of processes that ended between creating and renaming a file."""
    for file in folder.glob(f"*{NEW_SUFFIX}"):
        try:
            descriptor = os.open(file, os.O_RDONLY)
        except FileNotFoundError:
            continue
        try:
            if time.time() - os.fstat(descriptor).st_mtime > ABANDONED_SECONDS and try_lock(descriptor):
                file.unlink(missing_ok=True)
        finally:
            os.close(descriptor)
