"""Measures the dashboard, its exports and the monthly report with the rollups of a year with 100 million hits:

    python -m benchmarks.dashboard

There are 1.2 million rows of articles by day, and 500 referrers and 500 paths not found each day. Without DATABASE_URL
the benchmark uses a temporary SQLite database; `python -m tests.postgres -- python -m benchmarks.dashboard` uses
PostgreSQL. The database of DATABASE_URL is filled with test data and must not be a real one."""

import sys
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from rich.console import Console
from rich.table import Table

from .visit_year import article_days, make_year, worst_edges
from .visits import Figure, prepared, timed


def make_all_tables(period: Any, step: Any) -> None:
    from stats.reports.dashboard import Dashboard  # noqa: PLC0415 - needs the settings
    from stats.reports.period_tables import TABLES  # noqa: PLC0415

    shown = Dashboard(period, step)
    for make_table in TABLES.values():
        make_table(shown)
    assert shown.cards and shown.origins is not None  # noqa: S101


def measure() -> Iterator[Figure]:
    from django.contrib.auth.models import User  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from stats.models import NotFoundPath, VisitorDay  # noqa: PLC0415
    from stats.periods import Period  # noqa: PLC0415
    from stats.reports.comparison import compare, comparison_basis  # noqa: PLC0415
    from stats.reports.figures import Step, chart_points, sums  # noqa: PLC0415
    from stats.reports.ranking import ranking, top_articles  # noqa: PLC0415
    from stats.reports.readership import readership  # noqa: PLC0415
    from stats.reports.visit_counter import read_counter  # noqa: PLC0415

    make_year()
    yield Figure(
        "articles by day, rows of addresses", f"{article_days():,}, {NotFoundPath.objects.count():,}", "1.2 million"
    )
    month, quarter, year = Period.last_days(30), Period.last_days(90), Period.last_days(365)
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(User.objects.get_or_create(username="quan-tri-do-dac", is_staff=True, is_superuser=True)[0])

    def page(address: str) -> Callable[[], Any]:
        return lambda: client.get(address).content

    asked: tuple[tuple[str, float | None, Callable[[], Any]], ...] = (
        ("widget", 1, read_counter),
        ("online now", 50, VisitorDay.objects.online),
        (
            "30 days: figures, comparison, chart",
            50,
            lambda: (sums(month), compare(comparison_basis(month)), chart_points(month, Step.DAY)),
        ),
        ("30 days: top 20 articles", 50, lambda: top_articles(month)),
        ("90 days: top 20 articles", 80, lambda: top_articles(quarter)),
        ("365 days: top 20 articles", 200, lambda: top_articles(year)),
        ("12 months that lack a day on either side: top 20", 200, lambda: top_articles(worst_edges())),
        ("30 days: top 20 articles, categories, reporters", None, lambda: ranking(month)),
        ("365 days: the same", None, lambda: ranking(year)),
        ("article list of the admin: 50 articles' views", 50, lambda: readership(list(range(49_900, 49_950)))),
        ("30 days: every table", None, lambda: make_all_tables(month, Step.DAY)),
        ("365 days: every table", None, lambda: make_all_tables(year, Step.MONTH)),
        ("page of 30 days, with its HTML", None, page("/admin/thong-ke/")),
        ("page of 12 months", None, page("/admin/thong-ke/?ky=12-thang")),
        ("monthly report", None, page("/admin/bao-cao-truy-cap/")),
        ("workbook of 30 days", None, page("/admin/thong-ke/xuat/tat-ca.xlsx?ky=30-ngay")),
    )
    for what, bar, question in asked:
        milliseconds = timed(question)
        yield Figure(
            what, f"{milliseconds:.2f} ms", f"≤ {bar:g} ms" if bar else "", milliseconds <= bar if bar else None
        )
    with CaptureQueriesContext(connection) as queries:
        page("/admin/thong-ke/")()
    yield Figure("queries of the dashboard's page", str(len(queries)), "")


def main() -> int:
    table = Table("what", "found", "bar", title="The dashboard at 100 million hits a year")
    missed = 0
    with prepared():
        for figure in measure():
            missed += figure.is_met is False
            table.add_row(
                figure.what, figure.found, figure.bar, style={True: "green", False: "bold red", None: ""}[figure.is_met]
            )
        table.caption = connection.vendor
    Console().print(table)
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main())
