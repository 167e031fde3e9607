"""The text inside an attachment is read whatever the way it came in."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from news.models import Attachment
from news.search.results import ids_matching
from portal.demo.documents import make_pdf
from tests.factories import make_article

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "Quy hoạch cảng cá Cửa Sót"


def file(words: str = WORDS) -> ContentFile:
    return ContentFile(make_pdf("Phụ lục", words, "Cơ quan mẫu"), name="phu-luc.pdf")


def text_of(attachment: Attachment) -> str:
    return Attachment.objects.values_list("text", flat=True).get(pk=attachment.pk)


def test_attachment_saved_outside_of_a_transaction_is_read():
    article = make_article()
    attachment = Attachment(article=article, title="Phụ lục", file=file())
    attachment.save()
    assert WORDS in text_of(attachment)
    assert WORDS in attachment.text
    assert list(ids_matching("cảng cá cửa sót")) == [article.pk]


def test_attachment_is_read_after_the_commit_and_not_before():
    with transaction.atomic():
        attachment = make_article().attachments.create(title="Phụ lục", file=file())
        assert text_of(attachment) == ""
    assert WORDS in text_of(attachment)


def test_attachments_made_in_bulk_are_stored_measured_and_read():
    article = make_article()
    Attachment.objects.bulk_create(Attachment(article=article, title=f"Phụ lục {n}", file=file()) for n in (1, 2))
    for attachment in Attachment.objects.all():
        assert WORDS in text_of(attachment)
        assert attachment.size == attachment.file.size


def test_file_that_an_import_put_into_the_storage_itself_is_read():
    name = default_storage.save("tep/nhap/phu-luc.pdf", file())
    assert WORDS in text_of(Attachment.objects.create(article=make_article(), title="Phụ lục", file=name))


@pytest.mark.parametrize("in_bulk", [False, True], ids=["instance", "queryset"])
def test_replaced_file_is_read_anew(in_bulk: bool):
    attachment = Attachment.objects.create(article=make_article(), title="Phụ lục", file=file())
    if in_bulk:
        name = default_storage.save("tep/nhap/ban-moi.pdf", file("Bản mới"))
        Attachment.objects.filter(pk=attachment.pk).update(file=name)
    else:
        attachment.file = file("Bản mới")
        attachment.save()
    assert "Bản mới" in text_of(attachment)
    assert WORDS not in text_of(attachment)
