"""The words inside an uploaded document, as plain text to search in."""

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

KINDS = ("pdf", "docx", "odt")  # whose words can be read
WORKER = Path(__file__).with_name("document_worker.py")
MAX_SECONDS = 10  # by the clock: an editor waits for it, and an ordinary file takes a tenth of one
ONE_AT_A_TIME = threading.Lock()  # in this process: each may take half a gigabyte
KEPT_ENVIRONMENT = ("LD_LIBRARY_PATH",)  # without which some builds of Python do not start
SOFT_HYPHEN = "\u00ad"


class Reading(NamedTuple):
    text: str  # NFC, in lines, from TCVN3 and VNI too; "" where the pages are pictures
    fault: str  # why there is no more of it, in English for the log; "" when all went well


class TooBusy(Exception):
    """Other files are being read; this one has not been looked at."""


def read_document(document: bytes) -> Reading:
    """Takes MAX_SECONDS at most, whatever is in the file, once its turn has come. The limits on memory and length are
    those of document_worker.py. Raises TooBusy."""
    if not ONE_AT_A_TIME.acquire(timeout=MAX_SECONDS):
        raise TooBusy
    try:
        return run_worker(document)
    finally:
        ONE_AT_A_TIME.release()


def run_worker(document: bytes) -> Reading:
    with TemporaryFile() as output, TemporaryFile() as complaint:
        try:
            ended = subprocess.run(  # noqa: S603
                [sys.executable, "-I", str(WORKER)],
                input=document,
                stdout=output,
                stderr=complaint,
                timeout=MAX_SECONDS,
                check=False,
                env={
                    name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ
                },  # and none of the portal's secrets
            )
        except subprocess.TimeoutExpired:
            fault = f"it took longer than {MAX_SECONDS} seconds"
        else:
            complaint.seek(0)
            fault = fault_of(ended.returncode, complaint.read().decode(errors="replace"))
        output.seek(0)
        return Reading(cleaned(output.read().decode(errors="ignore")), fault)


def fault_of(returncode: int, complaint: str) -> str:
    if returncode < 0:  # by its own limits, by a fault in PDFium, or by a machine short of memory
        return f"its process was ended by {signal.Signals(-returncode).name}"
    return (clean_line(complaint)[-200:] or f"its process ended with {returncode}") if returncode else ""


def cleaned(text: str) -> str:
    text = to_unicode(clean_text(text)).replace(SOFT_HYPHEN, "")  # which is a letter in TCVN3
    lines = (clean_line(line) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
