import pytest
from django.test import Client

from tests.factories import make_article

pytestmark = pytest.mark.django_db


def found(client: Client, query: str) -> list[str]:
    response = client.get("/tim-kiem/", {"q": query})
    assert response.status_code == 200
    return [article.title for article in response.context["page"]]


@pytest.mark.parametrize("query", ["đại hội", "dai hoi", "ĐẠI HỘI", "hoi dai", "đại hội", "  dai   hoi  "])
def test_title_is_found_with_and_without_marks(client: Client, query: str):
    make_article("Khai mạc Đại hội thể thao")
    make_article("Chuyện khác")
    assert found(client, query) == ["Khai mạc Đại hội thể thao"]


def test_words_of_summary_and_body_are_found(client: Client):
    make_article("Bài", summary="Cầu vượt sông", body="<p>Thông xe <strong>sớm</strong></p>")
    assert found(client, "cau vuot") == ["Bài"]
    assert found(client, "thong xe som") == ["Bài"]
    assert found(client, "strong") == []


@pytest.mark.parametrize("query", ["%", "_", "'", '"*', "!!!", "\u202e", "a" * 10_000, "\\", "NEAR(", ":"])
def test_strange_queries_give_a_page_with_a_sentence(client: Client, query: str):
    make_article("Tin thường")
    response = client.get("/tim-kiem/", {"q": query})
    assert response.status_code == 200
    assert "Tin thường" not in [article.title for article in response.context["page"]]


@pytest.mark.parametrize("raw", ["%00", "a%00b", "%ff", "%ed%a0%80"])
def test_bytes_that_are_no_text_do_not_break_the_page(client: Client, raw: str):
    assert client.get(f"/tim-kiem/?q={raw}").status_code in {200, 400}


def test_query_comes_back_in_the_box_as_text(client: Client):
    markup = client.get("/tim-kiem/", {"q": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert(1)" not in markup


def test_search_results_are_not_for_search_engines(client: Client):
    assert "noindex" in client.get("/tim-kiem/?q=a").content.decode()
