"""Causes failures while visits are counted and checks that no visit is lost or counted twice.

    python -m benchmarks.visit_faults --requests 50000

Runs gunicorn workers on a free local port, kills processes and locks the database. Without DATABASE_URL it uses a
temporary SQLite database; `python -m tests.postgres -- python -m benchmarks.visit_faults` uses PostgreSQL."""

import argparse
import contextlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import django
from rich.console import Console
from rich.table import Table

from .visit_site import AGENTS, CLIENTS, PROJECT, START_SECONDS, STOP_SECONDS, Bench, Load, read_pages

SLOW = 15.0  # seconds; a request that waits for a locked database waits 20 on SQLite, on PostgreSQL until its timeout


@dataclass
class Outcome:
    name: str
    load: Load
    counted: int  # people, robots and excluded together
    may_exceed: int = 0  # requests in flight when somebody was killed

    @property
    def lost(self) -> int:
        return max(self.load.delivered - self.counted, 0)

    @property
    def doubled(self) -> int:
        return max(self.counted - self.load.delivered - self.may_exceed, 0)

    @property
    def is_exact(self) -> bool:
        return not self.lost and not self.doubled


# ---------------------------------------------------------------- the faults


def steady(bench: Bench, requests: int) -> Outcome:
    with bench.site() as site:
        load = read_pages(site, requests)
        return Outcome("steady load on 3 workers", load, bench.seen())


def reloaded(bench: Bench, requests: int, times: int = 4) -> Outcome:
    """The workers are replaced several times."""
    done = 0

    def reload(load: Load) -> None:
        nonlocal done
        if load.delivered > requests * (done + 1) / (times + 1) and done < times:
            site.process.send_signal(signal.SIGHUP)
            done += 1
        time.sleep(0.05)

    with bench.site() as site:
        load = read_pages(site, requests, reload)
        return Outcome(f"HUP, {done} times", load, bench.seen())


def terminated(bench: Bench, requests: int) -> Outcome:
    """The site is stopped after half of the requests."""

    def stop_after_half(load: Load) -> None:
        if load.delivered >= requests / 2 and site.process.poll() is None:
            site.process.terminate()
        time.sleep(0.05)

    with bench.site() as site:
        load = read_pages(site, requests, stop_after_half)
        site.process.wait(STOP_SECONDS)
        return Outcome("TERM in the middle", load, bench.seen(), may_exceed=min(load.failed, CLIENTS))


def workers_killed(bench: Bench, requests: int) -> Outcome:
    """Workers are killed one after another; gunicorn starts a new one each time."""
    kills = 0

    def kill(load: Load) -> None:
        nonlocal kills
        time.sleep(0.02)
        if load.delivered > requests * (kills + 1) / 10 and kills < 8:
            with contextlib.suppress(ProcessLookupError, IndexError):
                os.kill(random.choice(site.workers()), signal.SIGKILL)  # noqa: S311
                kills += 1

    with bench.site() as site:
        load = read_pages(site, requests, kill)
        return Outcome(f"kill -9 of {kills} workers", load, bench.seen(), may_exceed=min(load.failed, CLIENTS * kills))


def database_locked(bench: Bench, requests: int, seconds: float = 6.0) -> Outcome:
    """The lock is released after all responses: a request that waited for it would have failed."""
    with bench.site() as site:
        with holding_the_database():
            until = time.monotonic() + seconds
            load = read_pages(site, requests)
            while time.monotonic() < until:
                more = read_pages(site, 50)
                load.delivered, load.failed = load.delivered + more.delivered, load.failed + more.failed
                load.slowest = max(load.slowest, more.slowest)
        return Outcome(f"database locked {seconds:g} s", load, bench.seen())


@contextlib.contextmanager
def holding_the_database() -> Iterator[None]:
    """No other connection can write meanwhile."""
    from django.db import connection, transaction  # noqa: PLC0415

    locked, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():  # SQLite: BEGIN IMMEDIATE
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("LOCK TABLE stats_visittotal IN ACCESS EXCLUSIVE MODE")
            locked.set()
            done.wait()
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    locked.wait()
    try:
        yield
    finally:
        done.set()
        holder.join()


def drainers_killed(bench: Bench, requests: int, kills: int = 25) -> Outcome:
    """Three drainers read the same files, and one of them is killed again and again."""
    from stats.collect.spool import Spool  # noqa: PLC0415
    from stats.day_numbers import day_number  # noqa: PLC0415
    from stats.spool_format import view_line  # noqa: PLC0415

    bench.begin()
    now = int(time.time())
    spool = Spool(bench.folder, 200_000)  # bytes: many small files
    load = Load(delivered=requests)
    racing = [bench.start("manage.py", "stats_drain", "--loop") for _ in range(3)]
    try:
        for kill in range(kills):
            for number in range(requests * kill // kills, requests * (kill + 1) // kills):
                agent = f"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0 may{number % AGENTS}"
                spool.write(
                    view_line(now, f"{number % 5000:016x}", "-", agent, f"/trang/{number % 50}/"), day_number(now), now
                )
            time.sleep(random.uniform(0.5, 2.0))  # noqa: S311
            victim = kill % len(racing)
            if racing[victim].poll() is not None:
                raise RuntimeError("a drainer ended by itself")
            racing[victim].kill()
            racing[victim].wait()
            racing[victim] = bench.start("manage.py", "stats_drain", "--loop")
        spool.close()
        wait_until_drained(bench)
        counted = bench.seen()
    finally:
        for process in racing:
            process.kill()
            process.wait()
    return Outcome(f"3 drainers racing, {kills} × kill -9", load, counted)


def wait_until_drained(bench: Bench) -> None:
    """Waits until the drainers have counted and deleted every file."""
    deadline = time.monotonic() + START_SECONDS
    while list(bench.folder.glob("*.spool")):
        if time.monotonic() > deadline:
            raise TimeoutError("the drainers left files behind")
        time.sleep(0.1)


SCENARIOS: tuple[Callable[[Bench, int], Outcome], ...] = (
    steady,
    reloaded,
    terminated,
    workers_killed,
    database_locked,
    drainers_killed,
)

SHARES = {steady: 1.0, drainers_killed: 4.0}  # of --requests


def table_of(outcomes: list[Outcome]) -> Table:
    table = Table("fault", "delivered", "failed", "counted", "lost", "doubled", "slowest", title="Visits under faults")
    for found in outcomes:
        style = "green" if found.is_exact else "bold red"
        numbers = (found.load.delivered, found.load.failed, found.counted, found.lost, found.doubled)
        table.add_row(found.name, *map(str, numbers), f"{found.load.slowest:.2f} s", style=style)
    return table


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--requests",
        type=int,
        default=50_000,
        help="in the first scenario; drainers race for four times as many, the others take a fifth",
    )
    parser.add_argument("--only", help="a word of the scenario's function name")
    options = parser.parse_args()
    console = Console()
    with tempfile.TemporaryDirectory(prefix="cong-tin-") as folder:
        url = os.environ.get("DATABASE_URL") or f"sqlite:///{folder}/db.sqlite3"
        bench = Bench(url, Path(folder) / "spool")
        os.environ.update(bench.environment())
        django.setup()
        subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=PROJECT, check=True)
        outcomes = []
        for scenario in SCENARIOS:
            if not options.only or options.only in scenario.__name__:
                with console.status(scenario.__name__):
                    outcomes.append(scenario(bench, int(options.requests * SHARES.get(scenario, 0.2))))
    console.print(table_of(outcomes))
    return not all(outcome.is_exact for outcome in outcomes)


if __name__ == "__main__":
    sys.exit(main())
