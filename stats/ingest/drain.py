"""Adds up spool files, each line exactly once.

A batch is read and added up first, then written in one transaction that also moves the offset of every file it read,
on condition that the offset is still where the reading began. Whoever comes second finds the condition broken, rolls
back and reads again; whoever is killed leaves either everything or nothing."""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ..collect.spool import SUFFIX, UNNAMED, has_owner
from ..collect.spool_format import parse
from ..models import AgentRule, SpoolOffset, VisitTotal
from .aggregation import Tally
from .retention import forget_visitors, pack_closed_days
from .rollup_writer import lock_total, write
from .user_agents import Classifier

BATCH = 8 * 1024 * 1024  # bytes; some 40,000 lines, added up in about a second
LONGEST_LINE = 64 * 1024  # bytes; the longest real one has 3,000
SIGN_OF_LIFE = 30  # seconds between two notes that there was nothing to count
ORPHAN = 3600  # seconds after which a file without a final name has been abandoned


class Overtaken(Exception):
    """Another drainer has counted some of the same lines meanwhile."""


@dataclass
class Piece:
    name: str
    start: int
    chunk: bytes

    @property
    def end(self) -> int:
        return self.start + len(self.chunk)


class Drainer:
    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or settings.STATS_SPOOL_DIR
        self.classify = Classifier()
        self.rules: object = None
        self.closed_on: date | None = None

    def run_once(self) -> int:
        """Counts everything that is there now and deletes what has no owner. Gives the number of bytes counted."""
        self.learn_rules()
        total = done = self.run_batch()
        while (
            done >= BATCH - LONGEST_LINE
        ):  # less was all there was; what came meanwhile waits, or on a busy site no round would end
            done = self.run_batch()
            total += done
        self.tidy()
        self.sign_of_life()
        self.close_days()
        return total

    def run_batch(self) -> int:
        while True:
            pieces = list(self.read())
            if not pieces:
                return 0
            try:
                self.count(pieces)
            except Overtaken:
                continue
            return sum(len(piece.chunk) for piece in pieces)

    # ------------------------------------------------------------ reading

    def files(self) -> list[Path]:
        return sorted(self.folder.glob(f"*{SUFFIX}"))

    def read(self) -> Iterator[Piece]:
        """Whole lines that have not been counted yet, at most a batch of them."""
        files = self.files()
        offsets = dict(SpoolOffset.objects.filter(name__in=[file.name for file in files]).values_list("name", "offset"))
        room = BATCH
        for file in files:
            start = offsets.get(file.name, 0)
            chunk = read_lines(file, start, room)
            if chunk:
                room -= len(chunk)
                yield Piece(file.name, start, chunk)
            if room <= LONGEST_LINE:
                return

    # ------------------------------------------------------------ counting

    def count(self, pieces: list[Piece]) -> None:
        tally = Tally()
        self.classify.begin_batch()
        now = int(time.time())
        for piece in pieces:
            tally.add(parse(piece.chunk), self.classify, now)
        with transaction.atomic():
            lock_total()
            move_offsets(pieces)
            write(tally)

    def learn_rules(self) -> None:
        state = AgentRule.objects.state()
        if state != self.rules:
            self.rules, self.classify = state, Classifier(list(AgentRule.objects.all()))

    def sign_of_life(self) -> None:
        """Numbers are fresh although nobody came."""
        now = timezone.now()
        drained_at = VisitTotal.current().drained_at
        if drained_at is None or (now - drained_at).total_seconds() >= SIGN_OF_LIFE:
            with transaction.atomic():
                lock_total()
                VisitTotal.objects.update(drained_at=now)

    def close_days(self) -> None:
        """Once a day, so that hashes go and views are packed in time also where nobody runs stats_retain."""
        today = timezone.localdate()
        if self.closed_on != today:
            forget_visitors()
            pack_closed_days()
            self.closed_on = today

    # ------------------------------------------------------------ tidying

    def tidy(self) -> None:
        for file in self.files():
            if delete_if_finished(file):
                SpoolOffset.objects.filter(name=file.name).update(finished_at=timezone.now())
        for file in self.folder.glob(f"*{UNNAMED}"):
            delete_if_abandoned(file)


def move_offsets(pieces: list[Piece]) -> None:
    SpoolOffset.objects.bulk_create([SpoolOffset(name=piece.name) for piece in pieces], ignore_conflicts=True)
    for piece in pieces:
        unmoved = SpoolOffset.objects.filter(name=piece.name, offset=piece.start)
        if not unmoved.update(offset=piece.end, drained_at=timezone.now()):
            raise Overtaken(piece.name)


def read_lines(file: Path, start: int, room: int) -> bytes:
    """From `start` to the last line end within `room`. An incomplete last line is left, unless nobody will complete it."""
    try:
        with file.open("rb") as spool:
            spool.seek(start)
            chunk = spool.read(room)
            end = chunk.rfind(b"\n") + 1
            if end < len(chunk) < room and not has_owner(spool.fileno()):
                return chunk + spool.read(room)  # the owner may have completed it before it ended
    except FileNotFoundError:
        return b""
    return chunk if not end and len(chunk) >= LONGEST_LINE else chunk[:end]


def delete_if_finished(file: Path) -> bool:
    """Whether the file is gone: its owner is, and everything in it has been counted."""
    try:
        descriptor = os.open(file, os.O_RDONLY)
    except FileNotFoundError:
        return True
    try:
        if has_owner(descriptor):
            return False
        # Only now, behind the lock, does the size stand still.
        offset = SpoolOffset.objects.filter(name=file.name).values_list("offset", flat=True).first() or 0
        if offset < os.fstat(descriptor).st_size:
            return False
        file.unlink(missing_ok=True)
        return True
    finally:
        os.close(descriptor)


def delete_if_abandoned(file: Path) -> None:
    try:
        descriptor = os.open(file, os.O_RDONLY)
    except FileNotFoundError:
        return
    try:
        if time.time() - os.fstat(descriptor).st_mtime > ORPHAN and not has_owner(descriptor):
            file.unlink(missing_ok=True)
    finally:
        os.close(descriptor)
