"""The tones of Vietnamese, the marks that write them, and the two places where a mark may stand."""

import unicodedata
from enum import IntEnum


class Tone(IntEnum):
    """In the order of Vietnamese dictionaries."""

    NGANG = 0  # has no mark
    HUYEN = 1
    HOI = 2
    NGA = 3
    SAC = 4
    NANG = 5


MARKS = {
    "\N{COMBINING GRAVE ACCENT}": Tone.HUYEN,
    "\N{COMBINING HOOK ABOVE}": Tone.HOI,
    "\N{COMBINING TILDE}": Tone.NGA,
    "\N{COMBINING ACUTE ACCENT}": Tone.SAC,
    "\N{COMBINING DOT BELOW}": Tone.NANG,
}


def split_tone(char: str) -> tuple[str, Tone]:
    """ "ế" → ("ê", Tone.SAC)"""
    tone = Tone.NGANG
    kept = ""
    for part in unicodedata.normalize("NFD", char):
        if part in MARKS:
            tone = MARKS[part]
        else:
            kept += part
    return unicodedata.normalize("NFC", kept)[:1] or char, tone


def toned(vowel: str) -> str:
    """The vowel with each of the five marks: "ê" → "ềểễếệ"."""
    return "".join(unicodedata.normalize("NFC", vowel + mark) for mark in MARKS)


# In these three rhymes the mark stands on either vowel: "hòa", "khỏe", "thúy" in the older spelling, "hoà", "khoẻ",
# "thuý" in the newer one. Unicode normalisation does not make them equal.
OLDER_PLACEMENT = {
    first + newer: older + second
    for first, second in ("oa", "oe", "uy")
    for older, newer in zip(toned(first), toned(second), strict=True)
}
