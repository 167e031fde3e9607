"""A site run by gunicorn on a free local port, and clients that request its pages."""

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
WORKERS = 3
CLIENTS = 6  # concurrent
AGENTS = 400  # browsers; each stays below the daily limit of views per visitor
START_SECONDS = 90  # on a busy machine
STOP_SECONDS = 40
PATHS = ("/", "/trang/1/", "/trang/2/", "/da-chuyen/", "/khong-co/", "/admin/", "/static/x.css", "/healthz/live")


@dataclass
class Load:
    """Results of the clients. The worker may have counted a failed request before it was killed."""

    delivered: int = 0
    failed: int = 0
    slowest: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, seconds: float, *, is_delivered: bool) -> None:
        with self.lock:
            self.delivered += is_delivered
            self.failed += not is_delivered
            self.slowest = max(self.slowest, seconds)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Bench:
    """One database and one spool for all scenarios."""

    database_url: str
    folder: Path
    seen_before: int = 0

    def environment(self) -> dict[str, str]:
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": "benchmarks.visit_settings",
            "DATABASE_URL": self.database_url,
            "STATS_SPOOL_DIR": str(self.folder),
            "STATS_MODE": "middleware",
            "TESTING": "0",
            "DEBUG": "0",
            "DEMO": "1",
            "HTTPS": "0",
            "BEHIND_PROXY": "0",
            "LOG_LEVEL": "critical",
            "WEB_CONCURRENCY": str(WORKERS),
        }

    def start(self, *arguments: str, **environment: str) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(  # noqa: S603 - our own commands
            [sys.executable, *arguments],
            cwd=PROJECT,
            env=self.environment() | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    @contextlib.contextmanager
    def site(self) -> Iterator["Site"]:
        port = free_port()
        process = self.start(
            "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "portal.wsgi", PORT=str(port), BIND=""
        )
        site = Site(process, port)
        try:
            site.wait_until_it_answers()
            self.begin()
            yield site
        finally:
            site.stop()

    def begin(self) -> None:
        """Sets the number of requests counted by earlier scenarios."""
        self.seen_before = 0
        self.seen_before = self.seen()

    def seen(self) -> int:
        from stats.ingest.drain import Drainer  # noqa: PLC0415 - needs the settings
        from stats.models import VisitTotal  # noqa: PLC0415

        Drainer(self.folder).run_once()
        total = VisitTotal.current()
        return total.views + total.bots + total.excluded - self.seen_before


@dataclass
class Site:
    process: "subprocess.Popen[bytes]"
    port: int

    def get(self, path: str, agent: str) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path, headers={"User-Agent": agent, "Connection": "close"})
            connection.getresponse().read()
        finally:
            connection.close()

    def wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                return self.get("/healthz/live", "probe")
            except OSError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise
                time.sleep(0.05)

    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [int(child) for child in children]

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def read_pages(site: Site, requests: int, meanwhile: Callable[[Load], None] | None = None) -> Load:
    """Sends the requests from several clients and calls `meanwhile` repeatedly until they have finished."""
    load, left = Load(), iter(range(requests))
    picking = threading.Lock()

    def read() -> None:
        while True:
            with picking:
                number = next(left, None)
            if number is None:
                return
            begin = time.monotonic()
            try:
                site.get(
                    PATHS[number % len(PATHS)],
                    f"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0 may{number % AGENTS}",
                )
                is_delivered = True
            except (OSError, http.client.HTTPException):
                is_delivered = False
            load.note(time.monotonic() - begin, is_delivered=is_delivered)

    readers = [threading.Thread(target=read) for _ in range(CLIENTS)]
    for reader in readers:
        reader.start()
    while meanwhile and any(reader.is_alive() for reader in readers):
        meanwhile(load)
    for reader in readers:
        reader.join()
    return load
