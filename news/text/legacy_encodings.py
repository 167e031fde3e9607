"""Vietnamese written before Unicode, as its letters arrive today: TCVN3 (“Céng hoµ”, fonts .VnTime, .VnArial …) and VNI
(“Coäng hoøa”, fonts VNI-Times …). Those fonts drew Vietnamese letters in the places of Western ones; what is copied out
of a document, without its font, is the Western ones.

Which encoding a line is in is told by its words: whether they are Vietnamese syllables as they stand, or only after
conversion. A line in doubt is left as it is, unless the lines around it are clear."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import chain
from typing import NamedTuple

from .html import BLOCK_EDGE
from .syllables import is_syllable

# ---------------------------------------------------------------- the two tables

# TCVN 5712:1993, third set (VN3), the one that the fonts .Vn… follow. It has no capitals with a tone: a capital font
# draws the small letters as capitals.
TCVN3_LETTERS = dict(
    zip(
        "¡¢£¤¥¦§" "¨©ª«¬\xad®" "µ¶·¸¹" "»¼½¾Æ" "ÇÈÉÊË" "ÌÎÏÐÑ" "ÒÓÔÕÖ" "×ØÜÝÞ" "ßáâãä" "åæçèé" "êëìíî" "ïñòóô" "õö÷øù" "úûüýþ",  # noqa: RUF001
        "ĂÂÊÔƠƯĐ" "ăâêôơưđ" "àảãáạ" "ằẳẵắặ" "ầẩẫấậ" "èẻẽéẹ" "ềểễếệ" "ìỉĩíị" "òỏõóọ" "ồổỗốộ" "ờởỡớợ" "ùủũúụ" "ừửữứự" "ỳỷỹýỵ",
        strict=True,
    )
)  # fmt: skip

# VNI-Windows: a letter, then a second character for what stands above or below it; ơ, ư, đ and i with its tones are one.
GRAVE, ACUTE, HOOK, TILDE, DOT, CIRCUMFLEX, BREVE = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323", "\u0302", "\u0306"
VNI_TONES = {"ø": GRAVE, "ù": ACUTE, "û": HOOK, "õ": TILDE, "ï": DOT}
VNI_CIRCUMFLEXES = {"â": "", "à": GRAVE, "á": ACUTE, "å": HOOK, "ã": TILDE, "ä": DOT}
VNI_BREVES = {"ê": "", "è": GRAVE, "é": ACUTE, "ú": HOOK, "ü": TILDE, "ë": DOT}
VNI_SINGLES = {"ô": "ơ", "ö": "ư", "ñ": "đ", "ì": "ì", "í": "í", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def compose(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def vni_pairs() -> Iterator[tuple[str, str]]:
    for letter in "aeouyôö":
        for mark, tone in VNI_TONES.items():
            yield letter + mark, compose(VNI_SINGLES.get(letter, letter) + tone)
    for letter in "aeo":
        for mark, tone in VNI_CIRCUMFLEXES.items():
            yield letter + mark, compose(letter + CIRCUMFLEX + tone)
    for mark, tone in VNI_BREVES.items():
        yield "a" + mark, compose("a" + BREVE + tone)


def in_capitals(table: dict[str, str]) -> dict[str, str]:
    """With the capitals, whose mark may have been typed as the small letter's."""
    mixed = {written[0].upper() + written[1:]: letter.upper() for written, letter in table.items()}
    return table | mixed | {written.upper(): letter.upper() for written, letter in table.items()}


VNI_LETTERS = in_capitals(dict(vni_pairs()) | VNI_SINGLES)


class Encoding(NamedTuple):
    letters: dict[str, str]  # what is written → the letter meant
    written: re.Pattern[str]  # one letter of it
    word: re.Pattern[str]  # anything that may be a word in it
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
LEGACY = re.compile(
    "[" + "".join(sorted({char for char in chain(*TCVN3_LETTERS, *VNI_LETTERS) if not char.isascii()})) + "]"
)

# ---------------------------------------------------------------- what a line is written in

ENOUGH = 3  # different words that only conversion turns into syllables
FEWEST = 2  # of them, where the line has nothing that says otherwise: “QuyÕt ®Þnh”


class Evidence(NamedTuple):
    """How the words of a line read in one encoding."""

    gained: frozenset[str]  # syllables only after conversion
    is_unmistakable: bool  # by at least one of these
    either: int  # syllables both ways
    lost: int  # Vietnamese as they stand, with marks that Unicode alone has or that conversion would spoil
    neither: int  # not Vietnamese, converted or not
    plain: int  # without marks, syllables
    foreign: int  # without marks, no syllables

    @property
    def is_clear(self) -> bool:
        gained = len(self.gained)
        if not self.is_unmistakable:  # Norwegian “Nå må du gå på do”, French “où”
            return False
        if gained >= ENOUGH:
            return (
                gained >= 3 * self.lost
                and gained >= 2 * self.neither
                and self.foreign <= gained + self.either + self.plain
            )
        return gained >= FEWEST and not (self.lost or self.neither or self.foreign)

    @property
    def is_possible(self) -> bool:
        return self.lost == 0 and self.neither == 0 and bool(self.gained or self.either)


def evidence(line: str, encoding: Encoding) -> Evidence:
    gained = set()
    is_unmistakable = False
    either = lost = neither = plain = foreign = 0
    for word in encoding.word.findall(with_horns(line) if encoding is TCVN3 else line):
        if word.isascii():
            if len(word) > 1 and not word.isupper():  # capitals are an abbreviation more often than not
                plain, foreign = (plain + 1, foreign) if is_syllable(word) else (plain, foreign + 1)
            continue
        if len(word) == 1 and not word.isalpha():  # a sign: ± or a bullet
            continue
        decoded = encoding.decode(word)
        reads = encoding.can_hold(word) and is_syllable(with_lost_horn(decoded) if encoding is TCVN3 else decoded)
        read_before = is_syllable(word)
        if reads and read_before:
            either += 1
        elif reads:
            gained.add(decoded.lower())
            is_unmistakable = is_unmistakable or encoding.unmistakable.search(word) is not None
        elif read_before:
            lost += 1
        elif has_small_letters(word):  # “H§ND” and the like are no syllables in any encoding
            neither += 1
    return Evidence(frozenset(gained), is_unmistakable, either, lost, neither, plain, foreign)


def has_small_letters(text: str) -> bool:
    """Of ASCII, which mean themselves in every encoding."""
    return any(char.isascii() and char.islower() for char in text)


def capitals_of(word: str) -> int:
    return 0 if has_small_letters(word) else sum(char.isascii() for char in word)


def encodings_of(lines: list[str]) -> list[Encoding | None]:
    """What each line is written in; None for Unicode and for what has no Vietnamese letter at all."""
    decided: list[Encoding | None] = []
    is_clear: list[bool] = []  # also of a line that is clearly Unicode
    possible: list[list[Encoding]] = []
    for line in lines:
        found = [(evidence(line, encoding), encoding) for encoding in ENCODINGS] if LEGACY.search(line) else []
        clear = max((pair for pair in found if pair[0].is_clear), key=lambda pair: len(pair[0].gained), default=None)
        decided.append(clear[1] if clear else None)
        is_clear.append(clear is not None or (found != [] and all(seen.lost for seen, _encoding in found)))
        possible.append([encoding for seen, encoding in found if seen.is_possible])
    before = nearest_clear(decided, is_clear)
    after = reversed(list(nearest_clear(decided[::-1], is_clear[::-1])))
    return [
        own if clear else agreed(above, below, choices)
        for own, clear, above, below, choices in zip(decided, is_clear, before, after, possible, strict=True)
    ]


def nearest_clear(decided: Iterable[Encoding | None], is_clear: Iterable[bool]) -> Iterator[list[Encoding | None]]:
    """For each line what the nearest clear line before it is in, as a list of none or one."""
    nearest: list[Encoding | None] = []
    for encoding, clear in zip(decided, is_clear, strict=True):
        yield nearest
        if clear:
            nearest = [encoding]


def agreed(above: list[Encoding | None], below: list[Encoding | None], choices: list[Encoding]) -> Encoding | None:
    around = above + below
    return around[0] if around and around[0] in choices and all(encoding is around[0] for encoding in around) else None


# ---------------------------------------------------------------- conversion

# A PDF without a table of its letters gives TCVN3's ư, which has the place of the soft hyphen, as a hyphen: “n-íc”, “th- ký”.
HORNED = "\xad"
LETTER = TCVN3.word.pattern.removesuffix("+")
HYPHENATED = re.compile(rf"(?<!{LETTER})(?<!\d)({LETTER}*)-({LETTER}*)")
CONSONANTS = re.compile(r"[bcdghklmnprstvx§®]+", re.IGNORECASE)


def with_horns(line: str) -> str:
    """TCVN3 with the hyphens that make a syllable when read as ư so written."""

    def horned(match: re.Match[str]) -> str:
        left, right = match.groups()
        if right and is_syllable(TCVN3.decode(left + HORNED + right)):
            return left + HORNED + right
        is_begun = CONSONANTS.fullmatch(left) and is_syllable(TCVN3.decode(left + HORNED))
        if not is_begun or (len(left) == 1 and (match.start() == 0 or left.isupper())):  # “b- ” numbers a paragraph
            return match[0]
        if not right:
            return left + HORNED
        return f"{left}{HORNED} {right}" if is_syllable(TCVN3.decode(right)) else match[0]  # a line joined to the next

    return HYPHENATED.sub(horned, line)


# Programs that hide soft hyphens lose the letter, and “nước” comes as “níc”. It is missed where what is left is no syllable.
BEFORE_O = re.compile("[ơờởỡớợ]", re.IGNORECASE)
# What is left of these is no word, or a rare one: đầu tư, thư ký, như, dưới …
FREQUENT = {"t": "tư", "th": "thư", "nh": "như", "nhng": "nhưng", "lu": "lưu", "ngời": "người", "dới": "dưới", "lới": "lưới",
            "cới": "cưới", "mợn": "mượn", "cớp": "cướp"}  # fmt: skip


def with_lost_horn(word: str) -> str:
    """A word decoded from TCVN3, with the ư that it lacks."""
    mended = BEFORE_O.sub(lambda match: ("ư" if match[0].islower() else "Ư") + match[0], word, count=1)
    return mended if not is_syllable(word) and is_syllable(mended) else word


def mended_word(word: str) -> str:
    if word.isupper() and not is_syllable(word):  # an abbreviation: TH
        return word
    frequent = FREQUENT.get(word.lower(), "")
    return (frequent.capitalize() if word[0].isupper() else frequent) or with_lost_horn(word)


def has_lost_horns(lines: list[str], encodings: list[Encoding | None]) -> bool:
    """No ư at all: it cannot be that none was written."""
    return not any(
        encoding is TCVN3 and HORNED in with_horns(line) for line, encoding in zip(lines, encodings, strict=True)
    )


def converted_line(line: str, encoding: Encoding, mend: bool) -> str:
    mend = mend and encoding is TCVN3
    is_all_capital = not has_small_letters(line) and any(
        capitals_of(word) > 1 for word in encoding.word.findall(line) if not word.isascii()
    )

    def converted_word(match: re.Match[str]) -> str:
        word = match[0]
        if (
            len(word) == 1 and not word.isalpha()
        ):  # ô as in “ô tô”, đ after a sum of money; others are bullets and signs
            is_letter = word == "«" or (word == "®" and match.string[max(match.start() - 1, 0)].isdigit())
            return encoding.decode(word) if is_letter else word
        decoded = mended_word(encoding.decode(word)) if mend else encoding.decode(word)
        if not encoding.can_hold(word) or (
            is_syllable(word) and not is_syllable(decoded)
        ):  # in Unicode amid the others
            return word
        is_capital = encoding is TCVN3 and capitals_of(word) > (0 if is_all_capital else 1)  # in a capital font
        return decoded.upper() if is_capital else decoded

    return encoding.word.sub(converted_word, with_horns(line) if encoding is TCVN3 else line)


def to_unicode(text: str) -> str:
    """The text, in NFC, with every line that is surely TCVN3 or VNI in Unicode. Everything else stays as it is."""
    if not LEGACY.search(text):
        return text
    lines = text.split("\n")
    encodings = encodings_of(lines)
    mend = has_lost_horns(lines, encodings)
    return "\n".join(
        converted_line(line, encoding, mend) if encoding else line
        for line, encoding in zip(lines, encodings, strict=True)
    )


def html_to_unicode(html: str) -> str:
    """`to_unicode` of the words of cleaned HTML, block by block; its tags and their attributes stay."""
    if not LEGACY.search(html):
        return html
    blocks = list(blocks_of(html))
    lines = ["".join(unescape(piece) for piece in block if not piece.startswith("<")) for block in blocks]
    encodings = encodings_of(lines)
    mend = has_lost_horns(lines, encodings)
    return "".join(
        piece if encoding is None or piece.startswith("<") else converted_line(piece, encoding, mend)
        for block, encoding in zip(blocks, encodings, strict=True)
        for piece in block
    )


TAGS = re.compile(r"(<[^<>]*>)")


def blocks_of(html: str) -> Iterator[list[str]]:
    """The pieces of each block, tags and the text between them; cleaned HTML has no “<” but in tags."""
    block: list[str] = []
    for piece in TAGS.split(html):
        if BLOCK_EDGE.match(piece):
            yield block
            block = []
        block.append(piece)
    yield block
