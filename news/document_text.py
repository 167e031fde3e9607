"""The words inside an uploaded document, as plain text to search in."""

import re
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryFile
from typing import NamedTuple

from .text import clean_line, clean_text

KINDS = ("pdf", "docx", "odt")  # whose words can be read
WORKER = Path(__file__).with_name("document_worker.py")
MAX_SECONDS = 10  # by the clock: an editor waits for it, and an ordinary file takes a tenth of one
SOFT_HYPHEN = re.compile("\u00ad\\s*")
SPACES_BEFORE_LINE_END = re.compile(r"\s*\n\s*")
SPACES = re.compile(r"[^\S\n]+")


class Reading(NamedTuple):
    text: str  # NFC, in lines; "" where the pages are pictures
    fault: str  # why there is no more of it, in English for the log; "" when all went well


def read_document(document: bytes) -> Reading:
    """Takes MAX_SECONDS at most, whatever is in the file; document_worker.py has the limits on memory and length."""
    with TemporaryFile() as output, TemporaryFile() as complaint:
        try:
            ended = subprocess.run(  # noqa: S603
                [sys.executable, "-I", str(WORKER)],
                input=document, stdout=output, stderr=complaint, timeout=MAX_SECONDS, check=False,
                env={},  # the portal's has its secrets
            )  # fmt: skip
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
    text = SOFT_HYPHEN.sub("", clean_text(text))
    return SPACES.sub(" ", SPACES_BEFORE_LINE_END.sub("\n", text)).strip()
