"""What somebody typed into the search box, and which look-ups answer it. Plain functions, no database."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from ..text.folding import fold
from .completions import SYLLABLES, completions
from .words import BEGINNING, LONGEST_WORD, Term, bare, exact, words_of

MAX_WORDS = 40  # a whole title, pasted
LONG = 7  # words
MAX_LEFT_OUT = 6  # words of a query of which one may be left out: a look-up each
MAX_TRIPLES = 10
TELLING = 4  # words in a title that leave little doubt about the last one
QUOTED = re.compile('["“”„«»]([^"“”„«»]*)["“”„«»]')


@dataclass(frozen=True)
class Match:
    """Look-ups that must all succeed, and groups of which at least one must."""

    every: frozenset[Term]
    any_of: tuple[frozenset[Term], ...] = ()

    @classmethod
    def of(cls, *terms: Iterable[Term]) -> "Match":
        """Without look-ups that follow from another one."""
        every = frozenset().union(*terms)
        return cls(every.difference(*map(implied, every)))

    def within(self, *groups: Iterable[Term]) -> "Match":
        return Match(self.every, (*self.any_of, *map(frozenset, groups)))

    def is_within(self, wider: "Match") -> bool:
        """Whether what matches this one cannot but match the other one."""
        return wider.every <= self.with_implied and set(wider.any_of) <= set(self.any_of)

    @cached_property
    def with_implied(self) -> frozenset[Term]:
        return self.every.union(*map(implied, self.every))


def implied(term: Term) -> Iterator[Term]:
    """A pair says that its words are there; a title says it of the text."""
    word, second, in_title = term
    if second:
        yield from (Term(part, in_title=title) for part in (word, second) for title in {in_title, False})
    if in_title:
        yield term._replace(in_title=False)


@dataclass(frozen=True)
class Query:
    """`phrases` are the spans [start, end) of words that must stand side by side: in quotes, or glued together around
    a number, as in 308/KH-UBND."""

    words: tuple[str, ...]
    phrases: tuple[tuple[int, int], ...] = ()
    has_quotes: bool = False

    def __bool__(self) -> bool:
        return bool(self.words)

    def __str__(self) -> str:
        return " ".join(self.words)

    def with_reading(self, place: int, reading: tuple[str, ...]) -> "Query":
        """With these words instead of the one at `place`, which is in no phrase."""
        shift = len(reading) - 1
        phrases = tuple((start + shift, end + shift) if start > place else (start, end) for start, end in self.phrases)
        return Query((*self.words[:place], *reading, *self.words[place + 1 :]), phrases, self.has_quotes)

    @cached_property
    def bare(self) -> tuple[str, ...]:
        return tuple(map(bare, self.words))

    @cached_property
    def exact(self) -> tuple[str, ...]:
        return tuple(map(exact, self.words))

    @cached_property
    def has_marks(self) -> bool:
        return self.bare != self.exact

    @property
    def is_long(self) -> bool:
        """So long that it means nothing when all words are somewhere in a text; to find that out takes long, too."""
        return len(self.words) >= LONG

    @cached_property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        return tuple(pairwise(self.bare))

    # ------------------------------------------------------------ look-ups, from the widest to the narrowest

    def all_words(self) -> Match:
        return Match.of(map(Term, self.bare), *(self._side_by_side(*span) for span in self.phrases))

    def loose(self) -> Match:
        """Words that were glued together may stand anywhere."""
        return Match.of(map(Term, self.bare))

    def well_placed(self) -> list[Match]:
        """All words, and each beside a neighbour as typed: what a good answer has."""
        return [Match.of(self.all_words().every, split) for split in self._splits()]

    def some_words(self, *, is_half_typed: bool) -> list[Match]:
        """Three words side by side, all words but one, two words side by side, first in titles: for questions whose words no article has,
        or only in the corners of a long text."""
        count, words = len(self.bare), self.exact if self.has_marks else self.bare
        triples = [Match.of(self._side_by_side(start, start + 3)) for start in range(count - 2)]
        all_but_one = (
            [Match.of(map(Term, (*words[:place], *words[place + 1 :]))) for place in range(count)]
            if 2 < count <= MAX_LEFT_OUT
            else []
        )
        pairs = frozenset(Term(*pair) for pair in self.pairs)
        in_titles, anywhere = (self._goes_on, self._goes_on_anywhere()) if is_half_typed else (frozenset(), frozenset())
        return [
            *triples[:MAX_TRIPLES],
            *all_but_one,
            Match(frozenset(), (_titled(pairs) | in_titles,)),
            Match(frozenset(), (pairs | anywhere,)),
        ]

    @cached_property
    def starts(self) -> list[str]:
        """The last word as the beginning of one: "ki" is "ky" where it is a word, and not where it becomes "kinh"."""
        return list(dict.fromkeys([self.bare[-1], fold(self.words[-1])]))

    def last_pair(self) -> Match:
        pair = self._side_by_side(max(len(self.bare) - 2, 0), len(self.bare))
        return Match.of(pair) if self.is_long else Match.of(map(Term, self.bare), pair)

    def half_typed(self) -> Match:
        """The last word is only the beginning of one."""
        return Match(frozenset(map(Term, self.bare[:-1])), (self._goes_on_anywhere(),))

    def half_titled(self) -> Match | None:
        """A title that goes on where the query ends. None where the end can hardly be half a word: one word alone would
        begin too many titles, and "lớp 1" does not mean "lớp 10"."""
        *before, last = self.bare
        if (
            not before
            or self.has_quotes
            or not last.isalpha()
            or last in "aeiouy"
            or (last in SYLLABLES and not self._completions)
        ):
            return None
        return Match(_titled(map(Term, before)), (self._goes_on_in_title(),))

    def suggested(self) -> Match:
        """All words in the title, the last as it is or as the beginning of one."""
        *before, last = self.bare
        as_it_is = Term(before[-1], last, in_title=True) if before else Term(last, in_title=True)
        return Match(_titled(map(Term, before)), (self._goes_on_in_title() | {as_it_is},))

    @cached_property
    def _completions(self) -> list[str]:
        return [syllable for start in self.starts for syllable in completions(start)]

    @cached_property
    def _goes_on(self) -> frozenset[Term]:
        """What the last word may become in a title: a syllable behind the word before it. Of one that begins no syllable, such
        as "contai", and of one alone, any word that begins so."""
        if self._completions and len(self.bare) > 1:
            return frozenset(Term(self.bare[-2], syllable, in_title=True) for syllable in self._completions)
        return self._begun

    @cached_property
    def _begun(self) -> frozenset[Term]:
        return frozenset(Term(start + BEGINNING, in_title=True) for start in self.starts)

    def _goes_on_in_title(self) -> frozenset[Term]:
        """The same in a title that has all the other words: where these are many, it need not stand behind the last of them."""
        return self._goes_on | self._begun if len(self.bare) >= TELLING else self._goes_on

    def _goes_on_anywhere(self) -> frozenset[Term]:
        """The same in any text; of one letter in titles only, as it goes on in hundreds of ways."""
        if len(self.bare[-1]) == 1:
            return self._goes_on
        if len(self.bare) > 1:
            return self._goes_on | {Term(self.bare[-2], syllable) for syllable in self._completions}
        return self._goes_on | set(map(Term, self._completions))

    def narrower(self) -> list[Match]:
        """Parts of all_words() that deserve to stand before the rest, however old they are."""
        phrase, loose = self._side_by_side(0, len(self.bare)), frozenset(map(Term, self.bare))
        marked = frozenset(map(Term, self.exact)) if self.has_marks else frozenset()
        words = self.all_words().every
        in_title, side_by_side = self.widest_of_narrower()
        found = [
            Match.of(words, _titled(phrase), _titled(marked)),
            Match.of(words, phrase, marked),
            Match.of(words, _titled(loose), _titled(marked)),
            Match.of(words, _titled(phrase)),
            side_by_side,
            in_title,
            *(Match.of(words, split, marked) for split in self._splits()),
        ]
        return [match for match in dict.fromkeys(found) if match != self.all_words()]

    def widest_of_narrower(self) -> tuple[Match, Match]:
        """In the title, and side by side."""
        words = self.all_words().every
        return Match.of(words, _titled(map(Term, self.bare))), Match.of(words, self._side_by_side(0, len(self.bare)))

    def _side_by_side(self, start: int, end: int) -> frozenset[Term]:
        pairs = frozenset(Term(*pair) for pair in self.pairs[start : end - 1])
        return pairs or frozenset(map(Term, self.bare[start:end]))

    def _splits(self) -> Iterator[frozenset[Term]]:
        """Words of two syllables: "giáo viên Hà Tĩnh" is "giáo viên" and "Hà Tĩnh", with nothing said of "viên Hà"."""
        count = len(self.bare)
        alone = [None] if count % 2 == 0 else range(0, count, 2)  # the syllable left over
        for place in alone:
            starts = (
                [*range(0, place or 0, 2), *range(place + 1, count, 2)] if place is not None else range(0, count, 2)
            )
            yield frozenset(Term(*self.pairs[start]) for start in starts)


def _titled(terms: Iterable[Term]) -> frozenset[Term]:
    return frozenset(term._replace(in_title=True) for term in terms)


def parse(typed: str) -> Query:
    """Reads quotes and glued words; everything else that is no letter or digit only divides words."""
    words: list[str] = []
    phrases: list[tuple[int, int]] = []
    has_quotes = False
    for chunk, is_quoted in _chunks(typed):
        found = [word[:LONGEST_WORD] for word in words_of(chunk)][: MAX_WORDS - len(words)]
        if len(found) > 1 and (is_quoted or any(char.isdigit() for char in chunk)):
            phrases.append((len(words), len(words) + len(found)))
        words.extend(found)
        has_quotes |= is_quoted
    return Query(tuple(words), tuple(phrases), has_quotes)


def _chunks(typed: str) -> Iterator[tuple[str, bool]]:
    """What stands between quotes, and what stands between spaces outside of them."""
    end = 0
    for quoted in QUOTED.finditer(typed):
        yield from ((chunk, False) for chunk in typed[end : quoted.start()].split())
        yield quoted[1], True
        end = quoted.end()
    yield from ((chunk, False) for chunk in typed[end:].split())
