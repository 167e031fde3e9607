"""The query as a reader typed it, and the conjunctions of terms that answer it. Plain functions, no database."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from ..text.folding import fold
from .analysis import MAX_WORD_LENGTH, PREFIX_MARK, Term, fold_word, normalize, split_words
from .completions import SYLLABLES, completions
from .conjunction import Conjunction

MAX_QUERY_WORDS = 40  # a whole title, pasted
LONG_QUERY = 7  # words
MAX_WORDS_TO_DROP_ONE = 6  # words of a query that is also tried without each of them: one look-up per word
MAX_TRIGRAMS = 10
MIN_WORDS_TO_SCATTER = 4  # words in a title that leave little doubt about the last one, wherever in it that stands
QUOTED = re.compile('["“”„«»]([^"“”„«»]*)["“”„«»]')


@dataclass(frozen=True)
class Query:
    """`phrases` are half-open ranges [start, end) of positions whose words must be adjacent: words in quotes, or
    joined by punctuation around a number, as in 308/KH-UBND."""

    words: tuple[str, ...]
    phrases: tuple[tuple[int, int], ...] = ()
    has_quotes: bool = False

    def __bool__(self) -> bool:
        return bool(self.words)

    def __str__(self) -> str:
        return " ".join(self.words)

    def with_replacement(self, position: int, replacement: tuple[str, ...]) -> "Query":
        """These words instead of the one at `position`, which is in no phrase."""
        shift = len(replacement) - 1
        phrases = tuple(
            (start + shift, end + shift) if start > position else (start, end) for start, end in self.phrases
        )
        words = (*self.words[:position], *replacement, *self.words[position + 1 :])
        return Query(words, phrases, self.has_quotes)

    @cached_property
    def folded(self) -> tuple[str, ...]:
        return tuple(map(fold_word, self.words))

    @cached_property
    def normalized(self) -> tuple[str, ...]:
        return tuple(map(normalize, self.words))

    @cached_property
    def has_diacritics(self) -> bool:
        return self.folded != self.normalized

    @property
    def is_long(self) -> bool:
        """Having all words somewhere in a text then says little about it, and is slow to find out."""
        return len(self.words) >= LONG_QUERY

    @cached_property
    def bigrams(self) -> tuple[tuple[str, str], ...]:
        return tuple(pairwise(self.folded))

    # ------------------------------------------------------------ all words

    def all_words(self) -> Conjunction:
        return Conjunction.of(map(Term, self.folded), *(self._adjacent(*phrase) for phrase in self.phrases))

    def all_words_ignoring_phrases(self) -> Conjunction:
        return Conjunction.of(map(Term, self.folded))

    def segmented(self) -> list[Conjunction]:
        """All words, each adjacent to a neighbour as in the query: what a good result has."""
        return [Conjunction.of(self.all_words().terms, segmentation) for segmentation in self._segmentations()]

    # ------------------------------------------------------------ fewer words

    def relaxed(self, *, last_is_prefix: bool) -> list[Conjunction]:
        """Trigrams, all words but one, bigrams in titles, bigrams anywhere: for queries whose words no article has
        together, or only far from each other in a long text."""
        count, words = len(self.folded), self.normalized if self.has_diacritics else self.folded
        trigrams = [Conjunction.of(self._adjacent(start, start + 3)) for start in range(count - 2)]
        all_but_one = (
            [Conjunction.of(map(Term, (*words[:position], *words[position + 1 :]))) for position in range(count)]
            if 2 < count <= MAX_WORDS_TO_DROP_ONE
            else []
        )
        bigrams = frozenset(Term(*bigram) for bigram in self.bigrams)
        in_title = self._completed_in_title if last_is_prefix else frozenset()
        anywhere = self._completed_anywhere() if last_is_prefix else frozenset()
        return [
            *trigrams[:MAX_TRIGRAMS],
            *all_but_one,
            Conjunction(frozenset(), (_in_title(bigrams) | in_title,)),
            Conjunction(frozenset(), (bigrams | anywhere,)),
        ]

    # ------------------------------------------------------------ the last word as a prefix

    def last_bigram(self) -> Conjunction:
        bigram = self._adjacent(max(len(self.folded) - 2, 0), len(self.folded))
        return Conjunction.of(bigram) if self.is_long else Conjunction.of(map(Term, self.folded), bigram)

    def with_prefix(self) -> Conjunction:
        return Conjunction(frozenset(map(Term, self.folded[:-1])), (self._completed_anywhere(),))

    def title_with_prefix(self) -> Conjunction | None:
        """All words in the title, the last one completed. None where the last word is hardly a prefix: a single word
        would be one of too many titles, and "lớp 1" does not mean "lớp 10"."""
        *before, last = self.folded
        if (
            not before
            or self.has_quotes
            or not last.isalpha()
            or last in "aeiouy"
            or (last in SYLLABLES and not self._completions)
        ):
            return None
        return Conjunction(_in_title(map(Term, before)), (self._completed_in_matching_title(),))

    def autocomplete(self) -> Conjunction:
        *before, last = self.folded
        as_typed = Term(before[-1], last, in_title=True) if before else Term(last, in_title=True)
        return Conjunction(_in_title(map(Term, before)), (self._completed_in_matching_title() | {as_typed},))

    @cached_property
    def _prefixes(self) -> list[str]:
        """The last word both normalized and as typed: "ki" equals "ky" as a word, but not as a prefix of "kinh"."""
        return list(dict.fromkeys([self.folded[-1], fold(self.words[-1])]))

    @cached_property
    def _prefix_terms(self) -> frozenset[Term]:
        return frozenset(Term(prefix + PREFIX_MARK, in_title=True) for prefix in self._prefixes)

    @cached_property
    def _completions(self) -> list[str]:
        return [syllable for prefix in self._prefixes for syllable in completions(prefix)]

    @cached_property
    def _completed_in_title(self) -> frozenset[Term]:
        """The last word completed to a syllable behind the word before it. Where it is the only word or no syllable
        begins with it ("contai"), completed to any word."""
        if self._completions and len(self.folded) > 1:
            return frozenset(Term(self.folded[-2], syllable, in_title=True) for syllable in self._completions)
        return self._prefix_terms

    def _completed_in_matching_title(self) -> frozenset[Term]:
        """`_completed_in_title` for a title that has all the other words. Where these are many, the completed word
        may be anywhere in the title."""
        if len(self.folded) >= MIN_WORDS_TO_SCATTER:
            return self._completed_in_title | self._prefix_terms
        return self._completed_in_title

    def _completed_anywhere(self) -> frozenset[Term]:
        """The last word completed, in the whole article. A single letter has too many completions but in titles."""
        if len(self.folded[-1]) == 1:
            return self._completed_in_title
        if len(self.folded) > 1:
            return self._completed_in_title | {Term(self.folded[-2], syllable) for syllable in self._completions}
        return self._completed_in_title | set(map(Term, self._completions))

    # ------------------------------------------------------------ better than all words

    def refinements(self) -> list[Conjunction]:
        """Stricter than all_words(), the strictest first: their matches deserve to come first, however old they are."""
        phrase, words = self._adjacent(0, len(self.folded)), frozenset(map(Term, self.folded))
        with_diacritics = frozenset(map(Term, self.normalized)) if self.has_diacritics else frozenset()
        all_words = self.all_words().terms
        in_title, adjacent = self.widest_refinements()
        refinements = [
            Conjunction.of(all_words, _in_title(phrase), _in_title(with_diacritics)),
            Conjunction.of(all_words, phrase, with_diacritics),
            Conjunction.of(all_words, _in_title(words), _in_title(with_diacritics)),
            Conjunction.of(all_words, _in_title(phrase)),
            adjacent,
            in_title,
            *(Conjunction.of(all_words, segmentation, with_diacritics) for segmentation in self._segmentations()),
        ]
        return [conjunction for conjunction in dict.fromkeys(refinements) if conjunction != self.all_words()]

    def widest_refinements(self) -> tuple[Conjunction, Conjunction]:
        all_words, phrase = self.all_words().terms, self._adjacent(0, len(self.folded))
        return Conjunction.of(all_words, _in_title(map(Term, self.folded))), Conjunction.of(all_words, phrase)

    def _adjacent(self, start: int, end: int) -> frozenset[Term]:
        bigrams = frozenset(Term(*bigram) for bigram in self.bigrams[start : end - 1])
        return bigrams or frozenset(map(Term, self.folded[start:end]))

    def _segmentations(self) -> Iterator[frozenset[Term]]:
        """Divides the query into words of two syllables: "giáo viên Hà Tĩnh" is "giáo viên" and "Hà Tĩnh", and the
        bigram "viên Hà" is not required. Of an odd number of syllables one is left over, at any even position."""
        count = len(self.folded)
        left_over = [None] if count % 2 == 0 else range(0, count, 2)
        for position in left_over:
            starts = (
                range(0, count, 2) if position is None else [*range(0, position, 2), *range(position + 1, count, 2)]
            )
            yield frozenset(Term(*self.bigrams[start]) for start in starts)


def _in_title(terms: Iterable[Term]) -> frozenset[Term]:
    return frozenset(term._replace(in_title=True) for term in terms)


def parse(typed: str) -> Query:
    """Recognises quotes and joined words; all other characters than letters and digits only separate words."""
    words: list[str] = []
    phrases: list[tuple[int, int]] = []
    has_quotes = False
    for chunk, is_quoted in _chunks(typed):
        found = [word[:MAX_WORD_LENGTH] for word in split_words(chunk)][: MAX_QUERY_WORDS - len(words)]
        if len(found) > 1 and (is_quoted or any(char.isdigit() for char in chunk)):
            phrases.append((len(words), len(words) + len(found)))
        words.extend(found)
        has_quotes |= is_quoted
    return Query(tuple(words), tuple(phrases), has_quotes)


def _chunks(typed: str) -> Iterator[tuple[str, bool]]:
    """Each text in quotes, and each run without white space outside of quotes; with whether it is quoted."""
    end = 0
    for quoted in QUOTED.finditer(typed):
        yield from ((chunk, False) for chunk in typed[end : quoted.start()].split())
        yield quoted[1], True
        end = quoted.end()
    yield from ((chunk, False) for chunk in typed[end:].split())
