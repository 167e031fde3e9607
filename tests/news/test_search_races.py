"""Two who change one article at the same moment."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from news.search.query import parse
from news.search.results import Results
from tests.factories import make_article, make_tag

pytestmark = pytest.mark.django_db(transaction=True)

TRIES = 5_000


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
                cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
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
