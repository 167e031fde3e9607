import pytest
from django.test import Client

from tests.factories import make_article
from tests.news.search.searching import STRANGE, found, page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("query", STRANGE)
def test_strange_queries_give_a_page(client: Client, query: str):
    make_article("Tin thường")
    assert "Tin thường" not in found(client, query)


@pytest.mark.parametrize("query", ["!!!", '"', "…", "-/–"])
def test_punctuation_alone_gives_a_message(client: Client, query: str):
    assert "Hãy gõ ít nhất một chữ hoặc số để tìm." in page(client, query).content.decode()


def test_empty_query_gives_advice(client: Client):
    assert "Gõ vài chữ có trong tên bài" in page(client, "").content.decode()


@pytest.mark.parametrize("raw", ["%00", "a%00b", "%ff", "%ed%a0%80"])
def test_bytes_that_are_no_text_do_not_break_the_page(client: Client, raw: str):
    assert client.get(f"/tim-kiem/?q={raw}").status_code in {200, 400}
    assert client.get(f"/tim-kiem/goi-y/?q={raw}").status_code in {200, 400}


@pytest.mark.parametrize("number", ["0", "-1", "abc", "10000000000000000000000000", "1.5", ""])
def test_any_page_number_gives_a_page(client: Client, number: str):
    make_article("Gặt")
    assert found(client, "gat", page=number) == ["Gặt"]


def test_query_comes_back_in_the_box_as_text(client: Client):
    markup = page(client, '"><script>alert(1)</script>').content.decode()
    assert "<script>alert(1)" not in markup


def test_very_long_word_is_searched_by_its_first_characters(client: Client):
    make_article("Bài", body=f"<p>{'a' * 5_000}</p>")
    assert found(client, "a" * 200) == ["Bài"]
