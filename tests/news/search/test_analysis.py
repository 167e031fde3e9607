"""Words, terms and tokens, and the sort key of the index."""

import unicodedata
from datetime import UTC, datetime

import pytest

from news.models.search_entry import newness_of
from news.search.analysis import Term, encode, fold_word, normalize, split_words, text_tokens, title_tokens
from news.search.backends import postgresql, sqlite


def test_words_are_lower_case_syllables_and_numbers():
    assert split_words("Kế hoạch số 308/KH-UBND, ngày 5/8") == [
        "kế",
        "hoạch",
        "số",
        "308",
        "kh",
        "ubnd",
        "ngày",
        "5",
        "8",
    ]


@pytest.mark.parametrize("text", ["Hà Tĩnh", unicodedata.normalize("NFD", "Hà Tĩnh"), "HÀ TĨNH", "H\u200bà Tĩnh"])
def test_words_do_not_depend_on_unicode_form_or_case(text: str):
    assert split_words(text) == ["hà", "tĩnh"]


@pytest.mark.parametrize(
    ("one", "other"), [("hoà", "hòa"), ("thuỷ", "thủy"), ("khoẻ", "khỏe"), ("kĩ", "kỹ"), ("quí", "quý"), ("quí", "qúy")]
)
def test_two_spellings_of_a_syllable_are_one_word(one: str, other: str):
    assert normalize(one) == normalize(other)


@pytest.mark.parametrize(
    ("one", "other"), [("hoàn", "hòan"), ("mai", "may"), ("tai", "tay"), ("hai", "hay"), ("bào", "báo")]
)
def test_different_words_stay_different(one: str, other: str):
    assert normalize(one) != normalize(other)


def test_d_with_stroke_is_folded():
    assert (fold_word("đường"), fold_word("Đường".lower())) == ("duong", "duong")


def test_tokens_of_a_text_are_syllables_with_and_without_diacritics_and_bigrams():
    assert text_tokens("Giáo viên", sqlite.encoder) == {"giao", "vien", "giao_vien", "giáo", "viên"}


def test_tokens_of_a_title_include_prefixes():
    found = title_tokens("Vũ Quang", sqlite.encoder)
    assert {"t:vu", "t:quang", "t:vu_quang", "t:vũ", "t:v*", "t:qua*", "t:quan*"} <= found
    assert "t:quang*" not in found


def test_tokens_of_postgresql_are_distinct_and_fit_a_bigint():
    terms = [
        Term(word, second, titled) for word in ("a", "b", "ab") for second in ("", "a", "b") for titled in (False, True)
    ]
    numbers = {encode(term, postgresql.encoder) for term in terms}
    assert len(numbers) == len(terms)
    assert all(-(2**63) <= number < 2**63 for number in numbers)
    assert encode(Term("a", "b"), postgresql.encoder) != encode(Term("b", "a"), postgresql.encoder)


def test_newness_of_any_date_fits_a_bigint():
    assert newness_of(2**30 - 1, datetime(9999, 12, 31, tzinfo=UTC)) < 2**63
    assert newness_of(1, datetime(1800, 1, 1, tzinfo=UTC)) == newness_of(1, None) == 1
