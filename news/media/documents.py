"""Text extraction from uploaded documents, for the search."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from tempfile import TemporaryFile
from typing import NamedTuple

from ..text.cleaning import clean_line, clean_text
from ..text.legacy_encodings import to_unicode

KINDS = ("pdf", "docx", "odt")  # file name extensions
WORKER = Path(__file__).with_name("document_worker.py")
MAX_SECONDS = 10  # wall clock: an editor waits for it; an ordinary file takes 0.1
ONE_AT_A_TIME = threading.Lock()  # in this process: each may take half a gigabyte
KEPT_ENVIRONMENT = ("LD_LIBRARY_PATH",)  # some builds of Python do not start without it
SOFT_HYPHEN = "\u00ad"


class Reading(NamedTuple):
    text: str  # NFC, in lines, converted from TCVN3 and VNI; "" where the pages are pictures
    fault: str  # why the text is incomplete, in English for the log; "" when all went well


class TooBusy(Exception):
    """Another file is being read, and this one had to wait too long."""


def read_document(document: bytes) -> Reading:
    """Waits MAX_SECONDS for its turn and then takes as long at most, whatever is in the file. Raises TooBusy.

    The limits on memory and length are those of `document_worker`.
    """
    if not ONE_AT_A_TIME.acquire(timeout=MAX_SECONDS):
        raise TooBusy
    try:
        return run_worker(document)
    finally:
        ONE_AT_A_TIME.release()


def run_worker(document: bytes) -> Reading:
    with TemporaryFile() as output, TemporaryFile() as errors:
        try:
            ended = subprocess.run(  # noqa: S603
                [sys.executable, "-I", str(WORKER)],
                input=document,
                stdout=output,
                stderr=errors,
                timeout=MAX_SECONDS,
                check=False,
                # Nothing else of the environment, which holds the portal's secrets.
                env={name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ},
            )
        except subprocess.TimeoutExpired:
            fault = f"it took longer than {MAX_SECONDS} seconds"
        else:
            errors.seek(0)
            fault = fault_of(ended.returncode, errors.read().decode(errors="replace"))
        output.seek(0)
        return Reading(cleaned(output.read().decode(errors="ignore")), fault)


def fault_of(returncode: int, errors: str) -> str:
    if returncode < 0:  # by its own limits, by a fault in PDFium, or by a machine short of memory
        return f"its process was ended by {signal.Signals(-returncode).name}"
    return (clean_line(errors)[-200:] or f"its process ended with {returncode}") if returncode else ""


def cleaned(text: str) -> str:
    text = to_unicode(clean_text(text)).replace(SOFT_HYPHEN, "")  # which is a letter in TCVN3
    lines = (clean_line(line) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
