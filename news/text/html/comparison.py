"""Whether two texts are the same to a reader. An editor writes what it was given in a spelling of its own."""

import re

from .allowed import BLOCK_TAGS
from .sanitizer import harmless

EDGE = rf"</?(?:{'|'.join(sorted([*BLOCK_TAGS, 'hr']))})\b[^<>]*>"
SPACES = re.compile(r"\s+")
BESIDE_BLOCKS = re.compile(rf"\s*(?:<br>\s*)?({EDGE})\s*")  # the last line break of a block is not seen
ONLY_A_SPACE = re.compile(rf"({EDGE})&nbsp;(?=</)")  # with which an editor keeps an empty cell open
BESIDE_BREAKS = re.compile(r"\s*<br>\s*")
VOID_TAG = re.compile(r"<(?:hr|col)[ >]")
START_TAG = re.compile(r'<(\w+)((?: [\w-]+="[^"]*")+)>')
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')


def is_same_text(html: str, other: str) -> bool:
    return html == other or canonical(html) == canonical(other)


def canonical(html: str) -> str:
    """Cleaned, without the white space beside blocks, with attributes and classes in alphabetical order."""
    text = BESIDE_BLOCKS.sub(r"\1", SPACES.sub(" ", f"<div>{harmless(html)}</div>"))
    text = BESIDE_BREAKS.sub("<br>", text.removeprefix("<div>").removesuffix("</div>"))
    text = ONLY_A_SPACE.sub(r"\1", text)
    return paragraphs_around_loose_words(START_TAG.sub(in_order, text))


def in_order(tag: re.Match[str]) -> str:
    attributes = sorted(ATTRIBUTE.findall(tag[2]))
    return " ".join([f"<{tag[1]}", *(f'{name}="{in_order_of_words(name, value)}"' for name, value in attributes)]) + ">"


def in_order_of_words(name: str, value: str) -> str:
    return " ".join(sorted(value.split())) if name == "class" else value


def paragraphs_around_loose_words(html: str) -> str:
    """Words between the outermost blocks, which an editor puts into paragraphs."""
    pieces = re.split(f"({EDGE})", html)
    depth, written = 0, []
    for place, piece in enumerate(pieces):
        if place % 2:
            depth += -1 if piece.startswith("</") else not VOID_TAG.match(piece)
            written.append(piece)
        elif piece:
            written.append(f"<p>{piece}</p>" if depth == 0 else piece)
    return "".join(written)
