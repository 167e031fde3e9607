"""Words that stand in no article, read as what was meant: "dulich" as "du lich", "trrước ngày" as "trước ngày"."""

from collections.abc import Callable, Iterator

from .query import Match, Query
from .syllables import SYLLABLES, completions
from .words import Term, bare

SHORTEST, LONGEST = 4, 30  # letters: in shorter words too much could be meant
MOST = 3  # such words in a query; where there are more, it is not Vietnamese
MOST_GLUED = 4  # syllables
MOST_READINGS = 12  # of a word, a look-up or two each
ENOUGH = 20  # articles that have a reading
LETTERS = "abcdeghiklmnopqrstuvxy"

Find = Callable[[Match, int], list[int]]  # see Results.find
Reading = tuple[str, ...]


def mended(query: Query, find: Find) -> Query:
    """The query with other words for those that no article has, where articles have the others beside their neighbours.
    What stands in quotes, and what is glued to a number, is meant as it is."""
    places = [place for place in range(len(query.words)) if is_odd(query, place)]
    for place in reversed(places if len(places) <= MOST else []):
        if not find(Match.of([Term(query.bare[place])]), 1):
            counted = {reading: count(query, place, reading, find) for reading in readings(query, place)}
            best = max(counted, key=counted.__getitem__, default=())
            if counted.get(best):
                query = query.with_reading(place, best)
    return query


def is_odd(query: Query, place: int) -> bool:
    """No syllable of Vietnamese, nor, at the end of the query, the beginning of one."""
    word = query.bare[place]
    if query.has_quotes or not SHORTEST <= len(word) <= LONGEST or not word.isalpha() or word in SYLLABLES:
        return False
    return not (place == len(query.words) - 1 and completions(word)) and not any(start <= place < end for start, end in query.phrases)


def readings(query: Query, place: int) -> list[Reading]:
    """Several syllables without their spaces, or one with a slip of the finger, which only its neighbours can tell."""
    word = query.exact[place]
    glued = sorted(cuts(word, MOST_GLUED), key=len)
    slips = list(dict.fromkeys(other for other in slips_of(word) if bare(other) in SYLLABLES)) if len(query.words) > 1 else []
    return [*glued, *((other,) for other in slips)][:MOST_READINGS]


def cuts(word: str, most: int) -> Iterator[Reading]:
    """Into at least two syllables, and at most so many."""
    for end in range(1, len(word) if most > 1 else 0):
        if bare(word[:end]) in SYLLABLES:
            rest = word[end:]
            if bare(rest) in SYLLABLES:
                yield (word[:end], rest)
            yield from ((word[:end], *further) for further in cuts(rest, most - 1))


def slips_of(word: str) -> Iterator[str]:
    """What becomes of the word without one letter, with two of them changed over, with one more and with another one."""
    yield from (word[:place] + word[place + 1 :] for place in range(len(word)))
    yield from (word[:place] + word[place + 1] + word[place] + word[place + 2 :] for place in range(len(word) - 1))
    yield from (word[:place] + letter + word[place:] for place in range(len(word) + 1) for letter in LETTERS)
    yield from (word[:place] + letter + word[place + 1 :] for place in range(len(word)) for letter in LETTERS)


def count(query: Query, place: int, reading: Reading, find: Find) -> int:
    """Articles, ENOUGH at most, that have the reading: its syllables side by side, or a single one beside a neighbour."""
    words = tuple(map(bare, reading))
    if len(words) > 1:
        return len(find(Match.of(map(Term, words, words[1:])), ENOUGH))
    before, after = query.bare[max(place - 1, 0) : place], query.bare[place + 1 : place + 2]
    pairs = [*(Term(word, words[0]) for word in before), *(Term(words[0], word) for word in after)]
    return max(len(find(Match.of([pair]), ENOUGH)) for pair in pairs)
