"""Whether the search finds what people mean: the queries of search_queries.toml over the demo's articles, in one table.

    python -m benchmarks.search_quality                          SQLite
    python -m tests.postgres -- python -m benchmarks.search_quality

A throw-away database as for benchmarks.visits. Exit code 1 below the bar. The test suite asks the same queries."""

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

QUERIES = Path(__file__).with_name("search_queries.toml")
BAR = 0.95  # of the queries
DECOMPOSED = (
    "decomposed"  # the kind whose queries are sent in NFD; in the file they stand in NFC, where they can be read
)

UNPUBLISHED = {"key": "an article that readers may not see", "title": "", "summary": "", "body": ""}


@dataclass(frozen=True)
class Query:
    kind: str
    q: str
    first: tuple[str, ...] = ()
    within_three: tuple[str, ...] = ()
    adjacent: str = ""
    source: str = ""

    @property
    def wanted(self) -> str:
        return self.adjacent or self.source or " | ".join(self.first) or " + ".join(self.within_three)


@dataclass(frozen=True)
class Answer:
    query: Query
    found: tuple[str, ...]  # keys of the first three
    is_right: bool


def queries() -> list[Query]:
    kinds = tomllib.loads(QUERIES.read_text(encoding="utf-8"))["kind"]
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


# ---------------------------------------------------------------- the demo, without what takes long


def make_demo() -> None:
    """The demo's articles with the words of their captions and files, but without writing any file."""
    from news.media.images import StoredPicture  # noqa: PLC0415 - Django is set up by then
    from portal.demo import build, content  # noqa: PLC0415
    from portal.demo.photos import make_photo  # noqa: PLC0415

    build.make_categories()
    photos = {
        entry["key"]: make_photo(entry, StoredPicture(f"photos/2026/11/{entry['key']}-1200x800.jpg", 1200, 800))
        for entry in content.pictures()
    }
    build.make_articles(without_progress, photos, build.make_events(photos), attach_words)
    build.make_unpublished()


def without_progress(items: Iterable[Any], label: str, total: int) -> Iterator[Any]:
    return iter(items)


def attach_words(article: "Article", entry: dict[str, str]) -> None:
    """As if the PDF had been uploaded and read."""
    from news.models import Attachment  # noqa: PLC0415

    Attachment.objects.create(
        article=article, title=entry["title"], file="tep/trinh-dien.pdf", text=entry["text"].strip()
    )


# ---------------------------------------------------------------- asking


def ask(client: Client) -> list[Answer]:
    from news.models import Article  # noqa: PLC0415
    from portal.demo import content  # noqa: PLC0415

    by_title = {entry["title"]: entry for entry in content.articles()}
    entries = {pk: by_title.get(title, UNPUBLISHED) for pk, title in Article.objects.values_list("pk", "title")}
    answers = []
    for query in queries():
        response = client.get("/tim-kiem/", {"q": query.q})
        assert response.status_code == 200, query.q  # noqa: S101
        found = [entries[article.pk] for article in response.context["page"]][:3]
        answers.append(Answer(query, tuple(entry["key"] for entry in found), is_right(query, found)))
    return answers


def is_right(query: Query, found: list[dict[str, Any]]) -> bool:
    keys = [entry["key"] for entry in found]
    if query.adjacent:
        return len(found) == 3 and all(query.adjacent in words_of(entry) for entry in found)
    if query.source:
        return len(found) == 3 and all(entry.get("source") == query.source for entry in found)
    if query.first:
        return bool(keys) and keys[0] in query.first
    return set(query.within_three) <= set(keys)


def words_of(entry: dict[str, Any]) -> str:
    """All an article says, in lower case; its markup does not matter for two words side by side."""
    files = [f"{file['title']} {file['text']}" for file in entry.get("attachment", [])]
    captions = [photo["caption"] for photo in entry.get("photo", [])]
    return " ".join([entry["title"], entry["summary"], entry["body"], *captions, *files]).lower()


def share_right(answers: list[Answer]) -> float:
    return sum(answer.is_right for answer in answers) / len(answers)


# ---------------------------------------------------------------- the table


def table_of(answers: list[Answer]) -> Table:
    table = Table(title="Quality of the search", caption=connection.vendor, show_lines=True)
    for name in ("kind", "right", "query", "wanted", "found"):
        table.add_column(name, overflow="fold")  # no key is cut on a narrow screen
    for kind, group in groupby(answers, lambda answer: answer.query.kind):
        of_kind = list(group)
        missed = [answer for answer in of_kind if not answer.is_right]
        table.add_row(kind, f"{len(of_kind) - len(missed)} / {len(of_kind)}", style="yellow" if missed else "green")
        for answer in missed:
            table.add_row("", "", answer.query.q, answer.query.wanted, "\n".join(answer.found) or "nothing")
    share = share_right(answers)
    table.add_row(
        "all",
        f"{sum(answer.is_right for answer in answers)} / {len(answers)}",
        f"{share:.1%}",
        f"≥ {BAR:.0%}",
        style="green" if share >= BAR else "bold red",
    )
    return table


def main() -> int:
    with prepared():
        setup_test_environment()  # so that a response tells what its page was made of
        make_demo()
        answers = ask(Client())
        Console().print(table_of(answers))
    return int(share_right(answers) < BAR)


if __name__ == "__main__":
    sys.exit(main())
