"""Counts the lines of spool files, each exactly once.

A batch is read and added up first. Then one transaction writes the sums and moves the offset of every file read, on
condition that the offset is still where reading began. When another drainer has moved it, the transaction is rolled
back and the batch is read again. When the process is killed, the transaction has either happened or not."""

import logging
import time
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from ..models import AgentRule, SpoolOffset, VisitTotal
from ..spool_format import MalformedLine, parse_lines
from .aggregation import Batch
from .retention import delete_old_visitors, pack_closed_days
from .rollup_writer import write_rollups
from .spool_files import MAX_LINE, SpoolChunk, delete_abandoned_files, delete_finished_files, read_chunks
from .user_agents import AgentClassifier

logger = logging.getLogger(__name__)

BATCH_SIZE = 8 * 1024 * 1024  # bytes; about 40,000 lines, which take about a second
IDLE_UPDATE_SECONDS = 30  # between two updates of `drained_at` while there is nothing to count


# Errors for which a line, or the row that it changes, can be to blame. After any other error all lines are kept for the
# next run: during an upgrade it may be the program that does not fit the tables.
LINE_FAULTS = (DataError, IntegrityError, ArithmeticError, LookupError, ValueError)


class ConcurrentDrainError(Exception):
    """Another drainer has counted some of the same lines."""


class Drainer:
    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or settings.STATS_SPOOL_DIR
        self.classify = AgentClassifier()
        self.rules_version: object = None
        self.retention_ran_on: date | None = None

    def run_once(self) -> int:
        """Counts the lines that are there now and deletes finished files. Returns the number of bytes counted."""
        self.reload_rules()
        total = done = self.run_batch()
        # A smaller batch was the rest. Lines written meanwhile wait: on a busy site this run would never end.
        while done >= BATCH_SIZE - MAX_LINE:
            done = self.run_batch()
            total += done
        self.delete_files()
        self.update_drained_at()
        self.run_daily_retention()
        return total

    def run_batch(self) -> int:
        while True:
            chunks = list(read_chunks(self.folder, BATCH_SIZE))
            if not chunks:
                return 0
            try:
                self.count_possible(chunks)
            except ConcurrentDrainError:
                continue
            return sum(len(chunk.data) for chunk in chunks)

    def count_possible(self, chunks: list[SpoolChunk]) -> None:
        """Counts what can be counted. A line that cannot is found by halving, logged and counted as malformed:
        otherwise it would hold up all lines behind it for ever. Raises ConcurrentDrainError."""
        try:
            self.count(chunks)
        except LINE_FAULTS as error:
            if is_missing_value(error):
                raise
            if len(chunks) > 1:
                parts = [[chunk] for chunk in chunks]
            elif halves := chunks[0].halves():
                parts = [[half] for half in halves]
            else:
                logger.exception("A line of %s at byte %s is not counted", chunks[0].file_name, chunks[0].start)
                self.count(chunks, is_readable=False)
                return
            for part in parts:
                self.count_possible(part)

    def count(self, chunks: list[SpoolChunk], is_readable: bool = True) -> None:
        """Raises ConcurrentDrainError."""
        batch = Batch()
        self.classify.begin_batch()
        now = int(time.time())
        for chunk in chunks:
            lines = parse_lines(chunk.data) if is_readable else [MalformedLine("")]
            batch.add(lines, self.classify, now)
        with transaction.atomic():
            VisitTotal.lock()
            move_offsets(chunks)
            write_rollups(batch)

    def reload_rules(self) -> None:
        version = AgentRule.objects.version()
        if version != self.rules_version:
            self.rules_version, self.classify = version, AgentClassifier(list(AgentRule.objects.all()))

    def delete_files(self) -> None:
        for name in delete_finished_files(self.folder):
            SpoolOffset.objects.filter(name=name).update(finished_at=timezone.now())
        delete_abandoned_files(self.folder)

    def update_drained_at(self) -> None:
        now = timezone.now()
        drained_at = VisitTotal.current().drained_at
        if drained_at is None or (now - drained_at).total_seconds() >= IDLE_UPDATE_SECONDS:
            with transaction.atomic():
                VisitTotal.lock()
                VisitTotal.objects.update(drained_at=now)

    def run_daily_retention(self) -> None:
        """Deletes visitor hashes in time even where the command stats_retain is not run."""
        today = timezone.localdate()
        if self.retention_ran_on != today:
            delete_old_visitors()
            pack_closed_days()
            self.retention_ran_on = today


def move_offsets(chunks: list[SpoolChunk]) -> None:
    SpoolOffset.objects.bulk_create([SpoolOffset(name=chunk.file_name) for chunk in chunks], ignore_conflicts=True)
    for chunk in chunks:
        unmoved = SpoolOffset.objects.filter(name=chunk.file_name, offset=chunk.start)
        if not unmoved.update(offset=chunk.end, drained_at=timezone.now()):
            raise ConcurrentDrainError(chunk.file_name)


def is_missing_value(error: Exception) -> bool:
    """Whether a column that this program does not know has no value: another release has made it."""
    return isinstance(error, IntegrityError) and "null" in str(error).lower()
