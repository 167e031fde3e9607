"""Writing, deleting and addressing picture files in Django's default storage."""

import logging
from dataclasses import dataclass
from functools import lru_cache
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _

from .decoding import UNREADABLE, decode
from .encoding import encoded_files
from .names import all_names, new_name, size_of, thumbnail_name

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class StoredPicture:
    name: str
    width: int
    height: int


def store_picture(upload: IO[bytes]) -> StoredPicture:
    """Checks and re-encodes an uploaded picture, and writes it with its renditions, or nothing at all.

    Raises ValidationError with a sentence for the editor.
    """
    image, lossless = decode(upload)
    name = new_name(*image.size, extension="png" if lossless else "jpg")
    try:
        files = list(encoded_files(image, name, lossless))
    except Exception as error:
        raise ValidationError(UNREADABLE) from error
    try:
        for path, content in files:
            default_storage.save(path, ContentFile(content))
    except Exception as error:  # a full disk is an OSError, an object store has errors of its own
        logger.exception("A picture could not be stored")
        delete_picture(name)
        raise ValidationError(
            _("Máy chủ chưa lưu được ảnh (hết chỗ hoặc không được ghi). Hãy báo người quản trị.")
        ) from error
    return StoredPicture(name, *image.size)


def delete_picture(name: str) -> None:
    """Missing files are no error."""
    for path in all_names(name):
        try:
            default_storage.delete(path)
        except OSError:
            logger.exception("A picture file could not be deleted: %s", path)


def thumbnail_url(name: str) -> str:
    return default_storage.url(thumbnail_name(name))


@lru_cache(maxsize=10_000)  # a file never changes under its name, and asking an object store takes long
def bytes_of(name: str) -> int:
    """Raises what the storage raises for a file that is not there."""
    return default_storage.size(name)


def name_from_url(url: str) -> str | None:
    """Storage name of the picture at this address; None if it is not one of ours."""
    base = default_storage.url("")
    name = url.removeprefix(base)
    return name if name != url and size_of(name) and ".." not in name else None
