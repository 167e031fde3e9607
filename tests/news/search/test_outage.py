import threading

import pytest
from django.db import connection, transaction
from django.test import Client

from news.search.backends import postgresql
from tests.factories import make_article

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lock_index():
    """A second connection that locks the entries: on PostgreSQL readers wait for it, on SQLite only writers."""
    holding, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():  # SQLite: BEGIN IMMEDIATE
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("LOCK TABLE news_searchentry IN ACCESS EXCLUSIVE MODE")
            holding.set()
            done.wait(30)
        connection.close()

    holder = threading.Thread(target=hold)

    def lock() -> None:
        holder.start()
        assert holding.wait(10)

    yield lock
    done.set()
    holder.join()


def test_search_that_takes_too_long_is_cancelled_with_a_message(
    client: Client, lock_index, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(postgresql, "STATEMENT_TIMEOUT", "100ms")
    make_article("Mùa gặt")
    lock_index()
    response = client.get("/tim-kiem/?q=mua+gat")
    suggestions = client.get("/tim-kiem/goi-y/?q=mua")
    if connection.vendor == "sqlite":
        assert (response.status_code, len(suggestions.json()["articles"])) == (200, 1)
        assert "<mark>Mùa gặt</mark>" in response.content.decode()
    else:
        assert (response.status_code, suggestions.json()) == (503, {"articles": []})
        assert "Lần tìm này lâu quá nên đã dừng lại." in response.content.decode()
        assert "Có <strong>" not in response.content.decode()
