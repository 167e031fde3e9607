"""In which encoding a line is.

What tells is whether its words are Vietnamese syllables as they stand, or only after conversion. A line in doubt is
left as it is, unless the lines around it are clear.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..syllables import is_syllable
from .soft_hyphens import restore_hyphens, restore_u_before_o
from .tables import ENCODINGS, LEGACY, TCVN3, Encoding

MIN_GAINED = 3  # different words that only conversion turns into syllables
MIN_GAINED_WITHOUT_DOUBT = 2  # of them, where nothing in the line says otherwise: "QuyÕt ®Þnh"


class Evidence(NamedTuple):
    """How the words of a line read in one encoding."""

    gained: frozenset[str]  # syllables only after conversion
    is_unmistakable: bool  # at least one of these holds what no other language has
    either: int  # syllables both before and after conversion
    lost: int  # syllables with marks that Unicode alone has or that conversion would spoil
    neither: int  # no syllables, converted or not
    plain: int  # without marks, syllables
    foreign: int  # without marks, no syllables

    @property
    def is_clear(self) -> bool:
        gained = len(self.gained)
        if not self.is_unmistakable:  # Norwegian "Nå må du gå på do", French "où"
            return False
        if gained >= MIN_GAINED:
            return (
                gained >= 3 * self.lost
                and gained >= 2 * self.neither
                and self.foreign <= gained + self.either + self.plain
            )
        return gained >= MIN_GAINED_WITHOUT_DOUBT and not (self.lost or self.neither or self.foreign)

    @property
    def is_possible(self) -> bool:
        return self.lost == 0 and self.neither == 0 and bool(self.gained or self.either)


def evidence_of(line: str, encoding: Encoding) -> Evidence:
    gained = set()
    is_unmistakable = False
    either = lost = neither = plain = foreign = 0
    for word in encoding.word.findall(restore_hyphens(line) if encoding is TCVN3 else line):
        if word.isascii():
            if len(word) > 1 and not word.isupper():  # capitals are an abbreviation more often than not
                plain, foreign = (plain + 1, foreign) if is_syllable(word) else (plain, foreign + 1)
            continue
        if len(word) == 1 and not word.isalpha():  # a sign: ± or a bullet
            continue
        decoded = encoding.decode(word)
        reads = encoding.can_hold(word) and is_syllable(restore_u_before_o(decoded) if encoding is TCVN3 else decoded)
        read_before = is_syllable(word)
        if reads and read_before:
            either += 1
        elif reads:
            gained.add(decoded.lower())
            is_unmistakable = is_unmistakable or encoding.unmistakable.search(word) is not None
        elif read_before:
            lost += 1
        elif has_small_letters(word):  # "H§ND" and the like are no syllables in any encoding
            neither += 1
    return Evidence(frozenset(gained), is_unmistakable, either, lost, neither, plain, foreign)


def has_small_letters(text: str) -> bool:
    """Of ASCII, which are the same in every encoding."""
    return any(char.isascii() and char.islower() for char in text)


def encodings_of(lines: list[str]) -> list[Encoding | None]:
    """The encoding of each line; None for Unicode and for what has no Vietnamese letter at all."""
    decided: list[Encoding | None] = []
    is_clear: list[bool] = []  # also of a line that is clearly Unicode
    possible: list[list[Encoding]] = []
    for line in lines:
        found = [(evidence_of(line, encoding), encoding) for encoding in ENCODINGS] if LEGACY.search(line) else []
        clear = max((pair for pair in found if pair[0].is_clear), key=lambda pair: len(pair[0].gained), default=None)
        decided.append(clear[1] if clear else None)
        is_clear.append(clear is not None or (found != [] and all(evidence.lost for evidence, _encoding in found)))
        possible.append([encoding for evidence, encoding in found if evidence.is_possible])
    before = nearest_clear(decided, is_clear)
    after = reversed(list(nearest_clear(decided[::-1], is_clear[::-1])))
    return [
        own if clear else encoding_around(above, below, choices)
        for own, clear, above, below, choices in zip(decided, is_clear, before, after, possible, strict=True)
    ]


def nearest_clear(decided: Iterable[Encoding | None], is_clear: Iterable[bool]) -> Iterator[list[Encoding | None]]:
    """For each line the encoding of the nearest clear line before it, as a list of none or one."""
    nearest: list[Encoding | None] = []
    for encoding, clear in zip(decided, is_clear, strict=True):
        yield nearest
        if clear:
            nearest = [encoding]


def encoding_around(
    above: list[Encoding | None], below: list[Encoding | None], choices: list[Encoding]
) -> Encoding | None:
    """What the clear lines above and below agree on, if it is one of `choices`."""
    around = above + below
    return around[0] if around and around[0] in choices and all(encoding is around[0] for encoding in around) else None
