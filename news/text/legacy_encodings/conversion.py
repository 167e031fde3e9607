import re
from collections.abc import Iterator
from html import unescape

from ..html import BLOCK_EDGE
from ..syllables import is_syllable
from .detection import encodings_of, has_small_letters
from .soft_hyphens import are_hidden, restore_hyphens, restore_missing_u
from .tables import LEGACY, TCVN3, Encoding

TAG = re.compile(r"(<[^<>]*>)")


def to_unicode(text: str) -> str:
    """The text, in NFC, with every line that is surely TCVN3 or VNI in Unicode. Everything else stays as it is."""
    if not LEGACY.search(text):
        return text
    lines = text.split("\n")
    encodings = encodings_of(lines)
    lacks_u = is_without_u(lines, encodings)
    return "\n".join(
        converted_line(line, encoding, lacks_u) if encoding else line
        for line, encoding in zip(lines, encodings, strict=True)
    )


def html_to_unicode(html: str) -> str:
    if not LEGACY.search(html):
        return html
    blocks = list(blocks_of(html))
    lines = ["".join(unescape(piece) for piece in block if not piece.startswith("<")) for block in blocks]
    encodings = encodings_of(lines)
    lacks_u = is_without_u(lines, encodings)
    return "".join(
        piece if encoding is None or piece.startswith("<") else converted_line(piece, encoding, lacks_u)
        for block, encoding in zip(blocks, encodings, strict=True)
        for piece in block
    )


def blocks_of(html: str) -> Iterator[list[str]]:
    """The pieces of each block, tags and the text between them; in cleaned HTML every "<" begins a tag."""
    block: list[str] = []
    for piece in TAG.split(html):
        if BLOCK_EDGE.match(piece):
            yield block
            block = []
        block.append(piece)
    yield block


def is_without_u(lines: list[str], encodings: list[Encoding | None]) -> bool:
    return are_hidden(line for line, encoding in zip(lines, encodings, strict=True) if encoding is TCVN3)


def converted_line(line: str, encoding: Encoding, lacks_u: bool) -> str:
    """`lacks_u`: the whole text lost its ư if it is TCVN3."""
    lacks_u = lacks_u and encoding is TCVN3
    is_all_capital = not has_small_letters(line) and any(
        capitals_in(word) > 1 for word in encoding.word.findall(line) if not word.isascii()
    )

    def converted_word(match: re.Match[str]) -> str:
        word = match[0]
        if len(word) == 1 and not word.isalpha():
            # ô as in "ô tô" and đ after a sum of money are letters; the others are bullets and signs.
            is_letter = word == "«" or (word == "®" and match.string[max(match.start() - 1, 0)].isdigit())
            return encoding.decode(word) if is_letter else word
        decoded = restore_missing_u(encoding.decode(word)) if lacks_u else encoding.decode(word)
        is_unicode = is_syllable(word) and not is_syllable(decoded)
        if is_unicode or not encoding.can_hold(word):
            return word
        is_capital = encoding is TCVN3 and capitals_in(word) > (0 if is_all_capital else 1)  # in a capital font
        return decoded.upper() if is_capital else decoded

    return encoding.word.sub(converted_word, restore_hyphens(line) if encoding is TCVN3 else line)


def capitals_in(word: str) -> int:
    return 0 if has_small_letters(word) else sum(char.isascii() for char in word)
