"""Text analysis: words of a text, terms of a query, tokens of the index. Plain functions, no database.

Most Vietnamese words have two syllables, and a single syllable selects little: "giáo" and "viên" are each in half of
all articles, "giáo viên" in few. The index therefore holds bigrams of adjacent syllables beside the syllables, so that
a phrase, a document number such as 42/2022 and an ordinary word are one quick look-up each."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Generic, NamedTuple, Protocol, TypeVar

from ..text.cleaning import clean_text, without_joiners
from ..text.folding import fold
from ..text.tones import OLDER_PLACEMENT, toned

T = TypeVar("T")

# A combining mark remains after NFC where diacritics were typed in an unusual order.
WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")
PUNCTUATION = ".,;:!?()/–-…“”\"'%"  # the most frequent, replaced before the slower regular expression
MAX_WORD_LENGTH = 60  # characters; longer ones are keys and addresses, which nobody types
MAX_WORDS = 60_000  # indexed of one article with its attachments: a report of 150 pages
PREFIX_MARK = "*"  # ends the token of a word's prefix; no word contains it

# Two placements of the tone mark: "hoà" and "hòa", "khoẻ" and "khỏe", "thuý" and "thúy".
NEW_PLACEMENT = re.compile(f"(?:{'|'.join(OLDER_PLACEMENT)})$")
# Two spellings of one final vowel: "kĩ sư" and "kỹ sư", "công ti" and "công ty".
FINAL_I = re.compile(f"^(h|k|l|m|s|t|qu)([i{toned('i')}])$")
I_TO_Y = str.maketrans("i" + toned("i"), "y" + toned("y"))


def split_words(text: str) -> list[str]:
    """Syllables and numbers in lower case and NFC, in order."""
    return split_clean_words(clean_text(text))


def split_clean_words(text: str) -> list[str]:
    text = without_joiners(text).lower()
    for character in PUNCTUATION:  # takes a third of the time of WORD.findall on the whole text
        text = text.replace(character, " ")
    chunks = text.split()
    if "".join(chunks).isalnum():
        return chunks
    return [word for chunk in chunks for word in ((chunk,) if chunk.isalnum() else WORD.findall(chunk))]


class Memo(dict[str, T]):
    """Results of a function of one word. Vietnamese has some ten thousand syllables, so most words are found here.
    Takes half the time of `lru_cache`, which matters when a million articles are indexed."""

    MAX_SIZE = 100_000

    def __init__(self, function: Callable[[str], T]) -> None:
        self.function = function

    def __missing__(self, word: str) -> T:
        if len(self) >= self.MAX_SIZE:
            self.clear()
        self[word] = result = self.function(word)
        return result


def _normalize(word: str) -> str:
    word = FINAL_I.sub(lambda match: match[1] + match[2].translate(I_TO_Y), word)
    return NEW_PLACEMENT.sub(lambda match: OLDER_PLACEMENT[match[0]], word)


# One spelling for all ways of writing the same syllable, with its diacritics; and the same without diacritics.
normalize = Memo(_normalize).__getitem__
fold_word = Memo(lambda word: fold(normalize(word))).__getitem__


class Term(NamedTuple):
    """What one look-up asks for: a word, or a bigram when `next_word` is given. Filter labels such as "c:12" (see
    scope.py) are words too; no word of a text contains a colon."""

    word: str
    next_word: str = ""
    in_title: bool = False


class TermEncoder(Protocol, Generic[T]):
    """Turns terms into the tokens that a database stores: strings in SQLite, 64-bit integers in PostgreSQL."""

    def word(self, word: str) -> T: ...
    def bigrams(self, words: list[str]) -> Iterable[T]: ...  # of each word with the next one
    def in_title(self, token: T) -> T: ...


def encode(term: Term, encoder: TermEncoder[T]) -> T:
    word, next_word, in_title = term
    token = next(iter(encoder.bigrams([word, next_word]))) if next_word else encoder.word(word)
    return encoder.in_title(token) if in_title else token


def text_tokens(text: str, encoder: TermEncoder[T]) -> set[T]:
    """Tokens of a clean text: its words with and without diacritics, and bigrams without diacritics."""
    words = [word[:MAX_WORD_LENGTH] for word in split_clean_words(text)[:MAX_WORDS]]
    folded = list(map(fold_word, words))
    return {*map(encoder.word, {*folded, *map(normalize, words)}), *encoder.bigrams(folded)}


def title_tokens(title: str, encoder: TermEncoder[T]) -> set[T]:
    """`text_tokens` of a title, the same tokens for the title only, and there the prefixes of its words as well."""
    tokens = text_tokens(title, encoder)
    prefixes = (encoder.word(prefix) for word in split_clean_words(title) for prefix in edge_ngrams(fold_word(word)))
    return tokens | {encoder.in_title(token) for token in chain(tokens, prefixes)}


def edge_ngrams(word: str) -> Iterator[str]:
    """ "tin" → "t*", "ti*"."""
    return (word[:length] + PREFIX_MARK for length in range(1, len(word)))
