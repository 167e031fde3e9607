"""The words around a hit, with the hit marked."""

import re
from collections.abc import Iterator
from itertools import islice, pairwise
from operator import itemgetter
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .query import Query
from .words import WORD, bare, exact, words_of_clean

LENGTH = 260  # characters
BEFORE = 30  # of them before the first hit: a phone shows four lines of 25
OPENING = 70  # a first hit that comes so early is shown with the text's opening
READ = (
    20_000,
    200_000,
)  # characters of a text in which hits are looked for: the rest only where the first pages do not have them all
MOST_HITS = 400  # a word that stands there more often stands in the first passages too
MOST_WEIGHED = 4_000  # hits among which two side by side are looked for
MANY = 50  # different words for which one walk through the text is quicker than a walk for each
PART = re.compile(r"[^\W_]|[\u0300-\u036f]")  # of a word


class Hit(NamedTuple):
    start: int
    end: int
    word: str  # as in Query.bare
    worth: float


def hits(text: str, query: Query) -> list[Hit]:
    """Words of the text that were asked for. A word that stands beside its neighbour as typed counts only where it does.
    A last word that is nowhere may be half of one; of one letter, only beside its neighbour."""
    found: list[Hit] = []
    for length in READ:
        found, has_all = hits_within(text[:length], query)
        if has_all or length >= len(text):
            break
    return found[:MOST_HITS]


def hits_within(text: str, query: Query) -> tuple[list[Hit], bool]:
    """Also whether every word is there, and two side by side if there are two."""
    lowered = text.replace("İ", "I").lower()  # the only letter that would become longer
    words = set(words_of_clean(lowered))
    asked = frozenset(query.bare)
    found = places(lowered, {word: bare(word) for word in words if bare(word) in asked}, query)
    last = query.bare[-1]
    may_go_on = not query.has_quotes and all(hit.word != last for hit in found)
    if may_go_on:
        found += places(
            lowered, {word: last for word in words if bare(word).startswith(last) and bare(word) not in asked}, query
        )
        found.sort(key=lambda hit: hit.start)
    paired = {hit for pair in pairwise(found) if is_pair(text, *pair, query) for hit in pair}
    has_all = {hit.word for hit in found} >= asked and bool(paired or not query.pairs)
    in_pairs = {hit.word for hit in paired} | (
        {last} if may_go_on and len(last) == 1 and query.pairs else set()
    )  # one letter begins too many words
    return [hit for hit in found if hit in paired or hit.word not in in_pairs], has_all


def places(lowered: str, words: dict[str, str], query: Query) -> list[Hit]:
    """Where the words stand; each is a hit of what was asked for."""
    found: list[Hit] = []
    if len(words) > MANY:
        found = [
            Hit(match.start(), match.end(), words[match[0]], 1.0)
            for match in WORD.finditer(lowered)
            if match[0] in words
        ]
        return found[:MOST_WEIGHED]
    for word, asked in words.items():
        worth = 1.5 if exact(word) in query.exact else 1.0
        found += (
            Hit(start, start + len(word), asked, worth) for start in islice(occurrences(lowered, word), MOST_WEIGHED)
        )
    return sorted(found, key=lambda hit: hit.start)[:MOST_WEIGHED]


def occurrences(text: str, word: str) -> Iterator[int]:
    """Of a whole word. Ten times as quick as looking at every word of the text, where few are looked for."""
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        if not (PART.match(text[start - 1 : start]) or PART.match(text, end)):
            yield start
        start = text.find(word, end)


def is_pair(text: str, first: Hit, second: Hit, query: Query) -> bool:
    return (first.word, second.word) in query.pairs and not WORD.search(text, first.end, second.start)


def highlighted(text: str, query: Query) -> SafeString:
    """The whole text, what was asked for in <mark>."""
    return marked(text, hits(text, query), 0, len(text))


def snippet(texts: list[str], query: Query) -> SafeString:
    """A passage with most of what was asked for; of equally good ones that of the earlier text."""
    best: tuple[float, str, list[Hit], int, int] = (-2, "", [], 0, 0)
    for text in filter(None, texts):
        found = hits(text, query)
        start, end, worth = best_passage(text, found)
        best = max(best, (worth, text, found, start, end), key=itemgetter(0))
        if worth >= len(set(query.bare)):  # all of them: no need to read the longer texts
            break
    _worth, text, found, start, end = best
    return mark_safe(("… " if start else "") + marked(text, found, start, end) + (" …" if end < len(text) else ""))  # noqa: S308 - escaped by marked()


def best_passage(text: str, found: list[Hit]) -> tuple[int, int, float]:
    """Start, end and worth."""
    best, worth = 0, -1.0
    for place, hit in enumerate(found):
        inside: dict[str, float] = {}
        for other in found[place:]:
            if other.end > hit.start + LENGTH - BEFORE:
                break
            inside[other.word] = max(inside.get(other.word, 0), other.worth)
        if sum(inside.values()) > worth:
            best, worth = hit.start, sum(inside.values())
    start = word_edge(text, best - BEFORE) if best > OPENING else 0
    return start, word_edge(text, min(start + LENGTH, len(text))), worth


def word_edge(text: str, place: int) -> int:
    """The next place at or after `place` where no word is cut."""
    while 0 < place < len(text) and not text[place - 1].isspace():
        place += 1
    return place


def marked(text: str, found: list[Hit], start: int, end: int) -> SafeString:
    """text[start:end], escaped; hits with only a space between them share one <mark>."""
    pieces = []
    for first, last in spans(text, [hit for hit in found if start <= hit.start and hit.end <= end]):
        pieces.append(f"{escape(text[start:first])}<mark>{escape(text[first:last])}</mark>")
        start = last
    return mark_safe("".join(pieces) + escape(text[start:end]))  # noqa: S308 - escaped piece by piece


def spans(text: str, found: list[Hit]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for hit in found:
        if joined and text[joined[-1][1] : hit.start] == " ":
            joined[-1] = (joined[-1][0], hit.end)
        else:
            joined.append((hit.start, hit.end))
    return joined
