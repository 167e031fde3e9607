"""PDF files for tests of text extraction: ordinary, scanned, encrypted and hostile ones."""

import zlib

from fpdf import FPDF
from PIL import Image

from portal.demo.documents import FONT, make_pdf

WORDS = "Hỗ trợ người đóng bảo hiểm xã hội tự nguyện ở phường Hải Ninh theo Kế hoạch số 308/KH-UBND"
CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"


def pdf_of(text: str) -> bytes:
    return make_pdf("Phụ lục", text, "Cơ quan mẫu")


def scanned_pdf() -> bytes:
    pdf = FPDF()
    pdf.add_page()
    pdf.image(Image.new("RGB", (60, 80), "white"), x=10, y=10, w=60)
    return bytes(pdf.output())


def encrypted_pdf(**passwords: str) -> bytes:
    pdf = FPDF()
    pdf.add_font("Be Vietnam Pro", fname=FONT)
    pdf.set_font("Be Vietnam Pro")
    pdf.add_page()
    pdf.cell(text=WORDS[:40])
    pdf.set_encryption(**passwords)
    return bytes(pdf.output())


def written_pdf(*objects: bytes) -> bytes:
    """A PDF made of these objects, the first of them its catalog; for files that no library would write."""
    document, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(document))
        document += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return document + b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        table,
        len(objects) + 1,
        len(document),
    )


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (entries, len(content), content)


def pages_pdf(content: bytes, *further: bytes, count: int = 1, entries: bytes = b"", resources: bytes = b"") -> bytes:
    return written_pdf(
        CATALOG,
        b"<</Type/Pages/Count %d/Kids[%b]>>" % (count, b"3 0 R " * count),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>%b>>>>"
        % resources,
        stream(content, entries),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *further,
    )


def bomb() -> bytes:
    """Two gigabytes of blanks in two megabytes."""
    packer = zlib.compressobj(9)
    begin = packer.compress(b" ") + packer.flush(zlib.Z_FULL_FLUSH)
    blanks = packer.compress(b" " * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    return begin + blanks * 2_000


def forms_in_forms() -> bytes:
    """Each of 40 drawings shows the next one ten times."""
    inner = [
        stream(b"/X Do " * 10, b"/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % (number + 1))
        for number in range(6, 46)
    ]
    last = stream(b"BT /F 9 Tf (x) Tj ET", b"/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F 5 0 R>>>>")
    return pages_pdf(b"/X Do", *inner, last, resources=b"/XObject<</X 6 0 R>>")
