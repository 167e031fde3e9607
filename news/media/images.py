"""Pictures: what an upload becomes, and the `<picture>` element that shows it.

A stored picture is one re-encoded file whose name ends in its size, `photos/2026/11/k3j…-1600x1067.jpg`, with its
renditions beside it, `…-1600x1067.w800.avif`. So the name alone says which renditions exist: no page asks a
database or the storage for them.
"""

import logging
import re
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from io import BytesIO
from pathlib import PurePosixPath
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps

logger = logging.getLogger(__name__)

MAX_UPLOAD_BYTES = 20_000_000  # a photo from a good camera has 8–15 MB
MAX_PIXELS = 40_000_000  # decoding takes 4 bytes a pixel, and one step needs two copies: at most 320 MB
MAX_WEBP_PIXELS = 20_000_000  # its decoder holds three more copies
MAX_WIDTH = 2560  # pixels kept, enough for a full-width picture on a large screen
MAX_HEIGHT = 10_000  # pixels kept: an infographic may be a long strip
MAX_KEPT_PIXELS = MAX_WIDTH * MAX_WIDTH
FORMATS = {"JPEG", "PNG", "WEBP", "GIF"}
DRAWN_FORMATS = {"PNG", "GIF"}  # charts, maps, screenshots: kept sharp …
MAX_DRAWN_COLOURS = 65_536  # … unless so many colours show that it is a photograph
RENDITION_WIDTHS = (400, 800, 1200, 1600)  # pixels: phone, phone at double density, column, full width
FALLBACK_WIDTH = 800
AVIF_SPEED = 8  # 0.1 s for 800×533; the next step takes a third of the time and writes about as many bytes of a photo …
FAST_FROM_PIXELS = 1_200_000  # … but a quarter more of a chart, so only large renditions take it
SHARE_SIZE = (1200, 630)  # what Facebook and Zalo show
TOO_MANY_PIXELS = _("Ảnh có quá nhiều điểm ảnh (hơn 40 triệu; với WebP là 20 triệu). Hãy thu nhỏ ảnh rồi tải lại.")
UNREADABLE = _("Tệp này không phải ảnh JPEG, PNG, WebP hay GIF đọc được.")
SIZED_NAME = re.compile(
    r"[\w./-]+-(\d{1,5})x(\d{1,5})\.(?:jpg|png)", re.ASCII
)  # whole: a name in a text may hide a NUL


@dataclass(frozen=True)
class StoredPicture:
    name: str
    width: int
    height: int


def store_picture(upload: IO[bytes]) -> StoredPicture:
    """Checks, turns upright, strips and re-encodes an uploaded picture; writes it and its renditions to the
    default storage, or nothing at all. Raises ValidationError with a sentence for the editor."""
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
    """Removes the picture and its renditions, as far as they are there."""
    for path in all_names(name):
        try:
            default_storage.delete(path)
        except OSError:
            logger.exception("A picture file could not be deleted: %s", path)


def decode(upload: IO[bytes]) -> tuple[Image.Image, bool]:
    """The first frame in sRGB, upright, no larger than is kept; and whether it wants a lossless format."""
    data = upload.read(MAX_UPLOAD_BYTES + 1)
    if len(data) > MAX_UPLOAD_BYTES:
        raise ValidationError(_("Ảnh lớn quá 20 MB. Hãy thu nhỏ ảnh rồi tải lại."))
    try:
        with Image.open(BytesIO(data), formats=sorted(FORMATS)) as probe:
            if probe.width * probe.height > (MAX_WEBP_PIXELS if probe.format == "WEBP" else MAX_PIXELS):
                raise Image.DecompressionBombError
            drawn = probe.format in DRAWN_FORMATS
            probe.verify()
        with Image.open(BytesIO(data), formats=sorted(FORMATS)) as opened:
            opened.draft("RGB", (MAX_WIDTH, MAX_WIDTH))
            opened.load()
            # Small first: a turned copy of forty million pixels would take as much memory again.
            image = in_srgb(fitted(upright(fitted(opened))), opened.info.get("icc_profile"))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(TOO_MANY_PIXELS) from error
    except Exception as error:  # decoders fail in every way there is: struct.error, SyntaxError, ZeroDivisionError…
        raise ValidationError(UNREADABLE) from error
    return image, drawn and image.getcolors(MAX_DRAWN_COLOURS) is not None


def upright(image: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # a damaged EXIF block is no reason to refuse the picture
        return image


def fitted(image: Image.Image) -> Image.Image:
    """In a mode that can be resized well, and no larger than is kept."""
    if image.mode in {"I;16", "I;16B", "I;16L", "I;16N", "I"}:
        image = image.convert("I").point(lambda value: value / 256).convert("L")  # 16-bit grey; convert() alone clips
    elif image.mode in {"LA", "PA", "La", "RGBa"} or "transparency" in image.info:
        image = image.convert("RGBA")
    elif image.mode not in {"L", "RGB", "RGBA", "CMYK"}:
        image = image.convert("RGB")
    scale = min(
        1, MAX_WIDTH / image.width, MAX_HEIGHT / image.height, (MAX_KEPT_PIXELS / (image.width * image.height)) ** 0.5
    )
    if scale == 1:
        return image
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """RGB without any metadata. Colours come out as the picture's own profile means them (telephones write
    Display P3); transparent parts become white, as on the page."""
    if image.mode == "RGBA":
        canvas = Image.new("RGBA", image.size, "white")
        canvas.alpha_composite(image)
        image = canvas.convert("RGB")
    if profile and image.mode in {"RGB", "CMYK"}:
        # A profile that is damaged, or made for another mode, is left aside.
        with suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            image = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB") or image
    clean = Image.new("RGB", image.size)
    clean.paste(image.convert("RGB"))
    return clean


def new_name(width: int, height: int, extension: str) -> str:
    """A name nobody can guess, so that the pictures of an unpublished article stay unseen."""
    return f"photos/{timezone.localtime():%Y/%m}/{secrets.token_hex(8)}-{width}x{height}.{extension}"


def encoded_files(image: Image.Image, name: str, lossless: bool) -> Iterator[tuple[str, bytes]]:
    yield from jpeg_files(image, name, lossless)
    for width in rendition_widths(image.width):
        rendition = resized(image, width)
        speed = AVIF_SPEED if rendition.width * rendition.height < FAST_FROM_PIXELS else AVIF_SPEED + 1
        yield rendition_name(name, width, "avif"), encode(rendition, "AVIF", quality=60, speed=speed)


def jpeg_files(image: Image.Image, name: str, lossless: bool) -> Iterator[tuple[str, bytes]]:
    """The picture itself (PNG if lossless), the rendition for old browsers and the one for Open Graph."""
    yield name, encode(image, "PNG") if lossless else encode(image, "JPEG", quality=86, progressive=True)
    fallback = min(image.width, FALLBACK_WIDTH)
    yield rendition_name(name, fallback, "jpg"), encode(resized(image, fallback), "JPEG", quality=82, progressive=True)
    share = ImageOps.fit(image, SHARE_SIZE, Image.Resampling.LANCZOS, centering=(0.5, 0.4))
    yield share_name(name), encode(share, "JPEG", quality=82, progressive=True)


def encode(image: Image.Image, file_format: str, **options: object) -> bytes:
    buffer = BytesIO()
    image.save(buffer, file_format, **options)
    return buffer.getvalue()


def resized(image: Image.Image, width: int) -> Image.Image:
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS)


def rendition_widths(width: int) -> list[int]:
    """Widths of the AVIF renditions of a picture this wide: never enlarged, the full width if it is below the largest."""
    return [step for step in RENDITION_WIDTHS if step < width] + ([width] if width <= RENDITION_WIDTHS[-1] else [])


def rendition_name(name: str, width: int, extension: str) -> str:
    return str(PurePosixPath(name).with_suffix(f".w{width}.{extension}"))


def share_name(name: str) -> str:
    return str(PurePosixPath(name).with_suffix(".share.jpg"))


def size_of(name: str) -> tuple[int, int] | None:
    """Width and height in pixels as the name tells them; None for a file that is not one of ours."""
    match = SIZED_NAME.fullmatch(name)
    return (int(match[1]), int(match[2])) if match else None


def all_names(name: str) -> list[str]:
    """The picture's file and every rendition of it, for deleting."""
    size = size_of(name)
    if size is None:
        return [name]
    avif = [rendition_name(name, width, "avif") for width in rendition_widths(size[0])]
    return [name, *avif, rendition_name(name, min(size[0], FALLBACK_WIDTH), "jpg"), share_name(name)]


def thumbnail_name(name: str) -> str:
    """The small JPEG rendition; a file that is not one of ours stands for itself."""
    size = size_of(name)
    return rendition_name(name, min(size[0], FALLBACK_WIDTH), "jpg") if size else name


def thumbnail_url(name: str) -> str:
    return default_storage.url(thumbnail_name(name))


@lru_cache(maxsize=10_000)  # a file never changes under its name, and asking an object store takes long
def bytes_of(name: str) -> int:
    """Length of a stored file. Raises what the storage raises for a file that is not there."""
    return default_storage.size(name)


def name_from_url(url: str) -> str | None:
    """Storage name of a picture address in a stored text, or None if the picture is not ours."""
    base = default_storage.url("")
    name = url.removeprefix(base)
    return name if name != url and size_of(name) and ".." not in name else None


def picture_html(name: str, alt: str, sizes: str, *, lazy: bool = True, css_class: str = "") -> str:
    """A responsive `<picture>`: AVIF in several widths, one JPEG for old browsers, width and height so that the
    page does not jump. `sizes` is the HTML attribute. Unknown names give ""."""
    size = size_of(name)
    if size is None:
        return ""
    width, height = size
    srcset = ", ".join(f"{default_storage.url(rendition_name(name, w, 'avif'))} {w}w" for w in rendition_widths(width))
    fallback = default_storage.url(rendition_name(name, min(width, FALLBACK_WIDTH), "jpg"))
    loading = 'loading="lazy" decoding="async"' if lazy else 'fetchpriority="high"'
    class_attribute = f' class="{escape(css_class)}"' if css_class else ""
    return (
        f'<picture><source type="image/avif" srcset="{escape(srcset)}" sizes="{escape(sizes)}">'
        f'<img{class_attribute} src="{escape(fallback)}" alt="{escape(alt)}" width="{width}" height="{height}" {loading}></picture>'
    )
