"""A program that reads one document from its standard input and writes its text, in UTF-8, to its standard output.

`news.media.documents` runs it in a process of its own. A hostile file that takes over the parser finds no secrets, no
database and little time there. Imports neither Django nor anything of this project.
"""

import io
import os
import resource
import sys
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from itertools import islice
from xml.etree.ElementTree import XMLParser

CPU_SECONDS = 8  # a thousand dense pages take one or two
MEMORY = 512 * 2**20  # bytes of address space; an ordinary file takes 30 MB and twice its own size
MAX_OUTPUT = 8 * 2**20  # bytes
MAX_PAGES = 2000
MAX_CHARACTERS = 500_000  # two hundred dense pages
MAX_XML = 64 * 2**20  # bytes of an office file's text, unpacked; a long book has 10 million
CHUNK = 64 * 1024
# PDFium's sign for a hyphen at the end of a line. Vietnamese does not divide words, so the hyphen belongs to the text:
# 308/KH-UBND.
HYPHEN_AT_LINE_END = "\ufffe"

DOCX = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ODT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
ODT_NOTE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}annotation"
TEXT = {f"{DOCX}t", f"{ODT}p", f"{ODT}h"}
INVISIBLE = {f"{ODT}tracked-changes", ODT_NOTE}  # deleted text and comments
BREAKS = {
    f"{DOCX}p": "\n",
    f"{ODT}p": "\n",
    f"{ODT}h": "\n",
    f"{DOCX}tab": " ",
    f"{DOCX}br": " ",
    f"{ODT}tab": " ",
    f"{ODT}s": " ",
    f"{ODT}line-break": " ",
}


def limit_this_process() -> None:
    os.nice(5)  # below the web server; any lower, and a busy machine would hardly let it run
    limits = {
        resource.RLIMIT_CPU: CPU_SECONDS,
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_FSIZE: MAX_OUTPUT,
        resource.RLIMIT_CORE: 0,
    }
    for limit, value in limits.items():
        with suppress(ValueError):  # the machine's own limit is stricter, or it has none of this kind
            resource.setrlimit(limit, (value, value))


def pdf_text(document: bytes) -> Iterator[str]:
    import pypdfium2  # noqa: PLC0415 - once the limits hold

    pdf = pypdfium2.PdfDocument(document)
    for number in range(min(len(pdf), MAX_PAGES)):
        with suppress(pypdfium2.PdfiumError):  # a damaged page; the others may be whole
            page = pdf[number]
            yield page.get_textpage().get_text_range().replace(HYPHEN_AT_LINE_END, "-") + "\n"
            page.close()


class OfficeText:
    """Target of an XML parser; collects the text that a reader of the DOCX or ODT file sees."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.within_text = self.within_invisible = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.within_text += tag in TEXT
        self.within_invisible += tag in INVISIBLE

    def data(self, text: str) -> None:
        if self.within_text and not self.within_invisible:
            self.parts.append(text)

    def end(self, tag: str) -> None:
        if tag in BREAKS and not self.within_invisible:
            self.parts.append(BREAKS[tag])
        self.within_text -= tag in TEXT
        self.within_invisible -= tag in INVISIBLE


def office_text(document: bytes) -> Iterator[str]:
    """Text of a DOCX or ODT file, in one piece."""
    archive = zipfile.ZipFile(io.BytesIO(document))
    part = "content.xml" if "content.xml" in archive.namelist() else "word/document.xml"
    text = OfficeText()
    parser = XMLParser(target=text)  # noqa: S314 - a bomb meets the limits of this process
    with archive.open(part) as file:
        for chunk in islice(iter(partial(file.read, CHUNK), b""), MAX_XML // CHUNK):
            parser.feed(chunk)
    yield "".join(text.parts)


def write_text(document: bytes) -> None:
    left = MAX_CHARACTERS
    for text in pdf_text(document) if document.startswith(b"%PDF-") else office_text(document):
        sys.stdout.buffer.write(text[:left].encode(errors="ignore"))
        sys.stdout.buffer.flush()  # stays, should the next page end this process
        left -= len(text)
        if left <= 0:
            break


if __name__ == "__main__":
    limit_this_process()
    try:
        write_text(sys.stdin.buffer.read())
    except Exception as error:
        sys.exit(f"{type(error).__name__}: {error}")
