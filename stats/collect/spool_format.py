"""The lines of a spool file: one for every request, written by the middleware, read by the drainer.

    V time visitor referrer agent path      a page somebody opened
    M time agent path                       an address that does not exist
    X time reason                           anything else, by a value of ExcludedHits.Reason
    D time count                            hits that found no room on the disk

Fields are separated by tabs; the path stands last and may hold what it likes but line ends. `visitor` is a hash of
address, agent and host: neither address nor cookie is ever written."""

from collections.abc import Iterator
from typing import NamedTuple

MAX_AGENT = 300  # characters; real browsers need 250, and the robot list reads every one of them
MAX_PATH = 400  # characters; an article's address has at most 170
MAX_REFERRER = 120  # characters
OWN_HOST = "-"  # the reader came from another page of this site


class View(NamedTuple):
    time: int
    visitor: str
    referrer: str
    agent: str
    path: str


class Missing(NamedTuple):
    time: int
    agent: str
    path: str


class Excluded(NamedTuple):
    time: int
    reason: str


class Dropped(NamedTuple):
    time: int
    hits: int


class Malformed(NamedTuple):
    text: str


Line = View | Missing | Excluded | Dropped | Malformed


def view_line(time: int, visitor: str, referrer: str, agent: str, path: str) -> bytes:
    tabbed = f"V\t{time}\t{visitor}\t{_field(referrer)}\t{_field(agent)}\t{path[:MAX_PATH]}"
    return (tabbed.replace("\n", " ") + "\n").encode("utf-8", "replace")


def missing_line(time: int, agent: str, path: str) -> bytes:
    return (f"M\t{time}\t{_field(agent)}\t{path[:MAX_PATH]}".replace("\n", " ") + "\n").encode("utf-8", "replace")


def excluded_line(time: int, reason: str) -> bytes:
    return f"X\t{time}\t{reason}\n".encode()


def dropped_line(time: int, count: int) -> bytes:
    return f"D\t{time}\t{count}\n".encode()


def referrer_host(referrer: str, own_host: str) -> str:
    """The host of a Referer header as it stands there; "" without one, OWN_HOST from this site."""
    if not referrer:
        return ""
    parts = referrer.split("/", 3)
    host = parts[2] if len(parts) > 2 else "?"
    return OWN_HOST if host == own_host else host[:MAX_REFERRER]


def _field(text: str) -> str:
    return text.replace("\t", " ")


def parse(chunk: bytes) -> Iterator[Line]:
    """Every line of a chunk; what follows the last line end is half a line that nobody will complete."""
    *texts, rest = chunk.decode("utf-8", "replace").split("\n")
    for text in texts:
        try:
            yield _parse_line(text)
        except ValueError:
            yield Malformed(text)
    if rest:
        yield Malformed(rest)


def _parse_line(text: str) -> Line:
    kind = text[:2]
    if kind == "V\t":
        _kind, time, visitor, referrer, agent, path = text.split("\t", 5)
        if len(visitor) != 16:
            raise ValueError(visitor)
        return View(int(time), visitor, referrer, agent, path)
    if kind == "X\t":
        _kind, time, reason = text.split("\t")
        return Excluded(int(time), reason)
    if kind == "M\t":
        _kind, time, agent, path = text.split("\t", 3)
        return Missing(int(time), agent, path)
    if kind == "D\t":
        _kind, time, count = text.split("\t")
        return Dropped(int(time), int(count))
    raise ValueError(text)
