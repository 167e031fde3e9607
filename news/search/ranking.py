"""The order of what was found: how well an entry fits the query, judged by its words, the same way on every database."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import pairwise
from operator import or_
from typing import NamedTuple

from ..models.search_entry import ID_BITS, ID_MASK, newness_of
from .query import Query
from .words import bare, exact, words_of_clean

READ = 6_000  # characters of an entry's text that are judged: a long article, or the first pages of an annex
# What a hit is worth. A phrase in the title outweighs all else but marks: whoever types them means them.
MARKED_PHRASE = 24.0
MARKED_PAIRS = 8.0
MARKED_WORDS = 4.0
IN_TITLE, IN_SUMMARY, IN_TEXT = 8.0, 3.0, 2.0
# What having all the words, and all the pairs of them, is worth, wherever in the article they stand.
ALL_WORDS, ALL_PAIRS = 8.0, 5.0
YEAR = 365 * 24 * 3600  # seconds


class Words:
    """One part of an entry, its words between single spaces, so that whole words are found by looking for " word "."""

    def __init__(self, text: str) -> None:
        self.text, self.words = text, words_of_clean(text)

    @cached_property
    def bare(self) -> str:
        return f" {' '.join(map(bare, self.words))} "

    @cached_property
    def exact(self) -> str:
        return f" {' '.join(map(exact, self.words))} "


NO_WORDS = Words("")


@dataclass(eq=False)
class Candidate:
    """An entry that may come first. Its text is given once it is worth reading."""

    newness: int
    title: Words
    summary: Words
    text: Words = NO_WORDS

    @property
    def pk(self) -> int:
        return self.newness & ID_MASK


@dataclass(frozen=True)
class Wanted:
    """A query in the form in which it is looked for."""

    words: tuple[str, ...]
    pairs: tuple[str, ...]
    phrase: str

    @classmethod
    def of(cls, words: tuple[str, ...], *, is_half_typed: bool) -> "Wanted":
        """The last of half typed words may go on."""
        end = "" if is_half_typed else " "
        ended = [*(f" {word} " for word in words[:-1]), f" {words[-1]}{end}"]
        return cls(
            tuple(ended), tuple(first + second[1:] for first, second in pairwise(ended)), f" {' '.join(words)}{end}"
        )

    def hits(self, text: str) -> "Hits":
        pairs = self.pairs or (self.phrase,)
        return Hits([word in text for word in self.words], [pair in text for pair in pairs])


class Hits(NamedTuple):
    """Which of a query's words, and which pairs of neighbours, are in a text."""

    words: list[bool]
    pairs: list[bool]

    def __or__(self, other: "Hits") -> "Hits":
        """In one text or the other."""
        return Hits(list(map(or_, self.words, other.words)), list(map(or_, self.pairs, other.pairs)))

    @property
    def share_of_words(self) -> float:
        return sum(self.words) / len(self.words)

    @property
    def share_of_pairs(self) -> float:
        return sum(self.pairs) / len(self.pairs)


class Judge:
    def __init__(self, query: Query, now: datetime, *, is_half_typed: bool) -> None:
        self.query = query
        self.bare = Wanted.of(query.bare, is_half_typed=is_half_typed)
        self.exact = Wanted.of(query.exact, is_half_typed=is_half_typed) if query.has_marks else None
        self.now = newness_of(0, now) >> ID_BITS

    def score(self, candidate: Candidate) -> float:
        parts = candidate.title, candidate.summary, candidate.text
        return self.fit(*parts) + self.marks(*parts) + self.freshness(candidate)

    def fit(self, title: Words, summary: Words, text: Words) -> float:
        wanted = self.bare
        in_title, in_summary, in_text = (wanted.hits(part.bare) for part in (title, summary, text))
        score = IN_TITLE * self.part(title.bare, in_title) + IN_SUMMARY * self.part(summary.bare, in_summary)
        score += IN_TEXT * self.part(text.bare, in_text)
        anywhere = in_title | in_summary | in_text
        score += ALL_WORDS * anywhere.share_of_words + ALL_PAIRS * anywhere.share_of_pairs
        score += 2 * in_title.share_of_words * min(len(wanted.words) / max(len(title.words), 1), 1)
        return score + min(math.log2(1 + text.bare.count(wanted.phrase)), 3) / 2

    def part(self, text: str, hits: Hits) -> float:
        """0 to 2: words, words side by side, and the whole phrase; half of it for one whose last word goes on."""
        phrase = self.bare.phrase
        whole = 1.0 if phrase in text else 0.5 if phrase.rstrip() in text else 0.0
        return whole + 0.6 * hits.share_of_pairs + 0.4 * hits.share_of_words

    def marks(self, title: Words, summary: Words, text: Words) -> float:
        """For words typed with marks and found with the same."""
        wanted = self.exact
        if wanted is None:
            return 0.0
        parts = (title.exact, summary.exact, text.exact)
        if any(wanted.phrase in part for part in parts):
            return MARKED_PHRASE + MARKED_PAIRS + MARKED_WORDS
        begun = MARKED_PHRASE / 2 if any(wanted.phrase.rstrip() in part for part in parts) else 0.0
        hits = [wanted.hits(part) for part in parts]
        return (
            begun
            + MARKED_PAIRS * max(hit.share_of_pairs for hit in hits)
            + MARKED_WORDS * max(hit.share_of_words for hit in hits)
        )

    def freshness(self, candidate: Candidate) -> float:
        """Up to 1.5, half of it after a year and a half."""
        age = max(self.now - (candidate.newness >> ID_BITS), 0)
        return 1.5 / (1 + age / (1.5 * YEAR))

    def best(self, candidates: Iterable[Candidate]) -> list[Candidate]:
        """Best first; of equal ones the newer first."""
        return sorted(candidates, key=lambda candidate: (self.score(candidate), candidate.newness), reverse=True)

    def promising(self, candidates: list[Candidate], count: int) -> list[Candidate]:
        """Of more than so many half of them those that come first, half the best of the others by their titles and summaries."""
        half = count // 2
        return (
            candidates if len(candidates) <= count else candidates[:half] + self.best(candidates[half:])[: count - half]
        )
