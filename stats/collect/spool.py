"""Spool files: every process of a machine appends one line for each request to a file of its own.

A process holds an exclusive lock (flock) on its file and takes it before the file gets its final name. A file with a
final name and without a lock therefore belongs to no process any more, however the process ended. Lines are handed to
the kernel at once: they survive the end of the process, but not a power failure."""

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

from ..spool_format import dropped_line

logger = logging.getLogger(__name__)

SUFFIX = ".spool"
NEW_SUFFIX = ".new"  # until the file is locked
RETRY_SECONDS = 1  # after a file could not be opened: a full disk must not slow down every request
CHECK_SECONDS = 5  # between two checks that the file has not been deleted
WARN_SECONDS = 60  # between two warnings in the log

_all_spools: "weakref.WeakSet[Spool]" = weakref.WeakSet()


@cache
def get_spool(folder: Path, max_size: int) -> "Spool":
    return Spool(folder, max_size)


class Spool:
    def __init__(self, folder: Path, max_size: int) -> None:
        self.folder = folder
        self.max_size = max_size
        self.on_open: Callable[[], None] | None = None  # called in the process that opens a file, so after any fork
        self._reset()
        _all_spools.add(self)

    def _reset(self) -> None:
        self._lock = Lock()
        self._file = -1
        self._day = -1
        self._size = 0
        self._dropped = 0
        self._retry_at = self._check_at = self._warn_at = 0.0

    def write(self, line: bytes, day: int, now: int) -> None:
        """Does not raise OSError: lines that cannot be written are counted, and the count is written later."""
        with self._lock:
            try:
                if day != self._day or self._size >= self.max_size or now >= self._check_at:
                    self._ensure_open(day, now)
                if self._dropped:
                    self._append(dropped_line(now, self._dropped))
                    self._dropped = 0
                self._append(line)
            except OSError as error:
                self._dropped += 1
                self._warn(error)

    def _append(self, line: bytes) -> None:
        written = os.write(self._file, line)
        if written != len(line):  # the disk became full
            self._remove_partial_line()
            raise OSError("the line was written only in part")
        self._size += written

    def _remove_partial_line(self) -> None:
        try:
            os.ftruncate(self._file, self._size)
        except OSError:
            self.close()

    def _ensure_open(self, day: int, now: int) -> None:
        if self._file >= 0 and day == self._day and self._size < self.max_size and os.fstat(self._file).st_nlink:
            self._check_at = now + CHECK_SECONDS
            return
        if time.monotonic() < self._retry_at:
            raise OSError("no spool file")
        self._retry_at = time.monotonic() + RETRY_SECONDS
        self.close()
        self._file = self._open()
        self._day, self._size, self._check_at, self._retry_at = day, 0, now + CHECK_SECONDS, 0.0
        if self.on_open:
            self.on_open()

    def _open(self) -> int:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        new_file = self.folder / f"{unique_name()}{NEW_SUFFIX}"
        file = os.open(new_file, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            new_file.rename(new_file.with_suffix(SUFFIX))
        except OSError:
            os.close(file)
            raise
        return file

    def close_if_before(self, day: int) -> None:
        """Closes a file of an earlier day, which a worker without requests would never replace."""
        with self._lock:
            if self._day != day:
                self.close()

    def close(self) -> None:
        if self._file >= 0:
            file, self._file = self._file, -1
            self._day = -1
            os.close(file)

    def _warn(self, error: OSError) -> None:
        if time.monotonic() >= self._warn_at:
            self._warn_at = time.monotonic() + WARN_SECONDS
            logger.warning("Requests could not be written to the spool, %d so far: %s", self._dropped, error)

    def reset_after_fork(self) -> None:
        """In the child process: the open file and its lock belong to the parent."""
        if self._file >= 0:
            os.close(self._file)
        self._reset()


def _reset_all() -> None:
    for spool in _all_spools:
        spool.reset_after_fork()


os.register_at_fork(after_in_child=_reset_all)


def unique_name() -> str:
    machine = re.sub(r"[^A-Za-z0-9-]", "-", socket.gethostname())[:60]
    return f"{machine}-{os.getpid()}-{time.time_ns():x}-{secrets.token_hex(4)}"


def try_lock(file: int) -> bool:
    """False while a running process writes to the file. Otherwise the caller holds the lock until it closes it."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
