"""The files that are written for one picture."""

from collections.abc import Iterator
from io import BytesIO

from PIL import Image, ImageOps

from .names import FALLBACK_WIDTH, fallback_name, rendition_name, rendition_widths, share_name

# Of libaom. 0.1 s for 800×533. The next step takes a third of the time and writes about as many bytes of a photo, but a
# quarter more of a chart; so only large renditions take it.
AVIF_SPEED = 8
FAST_FROM_PIXELS = 1_200_000
SHARE_SIZE = (1200, 630)  # pixels: what Facebook and Zalo show


def encoded_files(image: Image.Image, name: str, lossless: bool) -> Iterator[tuple[str, bytes]]:
    yield from jpeg_files(image, name, lossless)
    for width in rendition_widths(image.width):
        rendition = resized(image, width)
        speed = AVIF_SPEED if rendition.width * rendition.height < FAST_FROM_PIXELS else AVIF_SPEED + 1
        yield rendition_name(name, width, "avif"), encode(rendition, "AVIF", quality=60, speed=speed)


def jpeg_files(image: Image.Image, name: str, lossless: bool) -> Iterator[tuple[str, bytes]]:
    """The picture itself (PNG if lossless), the rendition for old browsers and the one for Open Graph."""
    yield name, encode(image, "PNG") if lossless else encode(image, "JPEG", quality=86, progressive=True)
    fallback = resized(image, min(image.width, FALLBACK_WIDTH))
    yield fallback_name(name, image.width), encode(fallback, "JPEG", quality=82, progressive=True)
    share = ImageOps.fit(image, SHARE_SIZE, Image.Resampling.LANCZOS, centering=(0.5, 0.4))
    yield share_name(name), encode(share, "JPEG", quality=82, progressive=True)


def encode(image: Image.Image, file_format: str, **options: object) -> bytes:
    buffer = BytesIO()
    image.save(buffer, file_format, **options)
    return buffer.getvalue()


def resized(image: Image.Image, width: int) -> Image.Image:
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS)
