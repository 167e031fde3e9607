"""Response times of the search by number of articles, speed of indexing, and size of the index.

    python -m benchmarks.search 1000 100000
    python -m tests.postgres -- python -m benchmarks.search 1000 100000 1000000

The articles have about 350 invented words, as many as those of the demo: words of two syllables of the demo, with the
word frequencies of a natural language (Zipf's law). The database of DATABASE_URL is filled with them, so it must not be
that of a real site. A million articles take half an hour and 20 GB."""

import random
import statistics
import sys
import time
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, models
from django.test import Client
from django.utils import timezone
from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks.visits import PROJECT, prepared

WORDS = 40_000  # of two syllables
LENGTHS = {"title": 6, "summary": 18, "paragraph": 38}  # words of two syllables
PARAGRAPHS = 4
YEARS = 10  # from the oldest article to the newest
CATEGORIES = 20
QUERIES = 40  # of each kind
# Upper limits in milliseconds, by number of articles, of the 95th percentile of the first page of results.
MAX_P95 = {1_000: 50, 100_000: 50, 1_000_000: 120}
MAX_P95_ELSE = 120
MIN_INDEXED_PER_SECOND = 1_000  # articles
WIDGET_SECONDS, MOST_READ_SECONDS = 20, 300  # as in portal/settings.py
BATCH_SIZE = 2_000  # articles in one INSERT


class Language:
    """Invented words whose frequencies follow Zipf's law."""

    def __init__(self) -> None:
        self.random = random.Random(5)  # noqa: S311 - the same articles in every run
        syllables = demo_syllables()
        self.words = [f"{self.random.choice(syllables)} {self.random.choice(syllables)}" for _ in range(WORDS)]
        self.weights = list(accumulate(1 / (rank + 8) ** 0.9 for rank in range(WORDS)))

    def sentence(self, words: int) -> str:
        return " ".join(self.random.choices(self.words, cum_weights=self.weights, k=words)).capitalize()


def demo_syllables() -> list[str]:
    from news.search.analysis import split_words  # noqa: PLC0415 - Django is set up by then

    files = sorted((PROJECT / "portal" / "demo" / "articles").glob("*.toml"))
    bodies = [
        entry["summary"] for file in files for entry in tomllib.loads(Path(file).read_text(encoding="utf-8"))["article"]
    ]
    return sorted({word for body in bodies for word in split_words(body) if word.isalpha()})


# ---------------------------------------------------------------- the archive


def grow_to(count: int, language: Language) -> None:
    """Adds articles up to this number without adding them to the index."""
    from news.models import Article, Category  # noqa: PLC0415

    categories = [Category.objects.get_or_create(name=f"Chuyên mục {number}")[0] for number in range(CATEGORIES)]
    existing = Article.objects.count()
    begin = timezone.now() - timedelta(days=365 * YEARS)
    step = timedelta(days=365 * YEARS) / count
    without_signals = models.QuerySet(Article)
    if existing:
        with connection.cursor() as cursor:
            spread_over_years(cursor, begin, step)
    for start in track(range(existing + 1, count + 1, BATCH_SIZE), f"Writing {count:,} articles"):
        without_signals.bulk_create(
            Article(
                pk=pk,
                title=language.sentence(LENGTHS["title"]),
                slug="bai",
                summary=language.sentence(LENGTHS["summary"]),
                body="".join(f"<p>{language.sentence(LENGTHS['paragraph'])}</p>" for _ in range(PARAGRAPHS)),
                category=categories[pk % CATEGORIES],
                status="approved",
                published_at=begin + step * pk,
            )
            for pk in range(start, min(start + BATCH_SIZE, count + 1))
        )


def spread_over_years(cursor: Any, begin: Any, step: timedelta) -> None:
    seconds = step.total_seconds()
    if connection.vendor == "postgresql":
        cursor.execute("UPDATE news_article SET published_at = %s + id * %s * interval '1 second'", [begin, seconds])
    else:
        cursor.execute(
            "UPDATE news_article SET published_at = datetime(%s, '+' || (id * %s) || ' seconds')",
            [f"{begin:%Y-%m-%d %H:%M:%S}", seconds],
        )


def index(count: int) -> float:
    """Articles per second."""
    from news.search.index.rebuild import rebuild  # noqa: PLC0415

    begin = time.perf_counter()
    rebuild(lambda items, label, total: iter(track(items, "Indexing", total=total)))
    seconds = time.perf_counter() - begin
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")  # as autovacuum would
    return count / seconds


def sizes() -> tuple[int, int]:
    """Bytes of the articles and of the search index."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_total_relation_size('news_article'), pg_total_relation_size('news_searchentry')")
        else:
            cursor.execute("""
                SELECT SUM(pgsize) FILTER (WHERE name LIKE 'news_article%'),
                    SUM(pgsize) FILTER (WHERE name LIKE 'news_search%' OR name LIKE 'sqlite_autoindex_news_search%')
                FROM dbstat
            """)
        articles, index = cursor.fetchone()
    return int(articles), int(index)


# ---------------------------------------------------------------- the queries


def queries(language: Language) -> dict[str, list[str]]:
    """QUERIES of each kind, the same in every run."""
    from news.models import Article  # noqa: PLC0415
    from news.search.analysis import fold_word  # noqa: PLC0415

    rng = random.Random(3)  # noqa: S311
    words = language.words

    def repeat(make: Callable[[], str]) -> list[str]:
        return [make() for _ in range(QUERIES)]

    def without_diacritics(text: str) -> str:
        return " ".join(map(fold_word, text.split()))

    newest = list(Article.objects.order_by("-pk").values_list("title", flat=True)[:QUERIES])
    return {
        "one common syllable": repeat(lambda: rng.choice(words[:50]).split()[0]),
        "common word": repeat(lambda: rng.choice(words[:50])),
        "common word, no diacritics": repeat(lambda: without_diacritics(rng.choice(words[:50]))),
        "two common words": repeat(lambda: f"{rng.choice(words[:200])} {rng.choice(words[:200])}"),
        "rare word": repeat(lambda: rng.choice(words[-5_000:])),
        "common and rare word": repeat(lambda: f"{rng.choice(words[:50])} {rng.choice(words[-5_000:])}"),
        "absent": repeat(lambda: f"qzx{rng.randrange(10**6)} {rng.choice(words)}"),
        "quoted phrase": [f'"{" ".join(title.split()[2:6])}"' for title in newest],
        "whole title": newest,
        "half-typed": [" ".join(title.split()[:3])[:-1] for title in newest],
    }


@dataclass
class Timing:
    kind: str
    page: list[float]  # milliseconds
    search: list[float]

    def p95(self, values: list[float]) -> float:
        return statistics.quantiles(values, n=20)[-1]


def measure(language: Language) -> Iterator[Timing]:
    from news.search.query import parse  # noqa: PLC0415
    from news.search.results import Results  # noqa: PLC0415

    client = Client(HTTP_HOST="127.0.0.1")
    for kind, typed in track(queries(language).items(), "Searching"):
        client.get("/tim-kiem/", {"q": typed[0]})
        yield Timing(
            kind,
            [milliseconds(lambda q=q: client.get("/tim-kiem/", {"q": q}).content) for q in typed],
            [milliseconds(lambda q=q: Results(parse(q))[:20]) for q in typed],
        )


def milliseconds(function: Callable[[], Any]) -> float:
    begin = time.perf_counter()
    function()
    return (time.perf_counter() - begin) * 1000


# ---------------------------------------------------------------- the table


def run(counts: Iterable[int], console: Console) -> bool:
    language = Language()
    kinds: dict[str, list[Timing]] = {}
    notes, is_met = [], True
    for count in counts:
        grow_to(count, language)
        rate = index(count)
        article_bytes, index_bytes = sizes()
        is_met &= rate >= MIN_INDEXED_PER_SECOND
        notes.append(
            f"{count:,} articles: indexed {rate:,.0f} a second (≥ {MIN_INDEXED_PER_SECOND:,}); "
            f"articles {article_bytes / 1e6:,.0f} MB, index {index_bytes / 1e6:,.0f} MB"
        )
        for timing in measure(language):
            kinds.setdefault(timing.kind, []).append(timing)
            is_met &= timing.p95(timing.page) <= MAX_P95.get(count, MAX_P95_ELSE)
    console.print(table_of(kinds, list(counts), notes))
    return is_met


def table_of(kinds: dict[str, list[Timing]], counts: list[int], notes: list[str]) -> Table:
    table = Table(
        "query",
        title="Search, p95 of the first page (median; p95 without the page around it), ms",
        caption="\n".join([connection.vendor, *notes]),
    )
    for count in counts:
        table.add_column(f"{count:,}\n≤ {MAX_P95.get(count, MAX_P95_ELSE)}", justify="right")
    if len(counts) > 1:
        table.add_column("growth", justify="right")
    for kind, timings in kinds.items():
        p95 = [timing.p95(timing.page) for timing in timings]
        cells = [
            f"{value:.0f} ({statistics.median(t.page):.0f}; {t.p95(t.search):.0f})"
            for value, t in zip(p95, timings, strict=True)
        ]
        is_met = all(value <= MAX_P95.get(count, MAX_P95_ELSE) for value, count in zip(p95, counts, strict=True))
        table.add_row(
            kind,
            *cells,
            *([f"× {p95[-1] / p95[0]:.1f}"] if len(counts) > 1 else []),
            style="green" if is_met else "bold red",
        )
    return table


def main(arguments: list[str]) -> int:
    counts = [int(argument) for argument in arguments] or [1_000, 10_000]
    with prepared():
        # The page around the results is cached as on a real site.
        settings.STATS_WIDGET_SECONDS, settings.STATS_MOST_READ_SECONDS = WIDGET_SECONDS, MOST_READ_SECONDS
        settings.CACHES["template_fragments"]["BACKEND"] = "django.core.cache.backends.locmem.LocMemCache"
        return 0 if run(counts, Console(width=150)) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
