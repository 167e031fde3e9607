"""Unicode normalisation of text and removal of characters that no reader sees."""

import re
import unicodedata

# C0 controls except tab and newline, zero-width characters, the byte order mark, bidi overrides and isolates, and lone
# surrogates. They are invisible, they can deceive readers, and PostgreSQL refuses NUL and surrogates.
UNWANTED = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ud800-\udfff]"
)
# What an XML document cannot hold, not even as a reference: https://www.w3.org/TR/xml/#charsets
NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Normalisation takes quadratic time for the marks of one letter: minutes for a hundred thousand.
MARKS = "".join(char for char in map(chr, range(0x300, 0x1F000)) if unicodedata.combining(char))
TOO_MANY_MARKS = re.compile(f"([{MARKS}]{{4}})[{MARKS}]+")  # Vietnamese writes two
SPACES = re.compile(r"\s+")


def clean_text(text: str) -> str:
    """The text in NFC, without control, zero-width and bidi characters. Newlines stay."""
    visible = UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if unicodedata.is_normalized("NFC", visible):
        return visible
    return unicodedata.normalize("NFC", TOO_MANY_MARKS.sub(r"\1", visible))


def clean_line(text: str) -> str:
    return SPACES.sub(" ", clean_text(text)).strip()


def cut_at_word(text: str, length: int) -> str:
    """`clean_line` of at most `length` characters; if it was longer, it ends after a whole word and "…"."""
    line = clean_line(text)
    if len(line) <= length:
        return line
    return (line[:length].rpartition(" ")[0] or line[: length - 1]).rstrip(" ,;:.–-") + "…"


def for_xml(text: str) -> str:
    """The text without the characters that XML forbids. Markup is not escaped."""
    return NOT_XML.sub("", text)
