"""Vietnamese text without its marks, and in alphabetical order."""

import re
import unicodedata

from .cleaning import clean_line, without_joiners
from .tones import split_tone

NOT_SLUG = re.compile(r"[^a-z0-9]+")
# NFD does not decompose these letters.
D_WITH_STROKE = str.maketrans({"đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ɖ": "d", "Ɖ": "D"})

MAX_SLUG_LENGTH = 120
ADDRESSABLE = re.compile(r"[-a-z0-9_]+")

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"


def fold(text: str) -> str:
    """Lower case without marks, as people type without a Vietnamese input method: "Đại hội" → "dai hoi"."""
    decomposed = unicodedata.normalize("NFD", text.translate(D_WITH_STROKE).lower())
    return clean_line(without_joiners("".join(char for char in decomposed if not unicodedata.combining(char))))


def slugify(text: str, max_length: int = MAX_SLUG_LENGTH) -> str:
    """ "Đường đến đại hội" → "duong-den-dai-hoi", cut after a whole word. Text without letters gives "tin"."""
    slug = NOT_SLUG.sub("-", fold(text)).strip("-")
    if len(slug) > max_length:
        slug = slug[: max_length + 1].rpartition("-")[0] or slug[:max_length]
    return slug or "tin"


def is_addressable(slug: str) -> bool:
    return ADDRESSABLE.fullmatch(slug) is not None


def addressable(slug: str, max_length: int) -> str:
    """The slug as an address shows it: "Ha-Tinh" → "ha-tinh", "Hà Tĩnh" → "ha-tinh"; "" stays ""."""
    lower = slug.strip().lower()[:max_length]
    return lower if not slug or is_addressable(lower) else slugify(slug, max_length)


def sort_key(text: str) -> tuple[tuple[int, ...], tuple[int, ...], str]:
    letters: list[int] = []
    tones: list[int] = []
    for char in unicodedata.normalize("NFC", text.lower()):
        base, tone = split_tone(char)
        position = ALPHABET.find(base)
        letters.append(
            1000 + position if position >= 0 else min(ord(base), 999) if ord(base) < 1000 else ord(base) + 2000
        )
        tones.append(tone)
    return tuple(letters), tuple(tones), text
