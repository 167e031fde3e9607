"""Unicode normalisation of text and removal of characters that no reader sees."""

import re
import unicodedata

# C0 controls but tab and newline, zero-width characters, the byte order mark, bidi overrides and isolates,
# lone surrogates: invisible to a reader, useful only to deceive, and PostgreSQL refuses NUL and surrogates.
UNWANTED = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ud800-\udfff]"
)
# What an XML document cannot hold, not even as a reference: https://www.w3.org/TR/xml/#charsets
NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Normalising sorts the marks of a letter by comparing each with each: a hundred thousand would hold the process for minutes.
MARKS = "".join(char for char in map(chr, range(0x300, 0x1F000)) if unicodedata.combining(char))
TOO_MANY_MARKS = re.compile(f"([{MARKS}]{{4}})[{MARKS}]+")  # Vietnamese writes two
SPACES = re.compile(r"\s+")


def clean_text(text: str) -> str:
    """NFC, without control, zero-width and bidi characters. Newlines stay."""
    visible = UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if unicodedata.is_normalized("NFC", visible):
        return visible
    return unicodedata.normalize("NFC", TOO_MANY_MARKS.sub(r"\1", visible))


def clean_line(text: str) -> str:
    """`clean_text` on one line: every run of white space becomes one space."""
    return SPACES.sub(" ", clean_text(text)).strip()


def cut_at_word(text: str, length: int) -> str:
    """On one line and at most so many characters; what is cut ends at a word and in "…"."""
    line = clean_line(text)
    if len(line) <= length:
        return line
    return (line[:length].rpartition(" ")[0] or line[: length - 1]).rstrip(" ,;:.–-") + "…"


def for_xml(text: str) -> str:
    """What is left of a text of any origin in a well-formed XML document. Escaping is the writer's."""
    return NOT_XML.sub("", text)
