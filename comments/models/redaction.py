"""Parts of an opinion that the public does not see, as spans of characters in the stored text."""

from typing import TypedDict

REDACTED_TEXT = "█████"  # always the same length, so that nobody can count the characters behind it


class Redaction(TypedDict):
    field: str  # "name" or "body"
    start: int
    end: int


def merge_spans(redactions: list[Redaction], field: str, length: int) -> list[tuple[int, int]]:
    """The spans of one field in order: clipped to the text, with overlapping and adjacent ones joined."""
    spans: list[tuple[int, int]] = []
    for start, end in sorted(
        (max(0, redaction["start"]), min(length, redaction["end"]))
        for redaction in redactions
        if redaction["field"] == field
    ):
        if start >= end:
            continue
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def split_redacted(text: str, redactions: list[Redaction], field: str) -> list[tuple[str, bool]]:
    """The public text as pieces of (text, is redacted); a redacted piece holds REDACTED_TEXT instead of its words."""
    pieces: list[tuple[str, bool]] = []
    position = 0
    for start, end in merge_spans(redactions, field, len(text)):
        if position < start:
            pieces.append((text[position:start], False))
        pieces.append((REDACTED_TEXT, True))
        position = end
    if position < len(text):
        pieces.append((text[position:], False))
    return pieces


def find_spans(words: str, text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    lowered, wanted = text.lower(), words.strip().lower()
    if not wanted or len(lowered) != len(text):  # a letter whose lower case is longer would shift all later positions
        lowered, wanted = text, words.strip()
    start = lowered.find(wanted) if wanted else -1
    while start >= 0:
        spans.append((start, start + len(wanted)))
        start = lowered.find(wanted, start + len(wanted))
    return spans
