"""The letters of TCVN3 and VNI."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from ..tones import MARKS, toned

# TCVN 5712:1993, third set (VN3), the one that the fonts .Vn… follow; tones in the order of `MARKS`. It has no capitals
# with a tone: a capital font draws the small letters as capitals.
TCVN3_UNTONED = {"¡¢£¤¥¦§": "ĂÂÊÔƠƯĐ", "¨©ª«¬\xad®": "ăâêôơưđ"}
TCVN3_TONED = {
    "µ¶·¸¹": "a",  # noqa: RUF001
    "»¼½¾Æ": "ă",
    "ÇÈÉÊË": "â",
    "ÌÎÏÐÑ": "e",
    "ÒÓÔÕÖ": "ê",
    "×ØÜÝÞ": "i",
    "ßáâãä": "o",
    "åæçèé": "ô",
    "êëìíî": "ơ",
    "ïñòóô": "u",
    "õö÷øù": "ư",
    "úûüýþ": "y",
}
TCVN3_LETTERS = {
    written: letter
    for row, letters in (TCVN3_UNTONED | {row: toned(vowel) for row, vowel in TCVN3_TONED.items()}).items()
    for written, letter in zip(row, letters, strict=True)
}

# VNI-Windows: a letter, then a second character for what stands above or below it. The letters ơ, ư, đ and i with its
# tones are one character.
CIRCUMFLEX, BREVE = "\N{COMBINING CIRCUMFLEX ACCENT}", "\N{COMBINING BREVE}"
VNI_TONES = dict(zip("øûõùï", MARKS, strict=True))
VNI_CIRCUMFLEXES = dict(zip("âàåãáä", ("", *MARKS), strict=True))  # alone, then with each tone
VNI_BREVES = dict(zip("êèúüéë", ("", *MARKS), strict=True))
VNI_SINGLES = {"ô": "ơ", "ö": "ư", "ñ": "đ", "ì": "ì", "í": "í", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def vni_pairs() -> Iterator[tuple[str, str]]:
    for letter in "aeouyôö":
        for mark, tone in VNI_TONES.items():
            yield letter + mark, VNI_SINGLES.get(letter, letter) + tone
    for letter in "aeo":
        for mark, tone in VNI_CIRCUMFLEXES.items():
            yield letter + mark, letter + CIRCUMFLEX + tone
    for mark, tone in VNI_BREVES.items():
        yield "a" + mark, "a" + BREVE + tone


def with_capitals(letters: dict[str, str]) -> dict[str, str]:
    """The second character of a capital may have been typed as the small letter's."""
    mixed = {written[0].upper() + written[1:]: letter.upper() for written, letter in letters.items()}
    return letters | mixed | {written.upper(): letter.upper() for written, letter in letters.items()}


VNI_LETTERS = with_capitals(
    {written: unicodedata.normalize("NFC", letter) for written, letter in vni_pairs()} | VNI_SINGLES
)


class Encoding(NamedTuple):
    letters: dict[str, str]  # what is written → the letter meant
    written: re.Pattern[str]  # one letter
    word: re.Pattern[str]  # anything that may be a word
    unmistakable: re.Pattern[str]  # what no other language has within a word

    def decode(self, text: str) -> str:
        return self.written.sub(lambda match: self.letters[match[0]], text)

    def can_hold(self, word: str) -> bool:
        return self.written.sub("", word).isascii()


def encoding(letters: dict[str, str], unmistakable: str) -> Encoding:
    longest_first = sorted(letters, key=len, reverse=True)
    characters = frozenset(char for written in letters for char in written if not char.isascii())
    signs = "".join(sorted(char for char in characters if not char.isalpha()))
    word = re.compile(rf"(?:[^\W\d_]|[{signs}])+" if signs else r"[^\W\d_]+")
    return Encoding(letters, re.compile("|".join(longest_first)), word, re.compile(unmistakable))


TCVN3 = encoding(TCVN3_LETTERS, "[a-zA-Z][¡-¿×÷]|[¡-¿][a-zA-Z]|[a-z][À-ÖØ-Þ]")
VNI = encoding(VNI_LETTERS, "[aeoAEO][âàáåãäÂÀÁÅÃÄ]|[ôöÔÖ][ùøûõïÙØÛÕÏ]|[aeouyAEOUY][øõØÕ]|[aA][êÊ]")
ENCODINGS = (TCVN3, VNI)
# Text without any of these characters is in neither encoding.
LEGACY = re.compile(
    "[" + "".join(sorted({char for char in chain(*TCVN3_LETTERS, *VNI_LETTERS) if not char.isascii()})) + "]"
)
