"""Two who change one article at the same moment."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from news.models import Article, SearchEntry
from news.search.consistency import mend
from news.search.query import parse
from news.search.rebuild import AlreadyRebuilding, rebuild
from news.search.results import Results
from tests.factories import make_article, make_tag

pytestmark = pytest.mark.django_db(transaction=True)

TRIES = 5_000
# In this database: tests of another worker wait for each other too.
WAITING = "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0)"


def in_thread(do: Callable[[], None]) -> threading.Thread:
    def run() -> None:
        try:
            do()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def wait_until_somebody_waits(thread: threading.Thread) -> None:
    """On SQLite the second writer waits before it has done anything; PostgreSQL tells who waits for whom."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for _ in range(TRIES):
                cursor.execute(WAITING)
                if cursor.fetchone() == (True,) or not thread.is_alive():
                    return


def test_new_title_and_new_tag_at_once_are_both_found():
    article, tag = make_article("Tên cũ"), make_tag("Sông Ngàn Phố")
    with transaction.atomic():
        article.title = "Tên hoàn toàn khác"
        article.save()
        tagging = in_thread(lambda: article.tags.add(tag))
        wait_until_somebody_waits(tagging)
    tagging.join()
    results = Results(parse("hoàn toàn khác ngàn phố"))
    assert ([found.title for found in results], results.is_approximate) == (["Tên hoàn toàn khác"], False)


def found(typed: str) -> list[str]:
    return [article.title for article in Results(parse(typed))]


def untracked(items: Iterable[Any], what: str, count: int) -> Iterator[Any]:
    return iter(items)


@pytest.mark.only_on("postgresql")  # SQLite's index is changed in place
def test_second_rebuild_at_the_same_time_is_turned_away():
    make_article("Cầu Thạch Sơn")
    refused = []

    def try_another() -> None:
        try:
            rebuild(untracked)
        except AlreadyRebuilding as error:
            refused.append(error)

    def meanwhile(items: Iterable[Any], what: str, count: int) -> Iterator[Any]:
        in_thread(try_another).join()
        return iter(items)

    rebuild(meanwhile)
    assert (len(refused), found("thach son")) == (1, ["Cầu Thạch Sơn"])


@pytest.mark.only_on("postgresql")  # SQLite's index is changed in place
def test_change_that_begins_before_a_rebuild_and_ends_in_it_is_found():
    article = make_article("Tên cũ")

    def meanwhile(items: Iterable[Any], what: str, count: int) -> Iterator[Any]:
        yield from items
        may_commit.set()
        saving.join()

    def save() -> None:
        with transaction.atomic():
            article.title = "Tên hoàn toàn khác"
            article.save()
            has_saved.set()
            assert may_commit.wait(60)

    has_saved, may_commit = threading.Event(), threading.Event()
    saving = in_thread(save)
    assert has_saved.wait(60)
    rebuild(meanwhile)
    assert found("hoàn toàn khác") == ["Tên hoàn toàn khác"]


@pytest.mark.only_on("postgresql")  # SQLite's index is changed in place
def test_rebuild_and_an_editor_in_the_middle_of_a_change_both_come_to_an_end():
    article, rebuilt = make_article("Tên cũ"), []
    with transaction.atomic():
        Article.objects.filter(pk=article.pk).update(is_featured=True)
        rebuilding = in_thread(lambda: rebuilt.append(rebuild(untracked)))
        wait_until_somebody_waits(rebuilding)
        article.title = "Tên hoàn toàn khác"
        article.save()
    rebuilding.join()
    assert (len(rebuilt), found("hoàn toàn khác")) == (1, ["Tên hoàn toàn khác"])


@pytest.mark.parametrize("change", ["save", "delete"])
def test_change_between_reading_and_writing_of_a_rebuild_is_followed(change: str):
    article = make_article("Tên cũ")

    def meanwhile(items: Iterable[Any], what: str, count: int) -> Iterator[Any]:
        for item in items:  # by now the article has been read
            article.title = "Tên hoàn toàn khác"
            getattr(article, change)()
            yield item

    rebuild(meanwhile)
    titles = [] if change == "delete" else ["Tên hoàn toàn khác"]
    assert (found("hoàn toàn khác"), found("tên cũ"), SearchEntry.objects.count()) == (titles, [], len(titles))


@pytest.mark.parametrize("bring_in_line", [mend, rebuild])
def test_whole_index_is_brought_in_line_while_somebody_saves(bring_in_line: Callable[..., Any]):
    article = make_article("Tên cũ")
    many = [
        Article(title="Tin", slug="tin", category=article.category, status="draft") for _ in range(2_000)
    ]  # more than are read at once
    Article.objects.bulk_create(many)
    SearchEntry.objects.update(title="Khác")

    def save() -> None:
        article.title = "Tên hoàn toàn khác"
        article.save()

    def meanwhile(items: Iterable[Any], what: str, count: int) -> Iterator[Any]:
        for number, item in enumerate(items):
            if number == 1:
                in_thread(save).join()
            yield item

    bring_in_line(meanwhile)
    assert (found("hoàn toàn khác"), SearchEntry.objects.exclude(title="Tin").count()) == (["Tên hoàn toàn khác"], 1)


def test_workers_of_a_killed_rebuild_end_too():
    program = (
        "import django, os, sys; django.setup(); from news.search.rebuild import workers\n"
        "with workers() as pool: print(pool.submit(os.getpid).result(), flush=True); sys.stdin.read()"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout and process.stdout.readline()
        process.kill()
        assert process.communicate(timeout=10) == (b"", None)  # the output ends when nobody has it open any more
