"""What is read out of HTML: its words and the addresses of its pictures."""

import re

from selectolax.lexbor import LexborHTMLParser

from .images import images_of

BLOCK_EDGE = re.compile(
    r"</?(?:p|div|h[1-6]|[uod]l|li|d[td]|t[rhd]|t(?:able|head|body|foot)|caption|br|hr|blockquote|fig(?:ure|caption))\b",
    re.IGNORECASE,
)


def to_text(html: str) -> str:
    root = LexborHTMLParser(BLOCK_EDGE.sub(r" \g<0>", html)).body
    return " ".join(root.text().split()) if root else ""


def image_sources(html: str) -> list[str]:
    """The `src` of every picture in cleaned HTML, in order, percent-decoded."""
    return [image.src for image in images_of(html)]
