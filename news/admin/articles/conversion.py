"""Text typed in TCVN3 or VNI, and the same text in Unicode."""

from typing import NamedTuple

from ...text.cleaning import cut_at_word
from ...text.html import UnacceptableHTML, clean_html
from ...text.legacy_encodings import html_to_unicode, to_unicode

EXCERPT_LENGTH = 120  # characters


class Conversion(NamedTuple):
    """A field with text in TCVN3 or VNI: an excerpt as it is written, and as it reads in Unicode."""

    label: str
    written: str
    read: str


def in_unicode(name: str, value: str) -> str:
    if name != "body":
        return to_unicode(value)
    try:
        cleaned = clean_html(value)
    except UnacceptableHTML:  # the field says so itself
        return value
    converted = html_to_unicode(cleaned)
    return value if converted == cleaned else converted


def excerpts_from_first_difference(written: str, read: str) -> tuple[str, str]:
    same = next((place for place, (char, other) in enumerate(zip(written, read, strict=False)) if char != other), 0)
    start = written.rfind(" ", 0, same) + 1
    return cut_at_word(written[start:], EXCERPT_LENGTH), cut_at_word(read[start:], EXCERPT_LENGTH)
