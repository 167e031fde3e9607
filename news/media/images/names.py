"""The names of picture files.

A stored picture is one re-encoded file whose name ends in its size, `photos/2026/11/k3j…-1600x1067.jpg`, with its
renditions beside it, `…-1600x1067.w800.avif`. So the name alone says which renditions exist: no page has to ask a
database or the storage for them.
"""

import re
import secrets
from pathlib import PurePosixPath

from django.utils import timezone

RENDITION_WIDTHS = (400, 800, 1200, 1600)  # pixels: phone, phone at double density, column, full width
FALLBACK_WIDTH = 800  # pixels of the JPEG for old browsers
# Matched as a whole, because an address in a text may have a NUL at its end.
SIZED_NAME = re.compile(r"[\w./-]+-(\d{1,5})x(\d{1,5})\.(?:jpg|png)", re.ASCII)


def new_name(width: int, height: int, extension: str) -> str:
    """A name that nobody can guess, so that the pictures of an unpublished article stay unseen."""
    return f"photos/{timezone.localtime():%Y/%m}/{secrets.token_hex(8)}-{width}x{height}.{extension}"


def size_of(name: str) -> tuple[int, int] | None:
    """Width and height in pixels; None for a file that is not one of ours."""
    match = SIZED_NAME.fullmatch(name)
    return (int(match[1]), int(match[2])) if match else None


def rendition_widths(width: int) -> list[int]:
    return [step for step in RENDITION_WIDTHS if step < width] + ([width] if width <= RENDITION_WIDTHS[-1] else [])


def rendition_name(name: str, width: int, extension: str) -> str:
    return str(PurePosixPath(name).with_suffix(f".w{width}.{extension}"))


def fallback_name(name: str, width: int) -> str:
    return rendition_name(name, min(width, FALLBACK_WIDTH), "jpg")


def share_name(name: str) -> str:
    return str(PurePosixPath(name).with_suffix(".share.jpg"))


def thumbnail_name(name: str) -> str:
    """The small JPEG rendition; for a file that is not one of ours, the file itself."""
    size = size_of(name)
    return fallback_name(name, size[0]) if size else name


def all_names(name: str) -> list[str]:
    size = size_of(name)
    if size is None:
        return [name]
    avif = [rendition_name(name, width, "avif") for width in rendition_widths(size[0])]
    return [name, *avif, fallback_name(name, size[0]), share_name(name)]
