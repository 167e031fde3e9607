"""Passages of a text with the hits of a query highlighted by <mark>."""

import re
from collections.abc import Iterator
from itertools import islice, pairwise
from operator import itemgetter
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .analysis import WORD, fold_word, normalize, split_clean_words
from .query import Query

SNIPPET_LENGTH = 260  # characters
LENGTH_BEFORE_HIT = 30  # characters of the snippet: a phone shows four lines of 25
MAX_OPENING_LENGTH = 70  # characters; a first hit before this position is shown with the beginning of the text
# Characters of a text that are scanned for hits; the second value only where the first does not contain all of them.
SCAN_LENGTHS = (20_000, 200_000)
MAX_HITS = 400
MAX_OCCURRENCES = 4_000  # of all words, among which bigrams are looked for
MAX_WORDS_TO_FIND = 50  # different words; for more of them one scan of the text is faster than one for each
WORD_CHARACTER = re.compile(r"[^\W_]|[\u0300-\u036f]")
DIACRITIC_WEIGHT = 1.5  # of a hit with the diacritics of the query; other hits have 1


class Hit(NamedTuple):
    start: int
    end: int
    word: str  # the word of Query.folded
    weight: float


def find_hits(text: str, query: Query) -> list[Hit]:
    """Words of the text that are words of the query. If some hits of a word are beside its neighbour of the query,
    its other hits are dropped. A last word without hits is taken for a prefix."""
    hits: list[Hit] = []
    for length in SCAN_LENGTHS:
        hits, is_complete = find_hits_in(text[:length], query)
        if is_complete or length >= len(text):
            break
    return hits[:MAX_HITS]


def find_hits_in(text: str, query: Query) -> tuple[list[Hit], bool]:
    """The hits, and whether they include every word and at least one bigram of the query."""
    lowered = text.replace("İ", "I").lower()  # the only letter that lower() makes longer
    words = set(split_clean_words(lowered))
    wanted = frozenset(query.folded)
    hits = locate(lowered, {word: fold_word(word) for word in words if fold_word(word) in wanted}, query)
    last = query.folded[-1]
    last_is_prefix = not query.has_quotes and all(hit.word != last for hit in hits)
    if last_is_prefix:
        completed = (word for word in words if fold_word(word).startswith(last) and fold_word(word) not in wanted)
        hits += locate(lowered, dict.fromkeys(completed, last), query)
        hits.sort(key=lambda hit: hit.start)
    in_bigram = {hit for pair in pairwise(hits) if is_bigram(text, *pair, query) for hit in pair}
    is_complete = {hit.word for hit in hits} >= wanted and bool(in_bigram or not query.bigrams)
    words_in_bigrams = {hit.word for hit in in_bigram}
    if last_is_prefix and len(last) == 1 and query.bigrams:  # too many words begin with one letter
        words_in_bigrams.add(last)
    return [hit for hit in hits if hit in in_bigram or hit.word not in words_in_bigrams], is_complete


def locate(lowered: str, words: dict[str, str], query: Query) -> list[Hit]:
    """`words` maps words of the text to the words of the query that they match."""
    if len(words) > MAX_WORDS_TO_FIND:
        hits = [
            Hit(match.start(), match.end(), words[match[0]], 1.0)
            for match in WORD.finditer(lowered)
            if match[0] in words
        ]
        return hits[:MAX_OCCURRENCES]
    hits = []
    for word, query_word in words.items():
        weight = DIACRITIC_WEIGHT if normalize(word) in query.normalized else 1.0
        starts = islice(occurrences(lowered, word), MAX_OCCURRENCES)
        hits += (Hit(start, start + len(word), query_word, weight) for start in starts)
    return sorted(hits, key=lambda hit: hit.start)[:MAX_OCCURRENCES]


def occurrences(text: str, word: str) -> Iterator[int]:
    """Positions of the word as a whole word. For few words ten times as fast as a regular expression over the text."""
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        if not (WORD_CHARACTER.match(text[start - 1 : start]) or WORD_CHARACTER.match(text, end)):
            yield start
        start = text.find(word, end)


def is_bigram(text: str, first: Hit, second: Hit, query: Query) -> bool:
    return (first.word, second.word) in query.bigrams and not WORD.search(text, first.end, second.start)


def highlight(text: str, query: Query) -> SafeString:
    return mark_hits(text, find_hits(text, query), 0, len(text))


def snippet(texts: list[str], query: Query) -> SafeString:
    """The passage with the most words of the query; of equally good ones that of the earlier text."""
    best: tuple[float, str, list[Hit], int, int] = (-2, "", [], 0, 0)
    for text in filter(None, texts):
        hits = find_hits(text, query)
        start, end, weight = best_passage(text, hits)
        best = max(best, (weight, text, hits, start, end), key=itemgetter(0))
        if weight >= len(set(query.folded)):  # all words: no need to scan the longer texts
            break
    _weight, text, hits, start, end = best
    passage = mark_hits(text, hits, start, end)
    return mark_safe(("… " if start else "") + passage + (" …" if end < len(text) else ""))  # noqa: S308 - is escaped


def best_passage(text: str, hits: list[Hit]) -> tuple[int, int, float]:
    """Start, end and weight of the passage of SNIPPET_LENGTH whose different words weigh most."""
    best_start, best_weight = 0, -1.0
    for index, hit in enumerate(hits):
        weights: dict[str, float] = {}
        for other in hits[index:]:
            if other.end > hit.start + SNIPPET_LENGTH - LENGTH_BEFORE_HIT:
                break
            weights[other.word] = max(weights.get(other.word, 0), other.weight)
        if sum(weights.values()) > best_weight:
            best_start, best_weight = hit.start, sum(weights.values())
    start = next_word_boundary(text, best_start - LENGTH_BEFORE_HIT) if best_start > MAX_OPENING_LENGTH else 0
    return start, next_word_boundary(text, min(start + SNIPPET_LENGTH, len(text))), best_weight


def next_word_boundary(text: str, position: int) -> int:
    while 0 < position < len(text) and not text[position - 1].isspace():
        position += 1
    return position


def mark_hits(text: str, hits: list[Hit], start: int, end: int) -> SafeString:
    parts = []
    for hit_start, hit_end in merged_spans(text, [hit for hit in hits if start <= hit.start and hit.end <= end]):
        parts.append(f"{escape(text[start:hit_start])}<mark>{escape(text[hit_start:hit_end])}</mark>")
        start = hit_end
    return mark_safe("".join(parts) + escape(text[start:end]))  # noqa: S308 - every part is escaped


def merged_spans(text: str, hits: list[Hit]) -> list[tuple[int, int]]:
    """Start and end of the hits; hits with a single space between them become one."""
    spans: list[tuple[int, int]] = []
    for hit in hits:
        if spans and text[spans[-1][1] : hit.start] == " ":
            spans[-1] = (spans[-1][0], hit.end)
        else:
            spans.append((hit.start, hit.end))
    return spans
