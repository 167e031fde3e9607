"""The drainer as a thread of a web worker.

Only one worker of a machine drains: the one that holds a file lock. When its process ends, another worker takes over
in its next round. Several drainers at once would count correctly too, the lock only saves work."""

import atexit
import fcntl
import logging
import os
import threading
import time
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from ..collect.recorder import get_recorder
from ..day_numbers import day_number
from .drain import Drainer

logger = logging.getLogger(__name__)

LOCK_NAME = "drainer.lock"
WARN_SECONDS = 60  # between two warnings in the log
STOP_SECONDS = 5  # for which a worker that ends waits for the running transaction

_thread: "DrainThread | None" = None
_starting = threading.Lock()


def start_drain_thread() -> None:
    """Starts the thread unless it runs in this process. A forked worker calls it when it opens its spool file."""
    global _thread
    if not settings.STATS_DRAIN_IN_WORKERS:
        return
    with _starting:
        if _thread is None or not _thread.is_alive():
            _thread = DrainThread()
            _thread.start()


class DrainThread(threading.Thread):
    def __init__(self) -> None:
        super().__init__(name="stats-drainer", daemon=True)
        self.stopped = threading.Event()
        self.warn_at = 0.0
        atexit.register(self.stop)

    def run(self) -> None:
        lock = DrainerLock(settings.STATS_SPOOL_DIR)
        drainer = Drainer()
        while not self.stopped.wait(settings.STATS_DRAIN_SECONDS):
            try:
                get_recorder().spool.close_if_before(day_number(int(time.time())))
                if lock.acquire():
                    drainer.run_once()
            except (DatabaseError, OSError) as error:
                self.warn(error)
                connection.close()
            except Exception:
                logger.exception("The spool could not be drained")
                connection.close()
            finally:
                connection.close_if_unusable_or_obsolete()

    def warn(self, error: Exception) -> None:
        if time.monotonic() >= self.warn_at:
            self.warn_at = time.monotonic() + WARN_SECONDS
            logger.warning("The spool could not be drained and will be tried again: %s", error)

    def stop(self) -> None:
        self.stopped.set()
        if self.is_alive():
            self.join(STOP_SECONDS)


class DrainerLock:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = -1

    def acquire(self) -> bool:
        if self.file >= 0:
            return True
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(self.folder / LOCK_NAME, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            return False
        self.file = file
        return True
