"""Text extraction from DOCX and ODT attachments."""

import zipfile
from io import BytesIO

import pytest
from django.core.files.base import ContentFile

from news.media.documents import read_document
from news.models import Attachment
from tests.factories import make_article

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


def packed(part: str, xml: str) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, xml)
    return file.getvalue()


def docx(body: str) -> bytes:
    return packed(
        "word/document.xml", f'<w:document xmlns:w="{WORD}" xmlns:wp="{DRAWING}"><w:body>{body}</w:body></w:document>'
    )


def odt(body: str) -> bytes:
    return packed(
        "content.xml",
        f'<o:document-content xmlns:o="{OFFICE}" xmlns:t="{TEXT}"><o:body>{body}</o:body></o:document-content>',
    )


def test_docx_gives_the_words_its_readers_see():
    document = docx(
        "<w:p><w:r><w:t>Kế hoạch số 308/KH</w:t></w:r><w:r><w:t>-UBND</w:t></w:r>"
        "<w:r><w:tab/><w:t>năm 2026</w:t></w:r></w:p>"
        "<w:p><w:del><w:r><w:delText>lời đã bỏ</w:delText></w:r></w:del><w:r><w:instrText>PAGE</w:instrText></w:r>"
        "<wp:posOffset>12345</wp:posOffset><w:r><w:t>Hỗ trợ ngư dân</w:t></w:r></w:p>"
    )
    assert read_document(document) == ("Kế hoạch số 308/KH-UBND năm 2026\nHỗ trợ ngư dân", "")


def test_odt_gives_the_words_its_readers_see():
    document = odt(
        "<t:tracked-changes><t:p>lời đã bỏ</t:p></t:tracked-changes>"
        "<t:h>Kế hoạch <t:span>số</t:span><t:s/>308/KH-UBND</t:h>"
        "<t:p>Hỗ trợ<o:annotation><t:p>hỏi lại sếp</t:p></o:annotation> ngư dân</t:p>"
    )
    assert read_document(document) == ("Kế hoạch số 308/KH-UBND\nHỗ trợ ngư dân", "")


@pytest.mark.parametrize(
    "document",
    [
        b"PK\x03\x04",
        packed("khac.xml", "<a/>"),
        docx("<w:p>" * 2_000_000),
        docx(" " * 200_000_000),
        packed(
            "content.xml",
            '<!DOCTYPE a [<!ENTITY a "haha">'
            + "".join(
                f'<!ENTITY {name} "{f"&{before};" * 50}">' for before, name in zip("abcdef", "bcdefg", strict=True)
            )
            + f']><t:p xmlns:t="{TEXT}">&g;</t:p>',
        ),
    ],
    ids=["no archive", "another archive", "nested", "bomb", "entities"],
)
def test_hostile_file_gives_no_words(document: bytes):
    assert read_document(document).text == ""


@pytest.mark.django_db
def test_uploaded_docx_is_read(django_capture_on_commit_callbacks):
    file = ContentFile(docx("<w:p><w:r><w:t>Hỗ trợ ngư dân</w:t></w:r></w:p>"), name="Mẫu đơn.docx")
    with django_capture_on_commit_callbacks(execute=True):
        Attachment.objects.create(article=make_article(), title="Mẫu đơn", file=file)
    assert Attachment.objects.get().text == "Hỗ trợ ngư dân"
