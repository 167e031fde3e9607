"""What is read out of HTML: its words and the addresses of its pictures."""

import re

from selectolax.lexbor import LexborHTMLParser

from .images import images_of
from .markup import EDGES

BLOCK_EDGE = re.compile(rf"</?(?:{'|'.join(sorted(EDGES))})(?![^\s/>])", re.IGNORECASE)


def to_text(html: str) -> str:
    root = LexborHTMLParser(BLOCK_EDGE.sub(r" \g<0>", html)).body
    return " ".join(root.text().split()) if root else ""


def image_sources(html: str) -> list[str]:
    """The `src` of every picture in cleaned HTML, in order, percent-decoded."""
    return [image.src for image in images_of(html)]
