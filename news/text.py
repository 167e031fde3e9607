"""Vietnamese text as plain functions: normal form, folding, slugs, alphabetical order."""

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
NOT_SLUG = re.compile(r"[^a-z0-9]+")
SPACES = re.compile(r"\s+")
# NFD leaves these whole: they are letters of their own, not d with a mark.
D_WITH_STROKE = str.maketrans({"đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ɖ": "d", "Ɖ": "D"})

MAX_SLUG_LENGTH = 120

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONE_MARKS = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: the order of Vietnamese dictionaries


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


def fold(text: str) -> str:
    """Lower case without marks, đ included, one space between words: what people type on a bare keyboard."""
    decomposed = unicodedata.normalize("NFD", text.translate(D_WITH_STROKE).lower())
    return clean_line("".join(char for char in decomposed if not unicodedata.combining(char)))


def slugify(text: str, max_length: int = MAX_SLUG_LENGTH) -> str:
    """ "Đường đến đại hội" → "duong-den-dai-hoi", cut at a word. Never empty: text without letters gives "tin"."""
    slug = NOT_SLUG.sub("-", fold(text)).strip("-")
    if len(slug) > max_length:
        slug = slug[: max_length + 1].rpartition("-")[0] or slug[:max_length]
    return slug or "tin"


def sort_key(text: str) -> tuple[tuple[int, ...], tuple[int, ...], str]:
    """Key of the Vietnamese alphabet: letters first (a ă â b … d đ …), tones only between equal letters."""
    letters: list[int] = []
    tones: list[int] = []
    for char in unicodedata.normalize("NFC", text.lower()):
        base, tone = split_tone(char)
        position = LETTERS.find(base)
        letters.append(
            1000 + position if position >= 0 else min(ord(base), 999) if ord(base) < 1000 else ord(base) + 2000
        )
        tones.append(tone)
    return tuple(letters), tuple(tones), text


def split_tone(char: str) -> tuple[str, int]:
    """ "ế" → ("ê", 4); the number is the tone's place in the dictionary order, 0 without a tone."""
    tone = 0
    kept = ""
    for part in unicodedata.normalize("NFD", char):
        if part in TONE_MARKS:
            tone = TONE_MARKS.index(part) + 1
        else:
            kept += part
    return unicodedata.normalize("NFC", kept)[:1] or char, tone
