"""TCVN3 writes ư in the place of the soft hyphen, which programs take for a hyphen or hide.

A PDF without a table of its letters gives a hyphen: "n-íc", "th- ký". Other programs give nothing, and "nước" comes as
"níc".
"""

import re
from collections.abc import Iterable

from ..syllables import is_syllable
from ..tones import toned
from .tables import TCVN3

SOFT_HYPHEN = "\xad"
LETTER = TCVN3.word.pattern.removesuffix("+")
HYPHENATED = re.compile(rf"(?<!{LETTER})(?<!\d)({LETTER}*)-({LETTER}*)")
CONSONANTS = re.compile(r"[bcdghklmnprstvx§®]+", re.IGNORECASE)

BEFORE_O = re.compile(f"[ơ{toned('ơ')}]", re.IGNORECASE)
# Without their ư these are no words, or rare ones.
FREQUENT = {
    "t": "tư",
    "th": "thư",
    "nh": "như",
    "nhng": "nhưng",
    "lu": "lưu",
    "ngời": "người",
    "dới": "dưới",
    "lới": "lưới",
    "cới": "cưới",
    "mợn": "mượn",
    "cớp": "cướp",
}


def restore_hyphens(line: str) -> str:
    """A line of TCVN3, in which hyphens that make a syllable when they are read as ư are soft ones again."""

    def restored(match: re.Match[str]) -> str:
        left, right = match.groups()
        if right and is_syllable(TCVN3.decode(left + SOFT_HYPHEN + right)):
            return left + SOFT_HYPHEN + right
        is_begun = CONSONANTS.fullmatch(left) and is_syllable(TCVN3.decode(left + SOFT_HYPHEN))
        if not is_begun or (len(left) == 1 and (match.start() == 0 or left.isupper())):  # "b- " numbers a paragraph
            return match[0]
        if not right:
            return left + SOFT_HYPHEN
        # Two words that stood at the end of a line and at the beginning of the next:
        return f"{left}{SOFT_HYPHEN} {right}" if is_syllable(TCVN3.decode(right)) else match[0]

    return HYPHENATED.sub(restored, line)


def are_hidden(lines: Iterable[str]) -> bool:
    """Whether these lines, all of TCVN3, have no ư at all: it cannot be that none was written."""
    return not any(SOFT_HYPHEN in restore_hyphens(line) for line in lines)


def restore_missing_u(word: str) -> str:
    """A word decoded from TCVN3, with the ư that it lacks; "" stands for none."""
    if word.isupper() and not is_syllable(word):  # an abbreviation: TH
        return word
    frequent = FREQUENT.get(word.lower(), "")
    return (frequent.capitalize() if word[0].isupper() else frequent) or restore_u_before_o(word)


def restore_u_before_o(word: str) -> str:
    restored = BEFORE_O.sub(lambda match: ("ư" if match[0].islower() else "Ư") + match[0], word, count=1)
    return restored if not is_syllable(word) and is_syllable(restored) else word
