"""Parsed queries and the terms that are looked up for them."""

from news.search.analysis import Term
from news.search.completions import completions
from news.search.conjunction import Conjunction
from news.search.query import parse


def test_quotes_and_numbers_make_phrases():
    assert parse('lũ "sông La" 42/2022 và').phrases == ((1, 3), (3, 5))


def test_bigram_implies_its_words():
    assert parse('"sông la"').all_words() == Conjunction(frozenset({Term("song", "la")}))


def test_query_without_words_is_false():
    assert not parse(' "" -- … ')


def test_segmentations_have_each_syllable_in_one_word():
    even = [set(segmentation) for segmentation in parse("a b c d")._segmentations()]
    assert even == [{Term("a", "b"), Term("c", "d")}]
    odd = [set(segmentation) for segmentation in parse("a b c")._segmentations()]
    assert odd == [{Term("b", "c")}, {Term("a", "b")}]


def test_completions_are_vietnamese_syllables():
    assert {"via", "viec", "vien", "viet"} <= set(completions("vi"))
    assert "vien" in completions("v") and completions("xyz") == ()
