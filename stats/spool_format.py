"""The line format of spool files. The request writes one line, the drainer parses it.

    V time visitor referrer agent path      a page view
    M time agent path                       a path that was not found
    X time reason                           any other request, with a value of ExcludedHits.Reason
    D time count                            requests that could not be written because the disk was full

Fields are separated by tabs. `time` is Unix time in seconds. The path is the last field and may contain anything but
line breaks. `visitor` is a keyed hash of address, browser and host (see collect/visitor_hash.py); addresses and
cookies are never written. `referrer` is a host, "" without a referrer and "-" for a page of this site."""

from collections.abc import Iterator
from typing import NamedTuple

MAX_AGENT = 300  # characters; real browsers need 250, and the drainer matches each against a long list of robots
MAX_PATH = 400  # characters; an article's URL has at most 170
MAX_DROPPED_DIGITS = 9  # of the number of dropped requests; more are no number of ours
VISITOR_LENGTH = 16  # hexadecimal digits


class ViewLine(NamedTuple):
    time: int
    visitor: str
    referrer: str
    agent: str
    path: str


class NotFoundLine(NamedTuple):
    time: int
    agent: str
    path: str


class ExcludedLine(NamedTuple):
    time: int
    reason: str


class DroppedLine(NamedTuple):
    time: int
    hits: int


class MalformedLine(NamedTuple):
    text: str


SpoolLine = ViewLine | NotFoundLine | ExcludedLine | DroppedLine | MalformedLine


def view_line(time: int, visitor: str, referrer: str, agent: str, path: str) -> bytes:
    tabbed = f"V\t{time}\t{visitor}\t{_field(referrer)}\t{_field(agent)}\t{path[:MAX_PATH]}"
    return (tabbed.replace("\n", " ") + "\n").encode("utf-8", "replace")


def not_found_line(time: int, agent: str, path: str) -> bytes:
    return (f"M\t{time}\t{_field(agent)}\t{path[:MAX_PATH]}".replace("\n", " ") + "\n").encode("utf-8", "replace")


def excluded_line(time: int, reason: str) -> bytes:
    return f"X\t{time}\t{reason}\n".encode()


def dropped_line(time: int, count: int) -> bytes:
    return f"D\t{time}\t{count}\n".encode()


def _field(text: str) -> str:
    return text.replace("\t", " ")


def parse_lines(chunk: bytes) -> Iterator[SpoolLine]:
    """Text after the last line break is yielded as one malformed line: the caller passes whole lines."""
    *texts, rest = chunk.decode("utf-8", "replace").split("\n")
    for text in texts:
        try:
            yield _parse_line(text)
        except ValueError:
            yield MalformedLine(text)
    if rest:
        yield MalformedLine(rest)


def _parse_line(text: str) -> SpoolLine:
    kind = text[:2]
    if kind == "V\t":
        _kind, time, visitor, referrer, agent, path = text.split("\t", 5)
        if len(visitor) != VISITOR_LENGTH:
            raise ValueError(visitor)
        return ViewLine(int(time), visitor, referrer, agent, path)
    if kind == "X\t":
        _kind, time, reason = text.split("\t")
        return ExcludedLine(int(time), reason)
    if kind == "M\t":
        _kind, time, agent, path = text.split("\t", 3)
        return NotFoundLine(int(time), agent, path)
    if kind == "D\t":
        _kind, time, count = text.split("\t")
        if len(count) > MAX_DROPPED_DIGITS:
            raise ValueError(count)
        return DroppedLine(int(time), int(count))
    raise ValueError(text)
