"""Corrections of words that no article has: missing spaces ("dulich" for "du lịch"), typing errors ("trrước ngày" for
"trước ngày"), and Telex or VNI keystrokes typed without an input method ("haf tinhx" for "hà tĩnh")."""

import re
from collections.abc import Callable, Iterator
from itertools import islice

from .analysis import PREFIX_MARK, Term, fold_word
from .completions import SYLLABLES, completions
from .conjunction import Conjunction
from .query import Query

MAX_WORD_LENGTH = 30  # characters
MAX_SUSPICIOUS_WORDS = 6  # in a query; one with more is not Vietnamese
MAX_EDITED_WORDS = 2  # suspicious words in a query up to which edits are tried, at a dozen look-ups per word
MIN_EDITED_LENGTH = MIN_JOINED_LENGTH = 4  # characters; shorter words have too many corrections
MAX_JOINED_SYLLABLES = 4
MAX_CANDIDATES = 12  # per word
ENOUGH_MATCHES = 20  # articles; candidates with more are equally likely
LETTERS = "abcdeghiklmnopqrstuvxy"  # of Vietnamese, without diacritics

REPEATED_KEY = re.compile(r"([a-z])\1+")  # an accidental repetition, or Telex: "ddeem" is "đêm"
TELEX_HORN = re.compile("(?<=[aou])w")  # "dduwowngf" is "đường"
TELEX_TONE = re.compile("(?<=[aeiouycghmnpt])[sfrxj](?=[aeiouycghmnpt]*$)")  # "huyeets" is "huyết"
VNI = re.compile("(?<=[a-z])[1-9]+")  # "huye61t"
LETTERS_AND_DIGITS = re.compile(r"([^\W\d_]+)(\d+)")  # "lop10"

Find = Callable[[Conjunction, int], list[int]]  # see Results.find
Words = tuple[str, ...]


def correct(query: Query, find: Find) -> Query:
    """Replaces each word that no article has by the correction with the most matches, if one has any. Words in
    quotes, and words joined to a number by punctuation, stay."""
    positions = [position for position in range(len(query.words)) if is_suspicious(query, position)]
    if len(positions) > MAX_SUSPICIOUS_WORDS:
        return query
    with_edits = len(positions) <= MAX_EDITED_WORDS
    for position in reversed(positions):
        if not is_indexed(query, position, find):
            matches: dict[Words, int] = {}
            for correction, evidence in islice(candidates(query, position, with_edits=with_edits), MAX_CANDIDATES):
                matches[correction] = max(matches.get(correction, 0), len(find(evidence, ENOUGH_MATCHES)))
            best = max(matches, key=matches.__getitem__, default=())
            if matches.get(best):
                query = query.with_replacement(position, best)
    return query


def is_suspicious(query: Query, position: int) -> bool:
    """Neither a Vietnamese syllable nor a number nor, at the end of the query, the prefix of a syllable."""
    word = query.folded[position]
    if query.has_quotes or len(word) > MAX_WORD_LENGTH or word.isdigit() or word in SYLLABLES:
        return False
    if is_last(query, position) and completions(word):
        return False
    return not any(start <= position < end for start, end in query.phrases)


def is_last(query: Query, position: int) -> bool:
    return position == len(query.words) - 1


def is_indexed(query: Query, position: int, find: Find) -> bool:
    """As a word; or, at the end of the query, as the prefix of a word in a title, as "contai" of "container"."""
    word = query.folded[position]
    is_prefix = is_last(query, position) and find(Conjunction.of([Term(word + PREFIX_MARK, in_title=True)]), 1)
    return bool(is_prefix or find(Conjunction.of([Term(word)]), 1))


def candidates(query: Query, position: int, *, with_edits: bool) -> Iterator[tuple[Words, Conjunction]]:
    """Corrections, each with what must match to make it credible: for an edited word, a neighbour beside it."""
    word = query.normalized[position]
    for syllable in dict.fromkeys(without_extra_keys(word)):
        if fold_word(syllable) in SYLLABLES:
            yield (syllable,), Conjunction.of([Term(fold_word(syllable))])
    if len(word) >= MIN_JOINED_LENGTH:
        for parts in sorted(segmentations(word, MAX_JOINED_SYLLABLES), key=len):
            yield parts, Conjunction.of(map(Term, map(fold_word, parts), map(fold_word, parts[1:])))
    before, after = query.folded[max(position - 1, 0) : position], query.folded[position + 1 : position + 2]
    if with_edits and len(word) >= MIN_EDITED_LENGTH and (before or after):
        for syllable in single_edits(word, query.folded[position]):
            yield from (((syllable,), Conjunction.of([Term(other, fold_word(syllable))])) for other in before)
            yield from (((syllable,), Conjunction.of([Term(fold_word(syllable), other)])) for other in after)


def without_extra_keys(word: str) -> Iterator[str]:
    unrepeated = REPEATED_KEY.sub(r"\1", word)
    yield from (unrepeated, TELEX_TONE.sub("", TELEX_HORN.sub("", unrepeated)), VNI.sub("", word))


def segmentations(word: str, max_syllables: int) -> Iterator[Words]:
    if match := LETTERS_AND_DIGITS.fullmatch(word):
        yield (match[1], match[2])
    for end in range(1, len(word) if max_syllables > 1 else 0):
        if fold_word(word[:end]) in SYLLABLES:
            rest = word[end:]
            if fold_word(rest) in SYLLABLES:
                yield (word[:end], rest)
            yield from ((word[:end], *parts) for parts in segmentations(rest, max_syllables - 1))


def single_edits(word: str, folded: str) -> list[str]:
    """Syllables at a Damerau–Levenshtein distance of one: a letter deleted, two letters transposed, a letter
    inserted or replaced. `folded` is the word without diacritics."""
    found: dict[str, None] = {}
    for position in range(len(folded) + 1):
        # Each edit: the letters that come in, and how many letters they replace.
        edits = [("", 1), *((word[position + 1] + word[position], 2) for _ in folded[position + 1 : position + 2])]
        edits += [(letter, replaced) for replaced in (0, 1) for letter in LETTERS]
        for letters, replaced in edits:
            folded_letters = folded[position + 1] + folded[position] if replaced == 2 else letters
            if folded[:position] + folded_letters + folded[position + replaced :] in SYLLABLES:
                found[word[:position] + letters + word[position + replaced :]] = None
    return list(found)
