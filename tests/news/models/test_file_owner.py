"""A file leaves the storage with the row that owns it, whatever the way, and never when nothing was committed."""

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.db import transaction

from news.models import Article, Attachment, Photo
from tests.factories import make_article, make_photo

pytestmark = pytest.mark.django_db(transaction=True)


def pdf(name: str = "phu-luc.pdf") -> ContentFile:
    return ContentFile(b"%PDF-1.4 phu luc", name=name)


def attach(article: Article | None = None) -> Attachment:
    return Attachment.objects.create(article=article or make_article(), title="Phụ lục", file=pdf())


@pytest.fixture
def files(settings) -> Callable[[], list[str]]:
    """The names of all files in the storage."""
    root = Path(settings.MEDIA_ROOT)
    return lambda: sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


WAYS: dict[str, Callable[[Attachment], object]] = {
    "instance": lambda attachment: attachment.delete(),
    "queryset": lambda attachment: Attachment.objects.filter(pk=attachment.pk).delete(),
    "related manager": lambda attachment: attachment.article.attachments.all().delete(),
    "its article": lambda attachment: attachment.article.delete(),
    "a queryset of articles": lambda attachment: Article.objects.all().delete(),
}


@pytest.mark.parametrize("way", WAYS)
def test_file_goes_with_its_row(files, way: str):
    attachment = attach()
    assert files() == [attachment.file.name]
    WAYS[way](attachment)
    assert files() == []


@pytest.mark.parametrize("way", WAYS)
def test_file_stays_until_the_commit_and_after_a_rollback(files, way: str):
    attachment = attach()
    name = attachment.file.name
    with transaction.atomic():
        WAYS[way](attachment)
        assert files() == [name]
        transaction.set_rollback(True)
    assert files() == [name]
    assert Attachment.objects.get().file.name == name


def test_replaced_file_goes_after_the_commit(files):
    attachment = attach()
    old = attachment.file.name
    with transaction.atomic():
        attachment.file = pdf("ban-moi.pdf")
        attachment.save()
        assert files() == sorted([old, attachment.file.name])
    assert files() == [attachment.file.name]


def test_replacement_that_is_rolled_back_leaves_the_old_file(files):
    attachment = attach()
    old = attachment.file.name
    with transaction.atomic():
        attachment.file = pdf("ban-moi.pdf")
        attachment.save()
        transaction.set_rollback(True)
    assert old in files()


def test_file_replaced_by_a_bulk_change_goes_too(files):
    attachment, other = attach(), attach()
    Attachment.objects.filter(pk=attachment.pk).update(file=other.file.name)
    assert files() == [other.file.name]


def test_file_that_another_row_names_stays_until_that_one_goes(files):
    attachment = attach()
    twin = Attachment.objects.create(article=attachment.article, title="Cùng tệp", file=attachment.file.name)
    attachment.delete()
    assert files() == [twin.file.name]
    twin.delete()
    assert files() == []


def test_saving_anything_else_leaves_the_file(files):
    attachment = attach()
    attachment.title = "Tên mới"
    attachment.save()
    Attachment.objects.update(order=7)
    assert files() == [attachment.file.name]


def test_storage_that_does_not_delete_is_logged_and_stops_nobody(files, monkeypatch, caplog):
    first, second = attach(), attach()
    gone = min(first.file.name, second.file.name)
    delete = FileSystemStorage.delete

    def away(self, name: str) -> None:
        if name == gone:
            raise OSError("storage away")
        delete(self, name)

    monkeypatch.setattr(FileSystemStorage, "delete", away)
    with caplog.at_level(logging.ERROR):
        Attachment.objects.all().delete()
    assert not Attachment.objects.exists()
    assert files() == [gone]
    assert f"A file could not be deleted: {gone}" in caplog.text


@pytest.mark.parametrize("in_bulk", [False, True], ids=["instance", "queryset"])
def test_photo_takes_its_renditions_along(files, in_bulk: bool):
    photo, other = make_photo(), make_photo()
    with transaction.atomic():
        Photo.objects.filter(pk=photo.pk).delete() if in_bulk else photo.delete()
        assert [name for name in files() if name.startswith(photo.name.removesuffix(".jpg"))]
    left = files()
    assert left
    assert [name for name in left if not name.startswith(other.name.removesuffix(".jpg"))] == []


def test_photo_whose_deletion_is_rolled_back_keeps_its_files(files):
    photo = make_photo()
    before = files()
    with transaction.atomic():
        photo.delete()
        transaction.set_rollback(True)
    assert files() == before
    assert Photo.objects.exists()
