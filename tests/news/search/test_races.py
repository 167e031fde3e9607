"""Concurrent changes of an article, and changes during a rebuild or a repair."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from news.models import Article, SearchEntry
from news.search.index.consistency import repair
from news.search.index.rebuild import rebuild
from news.search.index.rebuild_postgresql import RebuildInProgress
from news.search.query import parse
from news.search.results import Results
from tests.factories import make_article, make_tag

pytestmark = pytest.mark.django_db(transaction=True)

MAX_POLLS = 5_000
# Only in this database, as tests in another worker process block each other as well.
IS_ANYBODY_BLOCKED = """
    SELECT EXISTS (
        SELECT FROM pg_stat_activity
        WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0
    )
"""


def in_thread(do: Callable[[], None]) -> threading.Thread:
    def run() -> None:
        try:
            do()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def wait_until_blocked(thread: threading.Thread) -> None:
    """On SQLite there is nothing to wait for: the second writer blocks before it has done anything."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for _ in range(MAX_POLLS):
                cursor.execute(IS_ANYBODY_BLOCKED)
                if cursor.fetchone() == (True,) or not thread.is_alive():
                    return


def test_new_title_and_new_tag_at_once_are_both_found():
    article, tag = make_article("Tên cũ"), make_tag("Sông Ngàn Phố")
    with transaction.atomic():
        article.title = "Tên hoàn toàn khác"
        article.save()
        tagging = in_thread(lambda: article.tags.add(tag))
        wait_until_blocked(tagging)
    tagging.join()
    results = Results(parse("hoàn toàn khác ngàn phố"))
    assert ([found.title for found in results], results.is_approximate) == (["Tên hoàn toàn khác"], False)


def found(typed: str) -> list[str]:
    return [article.title for article in Results(parse(typed))]


def no_progress(items: Iterable[Any], label: str, total: int) -> Iterator[Any]:
    return iter(items)


@pytest.mark.only_on("postgresql")  # SQLite's index is rebuilt in place
def test_second_rebuild_at_the_same_time_is_refused():
    make_article("Cầu Thạch Sơn")
    refused = []

    def try_another() -> None:
        try:
            rebuild(no_progress)
        except RebuildInProgress as error:
            refused.append(error)

    def progress(items: Iterable[Any], label: str, total: int) -> Iterator[Any]:
        in_thread(try_another).join()
        return iter(items)

    rebuild(progress)
    assert (len(refused), found("thach son")) == (1, ["Cầu Thạch Sơn"])


@pytest.mark.only_on("postgresql")  # SQLite's index is rebuilt in place
def test_change_that_begins_before_a_rebuild_and_ends_in_it_is_found():
    article = make_article("Tên cũ")

    def progress(items: Iterable[Any], label: str, total: int) -> Iterator[Any]:
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
    rebuild(progress)
    assert found("hoàn toàn khác") == ["Tên hoàn toàn khác"]


@pytest.mark.only_on("postgresql")  # SQLite's index is rebuilt in place
def test_rebuild_and_an_editor_in_the_middle_of_a_change_both_come_to_an_end():
    article, rebuilt = make_article("Tên cũ"), []
    with transaction.atomic():
        Article.objects.filter(pk=article.pk).update(is_featured=True)
        rebuilding = in_thread(lambda: rebuilt.append(rebuild(no_progress)))
        wait_until_blocked(rebuilding)
        article.title = "Tên hoàn toàn khác"
        article.save()
    rebuilding.join()
    assert (len(rebuilt), found("hoàn toàn khác")) == (1, ["Tên hoàn toàn khác"])


@pytest.mark.parametrize("change", ["save", "delete"])
def test_change_between_reading_and_writing_of_a_rebuild_is_kept(change: str):
    article = make_article("Tên cũ")

    def progress(items: Iterable[Any], label: str, total: int) -> Iterator[Any]:
        for item in items:  # the article has been read already
            article.title = "Tên hoàn toàn khác"
            getattr(article, change)()
            yield item

    rebuild(progress)
    titles = [] if change == "delete" else ["Tên hoàn toàn khác"]
    assert (found("hoàn toàn khác"), found("tên cũ"), SearchEntry.objects.count()) == (titles, [], len(titles))


@pytest.mark.parametrize("write_all", [repair, rebuild])
def test_whole_index_can_be_written_while_an_article_is_saved(write_all: Callable[..., Any]):
    article = make_article("Tên cũ")
    Article.objects.bulk_create(  # more than one batch
        Article(title="Tin", slug="tin", category=article.category, status="draft") for _ in range(2_000)
    )
    SearchEntry.objects.update(title="Khác")

    def save() -> None:
        article.title = "Tên hoàn toàn khác"
        article.save()

    def progress(items: Iterable[Any], label: str, total: int) -> Iterator[Any]:
        for number, item in enumerate(items):
            if number == 1:
                in_thread(save).join()
            yield item

    write_all(progress)
    assert (found("hoàn toàn khác"), SearchEntry.objects.exclude(title="Tin").count()) == (["Tên hoàn toàn khác"], 1)


def test_workers_of_a_killed_rebuild_end_too():
    program = (
        "import django, os, sys; django.setup(); from news.search.index.parallel import worker_pool\n"
        "with worker_pool() as pool: print(pool.submit(os.getpid).result(), flush=True); sys.stdin.read()"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout and process.stdout.readline()
        process.kill()
        assert process.communicate(timeout=10) == (b"", None)  # the pipe closes when no process has it open
