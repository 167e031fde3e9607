"""The drainer as a thread of a worker. One worker of a machine is elected by a lock that its process keeps; when it
ends, another takes over within one round. Correctness does not hang on the election: it only saves work."""

import atexit
import fcntl
import logging
import os
import threading
import time
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from ..collect.clock import day_number
from ..collect.recorder import recorder
from .drain import Drainer

logger = logging.getLogger(__name__)

LOCK_NAME = "drainer.lock"
WARN_SECONDS = 60
GOODBYE_SECONDS = 5  # that a worker waits at its end for the running transaction

_thread: "DrainThread | None" = None
_starting = threading.Lock()


def start() -> None:
    """Starts this process's thread, once; after a fork the child's first visit starts its own."""
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
        election = Election(settings.STATS_SPOOL_DIR)
        drainer = Drainer()
        while not self.stopped.wait(settings.STATS_DRAIN_SECONDS):
            try:
                recorder().spool.end_day(day_number(int(time.time())))
                if election.is_won():
                    drainer.run_once()
            except (DatabaseError, OSError) as error:
                self.warn(error)
                connection.close()
            except Exception:
                logger.exception("Visits could not be added up")
                connection.close()
            finally:
                connection.close_if_unusable_or_obsolete()

    def warn(self, error: Exception) -> None:
        """The lines wait on the disk; a database that stays away need not fill the log."""
        if time.monotonic() >= self.warn_at:
            self.warn_at = time.monotonic() + WARN_SECONDS
            logger.warning("Visits wait to be added up: %s", error)

    def stop(self) -> None:
        self.stopped.set()
        if self.is_alive():
            self.join(GOODBYE_SECONDS)


class Election:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = -1

    def is_won(self) -> bool:
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
