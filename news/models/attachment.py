import logging
import secrets
from contextlib import suppress
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..fields import LineField
from ..text import clean_line, slugify

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

# Told to feed readers; a machine's own list of types may be short of the office formats.
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


class FileNotStored(Exception):
    """The storage did not take an upload: full, read-only or away."""


def upload_name(attachment: "Attachment", filename: str) -> str:
    """Readable after download, impossible to guess before the article is public."""
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
            code="signature", params={"kind": extension.upper()},
        )  # fmt: skip


class Attachment(models.Model):
    article = models.ForeignKey("news.Article", models.CASCADE, verbose_name=_("bài viết"), related_name="attachments")
    title = LineField(_("tên tài liệu"), max_length=200)
    file = models.FileField(_("tệp"), upload_to=upload_name, max_length=200, validators=[validate_attachment])
    size = models.PositiveBigIntegerField(_("dung lượng"), editable=False, default=0, help_text=_("Tính bằng byte."))
    order = models.PositiveIntegerField(_("thứ tự"), default=100)

    class Meta:
        verbose_name = _("tệp đính kèm")
        verbose_name_plural = _("tệp đính kèm")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, **kwargs) -> None:
        if not getattr(self.file, "_committed", True):  # a new upload; asking an old file that has gone from the disk would fail
            self.size = self.file.size
            self._store_file()
        super().save(*args, **kwargs)

    def _store_file(self) -> None:
        """The upload comes to lie in the storage whole or not at all. Raises FileNotStored."""
        name = self.file.field.generate_filename(self, self.file.name or "")
        try:
            self.file = default_storage.save(name, self.file.file)
        except Exception as error:  # a full disk is an OSError, an object store has errors of its own
            logger.exception("An attachment could not be stored")
            with suppress(OSError):
                default_storage.delete(name)
            raise FileNotStored from error

    @property
    def kind(self) -> str:
        return PurePosixPath(self.file.name or "").suffix.lstrip(".").upper()

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES.get(self.kind.lower(), "application/octet-stream")
