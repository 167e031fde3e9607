"""Measures the cost of counting visits:

    python -m benchmarks.visits            all parts, several minutes
    python -m benchmarks.visits request    one part: request, drainer, queries or size

Absolute times depend on the machine and its load. The ratios are measured alternately and are reliable.
Without DATABASE_URL the benchmark uses a temporary SQLite database; `python -m tests.postgres -- python -m
benchmarks.visits` uses PostgreSQL. The database of DATABASE_URL is filled with test data and must not be a real one."""

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext
from rich.console import Console
from rich.progress import track
from rich.table import Table

from .visit_year import ARTICLES, article_days, make_articles, make_year, worst_edges

PROJECT = Path(__file__).resolve().parent.parent
COUNTER = "stats.middleware.VisitMiddleware"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
BROWSER = {
    "HTTP_USER_AGENT": FIREFOX,
    "HTTP_HOST": "127.0.0.1",
    "HTTP_ACCEPT": "text/html",
    "HTTP_ACCEPT_LANGUAGE": "vi",
    "HTTP_SEC_FETCH_DEST": "document",
    "HTTP_REFERER": "https://www.google.com/",
    "HTTP_COOKIE": "theme=dark",
    "REMOTE_ADDR": "203.0.113.7",
}
BLOCKS = 15
# Exponent of the distribution of hits over articles: a million hits in four days reach 12,000 articles a day, as in a
# year of 100 million.
SPREAD = 0.55


@dataclass
class Figure:
    what: str
    found: str
    bar: str
    is_met: bool | None = None  # None if there is no bar


# ---------------------------------------------------------------- one request


def handler(*, counting: bool, **changed: Any) -> WSGIHandler:
    middleware = [name for name in changed.pop("MIDDLEWARE", settings.MIDDLEWARE) if name != COUNTER]
    with override_settings(MIDDLEWARE=[COUNTER, *middleware] if counting else middleware, **changed):
        return WSGIHandler()


def ask(application: WSGIHandler, path: str, times: int) -> float:
    """CPU seconds per request."""
    environ = RequestFactory(**BROWSER).get(path).environ
    begin = time.process_time()
    for _ in range(times):
        response = application(dict(environ), lambda status, headers: None)
        response.close()
    return (time.process_time() - begin) / times


def in_turns(plain: WSGIHandler, counting: WSGIHandler, path: str, times: int) -> tuple[float, float]:
    """Median CPU seconds of both, measured alternately so that other load on the machine affects both."""
    for application in (plain, counting):
        ask(application, path, times)
    pairs = [(ask(plain, path, times), ask(counting, path, times)) for _ in range(BLOCKS)]
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)


def measure_request() -> Iterator[Figure]:
    with override_settings(ROOT_URLCONF="benchmarks.visit_urls"):
        plain, counted = in_turns(
            handler(counting=False, MIDDLEWARE=[]), handler(counting=True, MIDDLEWARE=[]), "/trang/7/", 2000
        )
    yield Figure(
        "empty view, CPU",
        f"× {counted / plain:.3f}  ({plain * 1e6:.0f} → {counted * 1e6:.0f} µs)",
        "≤ 1.25",
        counted / plain <= 1.25,
    )
    whole = handler(counting=False), handler(counting=True)
    plain, counted = in_turns(*whole, "/", 20)
    yield Figure(
        "home page, CPU",
        f"× {counted / plain:.3f}  ({plain * 1e3:.1f} → {counted * 1e3:.1f} ms)",
        "≤ 1.03",
        counted / plain <= 1.03,
    )

    request = RequestFactory(**BROWSER).get("/thong-ke/")
    answers = []
    for application in whole:
        with CaptureQueriesContext(connection) as seen:
            answers.append((application(dict(request.environ), lambda status, headers: None), len(seen)))
    (before, queries_before), (after, queries_after) = answers
    yield Figure("queries added", str(queries_after - queries_before), "0", queries_after == queries_before)
    added = sorted(set(after.headers) - set(before.headers))
    yield Figure("headers and cookies added", ", ".join(added) or "none", "none", not added and not after.cookies)


# ---------------------------------------------------------------- the drainer


def write_hits(folder: Path, hits: int) -> None:
    """Realistic hits: four pages a visitor, few articles with many views, a third of the hits of robots or excluded."""
    from stats.collect.spool import Spool  # noqa: PLC0415 - needs the settings
    from stats.day_numbers import day_number  # noqa: PLC0415
    from stats.spool_format import excluded_line, view_line  # noqa: PLC0415

    spool = Spool(folder, settings.STATS_SPOOL_FILE_SIZE)
    chance = random.Random(7)  # noqa: S311
    now = int(time.time())
    agents = [FIREFOX.replace("128", str(100 + number)) + f" may{number % 40}" for number in range(400)]
    robots = [
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; bingbot/2.0)",
        "kube-probe/1.29",
    ]
    referrers = ["-", "-", "-", "", "www.google.com", "m.facebook.com", "zalo.me", "coccoc.com"]
    for _ in track(range(hits), "Writing hits"):
        moment = now - chance.randrange(3_000)
        if chance.random() < 0.15:
            line = excluded_line(moment, "redirect")
        else:
            agent = chance.choice(robots) if chance.random() < 0.2 else chance.choice(agents)
            article = min(int(chance.paretovariate(SPREAD)), ARTICLES)
            path = f"/bai-viet/mot-bai-viet-{article}/" if chance.random() < 0.7 else "/"
            line = view_line(
                moment, f"{chance.randrange(max(hits // 6, 1)):016x}", chance.choice(referrers), agent, path
            )
        spool.write(line, day_number(now), now)
    spool.close()


def measure_drainer() -> Iterator[Figure]:
    from stats.ingest.drain import Drainer  # noqa: PLC0415

    make_articles()
    with tempfile.TemporaryDirectory() as folder:
        hits = 200_000
        write_hits(Path(folder), hits)
        drainer = Drainer(Path(folder))
        begin, cpu = time.perf_counter(), time.process_time()
        drainer.run_once()
        wall, cpu = time.perf_counter() - begin, time.process_time() - cpu
    yield Figure("drainer, hits a second of CPU", f"{hits / cpu:,.0f}", "≥ 40,000", hits / cpu >= 40_000)
    yield Figure("drainer, hits a second by the clock", f"{hits / wall:,.0f}", "on a quiet machine the same")


def measure_size() -> Iterator[Figure]:
    """The size of all tables of stats with indexes after a year of 100 million hits, for each million."""
    make_year()
    sizes = sizes_of_tables()
    size = sum(sizes.values()) / 100 / 1e6
    largest = ", ".join(f"{name} {sizes[name] / 1e6:.1f}" for name in sorted(sizes, key=lambda name: -sizes[name])[:6])
    yield Figure("articles by day", f"{article_days():,}", "1.2 million")
    yield Figure("database for a million hits", f"{size:.2f} MB", "≤ 1 MB", size <= 1)
    yield Figure("largest tables of the year, MB", largest, "")


def sizes_of_tables() -> dict[str, int]:
    """Bytes with indexes and compressed values, without the space of deleted rows."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM FULL")
            cursor.execute(
                "SELECT relname, pg_total_relation_size(oid) FROM pg_class "
                "WHERE relkind = 'r' AND relname LIKE 'stats_%%'"
            )
        else:
            cursor.execute("VACUUM")
            cursor.execute(
                "SELECT tbl_name, SUM(pgsize) FROM dbstat JOIN sqlite_master USING (name) "
                "WHERE tbl_name LIKE 'stats_%%' GROUP BY tbl_name"
            )
        return dict(cursor.fetchall())


# ---------------------------------------------------------------- the dashboard


def measure_queries() -> Iterator[Figure]:
    from stats.periods import Period  # noqa: PLC0415
    from stats.reports.comparison import compare, comparison_basis  # noqa: PLC0415
    from stats.reports.figures import Step, chart_points  # noqa: PLC0415
    from stats.reports.ranking import most_read_ids, ranking, top_articles, top_referrers  # noqa: PLC0415
    from stats.reports.visit_counter import read_counter  # noqa: PLC0415

    make_year()
    yield Figure("articles by day", f"{article_days():,}", "1.2 million")
    month, quarter, year = Period.last_days(30), Period.last_days(90), Period.last_days(365)
    asked: tuple[tuple[str, float, Callable[[], Any]], ...] = (
        ("widget", 1, read_counter),
        ("30 days: sums and comparison", 50, lambda: compare(comparison_basis(month))),
        ("30 days: chart", 50, lambda: chart_points(month, Step.DAY)),
        ("30 days: referrers", 50, lambda: top_referrers(month)),
        ("30 days: top 20 articles", 50, lambda: top_articles(month)),
        ("90 days: top 20 articles", 80, lambda: top_articles(quarter)),
        ("365 days: top 20 articles", 200, lambda: top_articles(year)),
        ("12 months that lack a day on either side: top 20", 200, lambda: top_articles(worst_edges())),
        ("365 days: top 20 articles, categories, reporters", 200, lambda: ranking(year)),
        ("365 days: chart", 200, lambda: chart_points(year, Step.DAY)),
        ("most read, 7 days", 50, lambda: most_read_ids(Period.last_days(7), 40)),
    )
    for what, bar, question in asked:
        milliseconds = timed(question)
        yield Figure(what, f"{milliseconds:.2f} ms", f"≤ {bar:g} ms", milliseconds <= bar)


def timed(question: Callable[[], Any]) -> float:
    """The median of eleven calls in milliseconds."""
    times = []
    for _ in range(11):
        begin = time.perf_counter()
        question()
        times.append((time.perf_counter() - begin) * 1000)
    return statistics.median(times)


# ---------------------------------------------------------------- the table

PARTS: dict[str, Callable[[], Iterator[Figure]]] = {
    "request": measure_request,
    "drainer": measure_drainer,
    "queries": measure_queries,
    "size": measure_size,
}


@contextmanager
def prepared() -> Iterator[None]:
    with tempfile.TemporaryDirectory(prefix="cong-tin-") as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/db.sqlite3")
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "STATS_SPOOL_DIR": f"{folder}/spool",
            "MEDIA_ROOT": f"{folder}/media",
            "STATS_MODE": "middleware",
            "DEBUG": "1",
            "TESTING": "0",
        }
        (Path(folder) / "static").mkdir()
        os.environ["STATIC_ROOT"] = f"{folder}/static"
        subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=PROJECT, check=True)
        django.setup()
        settings.DEBUG = False  # as on a real site, but without the checks of its settings
        settings.STATS_DRAIN_IN_WORKERS = False
        settings.STATS_WIDGET_SECONDS = settings.STATS_MOST_READ_SECONDS = 0  # no cached values
        settings.CACHES["template_fragments"]["BACKEND"] = "django.core.cache.backends.dummy.DummyCache"
        yield


def main(names: list[str]) -> int:
    unknown = set(names) - set(PARTS)
    if unknown:
        sys.exit(f"The parts are {', '.join(PARTS)}, not {', '.join(sorted(unknown))}.")
    table = Table("what", "found", "bar", title="Visit statistics")
    missed = 0
    with prepared():
        for name in names or PARTS:
            for figure in PARTS[name]():
                missed += figure.is_met is False
                table.add_row(
                    figure.what,
                    figure.found,
                    figure.bar,
                    style={True: "green", False: "bold red", None: ""}[figure.is_met],
                )
        table.caption = connection.vendor
    Console().print(table)
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
