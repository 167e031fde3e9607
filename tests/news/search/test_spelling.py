"""Corrections of words that no article has."""

import unicodedata

import pytest
from django.test import Client

from tests.factories import make_article, make_category
from tests.news.search.searching import found

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def articles():
    make_article("Du lịch giải khát mùa hè ở Hà Tĩnh")
    make_article("Xe dừng đón khách trước ngày bầu cử")
    make_article("Tuyển sinh vào lớp 10")
    make_article("Phát triển thương mại trên Facebook")
    make_article("Bảo tàng Hồng Lĩnh mở cửa")


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("dulich", "Du lịch giải khát mùa hè ở Hà Tĩnh"),
        ("hatinh", "Du lịch giải khát mùa hè ở Hà Tĩnh"),
        ("HàTĩnh", "Du lịch giải khát mùa hè ở Hà Tĩnh"),
        ("baotanghonglinh", "Bảo tàng Hồng Lĩnh mở cửa"),
        ("xedừng đón", "Xe dừng đón khách trước ngày bầu cử"),
        ("đónkhách trướcngày", "Xe dừng đón khách trước ngày bầu cử"),
        ("tuyensinh lop 10", "Tuyển sinh vào lớp 10"),
    ],
)
def test_missing_space_is_corrected(client: Client, query: str, title: str):
    assert found(client, query)[0] == title


@pytest.mark.parametrize(
    "query", ["trrước ngày", "trưcớ ngày", "trươc ngàyy", "bầuu cử", "bầu cử trươvc", "don khachs", "NGÀYY BẦU CỬ"]
)
def test_typing_error_is_corrected(client: Client, query: str):
    assert found(client, query)[0] == "Xe dừng đón khách trước ngày bầu cử"


@pytest.mark.parametrize(
    "query", ["xe duwngf dons khachs", "trwowcs ngayf baauf cuwr", "tru7o71c ngay2 ba62u cu73", "ddons khachs"]
)
def test_telex_and_vni_keystrokes_are_corrected(client: Client, query: str):
    assert found(client, query)[0] == "Xe dừng đón khách trước ngày bầu cử"


def test_number_joined_to_a_word_is_separated(client: Client):
    assert found(client, "lớp10") == found(client, "vào lop10") == ["Tuyển sinh vào lớp 10"]


def test_beginning_of_a_name_in_a_title_is_not_cut_into_syllables(client: Client):
    make_article("Cảng đón tàu container đầu tiên")
    make_article("Giải thích từ “con tai”", body="<p>Con tai là gì.</p>")
    assert found(client, "contai")[0] == "Cảng đón tàu container đầu tiên"


def test_page_shows_the_corrected_query(client: Client):
    text = client.get("/tim-kiem/", {"q": "xedừng đón"}).content.decode()
    assert "Không bài nào có “xedừng đón”" in text
    assert "“xe dừng đón”" in text
    assert "<mark>Xe dừng đón</mark>" in text


def test_words_that_some_article_has_are_left_alone(client: Client):
    assert found(client, "facebook") == ["Phát triển thương mại trên Facebook"]
    assert "Dưới đây là những bài có" not in client.get("/tim-kiem/", {"q": "facebook"}).content.decode()
    make_article("Cuộc thi Dulich trực tuyến")
    assert found(client, "dulich") == ["Cuộc thi Dulich trực tuyến"]


def test_quoted_words_are_not_corrected(client: Client):
    assert found(client, '"dulich"') == []
    assert found(client, '"trrước ngày"') == []


def test_correction_that_no_article_has_is_not_offered(client: Client):
    assert found(client, "dubao") == []
    assert "Không có bài nào khớp với “dubao”" in client.get("/tim-kiem/", {"q": "dubao"}).content.decode()


def test_filters_apply_to_the_corrected_query(client: Client):
    elsewhere = make_category("Nơi khác")
    assert found(client, "dulich", chuyen_muc=elsewhere.slug) == []


def test_title_with_the_completed_word_is_found_even_if_other_articles_have_the_prefix_as_a_word(client: Client):
    for number in range(5):
        make_article(f"Bài {number}", body="<p>Kiểm tra số liệu.</p>")
    make_article("Gieo lúa trà sớm")
    assert found(client, "trà sớ")[0] == "Gieo lúa trà sớm"
    assert "Gieo lúa trà sớm" in found(client, "tra so")


def test_number_is_not_completed(client: Client):
    make_article("Tuyển sinh vào lớp 1")
    assert found(client, "vào lớp 1") == ["Tuyển sinh vào lớp 1"]


def test_diacritics_in_an_unusual_order_do_not_split_a_word(client: Client):
    odd = unicodedata.normalize("NFC", "ngày bâ\u0300u cu\u0309\u031b")
    assert found(client, odd) == ["Xe dừng đón khách trước ngày bầu cử"]
