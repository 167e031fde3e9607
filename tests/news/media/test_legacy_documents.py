"""Attachments from before Unicode are found by the Vietnamese words that they show."""

from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from fpdf import FPDF

from news.media.documents import read_document
from news.models import Article, Attachment
from portal.demo.documents import FONT
from tests.factories import make_article
from tests.news.media.test_office_text import docx
from tests.news.text.test_legacy_encodings import HEAD, HEAD_IN_TCVN3, HEAD_IN_VNI


def pdf_in_western_letters(text: str) -> bytes:
    """As office programs of that time wrote it: no table in the file says which letters the font draws."""
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=10)
    for line in text.split("\n"):
        pdf.cell(text=line, new_x="LMARGIN", new_y="NEXT")
    return bytes(pdf.output())


def pdf_with_a_table_of_letters(text: str) -> bytes:
    pdf = FPDF()
    pdf.add_font("Be Vietnam Pro", fname=FONT)
    pdf.add_page()
    pdf.set_font("Be Vietnam Pro", size=10)
    for line in text.split("\n"):
        pdf.cell(text=line, new_x="LMARGIN", new_y="NEXT")
    return bytes(pdf.output())


@pytest.mark.parametrize("make", [pdf_in_western_letters, pdf_with_a_table_of_letters])
@pytest.mark.parametrize("written", [HEAD_IN_TCVN3, HEAD_IN_VNI], ids=["TCVN3", "VNI"])
def test_words_of_an_old_pdf_come_in_unicode(make, written: str):
    assert read_document(make(written)).text.split() == HEAD.split()


def test_words_of_an_old_docx_come_in_unicode():
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in HEAD_IN_TCVN3.split("\n"))
    assert read_document(docx(paragraphs)) == (HEAD, "")


def attach(article: Article, content: bytes, commit) -> Attachment:
    with commit(execute=True):
        return Attachment.objects.create(
            article=article, title="Phụ lục", file=ContentFile(content, name="phu-luc.pdf")
        )


def found(words: str) -> list[str]:
    return [article.title for article in Client().get("/tim-kiem/", {"q": words}).context["page"]]


@pytest.mark.parametrize("words", ["thuỷ lợi phí", "thuy loi phi", '"được miễn nếu mất mùa"', "12/2004/QĐ-UB"])
@pytest.mark.parametrize("written", [HEAD_IN_TCVN3, HEAD_IN_VNI], ids=["TCVN3", "VNI"])
def test_old_pdf_is_found_by_its_words(db, django_capture_on_commit_callbacks, written: str, words: str):
    attach(make_article("Văn bản năm 2004"), pdf_in_western_letters(written), django_capture_on_commit_callbacks)
    make_article("Bài khác")
    assert found(words) == ["Văn bản năm 2004"]


def test_old_pdf_read_by_an_earlier_version_is_found_once_all_are_read_again(db, django_capture_on_commit_callbacks):
    article = make_article("Văn bản năm 2004")
    attachment = attach(article, pdf_in_western_letters(HEAD_IN_TCVN3), django_capture_on_commit_callbacks)
    Attachment.objects.filter(pk=attachment.pk).update(text=HEAD_IN_TCVN3)
    assert found("thuỷ lợi phí") == []
    call_command("read_attachments", "--all", stdout=StringIO())
    assert found("thuỷ lợi phí") == ["Văn bản năm 2004"]
