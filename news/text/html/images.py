"""The pictures in cleaned HTML.

The sanitiser writes one canonical spelling, in which each "<" begins a tag and each attribute stands in double quotes.
Only in such text regular expressions find elements reliably.
"""

import re
from collections.abc import Callable, Container, Iterator
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

from .sanitizer import clean_html

IMAGE = re.compile(r'<img((?:\s+[\w-]+="[^"]*")*)\s*/?>')
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')


class Image(NamedTuple):
    src: str  # percent-decoded
    alt: str
    css_class: str


def images_of(html: str) -> Iterator[Image]:
    return map(image_of, IMAGE.finditer(html))


def replace_images(html: str, replacement: Callable[[Image], str | None]) -> str:
    """`replacement` returns HTML, or None where the picture stays as it is."""

    def replaced(match: re.Match[str]) -> str:
        new = replacement(image_of(match))
        return match[0] if new is None else new

    return IMAGE.sub(replaced, html)


def without_images(html: str, unwanted: Container[Image]) -> str:
    """Captions of the pictures that go stay as paragraphs."""
    return clean_html(replace_images(html, lambda image: "" if image in unwanted else None))


def without_foreign_images(html: str, is_own: Callable[[str], bool]) -> tuple[str, int]:
    """`html` without the pictures whose `src` is not `is_own`, and how many went. Expects cleaned HTML."""
    foreign = [image for image in images_of(html) if not is_own(image.src)]
    return (without_images(html, set(foreign)), len(foreign)) if foreign else (html, 0)


def image_of(match: re.Match[str]) -> Image:
    attributes = {name: unescape(value) for name, value in ATTRIBUTE.findall(match[1])}
    return Image(unquote(attributes.get("src", "")), attributes.get("alt", ""), attributes.get("class", ""))
