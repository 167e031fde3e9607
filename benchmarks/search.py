"""How long a search takes as the archive grows, how quickly the index is made, and what room it takes:

    python -m benchmarks.search 1000 100000
    python -m tests.postgres -- python -m benchmarks.search 1000 100000 1000000

Articles of about 350 invented words, as long as the demo's: two-syllable words made of the demo's syllables, the common
ones common and most of them rare. The database named by DATABASE_URL is filled with them: never name a real one. A
million articles take half an hour and 20 GB."""

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
YEARS = 10  # that the archive spans
CATEGORIES = 20
QUERIES = 40  # of each kind
BARS = {1_000: 50, 100_000: 50, 1_000_000: 120}  # milliseconds: p95 of the first page of results
PER_SECOND = 1_000  # articles to be indexed in a second
REMEMBERED = 20, 300  # seconds, as in portal/settings.py
CHUNK = 2_000  # articles in one INSERT


class Language:
    """Invented words with the frequencies of a real language: the tenth most common a tenth as common as the first."""

    def __init__(self) -> None:
        self.chance = random.Random(5)  # noqa: S311 - the same articles every time
        syllables = demo_syllables()
        self.words = [f"{self.chance.choice(syllables)} {self.chance.choice(syllables)}" for _ in range(WORDS)]
        self.weights = list(accumulate(1 / (rank + 8) ** 0.9 for rank in range(WORDS)))

    def sentence(self, words: int) -> str:
        return " ".join(self.chance.choices(self.words, cum_weights=self.weights, k=words)).capitalize()


def demo_syllables() -> list[str]:
    from news.search.words import words_of  # noqa: PLC0415 - Django is set up by then

    files = sorted((PROJECT / "portal" / "demo" / "articles").glob("*.toml"))
    bodies = [
        entry["summary"] for file in files for entry in tomllib.loads(Path(file).read_text(encoding="utf-8"))["article"]
    ]
    return sorted({word for body in bodies for word in words_of(body) if word.isalpha()})


# ---------------------------------------------------------------- the archive


def grow_to(count: int, language: Language) -> None:
    """Adds articles until there are so many, behind the back of the index."""
    from news.models import Article, Category  # noqa: PLC0415

    categories = [Category.objects.get_or_create(name=f"Chuyên mục {number}")[0] for number in range(CATEGORIES)]
    there = Article.objects.count()
    begin = timezone.now() - timedelta(days=365 * YEARS)
    step = timedelta(days=365 * YEARS) / count
    plain = models.QuerySet(Article)  # tells nobody
    if there:  # the archive spans the same years whatever its size
        with connection.cursor() as cursor:
            spread(cursor, begin, step)
    for start in track(range(there + 1, count + 1, CHUNK), f"Writing {count:,} articles"):
        plain.bulk_create(
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
            for pk in range(start, min(start + CHUNK, count + 1))
        )


def spread(cursor: Any, begin: Any, step: timedelta) -> None:
    seconds = step.total_seconds()
    if connection.vendor == "postgresql":
        cursor.execute("UPDATE news_article SET published_at = %s + id * %s * interval '1 second'", [begin, seconds])
    else:
        cursor.execute(
            "UPDATE news_article SET published_at = datetime(%s, '+' || (id * %s) || ' seconds')",
            [f"{begin:%Y-%m-%d %H:%M:%S}", seconds],
        )


def index(count: int) -> float:
    """Articles a second."""
    from news.search.rebuild import rebuild  # noqa: PLC0415

    begin = time.perf_counter()
    rebuild(lambda items, what, total: iter(track(items, "Indexing", total=total)))
    seconds = time.perf_counter() - begin
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")  # as autovacuum would
    return count / seconds


def sizes() -> tuple[int, int]:
    """Bytes of the articles' rows and of all that belongs to the index."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_total_relation_size('news_article'), pg_total_relation_size('news_searchentry')")
        else:
            cursor.execute("""
                SELECT SUM(pgsize) FILTER (WHERE name LIKE 'news_article%'),
                    SUM(pgsize) FILTER (WHERE name LIKE 'news_search%' OR name LIKE 'sqlite_autoindex_news_search%') FROM dbstat
            """)
        articles, index = cursor.fetchone()
    return int(articles), int(index)


# ---------------------------------------------------------------- the queries


def queries(language: Language) -> dict[str, list[str]]:
    """Of each kind as many; each list is the same in every run."""
    from news.models import Article  # noqa: PLC0415
    from news.search.words import bare  # noqa: PLC0415

    chance = random.Random(3)  # noqa: S311
    words = language.words

    def some(make: Callable[[], str]) -> list[str]:
        return [make() for _ in range(QUERIES)]

    def without_marks(text: str) -> str:
        return " ".join(map(bare, text.split()))

    newest = list(Article.objects.order_by("-pk").values_list("title", flat=True)[:QUERIES])
    return {
        "one common syllable": some(lambda: chance.choice(words[:50]).split()[0]),
        "common word": some(lambda: chance.choice(words[:50])),
        "common word without marks": some(lambda: without_marks(chance.choice(words[:50]))),
        "two common words": some(lambda: f"{chance.choice(words[:200])} {chance.choice(words[:200])}"),
        "rare word": some(lambda: chance.choice(words[-5_000:])),
        "common and rare word": some(lambda: f"{chance.choice(words[:50])} {chance.choice(words[-5_000:])}"),
        "absent": some(lambda: f"qzx{chance.randrange(10**6)} {chance.choice(words)}"),
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
    for kind, asked in track(queries(language).items(), "Searching"):
        client.get("/tim-kiem/", {"q": asked[0]})
        yield Timing(
            kind,
            [milliseconds(lambda q=q: client.get("/tim-kiem/", {"q": q}).content) for q in asked],
            [milliseconds(lambda q=q: Results(parse(q))[:20]) for q in asked],
        )


def milliseconds(do: Callable[[], Any]) -> float:
    begin = time.perf_counter()
    do()
    return (time.perf_counter() - begin) * 1000


# ---------------------------------------------------------------- the table


def run(counts: Iterable[int], console: Console) -> bool:
    language = Language()
    kinds: dict[str, list[Timing]] = {}
    notes, met = [], True
    for count in counts:
        grow_to(count, language)
        rate = index(count)
        text, room = sizes()
        met &= rate >= PER_SECOND
        notes.append(
            f"{count:,} articles: indexed {rate:,.0f} a second (≥ {PER_SECOND:,}); articles {text / 1e6:,.0f} MB, index {room / 1e6:,.0f} MB"
        )
        for timing in measure(language):
            kinds.setdefault(timing.kind, []).append(timing)
            met &= timing.p95(timing.page) <= BARS.get(count, 120)
    console.print(table_of(kinds, list(counts), notes))
    return met


def table_of(kinds: dict[str, list[Timing]], counts: list[int], notes: list[str]) -> Table:
    table = Table(
        "query",
        title="Search, p95 of the first page (median; p95 without the page around it), ms",
        caption="\n".join([connection.vendor, *notes]),
    )
    for count in counts:
        table.add_column(f"{count:,}\n≤ {BARS.get(count, 120)}", justify="right")
    if len(counts) > 1:
        table.add_column("growth", justify="right")
    for kind, timings in kinds.items():
        p95 = [timing.p95(timing.page) for timing in timings]
        cells = [
            f"{value:.0f} ({statistics.median(t.page):.0f}; {t.p95(t.search):.0f})"
            for value, t in zip(p95, timings, strict=True)
        ]
        is_met = all(value <= BARS.get(count, 120) for value, count in zip(p95, counts, strict=True))
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
        settings.STATS_WIDGET_SECONDS, settings.STATS_MOST_READ_SECONDS = (
            REMEMBERED  # what surrounds the results is as on a real site
        )
        settings.CACHES["template_fragments"]["BACKEND"] = "django.core.cache.backends.locmem.LocMemCache"
        return 0 if run(counts, Console(width=150)) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
