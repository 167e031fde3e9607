"""Files into which the processes of one machine write a line for every request.

A file belongs to the process that holds its lock. It is locked before it gets its final name, so a file with a final
name and without a lock has lost its owner: its process has ended, by whatever death. Written is what the kernel has:
a line survives the end of the process, though not of the machine's power."""

import fcntl
import logging
import os
import re
import secrets
import socket
import time
import weakref
from collections.abc import Callable
from functools import cache
from pathlib import Path
from threading import Lock

from .spool_format import dropped_line

logger = logging.getLogger(__name__)

SUFFIX = ".spool"
UNNAMED = ".new"
RETRY_SECONDS = 1  # after a file could not be opened; a full disk must not slow every request
LOOK_SECONDS = 5  # how often a writer makes sure that nobody has deleted its file
WARN_SECONDS = 60

_all_spools: "weakref.WeakSet[Spool]" = weakref.WeakSet()


@cache
def spool_in(folder: Path, max_size: int) -> "Spool":
    """The one spool of this process."""
    return Spool(folder, max_size)


class Spool:
    def __init__(self, folder: Path, max_size: int) -> None:
        self.folder = folder
        self.max_size = max_size
        self.on_open: Callable[[], None] | None = None  # told in the process that opens the file, after any fork
        self._begin()
        _all_spools.add(self)

    def _begin(self) -> None:
        self._lock = Lock()
        self._file = -1
        self._day = -1
        self._size = 0
        self._dropped = 0
        self._retry_at = self._look_at = self._warn_at = 0.0

    def write(self, line: bytes, day: int, now: int) -> None:
        """One whole line, written at once. Never raises for a disk's sake: what finds no room is counted."""
        with self._lock:
            try:
                if day != self._day or self._size >= self.max_size or now >= self._look_at:
                    self._make_ready(day, now)
                if self._dropped:
                    self._append(dropped_line(now, self._dropped))
                    self._dropped = 0
                self._append(line)
            except OSError as error:
                self._dropped += 1
                self._warn(error)

    def _append(self, line: bytes) -> None:
        written = os.write(self._file, line)
        if written != len(line):  # the disk filled up in the middle of a line
            self._cut_off()
            raise OSError("a line found no room")
        self._size += written

    def _cut_off(self) -> None:
        """Removes half a line, so that the next one does not begin in the middle."""
        try:
            os.ftruncate(self._file, self._size)
        except OSError:
            self.close()

    def _make_ready(self, day: int, now: int) -> None:
        if self._file >= 0 and day == self._day and self._size < self.max_size and os.fstat(self._file).st_nlink:
            self._look_at = now + LOOK_SECONDS
            return
        if time.monotonic() < self._retry_at:
            raise OSError("no spool file")
        self._retry_at = time.monotonic() + RETRY_SECONDS
        self.close()
        self._file = self._open()
        self._day, self._size, self._look_at, self._retry_at = day, 0, now + LOOK_SECONDS, 0.0
        if self.on_open:
            self.on_open()

    def _open(self) -> int:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        unnamed = self.folder / f"{unique_name()}{UNNAMED}"
        file = os.open(unnamed, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            unnamed.rename(unnamed.with_suffix(SUFFIX))
        except OSError:
            os.close(file)
            raise
        return file

    def end_day(self, day: int) -> None:
        """Lets go of a file of an earlier day. A worker that nobody visits would keep yesterday's lines on the disk."""
        with self._lock:
            if self._day != day:
                self.close()

    def close(self) -> None:
        """Lets go of the file: whoever drains it may delete it."""
        if self._file >= 0:
            file, self._file = self._file, -1
            self._day = -1
            os.close(file)

    def _warn(self, error: OSError) -> None:
        if time.monotonic() >= self._warn_at:
            self._warn_at = time.monotonic() + WARN_SECONDS
            logger.warning("A visit could not be written down, %d so far: %s", self._dropped, error)

    def forget(self) -> None:
        """In a child after a fork: the file, its lock and its offset are the parent's."""
        if self._file >= 0:
            os.close(self._file)
        self._begin()


def _after_fork() -> None:
    for spool in _all_spools:
        spool.forget()


os.register_at_fork(after_in_child=_after_fork)


def unique_name() -> str:
    machine = re.sub(r"[^A-Za-z0-9-]", "-", socket.gethostname())[:60]
    return f"{machine}-{os.getpid()}-{time.time_ns():x}-{secrets.token_hex(4)}"


def has_owner(file: int) -> bool:
    """Whether a living process still writes into the file. When not, the lock is ours until the file is closed."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    return False
