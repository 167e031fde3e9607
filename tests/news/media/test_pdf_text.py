"""Text extraction from PDF attachments. A file that cannot be read never stops the attachment from being saved."""

import logging
import time
import unicodedata
import zlib
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from news.media import documents
from news.media.document_worker import MAX_CHARACTERS, MAX_PAGES
from news.media.documents import read_document
from news.models import Article, Attachment
from tests.factories import make_article
from tests.news.admin.forms import ADD_URL, change_url, logged_in, typed
from tests.news.media.pdf_files import (
    CATALOG,
    WORDS,
    bomb,
    encrypted_pdf,
    forms_in_forms,
    pages_pdf,
    pdf_of,
    scanned_pdf,
    written_pdf,
)

# ---------------------------------------------------------------- what is read


def test_words_come_with_their_marks_in_nfc():
    for text in (WORDS, unicodedata.normalize("NFD", WORDS)):
        found = read_document(pdf_of(text))
        assert found.fault == ""
        assert WORDS in found.text.replace("\n", " ")


def test_hyphen_at_the_end_of_a_line_stays_in_the_number():
    found = read_document(pages_pdf(b"BT /F 12 Tf 50 700 Td (theo so 308/KH-) Tj 0 -14 Td (UBND ngay 5) Tj ET"))
    assert "308/KH-UBND" in found.text


def test_document_closed_to_changes_only_is_read():
    assert WORDS[:20] in read_document(encrypted_pdf(owner_password="chu-so-huu")).text


@pytest.mark.parametrize(
    "make", [scanned_pdf, lambda: encrypted_pdf(owner_password="a", user_password="b")], ids=["scanned", "encrypted"]
)
def test_document_that_shows_no_words_gives_none(make):
    assert read_document(make()).text == ""


# ---------------------------------------------------------------- what a hostile file may cost


@pytest.mark.parametrize(
    "make",
    [
        lambda: b"%PDF-",
        lambda: b"%PDF-" + bytes(range(256)) * 4000,
        lambda: pdf_of(WORDS)[:3000],
        lambda: pages_pdf(bomb(), entries=b"/Filter/FlateDecode"),
        lambda: pages_pdf(zlib.compress(bomb(), 9), entries=b"/Filter[/FlateDecode/FlateDecode]"),
        lambda: pages_pdf(zlib.compress(b"[" * 5_000_000), entries=b"/Filter/FlateDecode"),
        forms_in_forms,
        lambda: written_pdf(
            CATALOG,
            b"<</Type/Pages/Count 900/Parent 3 0 R/Kids[2 0 R 3 0 R]>>",
            b"<</Type/Pages/Count 900/Kids[2 0 R]>>",
        ),
        lambda: written_pdf(CATALOG, b"<</Type/Pages/Count 2000000000/Kids[3 0 R]>>", b"[" * 1_000_000),
    ],
    ids=[
        "empty",
        "noise",
        "cut off",
        "bomb",
        "bomb in a bomb",
        "nested content",
        "forms in forms",
        "circle of pages",
        "nested objects",
    ],
)
def test_hostile_file_gives_no_words_and_holds_nobody_up(make):
    document = make()
    begin = time.monotonic()
    assert read_document(document).text == ""
    assert time.monotonic() - begin < 3 * documents.MAX_SECONDS  # without its limits the worst takes for ever


@pytest.fixture
def without_wall_clock_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the limit by the wall clock, which a busy machine would reach; the limit on processor time stays."""
    monkeypatch.setattr(documents, "MAX_SECONDS", 120)


def test_hundred_thousand_pages_are_read_up_to_a_limit(without_wall_clock_limit: None):
    found = read_document(pages_pdf(b"BT /F 12 Tf 50 700 Td (trang) Tj ET", count=100_000))
    assert found.text.split() == ["trang"] * MAX_PAGES


def test_text_is_cut_at_a_limit(without_wall_clock_limit: None):
    found = read_document(
        pages_pdf(b"BT /F 1 Tf 1 700 Td (" + b"mot hai ba " * 200 + b") Tj ET", count=MAX_CHARACTERS // 2000)
    )
    assert MAX_CHARACTERS * 0.98 < len(found.text) <= MAX_CHARACTERS


def test_reading_ends_when_the_clock_says_so(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(documents, "MAX_SECONDS", 0.001)
    assert read_document(pdf_of(WORDS)) == ("", "it took longer than 0.001 seconds")


def test_files_wait_for_each_other_but_not_for_long(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(documents, "MAX_SECONDS", 0.01)
    with documents.ONE_AT_A_TIME, pytest.raises(documents.TooBusy):
        read_document(pdf_of(WORDS))


# ---------------------------------------------------------------- attachments


@pytest.fixture
def attach(db, django_capture_on_commit_callbacks):
    def make(content: bytes, name: str = "phu-luc.pdf", article: Article | None = None) -> Attachment:
        with django_capture_on_commit_callbacks(execute=True):
            return Attachment.objects.create(
                article=article or make_article(), title="Phụ lục", file=ContentFile(content, name=name)
            )

    return make


def test_uploaded_pdf_is_read(attach):
    attachment = attach(pdf_of(WORDS))
    assert WORDS in attachment.text.replace("\n", " ")
    stored = Attachment.objects.get()
    assert stored.text == attachment.text
    assert stored.text_read_at is not None


def test_new_file_brings_its_own_words(attach, django_capture_on_commit_callbacks):
    attachment = Attachment.objects.get(pk=attach(pdf_of("Mùa cam chín sớm")).pk)
    with django_capture_on_commit_callbacks(execute=True):
        attachment.file = ContentFile(pdf_of("Lịch đóng mở cống"), name="lich.pdf")
        attachment.save()
        assert Attachment.objects.values_list("text", "text_read_at").get() == ("", None), (
            "the old words are gone at once"
        )
    stored = Attachment.objects.get().text
    assert "Lịch đóng mở cống" in stored
    assert "Mùa cam" not in stored


def test_scanned_file_that_replaces_another_leaves_no_words(attach, django_capture_on_commit_callbacks):
    attachment = attach(pdf_of("Mùa cam chín sớm"))
    with django_capture_on_commit_callbacks(execute=True):
        attachment.file = ContentFile(scanned_pdf(), name="quet.pdf")
        attachment.save()
    assert Attachment.objects.get().text == ""


def test_words_of_a_file_replaced_meanwhile_are_not_kept(attach):
    attachment = attach(pdf_of("Mùa cam chín sớm"))
    late = Attachment.objects.get()
    attachment.file = ContentFile(b"PK\x03\x04", name="khac.zip")
    attachment.save()
    late.read_text()
    assert Attachment.objects.get().text == ""


def test_only_a_new_file_is_read(attach, django_capture_on_commit_callbacks):
    attachment = attach(pdf_of(WORDS))
    with django_capture_on_commit_callbacks() as callbacks:
        Attachment.objects.create(
            article=attachment.article, title="Ảnh", file=ContentFile(b"PK\x03\x04", name="anh.zip")
        )
        attachment.title = "Tên khác"
        attachment.save()
    assert callbacks == []
    assert WORDS in Attachment.objects.get(title="Tên khác").text.replace("\n", " ")


def test_reason_is_logged_without_the_files_address(attach, caplog: pytest.LogCaptureFixture):
    attachment = attach(b"%PDF-1.4 hong")
    (line,) = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert line.startswith(f"The words of attachment {attachment.pk} were not read, or not all: PdfiumError")
    assert attachment.file.name not in line


def test_file_lost_on_the_way_costs_only_its_words(
    db, caplog: pytest.LogCaptureFixture, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        attachment = Attachment.objects.create(
            article=make_article(), title="Phụ lục", file=ContentFile(pdf_of(WORDS), name="a.pdf")
        )
        attachment.file.storage.delete(attachment.file.name)
    assert list(Attachment.objects.unread()) == [attachment]
    assert "Error calling Attachment.read_text in on_commit()" in caplog.text


def test_lists_of_attachments_do_not_load_the_words(attach):
    article = attach(pdf_of(WORDS)).article
    for attachments in (
        Article.objects.for_page().get().attachments.all(),
        article.attachments.all(),
        Attachment.objects.all(),
    ):
        assert ["text" in attachment.get_deferred_fields() for attachment in attachments] == [True]


# ---------------------------------------------------------------- the editor


def upload(content: bytes) -> dict[str, object]:
    file = SimpleUploadedFile("phu-luc.pdf", content)
    return {
        "attachments-TOTAL_FORMS": 1,
        "attachments-0-order": 1,
        "attachments-0-title": "Phụ lục 2",
        "attachments-0-file": file,
    }


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("make", [scanned_pdf, lambda: b"%PDF-1.4 hong"], ids=["scanned", "damaged"])
def test_editor_is_told_of_a_file_without_words(make):
    page = logged_in("Phóng viên").post(ADD_URL, typed(**upload(make())), follow=True).content.decode()
    assert "Đã lưu." in page
    assert "Đã lưu tệp “Phụ lục 2”, nhưng không đọc được chữ bên trong" in page
    assert Attachment.objects.get().text_read_at is not None


@pytest.mark.django_db(transaction=True)
def test_editor_hears_nothing_of_a_file_that_was_read():
    editor = logged_in("Biên tập viên")
    page = editor.post(ADD_URL, typed(**upload(pdf_of(WORDS))), follow=True).content.decode()
    assert "Đã lưu." in page and "không đọc được chữ" not in page
    attachment = Attachment.objects.get()
    kept = {
        "attachments-TOTAL_FORMS": 1,
        "attachments-INITIAL_FORMS": 1,
        "attachments-0-id": attachment.pk,
        "attachments-0-article": attachment.article_id,
        "attachments-0-title": "Tên mới",
        "attachments-0-order": 2,
    }
    page = editor.post(change_url(attachment.article), typed(attachment.article, **kept), follow=True).content.decode()
    assert "Đã lưu." in page and "không đọc được chữ" not in page
    assert WORDS in Attachment.objects.get(title="Tên mới").text.replace("\n", " ")


# ---------------------------------------------------------------- manage.py read_attachments


def read_attachments(*options: str) -> str:
    output = StringIO()
    call_command("read_attachments", *options, stdout=output)
    return output.getvalue()


def test_command_reads_each_file_once(attach):
    for content, name in ((pdf_of(WORDS), "chu.pdf"), (scanned_pdf(), "quet.pdf"), (b"PK\x03\x04", "anh.zip")):
        attach(content, name)
    Attachment.objects.update(text="", text_read_at=None)
    assert "Đã đọc 2 tệp, trong đó 1 tệp không có chữ" in read_attachments()
    assert [
        WORDS in text.replace("\n", " ") for text in Attachment.objects.order_by("pk").values_list("text", flat=True)
    ] == [True, False, False]
    assert "Đã đọc 0 tệp" in read_attachments()
    assert "Đã đọc 2 tệp" in read_attachments("--all")


def test_command_goes_on_after_a_lost_file_and_tries_it_again(attach):
    lost = attach(pdf_of(WORDS))
    attach(pdf_of(WORDS))
    Attachment.objects.update(text="", text_read_at=None)
    lost.file.storage.delete(lost.file.name)
    assert "Không mở được 1 tệp" in read_attachments()
    assert list(Attachment.objects.unread()) == [lost]
