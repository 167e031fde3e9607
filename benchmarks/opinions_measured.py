"""The measurements of benchmarks/opinions.py, in a module of their own because it can be imported only after setup."""

import json
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from benchmarks.opinions import BUDGET_LIST, REPEATS, REPLIES, ROWS, milliseconds
from comments.models import PER_PAGE, Comment, Cursor, OfficialReply, OpinionCount, Status
from comments.pagination import opinion_page
from news.models import Article, Category

OTHER_ARTICLES = 1000
DEPTHS = (0, 0.01, 0.25, 0.5, 0.75, 1)  # parts of the way to the oldest opinion


def fill(table: int, many: int) -> Article:
    with Progress(SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()) as progress:
        step = progress.add_task("migrate", total=None)
        call_command("migrate", verbosity=0)
        category = Category.objects.create(name="Chuyên mục")
        fields = {
            "category": category,
            "status": Article.Status.APPROVED,
            "published_at": timezone.now() - timedelta(days=1),
        }
        articles = Article.objects.bulk_create(
            Article(title=f"Bài {number}", slug=f"bai-{number}", **fields) for number in range(OTHER_ARTICLES + 1)
        )
        progress.update(step, description=f"{table:,} opinions, {many:,} of them on one article")
        with connection.cursor() as cursor:
            first = articles[1].pk
            cursor.execute(
                ROWS,
                {"many": many, "article": articles[0].pk, "first": first, "others": OTHER_ARTICLES, "table": table},
            )
            progress.update(step, description="official replies")
            cursor.execute(REPLIES, {})
            cursor.execute(
                "INSERT INTO comments_opinioncount SELECT article_id, count(*) FROM comments_comment "
                "WHERE status = 'published' GROUP BY 1"
            )
            progress.update(step, description="VACUUM ANALYZE")
            cursor.execute("VACUUM ANALYZE")
    return articles[0]


def cursor_at(article: Article, depth: float) -> Cursor | None:
    """The cursor of the opinion at this depth, from 0 to 1; slow, because it counts the rows before it."""
    if not depth:
        return None
    published = Comment.objects.of_article(article.pk).published().newest_first()
    position = min(int(published.count() * depth), published.count() - 21)
    return published.defer("body")[position].cursor


class Stopwatch:
    """An execute wrapper that adds up the time of the queries; Django's query log has a resolution of milliseconds."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self, execute: Callable[..., Any], *call: Any) -> Any:
        start = time.perf_counter()
        try:
            return execute(*call)
        finally:
            self.seconds += time.perf_counter() - start


def sql_milliseconds(article: Article, cursor: Cursor | None) -> tuple[float, float]:
    """Median and best time of the queries of one page."""
    taken = []
    for _number in range(REPEATS):
        stopwatch = Stopwatch()
        with connection.execute_wrapper(stopwatch):
            opinion_page(Comment.objects.of_article(article.pk), cursor)
        taken.append(stopwatch.seconds * 1000)
    return statistics.median(taken), min(taken)


def server_milliseconds(article: Article, cursor: Cursor | None) -> float:
    """Median planning and execution time of both queries of a page, as PostgreSQL measures it."""
    opinions = Comment.objects.of_article(article.pk).published().for_page().older_than(cursor, PER_PAGE + 1)
    replies = OfficialReply.objects.published().filter(
        comment__in=[opinion.pk for opinion in opinions.prefetch_related(None)]
    )
    return statistics.median(server_time(opinions) + server_time(replies) for _number in range(REPEATS))


def server_time(rows: QuerySet) -> float:
    [plan] = json.loads(rows.explain(format="json", analyze=True))
    return plan["Planning Time"] + plan["Execution Time"]


def uses_the_index(article: Article, cursor: Cursor | None) -> bool:
    plan = Comment.objects.of_article(article.pk).published().older_than(cursor).explain()
    return "comment_published_list" in plan and "Sort" not in plan


def measure(table: int, many: int) -> int:
    article = fill(table, many)
    results = Table(title=f"{many:,} opinions on one article in a table of {table:,}, PostgreSQL", title_justify="left")
    for column in ("what", "SQL ms", "median ms", "best ms", "budget", ""):
        results.add_column(column, justify="left" if column == "what" else "right")
    failed = False
    for depth in DEPTHS:
        cursor = cursor_at(article, depth)
        median, best = sql_milliseconds(article, cursor)
        server = server_milliseconds(article, cursor)
        good = server <= BUDGET_LIST and uses_the_index(article, cursor)
        failed |= not good
        results.add_row(
            f"list page at {depth:.0%} depth",
            f"{server:.2f}",
            f"{median:.2f}",
            f"{best:.2f}",
            f"{BUDGET_LIST:g} ms",
            "ok" if good else "TOO SLOW",
        )
    count = OpinionCount.objects.filter(article=article).values_list("published", flat=True)
    results.add_row("number in the heading", "", *figures(lambda: list(count.all())))
    receipt = Comment.objects.values_list("token_hash", flat=True)[table // 2]
    results.add_row(
        "opinion of a receipt",
        "",
        *figures(lambda: Comment.objects.filter(token_hash=receipt).select_related("article").get()),
    )
    versions = dict(Comment.objects.pending().order_by("pk").values_list("pk", "version")[:100])
    stopwatch = Stopwatch()
    with CaptureQueriesContext(connection) as queries, connection.execute_wrapper(stopwatch):
        moved = Comment.objects.at_versions(versions).move(Status.PUBLISHED)
    good = len(moved) == len(versions) and len(queries) <= 6
    failed |= not good
    taken = stopwatch.seconds * 1000
    results.add_row(
        f"bulk decision about {len(moved)}, {len(queries)} queries",
        "",
        f"{taken:.2f}",
        "",
        "6 queries",
        "ok" if good else "TOO MANY",
    )
    Console().print(results)
    return int(failed)


def figures(work: Callable[[], Any]) -> tuple[str, str]:
    median, best = milliseconds(work)
    return f"{median:.2f}", f"{best:.2f}"
