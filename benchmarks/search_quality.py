"""Precision of the search: runs the queries of search_queries/ over the articles of the demo and prints a table.

    python -m benchmarks.search_quality                          SQLite
    python -m tests.postgres -- python -m benchmarks.search_quality

Uses a temporary database as benchmarks.visits does. The exit code is 1 when fewer queries than MIN_SHARE are answered
as expected. The test suite runs the same queries.

The queries are written as people write them, from the articles alone: none is changed to suit the search."""

import sys
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.test import Client
from django.test.utils import setup_test_environment
from rich.console import Console
from rich.table import Table

from benchmarks.visits import prepared

if TYPE_CHECKING:
    from news.models import Article

QUERIES = Path(__file__).with_name("search_queries")
MIN_SHARE = 0.95  # of the queries
DECOMPOSED = "decomposed"  # the kind whose queries are sent in NFD; the file has them in NFC, which editors can show

UNPUBLISHED = {"key": "an article that readers may not see", "title": "", "summary": "", "body": ""}


@dataclass(frozen=True)
class Query:
    """A query and one expectation; articles are named by their keys in portal/demo."""

    kind: str
    q: str
    first: tuple[str, ...] = ()  # one of these is the first result
    within_three: tuple[str, ...] = ()  # all of these are among the first three results
    adjacent: str = ""  # each of the first three results has these adjacent words, with these diacritics
    source: str = ""  # each of the first three results is from this source

    @property
    def expected(self) -> str:
        return self.adjacent or self.source or " | ".join(self.first) or " + ".join(self.within_three)


@dataclass(frozen=True)
class Answer:
    query: Query
    found: tuple[str, ...]  # keys of the first three
    is_expected: bool


def queries() -> list[Query]:
    files = sorted(QUERIES.glob("*.toml"))
    kinds = [kind for file in files for kind in tomllib.loads(file.read_text(encoding="utf-8"))["kind"]]
    return [query_from(kind["name"], entry) for kind in kinds for entry in kind["queries"]]


def query_from(kind: str, entry: dict[str, Any]) -> Query:
    first = entry.get("first", ())
    fields = {
        **entry,
        "first": (first,) if isinstance(first, str) else tuple(first),
        "within_three": tuple(entry.get("within_three", ())),
    }
    if kind == DECOMPOSED:
        fields["q"] = unicodedata.normalize("NFD", entry["q"])
    return Query(kind, **fields)


# ---------------------------------------------------------------- the demo without its slow parts


def make_demo() -> None:
    """The articles of the demo with their captions and the texts of their attachments, but without image files and
    PDF files."""
    from news.media.images import StoredPicture  # noqa: PLC0415 - Django is set up by then
    from portal.demo import build, content  # noqa: PLC0415
    from portal.demo.photos import make_photo  # noqa: PLC0415

    build.make_categories()
    photos = {
        entry["key"]: make_photo(entry, StoredPicture(f"photos/2026/11/{entry['key']}-1200x800.jpg", 1200, 800))
        for entry in content.pictures()
    }
    build.make_articles(without_progress, photos, build.make_events(photos), attach_text)
    build.make_unpublished()


def without_progress(items: Iterable[Any], label: str, total: int) -> Iterator[Any]:
    return iter(items)


def attach_text(article: "Article", entry: dict[str, str]) -> None:
    """Stores what is stored after a PDF has been uploaded and read."""
    from news.models import Attachment  # noqa: PLC0415

    Attachment.objects.create(
        article=article, title=entry["title"], file="tep/trinh-dien.pdf", text=entry["text"].strip()
    )


# ---------------------------------------------------------------- running the queries


def run(client: Client) -> list[Answer]:
    from news.models import Article  # noqa: PLC0415
    from portal.demo import content  # noqa: PLC0415

    by_title = {entry["title"]: entry for entry in content.articles()}
    entries = {pk: by_title.get(title, UNPUBLISHED) for pk, title in Article.objects.values_list("pk", "title")}
    answers = []
    for query in queries():
        response = client.get("/tim-kiem/", {"q": query.q})
        assert response.status_code == 200, query.q  # noqa: S101
        found = [entries[article.pk] for article in response.context["page"]][:3]
        answers.append(Answer(query, tuple(entry["key"] for entry in found), matches_expectation(query, found)))
    return answers


def matches_expectation(query: Query, found: list[dict[str, Any]]) -> bool:
    keys = [entry["key"] for entry in found]
    if query.adjacent:
        return len(found) == 3 and all(query.adjacent in full_text(entry) for entry in found)
    if query.source:
        return len(found) == 3 and all(entry.get("source") == query.source for entry in found)
    if query.first:
        return bool(keys) and keys[0] in query.first
    return set(query.within_three) <= set(keys)


def full_text(entry: dict[str, Any]) -> str:
    """In lower case and with markup, which does not come between adjacent words."""
    files = [f"{file['title']} {file['text']}" for file in entry.get("attachment", [])]
    captions = [photo["caption"] for photo in entry.get("photo", [])]
    return " ".join([entry["title"], entry["summary"], entry["body"], *captions, *files]).lower()


def share_expected(answers: list[Answer]) -> float:
    return sum(answer.is_expected for answer in answers) / len(answers)


# ---------------------------------------------------------------- the table


def table_of(answers: list[Answer]) -> Table:
    table = Table(title="Quality of the search", caption=connection.vendor, show_lines=True)
    for name in ("kind", "as expected", "query", "expected", "found"):
        table.add_column(name, overflow="fold")  # a narrow screen must not cut the keys
    for kind, group in groupby(answers, lambda answer: answer.query.kind):
        of_kind = list(group)
        missed = [answer for answer in of_kind if not answer.is_expected]
        table.add_row(kind, f"{len(of_kind) - len(missed)} / {len(of_kind)}", style="yellow" if missed else "green")
        for answer in missed:
            table.add_row("", "", answer.query.q, answer.query.expected, "\n".join(answer.found) or "nothing")
    share = share_expected(answers)
    table.add_row(
        "all",
        f"{sum(answer.is_expected for answer in answers)} / {len(answers)}",
        f"{share:.1%}",
        f"≥ {MIN_SHARE:.0%}",
        style="green" if share >= MIN_SHARE else "bold red",
    )
    return table


def main() -> int:
    with prepared():
        setup_test_environment()  # so that responses have a context
        make_demo()
        answers = run(Client())
        Console().print(table_of(answers))
    return int(share_expected(answers) < MIN_SHARE)


if __name__ == "__main__":
    sys.exit(main())
