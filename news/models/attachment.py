import logging
import secrets
from collections.abc import Iterable
from contextlib import suppress
from functools import partial, reduce
from operator import or_
from pathlib import PurePosixPath
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Q
from django.db.models.signals import post_delete
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..fields import LineField, StoredAs
from ..media.documents import KINDS, read_document
from ..text.cleaning import clean_line
from ..text.folding import slugify
from .article import Article
from .changes import rows_changed
from .file_owner import FileOwner, FileOwnerQuerySet, file_owner_deleted

logger = logging.getLogger(__name__)

FOLDER = "tep"  # in the storage; nothing else lies there
MAX_BYTES = 50_000_000  # a scanned annex of a hundred pages
# The first bytes of each kind; a file that says .pdf and begins otherwise is refused.
SIGNATURES = {
    "pdf": (b"%PDF-",),
    "doc": (b"\xd0\xcf\x11\xe0",),
    "xls": (b"\xd0\xcf\x11\xe0",),
    "ppt": (b"\xd0\xcf\x11\xe0",),
    "docx": (b"PK\x03\x04",),
    "xlsx": (b"PK\x03\x04",),
    "pptx": (b"PK\x03\x04",),
    "odt": (b"PK\x03\x04",),
    "ods": (b"PK\x03\x04",),
    "zip": (b"PK\x03\x04", b"PK\x05\x06"),
}

# For feed readers. The list of types that a machine brings may lack the office formats.
OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "pptx": f"{OFFICE}.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "zip": "application/zip",
}

NOT_READ: dict[str, Any] = {"text": "", "text_read_at": None}


class FileNotStored(Exception):
    """The storage did not take an upload: full, read-only or away."""


def upload_name(attachment: "Attachment", filename: str) -> str:
    """A name that is readable after a download and cannot be guessed before the article is public."""
    path = PurePosixPath(clean_line(filename))
    stem = slugify(path.stem, max_length=60)
    return f"{FOLDER}/{timezone.localtime():%Y/%m}/{secrets.token_hex(8)}/{stem}{path.suffix.lower()}"


def validate_attachment(file) -> None:
    extension = PurePosixPath(file.name).suffix.lower().lstrip(".")
    if extension not in SIGNATURES:
        raise ValidationError(
            _("Chỉ nhận tệp %(kinds)s."), code="kind", params={"kinds": ", ".join(kind.upper() for kind in SIGNATURES)}
        )
    if file.size > MAX_BYTES:
        raise ValidationError(_("Tệp lớn quá 50 MB."), code="size")
    file.seek(0)
    start = file.read(8)
    file.seek(0)
    if not start.startswith(SIGNATURES[extension]):
        raise ValidationError(
            _("Nội dung tệp không đúng là %(kind)s. Hãy mở tệp, lưu lại đúng dạng rồi tải lên."),
            code="signature",
            params={"kind": extension.upper()},
        )


class AttachmentQuerySet(FileOwnerQuerySet["Attachment"]):
    def update(self, **kwargs: Any) -> int:
        """Announces the articles that attachments leave for another one, and has new files read."""
        with transaction.atomic():
            moves = not kwargs.keys().isdisjoint({"article", "article_id"})
            left = list(self.order_by().values_list("article_id", flat=True)) if moves else []
            if "file" in kwargs:
                kwargs = {**NOT_READ, **kwargs}
                pks = list(self.order_by().values_list("pk", flat=True))
                transaction.on_commit(partial(read_texts, pks), robust=True)
            changed = super().update(**kwargs)
            rows_changed.send(Article, pks=left, fields={"attachments"})
        return changed

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable["Attachment"], *args: Any, **kwargs: Any) -> list["Attachment"]:
        with transaction.atomic():
            attachments = list(objs)
            for attachment in attachments:
                attachment.store_upload()
                attachment.file_changes()
            return super().bulk_create(attachments, *args, **kwargs)

    def measure(self) -> int:
        """Finds out the sizes that are missing, because a script named files that were in the storage already. Returns
        how many were found."""
        found = 0
        for attachment in list(self.filter(size=0).exclude(file="").order_by("pk")):
            attachment.measure()
            found += bool(attachment.size and self.filter(pk=attachment.pk).update(size=attachment.size))
        return found

    def readable(self) -> Self:
        """Files of the kinds whose text can be read: not presentations, archives and old office formats."""
        return self.filter(reduce(or_, (Q(file__endswith=f".{kind}") for kind in KINDS)))

    def unread(self) -> Self:
        return self.readable().filter(text_read_at=None)


class AttachmentManager(models.Manager.from_queryset(AttachmentQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> AttachmentQuerySet:
        """Without the text, which no page shows and which may have half a million characters."""
        return super().get_queryset().defer("text")


class DocumentField(StoredAs, models.FileField):
    """A document under a name of our own. Migrations know neither the rule for names nor the check of uploads."""

    stored_as = "django.db.models.FileField"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        defaults: dict[str, Any] = {"upload_to": upload_name, "validators": [validate_attachment]}
        super().__init__(*args, **(defaults | kwargs))

    def formfield(self, **kwargs: Any) -> Any:
        """The name of an upload may be of any length: the file is stored under a name of our own."""
        return super().formfield(**(kwargs | {"max_length": None}))

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("validators", None)
        return name, path, args, kwargs | {"upload_to": ""}


class Attachment(FileOwner):
    owned_file = "file"

    article = models.ForeignKey("news.Article", models.CASCADE, verbose_name=_("bài viết"), related_name="attachments")
    title = LineField(_("tên tài liệu"), max_length=200)
    file = DocumentField(_("tệp"), max_length=200)
    size = models.PositiveBigIntegerField(_("dung lượng"), editable=False, default=0, help_text=_("Tính bằng byte."))
    order = models.PositiveIntegerField(_("thứ tự"), default=100)
    text = models.TextField(editable=False, default="")  # the words inside, to search in
    text_read_at = models.DateTimeField(null=True, editable=False)  # a file without words is not tried again either

    objects = AttachmentManager()

    class Meta:
        verbose_name = _("tệp đính kèm")
        verbose_name_plural = _("tệp đính kèm")
        ordering = ["order", "pk"]
        base_manager_name = "objects"  # so that `article.attachments.add(…)` is announced, see AnnouncingQuerySet

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.store_upload()
        super().save(*args, **kwargs)

    def store_upload(self) -> None:
        """Stores an upload whole or not at all. Raises FileNotStored."""
        if getattr(self.file, "_committed", True):
            if self._state.adding and not self.size:
                self.measure()
            return
        self.size = self.file.size
        self.text, self.text_read_at = "", None
        name = self.file.field.generate_filename(self, self.file.name or "")
        try:
            self.file = default_storage.save(name, self.file.file)
        except Exception as error:  # a full disk is an OSError, an object store has errors of its own
            logger.exception("An attachment could not be stored")
            with suppress(OSError):
                default_storage.delete(name)
            raise FileNotStored from error

    def measure(self) -> None:
        """Sets the size to that of the file in the storage; a file that is not there stays without one."""
        try:
            self.size = self.file.size if self.file else 0
        except Exception:  # a lost file is an OSError, an object store has errors of its own
            logger.warning("Attachment %s could not be measured: %s", self.pk, self.file.name)

    def file_changes(self) -> None:
        if not self._state.adding:
            self.text, self.text_read_at = "", None
        if self.is_readable and self.text_read_at is None:
            # After the commit: no other writer waits while a file is read. `read_attachments` reads what fails here.
            transaction.on_commit(self.read_text, robust=True)

    def read_text(self) -> None:
        """Stores the text inside the file. Raises whatever the storage raises if it cannot open the file."""
        with self.file.open() as file:
            text, fault = read_document(file.read())
        if fault:
            logger.warning("The words of attachment %s were not read, or not all: %s", self.pk, fault)
        now = timezone.now()
        if Attachment.objects.filter(pk=self.pk, file=self.file.name).update(
            text=text, text_read_at=now
        ):  # not replaced meanwhile
            self.text, self.text_read_at = text, now

    @property
    def is_readable(self) -> bool:
        return self.kind.lower() in KINDS

    @property
    def kind(self) -> str:
        return PurePosixPath(self.file.name or "").suffix.lstrip(".").upper()

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES.get(self.kind.lower(), "application/octet-stream")


def read_texts(pks: list[int]) -> None:
    for attachment in Attachment.objects.filter(pk__in=pks).unread():
        try:
            attachment.read_text()
        except Exception:  # a lost file is an OSError, an object store has errors of its own
            logger.exception("Attachment %s could not be opened", attachment.pk)


post_delete.connect(file_owner_deleted, sender=Attachment)
