"""The picture with which pages are shared that have none of their own: the agency's emblem and name."""

import logging
from io import BytesIO
from pathlib import Path

from django.core.files.storage import default_storage
from PIL import Image, ImageDraw, ImageFont, ImageOps

from ...models import SiteIdentity

logger = logging.getLogger(__name__)

HERE = Path(__file__).resolve().parent
GROUND = HERE / "share-ground.jpg"  # 1200×630, with the emblem of the house in the middle
FONT = HERE / "BeVietnamPro-Regular.ttf"
MIDDLE = (600, 290)
GROUND_EMBLEM = 330  # pixels across; an agency's own covers it
TEXT_TOP = 486
TEXT_WIDTH = 610  # some services cut a square out of the middle: all words stand in it
SIZES = ((40, 2), (32, 2), (25, 4))  # of the letters, and the most lines of them that have room
WHITE, GOLD = "#ffffff", "#e5be69"


def draw(identity: SiteIdentity) -> bytes:
    """A JPEG of images.SHARE_SIZE."""
    image = Image.open(GROUND).convert("RGB")
    if identity.logo:
        paste_logo(image, identity.logo.image.name or "")
    write(image, identity.name)
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=82, progressive=True)
    return buffer.getvalue()


def paste_logo(image: Image.Image, name: str) -> None:
    """Round and rimmed, as in the page's header. Without its file the emblem of the house stays."""
    side = GROUND_EMBLEM + 10
    try:
        with default_storage.open(name) as file:
            logo = ImageOps.pad(Image.open(file).convert("RGB"), (side, side), Image.Resampling.LANCZOS, color=WHITE)
    except OSError:
        logger.exception("The agency's emblem could not be read: %s", name)
        return
    place = (MIDDLE[0] - side // 2, MIDDLE[1] - side // 2)
    image.paste(Image.new("RGB", (side + 8, side + 8), GOLD), (place[0] - 4, place[1] - 4), disc(side + 8))
    image.paste(logo, place, disc(side))


def disc(side: int) -> Image.Image:
    """A mask with a smooth edge."""
    large = Image.new("L", (side * 4, side * 4))
    ImageDraw.Draw(large).ellipse((0, 0, side * 4 - 1, side * 4 - 1), fill=255)
    return large.resize((side, side), Image.Resampling.LANCZOS)


def write(image: Image.Image, text: str) -> None:
    for size, most in SIZES:
        font = ImageFont.truetype(FONT, size)
        lines = wrapped(text, font)
        if len(lines) <= most:
            break
    pen = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        # Only the regular letters are here; a stroke makes them semibold.
        pen.text((MIDDLE[0], TEXT_TOP + number * size * 1.25), line, WHITE, font, anchor="ma", stroke_width=size / 80)


def wrapped(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """In as few lines as possible, and those of about one length."""
    lines = in_lines(text, font, TEXT_WIDTH)
    for width in range(TEXT_WIDTH, TEXT_WIDTH // 3, -10):
        narrower = in_lines(text, font, width)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def in_lines(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and font.getlength(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
