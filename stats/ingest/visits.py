"""Visits as spans of seconds within one day."""

from collections.abc import Iterable

VISIT_TIMEOUT = 30 * 60  # seconds without a page view that end a visit
Visit = tuple[int, int]  # seconds since midnight of the first and the last page view


def merge_views(visits: Iterable[Visit], seconds: Iterable[int]) -> list[Visit]:
    """The visits after page views at these seconds are added.

    The result does not depend on the order in which views are added: a late view may join two visits to one."""
    merged: list[Visit] = []
    for first, last in sorted([*visits, *((second, second) for second in seconds)]):
        if merged and first - merged[-1][1] < VISIT_TIMEOUT:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def format_visits(visits: Iterable[Visit]) -> str:
    return " ".join(f"{first}-{last}" for first, last in visits)


def parse_visits(text: str) -> list[Visit]:
    return [(int(first), int(last)) for first, _, last in (part.partition("-") for part in text.split())]
