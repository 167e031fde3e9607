"""When one visit ends and the next begins. Pure functions over the seconds of one day."""

from collections.abc import Iterable

PAUSE = 30 * 60  # seconds without a page, after which the next page begins another visit
Visit = tuple[int, int]  # first and last second


def with_hits(visits: Iterable[Visit], seconds: Iterable[int]) -> list[Visit]:
    """The visits that result when these hits are added. Their order does not matter, nor in how many portions they
    come: a late hit between two visits may join them to one."""
    merged: list[Visit] = []
    for first, last in sorted([*visits, *((second, second) for second in seconds)]):
        if merged and first - merged[-1][1] < PAUSE:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def to_text(visits: Iterable[Visit]) -> str:
    return " ".join(f"{first}-{last}" for first, last in visits)


def from_text(text: str) -> list[Visit]:
    return [(int(first), int(last)) for first, _, last in (part.partition("-") for part in text.split())]
