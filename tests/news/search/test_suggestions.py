from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from news.models import Article
from tests.factories import make_article
from tests.news.search.searching import STRANGE

pytestmark = pytest.mark.django_db


def suggested(client: Client, typed: str) -> list[str]:
    return [article["title"] for article in client.get("/tim-kiem/goi-y/", {"q": typed}).json()["articles"]]


@pytest.mark.parametrize("typed", ["Khai g", "khai giảng n", "KHAI", "kh", "nam hoc", "hoc moi"])
def test_titles_are_suggested_from_the_first_letters_on(client: Client, typed: str):
    make_article("Khai giảng năm học mới")
    make_article("Chuyện bên lề", summary="Khai giảng năm học mới.")
    make_article("Khai giảng năm học mới, bản nháp", status=Article.Status.DRAFT)
    assert suggested(client, typed) == ["Khai giảng năm học mới"]


def test_half_typed_word_must_follow_the_word_before_it(client: Client):
    make_article("Đường vào Vũ Quang")
    make_article("Vụ cam bán qua mã QR")
    assert suggested(client, "vũ qua") == suggested(client, "vu q") == ["Đường vào Vũ Quang"]


def test_suggestion_has_url_and_day(client: Client):
    article = make_article("Khai giảng", published_at=datetime(2026, 9, 5, 7, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")))
    answer = client.get("/tim-kiem/goi-y/?q=khai").json()
    assert answer == {"articles": [{"title": "Khai giảng", "url": article.get_absolute_url(), "day": "05/09/2026"}]}


@pytest.mark.parametrize("typed", ["", " ", "!!", "xyz", *STRANGE])
def test_nothing_is_suggested_for_nothing(client: Client, typed: str):
    make_article("Khai giảng")
    assert suggested(client, typed) == []


def test_suggestions_set_no_cookie_and_may_be_cached_for_seconds(client: Client):
    response = client.get("/tim-kiem/goi-y/?q=khai")
    assert (response.cookies, response["Cache-Control"]) == ({}, "public, max-age=10")
    assert client.post("/tim-kiem/goi-y/?q=khai").status_code == 405
