"""Words of Vietnamese text as the search index knows them. Plain functions, no database.

A Vietnamese word is mostly two syllables, and each syllable by itself is everywhere: "giáo" and "viên" stand in half of
all articles, "giáo viên" in few. So the index holds, besides each syllable, each neighbouring pair of them; a phrase, a
number of a document such as 42/2022 and an ordinary word are then one quick look-up each."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Generic, NamedTuple, Protocol, TypeVar

from ..text.cleaning import clean_text
from ..text.folding import fold
from ..text.tones import OLDER_PLACEMENT, toned

T = TypeVar("T")

WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")  # NFC leaves marks by themselves that were typed in an odd order
SIGNS = ".,;:!?()/–-…“”\"'%"  # what stands at most words' ends
LONGEST_WORD = 60  # characters; longer ones are keys and addresses, looked up by nobody
MAX_WORDS = 60_000  # of one article with its attachments: a report of 150 pages. What comes later is not indexed.
BEGINNING = "*"  # behind the first letters of a word; no word contains it

NEWER_PLACEMENT = re.compile(f"(?:{'|'.join(OLDER_PLACEMENT)})$")
# Two ways of writing one vowel: "kĩ sư" and "kỹ sư", "công ti" and "công ty".
FINAL_I = re.compile(f"^(h|k|l|m|s|t|qu)([i{toned('i')}])$")
I_TO_Y = str.maketrans("i" + toned("i"), "y" + toned("y"))


def words_of(text: str) -> list[str]:
    """Syllables and numbers in lower case and NFC, in order."""
    return words_of_clean(clean_text(text))


def words_of_clean(text: str) -> list[str]:
    """The same of a text that went through `clean_text` before."""
    text = text.lower()
    for sign in SIGNS:  # a third of what WORD.findall takes
        text = text.replace(sign, " ")
    words = text.split()
    if "".join(words).isalnum():
        return words
    return [word for some in words for word in ((some,) if some.isalnum() else WORD.findall(some))]


class Remembered(dict[str, T]):
    """What words become: the language has some ten thousand syllables, the rest is names and numbers. Takes half the time
    of `lru_cache`, which counts when a million articles are indexed."""

    MOST = 100_000

    def __init__(self, make: Callable[[str], T]) -> None:
        self.make = make

    def __missing__(self, word: str) -> T:
        if len(self) >= self.MOST:
            self.clear()
        self[word] = made = self.make(word)
        return made


def _exact(word: str) -> str:
    word = FINAL_I.sub(lambda match: match[1] + match[2].translate(I_TO_Y), word)
    return NEWER_PLACEMENT.sub(lambda match: OLDER_PLACEMENT[match[0]], word)


# One spelling for all ways of writing the same syllable with its marks, and the same without marks: what people type on
# a bare keyboard.
exact = Remembered(_exact).__getitem__
bare = Remembered(lambda word: fold(exact(word))).__getitem__


class Term(NamedTuple):
    """One look-up: a word, or two words side by side, anywhere or in a title. Labels such as "c:12" (the category)
    are words too: no word of a text contains a colon."""

    word: str
    second: str = ""
    in_title: bool = False


class Spelling(Protocol, Generic[T]):
    """How a database writes terms down: SQLite as text, PostgreSQL as numbers."""

    def word(self, word: str) -> T: ...
    def pairs(self, words: list[str]) -> Iterable[T]: ...  # each word with the next
    def titled(self, token: T) -> T: ...


def token_of(term: Term, spelling: Spelling[T]) -> T:
    token = next(iter(spelling.pairs([term.word, term.second]))) if term.second else spelling.word(term.word)
    return spelling.titled(token) if term.in_title else token


def text_tokens(text: str, spelling: Spelling[T]) -> set[T]:
    """Of a clean text: syllables without marks, pairs of them, and syllables with their marks."""
    words = [word[:LONGEST_WORD] for word in words_of_clean(text)[:MAX_WORDS]]
    plain = list(map(bare, words))
    return {*map(spelling.word, {*plain, *map(exact, words)}), *spelling.pairs(plain)}


def title_tokens(title: str, spelling: Spelling[T]) -> set[T]:
    """The same of a title, once more as words of a title, and what these begin with, for those who have not finished typing."""
    tokens = text_tokens(title, spelling)
    begun = (spelling.word(start) for word in words_of_clean(title) for start in beginnings_of(bare(word)))
    return tokens | {spelling.titled(token) for token in chain(tokens, begun)}


def beginnings_of(word: str) -> Iterator[str]:
    """ "tin" → "t*", "ti*"."""
    return (word[:length] + BEGINNING for length in range(1, len(word)))
