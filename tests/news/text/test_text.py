import time
import unicodedata
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.search.analysis import split_words
from news.text.cleaning import clean_line, clean_text, for_xml
from news.text.folding import fold, slugify, sort_key


def test_slug_keeps_d_with_stroke():
    assert slugify("Đường đến đại hội") == "duong-den-dai-hoi"


def test_slug_of_decomposed_text_is_the_same():
    assert slugify(unicodedata.normalize("NFD", "Kế hoạch số 308/KH-UBND")) == "ke-hoach-so-308-kh-ubnd"


def test_slug_without_any_letter_is_still_an_address():
    assert slugify("!!! ???") == "tin"


def test_long_slug_is_cut_at_a_word():
    assert slugify("một hai ba bốn", max_length=9) == "mot-hai"


def test_one_endless_word_is_cut_anyway():
    assert slugify("a" * 500, max_length=20) == "a" * 20


def test_fold_finds_capitals_and_marks():
    assert fold("  ĐẠI  HỘI Thể thao ") == "dai hoi the thao"


@pytest.mark.parametrize("hidden", ["\u200b", "\u202e", "\u2066", "\ufeff", "\x00", "\x1b", "\ud800"])
def test_hidden_characters_are_removed(hidden: str):
    assert clean_text(f"Hà{hidden} Tĩnh") == "Hà Tĩnh"


JOINED = {
    "family": "👨\u200d👩\u200d👧\u200d👦",
    "heart on fire": "❤\ufe0f\u200d🔥",
    "health worker of one skin colour": "👩🏽\u200d⚕\ufe0f",
    "rainbow flag": "🏳\ufe0f\u200d🌈",
    "key with a digit": "1\ufe0f\u20e3",
    "sign in colour": "©\ufe0f ☎\ufe0e",
    "Persian": "می\u200cرود",
    "Hindi": "क्\u200dष श्री",
    "Malayalam, at the end of a word": "അവന്\u200d പറഞ്ഞു",
    "Bengali": "র\u200d্যাব",
    "Khmer": "ក\u200cខ",
}


@pytest.mark.parametrize("text", JOINED.values(), ids=JOINED)
def test_joiners_stay_where_they_join(text: str):
    assert clean_text(f"Tết {text} vui") == f"Tết {text} vui"
    assert clean_line(text) == text


@pytest.mark.parametrize("hidden", ["\u200c", "\u200d", "\ufe0e", "\ufe0f", "\u200d\u200c\u200d"])
@pytest.mark.parametrize(
    ("before", "after"),
    [("a", "b"), ("", "Hà"), ("Tĩnh", ""), ("1", "2"), (" ", " "), ("a", "🔥"), ("م", "b"), ("a", "م"), ("م", "क")],
)
def test_joiners_go_where_they_hide(before: str, hidden: str, after: str):
    assert clean_text(before + hidden + after) == before + after


def test_joiner_between_pictographs_hides_nothing_beside_it():
    assert clean_text("👨\u200d\u200d👩 👨\u200b\u200d👩 \u200d👩 👨\u200d") == "👨👩 👨\u200d👩 👩 👨"


def test_words_are_compared_and_addressed_without_joiners():
    assert fold("می\u200cرود") == fold("میرود")
    assert split_words("می\u200cرود 👨\u200d👩 Đại") == ["میرود", "đại"]
    assert slugify("Tết 👨\u200d👩\u200d👧 vui ❤\ufe0f") == "tet-vui"


def test_text_is_stored_composed():
    assert clean_line(unicodedata.normalize("NFD", "Hà Tĩnh")) == "Hà Tĩnh"


@pytest.mark.parametrize(
    "marks", ["\u0301\u0323", "\u0301\u200b\u0323", "\u05b0\u0591"], ids=["plain", "with hidden characters", "Hebrew"]
)
def test_endless_marks_on_a_letter_hold_nobody_up(marks: str):
    begin = time.process_time()  # the processor's time: the clock's tells what else the machine does
    assert fold(clean_text(f"Ke{marks * 200_000} hoach")) == "ke hoach"
    assert time.process_time() - begin < 5  # seconds; sorting them takes minutes


def test_line_breaks_stay_in_paragraphs_and_go_from_lines():
    assert clean_text("một\r\nhai") == "một\nhai"
    assert clean_line("một\r\nhai") == "một hai"


def test_vietnamese_alphabet_orders_letters_before_tones():
    words = ["đá", "da", "dạ", "ăn", "an", "ân", "đa", "dã", "dà", "dả", "dá", "em", "êm"]
    assert sorted(words, key=sort_key) == ["an", "ăn", "ân", "da", "dà", "dả", "dã", "dá", "dạ", "đa", "đá", "em", "êm"]


NEIGHBOURS = st.text(
    st.sampled_from("ab 1#👨👩🏽❤⚕\u200d\u200c\ufe0f\ufe0e\u20e3\u200bمک\u064eकष\u094d\u0952\u093c\u0301\u0338→")
)


@given(st.one_of(st.text(), NEIGHBOURS))
def test_cleaning_twice_changes_nothing_more(text: str):
    assert clean_text(clean_text(text)) == clean_text(text)


@given(st.text())
def test_every_slug_fits_an_address(text: str):
    assert slugify(text).replace("-", "").isascii()
    assert 0 < len(slugify(text)) <= 120


@given(st.text(st.characters(codec=None)))
def test_any_text_can_stand_in_an_xml_document(text: str):
    kept = for_xml(text)
    assert ElementTree.fromstring(f"<a>{escape(kept)}</a>".encode()).text == (  # noqa: S314
        kept.replace("\r\n", "\n").replace("\r", "\n") or None
    )
    assert for_xml("Đại hội 😀\tA\ufffe\x0b\n") == "Đại hội 😀\tA\n"
