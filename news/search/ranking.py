"""Scores of the candidates, computed in Python from their words and so the same on every database."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import pairwise
from operator import or_
from typing import NamedTuple

from ..models.search_entry import article_id_of, newness_of, seconds_of
from .analysis import fold_word, normalize, split_clean_words
from .query import Query

MAX_TEXT_LENGTH = 6_000  # characters of a text that are scored: a long article, or the first pages of an attachment
# Matches with the diacritics of the query. A reader who types diacritics means them, so they outweigh all else.
DIACRITIC_PHRASE_BOOST = 24.0
DIACRITIC_BIGRAMS_BOOST = 8.0
DIACRITIC_WORDS_BOOST = 4.0
TITLE_BOOST, SUMMARY_BOOST, TEXT_BOOST = 8.0, 3.0, 2.0
# All words, and all bigrams, of the query somewhere in the article.
WORD_COVERAGE_BOOST, BIGRAM_COVERAGE_BOOST = 8.0, 5.0
TITLE_LENGTH_BOOST = 2.0  # a title that consists of the query's words only
MAX_RECENCY_BOOST = 1.5
RECENCY_HALF_LIFE = 1.5 * 365 * 24 * 3600  # seconds


class IndexedText:
    """One text of an entry. Its words are joined by single spaces, so that `" word " in text` finds whole words."""

    def __init__(self, text: str) -> None:
        self.text, self.words = text, split_clean_words(text)

    @cached_property
    def folded(self) -> str:
        return f" {' '.join(map(fold_word, self.words))} "

    @cached_property
    def normalized(self) -> str:
        return f" {' '.join(map(normalize, self.words))} "


NO_TEXT = IndexedText("")


@dataclass(eq=False)
class Candidate:
    """An entry that may come first. Its text is loaded only if the entry is on the shortlist."""

    newness: int
    title: IndexedText
    summary: IndexedText
    text: IndexedText = NO_TEXT

    @property
    def pk(self) -> int:
        return article_id_of(self.newness)


@dataclass(frozen=True)
class Needles:
    """A query as the strings that are looked for in the strings of IndexedText."""

    words: tuple[str, ...]
    bigrams: tuple[str, ...]
    phrase: str

    @classmethod
    def of(cls, words: tuple[str, ...], *, last_is_prefix: bool) -> "Needles":
        end = "" if last_is_prefix else " "
        needles = [*(f" {word} " for word in words[:-1]), f" {words[-1]}{end}"]
        bigrams = (first + second[1:] for first, second in pairwise(needles))
        return cls(tuple(needles), tuple(bigrams), f" {' '.join(words)}{end}")

    def coverage(self, text: str) -> "Coverage":
        bigrams = self.bigrams or (self.phrase,)
        return Coverage([word in text for word in self.words], [bigram in text for bigram in bigrams])


class Coverage(NamedTuple):
    """For each word and each bigram of a query, whether it is in a text."""

    words: list[bool]
    bigrams: list[bool]

    def __or__(self, other: "Coverage") -> "Coverage":
        return Coverage(list(map(or_, self.words, other.words)), list(map(or_, self.bigrams, other.bigrams)))

    @property
    def word_share(self) -> float:
        return sum(self.words) / len(self.words)

    @property
    def bigram_share(self) -> float:
        return sum(self.bigrams) / len(self.bigrams)


class Scorer:
    def __init__(self, query: Query, now: datetime, *, last_is_prefix: bool) -> None:
        self.folded = Needles.of(query.folded, last_is_prefix=last_is_prefix)
        self.normalized = Needles.of(query.normalized, last_is_prefix=last_is_prefix) if query.has_diacritics else None
        self.now = seconds_of(newness_of(0, now))

    def score(self, candidate: Candidate) -> float:
        texts = candidate.title, candidate.summary, candidate.text
        return self.word_score(*texts) + self.diacritic_score(*texts) + self.recency_score(candidate)

    def word_score(self, title: IndexedText, summary: IndexedText, text: IndexedText) -> float:
        needles = self.folded
        in_title, in_summary, in_text = (needles.coverage(part.folded) for part in (title, summary, text))
        score = TITLE_BOOST * self.text_score(title.folded, in_title)
        score += SUMMARY_BOOST * self.text_score(summary.folded, in_summary)
        score += TEXT_BOOST * self.text_score(text.folded, in_text)
        anywhere = in_title | in_summary | in_text
        score += WORD_COVERAGE_BOOST * anywhere.word_share + BIGRAM_COVERAGE_BOOST * anywhere.bigram_share
        score += TITLE_LENGTH_BOOST * in_title.word_share * min(len(needles.words) / max(len(title.words), 1), 1)
        return score + min(math.log2(1 + text.folded.count(needles.phrase)), 3) / 2

    def text_score(self, text: str, coverage: Coverage) -> float:
        """From 0 to 2: the share of words, the share of bigrams, and the whole phrase, which counts half where its last
        word is only the prefix of a word."""
        phrase = self.folded.phrase
        phrase_score = 1.0 if phrase in text else 0.5 if phrase.rstrip() in text else 0.0
        return phrase_score + 0.6 * coverage.bigram_share + 0.4 * coverage.word_share

    def diacritic_score(self, title: IndexedText, summary: IndexedText, text: IndexedText) -> float:
        needles = self.normalized
        if needles is None:
            return 0.0
        texts = (title.normalized, summary.normalized, text.normalized)
        if any(needles.phrase in text for text in texts):
            return DIACRITIC_PHRASE_BOOST + DIACRITIC_BIGRAMS_BOOST + DIACRITIC_WORDS_BOOST
        phrase_score = DIACRITIC_PHRASE_BOOST / 2 if any(needles.phrase.rstrip() in text for text in texts) else 0.0
        coverages = [needles.coverage(text) for text in texts]
        return (
            phrase_score
            + DIACRITIC_BIGRAMS_BOOST * max(coverage.bigram_share for coverage in coverages)
            + DIACRITIC_WORDS_BOOST * max(coverage.word_share for coverage in coverages)
        )

    def recency_score(self, candidate: Candidate) -> float:
        age = max(self.now - seconds_of(candidate.newness), 0)
        return MAX_RECENCY_BOOST / (1 + age / RECENCY_HALF_LIFE)

    def rank(self, candidates: Iterable[Candidate]) -> list[Candidate]:
        return sorted(candidates, key=lambda candidate: (self.score(candidate), candidate.newness), reverse=True)

    def shortlist(self, candidates: list[Candidate], size: int) -> list[Candidate]:
        """At most `size` candidates: the first half as given, then the best of the others by title and summary."""
        if len(candidates) <= size:
            return candidates
        half = size // 2
        return candidates[:half] + self.rank(candidates[half:])[: size - half]
