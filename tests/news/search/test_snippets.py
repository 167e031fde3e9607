"""Snippets and highlighted titles."""

import pytest

from news.search.query import parse
from news.search.snippets import highlight, snippet


def marked(text: str, typed: str) -> str:
    return str(highlight(text, parse(typed)))


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("Giáo viên Hà Tĩnh", "giao vien", "<mark>Giáo viên</mark> Hà Tĩnh"),
        ("Giáo viên, viên chức", "giáo viên", "<mark>Giáo viên</mark>, viên chức"),
        ("Viên chức giáo dục", "giáo viên", "<mark>Viên</mark> chức <mark>giáo</mark> dục"),
        ("Tiền lương tăng", "tiền lươ", "<mark>Tiền lương</mark> tăng"),
        ("Số 308/KH-UBND", "308/KH", "Số <mark>308</mark>/<mark>KH</mark>-UBND"),
        ("Khai giảng gọn", "khai giảng g", "<mark>Khai giảng gọn</mark>"),
        ("Khai giảng, khai mạc, giờ", "khai giảng g", "<mark>Khai giảng</mark>, khai mạc, giờ"),
        ("Khai giảng, khai mạc, giờ", "khai giảng gi", "<mark>Khai giảng</mark>, khai mạc, <mark>giờ</mark>"),
        ("Giờ khai mạc", "g", "<mark>Giờ</mark> khai mạc"),
        ("Thông báo: tin số 287", "thông báo 287", "<mark>Thông báo</mark>: tin số <mark>287</mark>"),
        ("a < b & c", "b", "a &lt; <mark>b</mark> &amp; c"),
        ("Không có gì", "xyz", "Không có gì"),
        ("İzmir và ẞ", "và", "İzmir <mark>và</mark> ẞ"),
        ("Thăm İSTANBUL mùa thu", "istanbul", "Thăm <mark>İSTANBUL</mark> mùa thu"),
        ("", "a", ""),
    ],
)
def test_hits_are_marked(text: str, typed: str, expected: str):
    assert marked(text, typed) == expected


def test_snippet_is_the_passage_with_most_words():
    text = f"Mở đầu có sông. {'Đệm vào. ' * 80} Nước sông La dâng cao. {'Đệm ra. ' * 80}"
    shown = str(snippet(["", text], parse("sông la dâng")))
    assert "Nước <mark>sông La dâng</mark> cao." in shown
    assert shown.startswith("… ") and shown.endswith(" …")
    assert len(shown) < 400


def test_snippet_of_a_text_without_hits_is_its_beginning():
    assert str(snippet(["Sapo của bài.", "Nội dung."], parse("xyz"))) == "Sapo của bài."


def test_all_of_many_completions_of_the_last_word_are_marked():
    words = " ".join(f"số1{number}" for number in range(100))
    assert marked(words, "số1") == f"<mark>{words}</mark>"


def test_bigram_is_found_behind_many_single_words():
    text = "tin " * 1_000 + "bão tin vui"
    assert "<mark>tin vui</mark>" in snippet([text], parse("tin vui"))


@pytest.mark.parametrize("typed", ["tin vui", "tin vu", "có tin vui"])
def test_snippet_is_found_behind_many_pages(typed: str):
    assert "tin vui</mark>" in snippet(["tin bão " + "gió to " * 5_000 + "có tin vui"], parse(typed))
