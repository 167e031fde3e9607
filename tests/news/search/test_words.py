"""Words, queries, order and passages: the parts of the search that know no database."""

import unicodedata
from datetime import UTC, datetime

import pytest

from news.models.search_entry import newness_of
from news.search import postgresql, sqlite
from news.search.completions import completions
from news.search.query import Match, parse
from news.search.snippets import highlighted, snippet
from news.search.words import Term, bare, exact, text_tokens, title_tokens, token_of, words_of


def test_words_are_lower_case_syllables_and_numbers():
    assert words_of("Kế hoạch số 308/KH-UBND, ngày 5/8") == ["kế", "hoạch", "số", "308", "kh", "ubnd", "ngày", "5", "8"]


@pytest.mark.parametrize("text", ["Hà Tĩnh", unicodedata.normalize("NFD", "Hà Tĩnh"), "HÀ TĨNH", "H\u200bà Tĩnh"])
def test_words_do_not_hang_on_the_form_of_the_letters(text: str):
    assert words_of(text) == ["hà", "tĩnh"]


@pytest.mark.parametrize(
    ("one", "other"), [("hoà", "hòa"), ("thuỷ", "thủy"), ("khoẻ", "khỏe"), ("kĩ", "kỹ"), ("quí", "quý"), ("quí", "qúy")]
)
def test_two_spellings_of_a_syllable_are_one_word(one: str, other: str):
    assert exact(one) == exact(other)


@pytest.mark.parametrize(
    ("one", "other"), [("hoàn", "hòan"), ("mai", "may"), ("tai", "tay"), ("hai", "hay"), ("bào", "báo")]
)
def test_different_words_stay_different(one: str, other: str):
    assert exact(one) != exact(other)


def test_d_with_stroke_is_folded():
    assert (bare("đường"), bare("Đường".lower())) == ("duong", "duong")


def test_text_is_found_by_syllables_pairs_and_marks():
    assert text_tokens("Giáo viên", sqlite.spelling) == {"giao", "vien", "giao_vien", "giáo", "viên"}


def test_title_is_found_by_beginnings_too():
    found = title_tokens("Vũ Quang", sqlite.spelling)
    assert {"t:vu", "t:quang", "t:vu_quang", "t:vũ", "t:v*", "t:qua*", "t:quan*"} <= found
    assert "t:quang*" not in found


def test_numbers_keep_terms_apart_and_fit_the_database():
    terms = [
        Term(word, second, titled) for word in ("a", "b", "ab") for second in ("", "a", "b") for titled in (False, True)
    ]
    numbers = {token_of(term, postgresql.spelling) for term in terms}
    assert len(numbers) == len(terms)
    assert all(-(2**63) <= number < 2**63 for number in numbers)
    assert token_of(Term("a", "b"), postgresql.spelling) != token_of(Term("b", "a"), postgresql.spelling)


# ------------------------------------------------------------ queries


def test_quotes_and_numbers_make_phrases():
    assert parse('lũ "sông La" 42/2022 và').phrases == ((1, 3), (3, 5))


def test_pair_says_that_its_words_are_there():
    assert parse('"sông la"').all_words() == Match(frozenset({Term("song", "la")}))


def test_query_of_nothing_is_false():
    assert not parse(' "" -- … ')


def test_splits_leave_each_syllable_in_one_word():
    splits = [set(split) for split in parse("a b c d")._splits()]
    assert splits == [{Term("a", "b"), Term("c", "d")}]
    odd = [set(split) for split in parse("a b c")._splits()]
    assert odd == [{Term("b", "c")}, {Term("a", "b")}]


def test_half_a_syllable_goes_on_as_vietnamese_syllables_do():
    assert {"via", "viec", "vien", "viet"} <= set(completions("vi"))
    assert "vien" in completions("v") and completions("xyz") == ()


# ------------------------------------------------------------ passages


def marked(text: str, typed: str) -> str:
    return str(highlighted(text, parse(typed)))


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


def test_passage_is_where_most_words_stand_together():
    text = f"Mở đầu có sông. {'Đệm vào. ' * 80} Nước sông La dâng cao. {'Đệm ra. ' * 80}"
    shown = str(snippet(["", text], parse("sông la dâng")))
    assert "Nước <mark>sông La dâng</mark> cao." in shown
    assert shown.startswith("… ") and shown.endswith(" …")
    assert len(shown) < 400


def test_passage_of_a_text_without_hits_is_its_beginning():
    assert str(snippet(["Sapo của bài.", "Nội dung."], parse("xyz"))) == "Sapo của bài."


def test_all_of_many_words_that_the_last_one_may_become_are_marked():
    words = " ".join(f"số1{number}" for number in range(100))
    assert marked(words, "số1") == f"<mark>{words}</mark>"


def test_pairs_are_found_behind_many_single_words():
    text = "tin " * 1_000 + "bão tin vui"
    assert "<mark>tin vui</mark>" in snippet([text], parse("tin vui"))


@pytest.mark.parametrize("typed", ["tin vui", "tin vu", "có tin vui"])
def test_passage_is_found_behind_many_pages(typed: str):
    assert "tin vui</mark>" in snippet(["tin bão " + "gió to " * 5_000 + "có tin vui"], parse(typed))


def test_entry_of_a_far_future_is_still_a_number_the_database_holds():
    assert newness_of(2**30 - 1, datetime(9999, 12, 31, tzinfo=UTC)) < 2**63
    assert newness_of(1, datetime(1800, 1, 1, tzinfo=UTC)) == newness_of(1, None) == 1
