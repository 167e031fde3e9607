"""Unicode normalisation of text and removal of characters that no reader sees."""

import re
import unicodedata

# Joiners are kept where they change what is read. Between pictographs a joiner makes one picture of two ("👨‍👩‍👧");
# in the scripts below joiners choose the form of the letters beside them, in Persian and Hindi in ordinary words.
PICTOGRAPHS = (
    "\xa9\xae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff"
    "\u3030\u303d\u3297\u3299\U0001f000-\U0001fbff"
)
JOINING_SCRIPTS = (
    "\u0600-\u061b\u061d-\u07ff\u0860-\u08ff\ufb50-\ufdff\ufe70-\ufefc",  # Arabic, Syriac and their neighbours
    "\u0900-\u0dff",  # the scripts of India and Sri Lanka
    "\u1000-\u109f",  # Burmese
    "\u1780-\u17ff",  # Khmer
    "\u1800-\u180a\u1810-\u18af",  # Mongolian
)
VIRAMAS = "\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca"  # a joiner after them may end the word
BETWEEN_PICTOGRAPHS = rf"(?:(?<=[{PICTOGRAPHS}].)|(?<=[{PICTOGRAPHS}]\ufe0f.))(?=[{PICTOGRAPHS}])"
BETWEEN_LETTERS = "|".join([*(rf"(?<=[{script}].)(?=[{script}])" for script in JOINING_SCRIPTS), rf"(?<=[{VIRAMAS}].)"])
# C0 controls except tab and newline, zero-width characters, the byte order mark, bidi overrides and isolates, and lone
# surrogates. They are invisible, they can deceive readers, and PostgreSQL refuses NUL and surrogates.
UNWANTED = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ud800-\udfff]"
)
JOINERS = "\u200c\u200d\ufe0e\ufe0f"  # the last two choose between a black and a coloured pictograph
IDLE_JOINER = re.compile(
    rf"\u200d(?!{BETWEEN_PICTOGRAPHS}|{BETWEEN_LETTERS})"
    rf"|\u200c(?!{BETWEEN_LETTERS})"
    rf"|[\ufe0e\ufe0f](?<![{PICTOGRAPHS}].)(?!(?<=[0-9#*]\ufe0f)\u20e3)"
)
# What an XML document cannot hold, not even as a reference: https://www.w3.org/TR/xml/#charsets
NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Normalisation takes quadratic time for the marks of one letter: minutes for a hundred thousand.
MARKS = "".join(char for char in map(chr, range(0x300, 0x1F000)) if unicodedata.combining(char))
TOO_MANY_MARKS = re.compile(f"([{MARKS}]{{4}})[{MARKS}]+")  # Vietnamese writes two
SPACES = re.compile(r"\s+")


def clean_text(text: str) -> str:
    """The text in NFC, without control, zero-width and bidi characters. Newlines stay, and joiners where they join."""
    visible = without_hidden(text.replace("\r\n", "\n").replace("\r", "\n"))
    while not unicodedata.is_normalized("NFC", visible):
        # Marks change places, so a joiner may stand behind another character now.
        visible = without_hidden(unicodedata.normalize("NFC", TOO_MANY_MARKS.sub(r"\1", visible)))
    return visible


def without_hidden(text: str) -> str:
    visible = UNWANTED.sub("", text)
    return IDLE_JOINER.sub("", visible) if any(joiner in visible for joiner in JOINERS) else visible


def clean_line(text: str) -> str:
    return SPACES.sub(" ", clean_text(text)).strip()


def without_joiners(text: str) -> str:
    """For comparing words: a Persian word is looked for with and without its joiner."""
    for joiner in JOINERS:  # a fraction of the time of str.translate, and the index is made of every text
        text = text.replace(joiner, "")
    return text


def cut_at_word(text: str, length: int) -> str:
    """`clean_line` of at most `length` characters; if it was longer, it ends after a whole word and "…"."""
    line = clean_line(text)
    if len(line) <= length:
        return line
    return (line[:length].rpartition(" ")[0] or line[: length - 1]).rstrip(" ,;:.–-") + "…"


def for_xml(text: str) -> str:
    """The text without the characters that XML forbids. Markup is not escaped."""
    return NOT_XML.sub("", text)
