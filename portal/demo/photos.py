"""The demo's photo library, from the finished pictures packaged in pictures/.

`python -m tools.demo_pictures` makes those files: one original a picture, and its AVIF renditions, which take most of
the time an upload takes. The JPEG files are made here as for an upload, and everything goes to the default storage.
"""

import os
from concurrent.futures import ProcessPoolExecutor
from itertools import chain
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from news.media.images import StoredPicture, delete_picture, rendition_widths
from news.media.images.decoding import decode
from news.media.images.encoding import jpeg_files
from news.media.images.names import new_name, rendition_name
from news.models import Photo

from . import content
from .progress import Track

FOLDER = Path(__file__).with_name("pictures")
EMBLEM = {"key": "bieu-trung", "alt": "", "caption": "", "credit": ""}


def make_photos(track: Track) -> dict[str, Photo]:
    """Every photo of the demo by its key; stores those that are missing, one process for each processor core."""
    entries = [EMBLEM, *content.pictures()]
    by_name = {photo.original_name: photo for photo in Photo.objects.filter(uploaded_by=None)}
    photos = {entry["key"]: by_name[name] for entry in entries if (name := original(entry["key"]).name) in by_name}
    missing = [entry for entry in entries if entry["key"] not in photos]
    if missing:
        with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
            stored = pool.map(store, [entry["key"] for entry in missing])
            for entry, picture in zip(missing, track(stored, "Nạp ảnh", len(missing)), strict=True):
                photos[entry["key"]] = make_photo(entry, picture)
    return photos


def make_photo(entry: dict[str, str], picture: StoredPicture) -> Photo:
    return Photo.objects.create(
        image=picture.name,
        width=picture.width,
        height=picture.height,
        original_name=original(entry["key"]).name,
        caption=entry["caption"],
        alt=entry["alt"],
        credit=entry["credit"],
    )


def original(key: str) -> Path:
    return next(path for path in FOLDER.glob(f"{key}-*x*.*") if path.suffix != ".avif")


def store(key: str) -> StoredPicture:
    """Writes all files of one picture to the default storage, or none. Leaves the database alone, because it runs in
    a process of its own."""
    packaged = original(key)
    with packaged.open("rb") as file:
        image, lossless = decode(file)
    name = new_name(*image.size, extension="png" if lossless else "jpg")
    avif_files = (
        (rendition_name(name, width, "avif"), Path(rendition_name(str(packaged), width, "avif")).read_bytes())
        for width in rendition_widths(image.width)
    )
    try:
        for path, data in chain(jpeg_files(image, name, lossless), avif_files):
            default_storage.save(path, ContentFile(data))
    except Exception:
        delete_picture(name)
        raise
    return StoredPicture(name, *image.size)
