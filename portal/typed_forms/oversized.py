"""What can be kept of a form that is too large for Django to read."""

from io import IOBase
from typing import Any, Protocol, cast

from django.http import HttpRequest, QueryDict
from django.http.multipartparser import FIELD, FILE, ChunkIter, LazyStream, MultiPartParserError, Parser
from django.utils.encoding import force_str

KEPT_BYTES = 8_000_000  # of a body, while it is read for the first time
READ_BYTES = 60_000_000  # more than nginx lets through
FIELD_BYTES = 3_500_000  # of all long fields together: the page that offers them back must be small enough to be sent
SHORT_BYTES = 10_000  # of a field that is kept even after the long ones have used up their share
MAX_FIELDS = 3_900  # likewise
CHUNK = 64 * 1024  # bytes


class Readable(Protocol):
    def read(self, size: Any = ...) -> bytes: ...

    def readline(self, size: Any = ...) -> bytes: ...


class KeptStream(IOBase):
    """The body of a request. What has been read of it can be read again."""

    def __init__(self, stream: Readable) -> None:
        self.stream = stream
        self.kept = bytearray()
        self.consumed = 0

    def read(self, *args: Any) -> bytes:
        return self._keep(self.stream.read(*args))

    def readline(self, *args: Any) -> bytes:  # arguments as in Django's LimitedStream
        return self._keep(self.stream.readline(*args))

    def _keep(self, data: bytes) -> bytes:
        self.consumed += len(data)
        if len(self.kept) < KEPT_BYTES:
            self.kept += data
        return data

    def again(self) -> "ReadAgain":
        return ReadAgain(bytes(self.kept), self.stream if self.consumed == len(self.kept) else None)


class ReadAgain:
    def __init__(self, start: bytes, rest: Readable | None) -> None:
        self.start, self.rest = memoryview(start), rest
        self.left = READ_BYTES

    def read(self, size: int) -> bytes:
        size = min(size, self.left)
        data = bytes(self.start[:size])
        self.start = self.start[size:]
        if not data and self.rest is not None and size:
            data = self.rest.read(size)
        self.left -= len(data)
        return data


def keep_body(request: HttpRequest) -> None:
    request._stream = cast(Any, KeptStream(request._stream))


def readable_part(request: HttpRequest) -> tuple[QueryDict, list[str]]:
    """The fields of the form, long ones cut, and the names of its files."""
    stream = getattr(request, "_stream", None)
    fields = Fields()
    if isinstance(stream, KeptStream):
        if request.content_type == "multipart/form-data":
            read_multipart(stream.again(), (request.content_params or {}).get("boundary", ""), fields)
        elif request.content_type == "application/x-www-form-urlencoded":
            read_urlencoded(stream.again(), fields)
    return fields.data, fields.files


class Fields:
    def __init__(self) -> None:
        self.data = QueryDict(mutable=True)
        self.files: list[str] = []
        self.left = FIELD_BYTES
        self.number = 0

    def add(self, name: str, value: bytes) -> None:
        if self.number >= MAX_FIELDS or len(name) > SHORT_BYTES:
            return
        self.number += 1
        if len(value) > SHORT_BYTES:
            value = value[: self.left]
            self.left -= len(value)
        self.data.appendlist(name, force_str(value, errors="replace").rstrip("\ufffd"))


def read_multipart(stream: ReadAgain, boundary: str, fields: Fields) -> None:
    try:
        for kind, headers, part in Parser(LazyStream(ChunkIter(cast(Any, stream), CHUNK)), boundary.encode("ascii")):
            try:
                _kind, parameters = headers["content-disposition"]
            except (KeyError, ValueError):
                continue
            if kind == FIELD:
                fields.add(force_str(parameters["name"], errors="replace"), part.read(size=FIELD_BYTES))
            elif kind == FILE and parameters.get("filename"):
                fields.files.append(force_str(parameters["filename"], errors="replace"))
            for _rest in part:
                pass
    except (MultiPartParserError, UnicodeError, KeyError, OSError):
        return  # what came before is kept


def read_urlencoded(stream: ReadAgain, fields: Fields) -> None:
    text = bytearray()
    while len(text) < READ_BYTES and (chunk := stream.read(CHUNK)):
        text += chunk
    try:
        data = QueryDict(bytes(text), encoding="utf-8")
    except Exception:  # too many fields, or no form at all: Django raises several classes
        data = QueryDict()
    for name, values in data.lists():
        for value in values:
            fields.add(name, cast(str, value).encode(errors="replace"))
