import sys

from django.core.management.base import BaseCommand


class BatchCommand(BaseCommand):
    """A command that does the same for many rows. One bad row is reported and does not stop the others; at the end the
    exit code is 1, so that a timer or a script notices it."""

    failed = False

    def report_failure(self, sentence: str) -> None:
        self.failed = True
        self.stderr.write(sentence)

    def run_from_argv(self, argv: list[str]) -> None:
        super().run_from_argv(argv)
        if self.failed:
            sys.exit(1)
