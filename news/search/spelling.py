"""Words that stand in no article, read as what was meant: "dulich" as "du lich", "trrước ngày" as "trước ngày", "haf
tinhx", typed without the program that turns Telex into letters, as "ha tinh"."""

import re
from collections.abc import Callable, Iterator
from itertools import islice

from .completions import SYLLABLES, completions
from .query import Match, Query
from .words import BEGINNING, Term, bare

LONGEST = 30  # letters
MOST = 6  # such words in a query; where there are more, it is not Vietnamese
MOST_SLIPPED = 2  # of them where a slip of the finger is thought of: a dozen look-ups each
SHORTEST_SLIPPED = SHORTEST_GLUED = 4  # letters: in shorter words too much could be meant
MOST_GLUED = 4  # syllables
MOST_READINGS = 12  # of a word
ENOUGH = 20  # articles that have a reading
LETTERS = "abcdeghiklmnopqrstuvxy"

TWICE = re.compile(r"([a-z])\1+")  # a key hit twice, or Telex: "ddeem" is "đêm"
TELEX_HORN = re.compile("(?<=[aou])w")  # "dduwowngf" is "đường"
TELEX_TONE = re.compile("(?<=[aeiouycghmnpt])[sfrxj](?=[aeiouycghmnpt]*$)")  # "huyeets" is "huyết"
VNI = re.compile("(?<=[a-z])[1-9]+")  # "huye61t"
LETTERS_AND_DIGITS = re.compile(r"([^\W\d_]+)(\d+)")  # "lop10"

Find = Callable[[Match, int], list[int]]  # see Results.find
Reading = tuple[str, ...]


def mended(query: Query, find: Find) -> Query:
    """The query with other words for those that no article has, where articles have the others. What stands in quotes,
    and what is glued to a number by a sign, is meant as it is."""
    places = [place for place in range(len(query.words)) if is_odd(query, place)]
    if len(places) > MOST:
        return query
    for place in reversed(places):
        if not is_known(query, place, find):
            counted: dict[Reading, int] = {}
            for reading, match in islice(readings(query, place, slips=len(places) <= MOST_SLIPPED), MOST_READINGS):
                counted[reading] = max(counted.get(reading, 0), len(find(match, ENOUGH)))
            best = max(counted, key=counted.__getitem__, default=())
            if counted.get(best):
                query = query.with_reading(place, best)
    return query


def is_odd(query: Query, place: int) -> bool:
    """No syllable of Vietnamese and no number; nor, at the end of the query, the beginning of a syllable."""
    word = query.bare[place]
    if query.has_quotes or len(word) > LONGEST or word.isdigit() or word in SYLLABLES:
        return False
    return not (is_last(query, place) and completions(word)) and not any(
        start <= place < end for start, end in query.phrases
    )


def is_last(query: Query, place: int) -> bool:
    return place == len(query.words) - 1


def is_known(query: Query, place: int, find: Find) -> bool:
    """As a word, or at the end of the query as the beginning of one in a title: "contai" is "container"."""
    word = query.bare[place]
    begun = is_last(query, place) and find(Match.of([Term(word + BEGINNING, in_title=True)]), 1)
    return bool(begun or find(Match.of([Term(word)]), 1))


def readings(query: Query, place: int, *, slips: bool) -> Iterator[tuple[Reading, Match]]:
    """Each with what must be found for it to be believed. A slip of the finger is told by its neighbours only."""
    word = query.exact[place]
    for typed in dict.fromkeys(keys_undone(word)):
        if bare(typed) in SYLLABLES:
            yield (typed,), Match.of([Term(bare(typed))])
    for glued in sorted(cuts(word, MOST_GLUED), key=len) if len(word) >= SHORTEST_GLUED else ():
        yield glued, Match.of(map(Term, map(bare, glued), map(bare, glued[1:])))
    before, after = query.bare[max(place - 1, 0) : place], query.bare[place + 1 : place + 2]
    for other in (
        slips_of(word, query.bare[place]) if slips and len(word) >= SHORTEST_SLIPPED and (before or after) else ()
    ):
        yield from (((other,), Match.of([Term(neighbour, bare(other))])) for neighbour in before)
        yield from (((other,), Match.of([Term(bare(other), neighbour)])) for neighbour in after)


def keys_undone(word: str) -> Iterator[str]:
    """What is left without a key's second stroke, and without what was typed for marks."""
    once = TWICE.sub(r"\1", word)
    yield from (once, TELEX_TONE.sub("", TELEX_HORN.sub("", once)), VNI.sub("", word))


def cuts(word: str, most: int) -> Iterator[Reading]:
    """Into at least two syllables, and at most so many; or into a word and a number."""
    if pair := LETTERS_AND_DIGITS.fullmatch(word):
        yield (pair[1], pair[2])
    for end in range(1, len(word) if most > 1 else 0):
        if bare(word[:end]) in SYLLABLES:
            rest = word[end:]
            if bare(rest) in SYLLABLES:
                yield (word[:end], rest)
            yield from ((word[:end], *further) for further in cuts(rest, most - 1))


def slips_of(word: str, plain: str) -> list[str]:
    """Syllables that the word, `plain` without its marks, becomes without one letter, with two of them changed over, with
    one more and with another one."""
    found: dict[str, None] = {}
    for place in range(len(plain) + 1):
        start, plain_start = word[:place], plain[:place]
        changes = [("", 1), *((word[place + 1] + word[place], 2) for _ in plain[place + 1 : place + 2])]
        changes += [(letter, length) for length in (0, 1) for letter in LETTERS]
        for letters, length in changes:
            plain_letters = plain[place + 1] + plain[place] if length == 2 else letters
            if plain_start + plain_letters + plain[place + length :] in SYLLABLES:
                found[start + letters + word[place + length :]] = None
    return list(found)
