"""Words of an opinion that the public does not see: each mask is {"field", "start", "end"} in characters of the stored text."""

from typing import TypedDict

BLACK = "█████"  # of one length, so that nobody counts the letters behind it


class Mask(TypedDict):
    field: str  # "name" or "body"
    start: int
    end: int


def merged(masks: list[Mask], field: str, length: int) -> list[tuple[int, int]]:
    """The masks of one field as spans in order, overlapping and touching ones joined, none outside the text."""
    spans: list[tuple[int, int]] = []
    for start, end in sorted(
        (max(0, mask["start"]), min(length, mask["end"])) for mask in masks if mask["field"] == field
    ):
        if start >= end:
            continue
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def pieces(text: str, masks: list[Mask], field: str) -> list[tuple[str, bool]]:
    """The text in pieces (words, masked?). The words of a masked piece are not in it."""
    found: list[tuple[str, bool]] = []
    position = 0
    for start, end in merged(masks, field, len(text)):
        if position < start:
            found.append((text[position:start], False))
        found.append((BLACK, True))
        position = end
    if position < len(text):
        found.append((text[position:], False))
    return found


def places_of(words: str, text: str) -> list[tuple[int, int]]:
    """Every place where the text has these words, upper and lower case alike."""
    places: list[tuple[int, int]] = []
    lowered, wanted = text.lower(), words.strip().lower()
    if not wanted or len(lowered) != len(text):  # a letter whose lower case is longer would shift every place after it
        lowered, wanted = text, words.strip()
    start = lowered.find(wanted) if wanted else -1
    while start >= 0:
        places.append((start, start + len(wanted)))
        start = lowered.find(wanted, start + len(wanted))
    return places
