"""From an uploaded file to one upright picture in sRGB, no larger than is kept."""

from contextlib import suppress
from io import BytesIO
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps

MAX_UPLOAD_BYTES = 20_000_000  # a photo from a good camera has 8–15 MB
MAX_PIXELS = 40_000_000  # decoding takes 4 bytes a pixel, and one step needs two copies: at most 320 MB
MAX_WEBP_PIXELS = 20_000_000  # its decoder holds three more copies
MAX_WIDTH = 2560  # pixels kept, enough for a full-width picture on a large screen
MAX_HEIGHT = 10_000  # pixels kept: an infographic may be a long strip
MAX_KEPT_PIXELS = MAX_WIDTH * MAX_WIDTH
FORMATS = {"JPEG", "PNG", "WEBP", "GIF"}
LOSSLESS_FORMATS = {"PNG", "GIF"}  # of charts, maps and screenshots, which stay lossless
MAX_LOSSLESS_COLOURS = 65_536  # a picture with more colours is a photograph

TOO_MANY_PIXELS = _("Ảnh có quá nhiều điểm ảnh (hơn 40 triệu; với WebP là 20 triệu). Hãy thu nhỏ ảnh rồi tải lại.")
UNREADABLE = _("Tệp này không phải ảnh JPEG, PNG, WebP hay GIF đọc được.")


def decode(upload: IO[bytes]) -> tuple[Image.Image, bool]:
    """The first frame, and whether to keep it in a lossless format. Raises ValidationError."""
    data = upload.read(MAX_UPLOAD_BYTES + 1)
    if len(data) > MAX_UPLOAD_BYTES:
        raise ValidationError(_("Ảnh lớn quá 20 MB. Hãy thu nhỏ ảnh rồi tải lại."))
    try:
        with Image.open(BytesIO(data), formats=sorted(FORMATS)) as probe:
            if probe.width * probe.height > (MAX_WEBP_PIXELS if probe.format == "WEBP" else MAX_PIXELS):
                raise Image.DecompressionBombError
            is_lossless = probe.format in LOSSLESS_FORMATS
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
    return image, is_lossless and image.getcolors(MAX_LOSSLESS_COLOURS) is not None


def upright(image: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # a damaged EXIF block is no reason to refuse the picture
        return image


def fitted(image: Image.Image) -> Image.Image:
    """In a mode that can be resized well, and no larger than MAX_WIDTH, MAX_HEIGHT and MAX_KEPT_PIXELS allow."""
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
    """RGB without any metadata, with the colours that the picture's own profile means; telephones write Display P3.

    Transparent parts become white, as on the page.
    """
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
