"""The Open Graph picture of pages without a photo: the agency's emblem and name."""

import logging
from io import BytesIO
from pathlib import Path

from django.core.files.storage import default_storage
from PIL import Image, ImageDraw, ImageFont, ImageOps

from ...models import SiteIdentity

logger = logging.getLogger(__name__)

HERE = Path(__file__).resolve().parent
GROUND = HERE / "share-ground.jpg"  # 1200×630 pixels, with Cổng Tin's own emblem in the middle
FONT = HERE / "BeVietnamPro-Regular.ttf"
MIDDLE = (600, 290)
GROUND_EMBLEM = 330  # pixels across; the agency's own emblem covers it
TEXT_TOP = 486  # pixels
TEXT_WIDTH = 610  # pixels; some services crop a square out of the middle, and the name must be inside it
SIZES = ((40, 2), (32, 2), (25, 4))  # font size in pixels, and how many lines of it have room
WHITE, GOLD = "#ffffff", "#e5be69"


def draw(identity: SiteIdentity) -> bytes:
    image = Image.open(GROUND).convert("RGB")
    if identity.logo:
        paste_logo(image, identity.logo.image.name or "")
    write(image, identity.name)
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=82, progressive=True)
    return buffer.getvalue()


def paste_logo(image: Image.Image, name: str) -> None:
    """Pastes the logo as a disc with a golden rim, as in the page header. If its file is missing, the ground's own
    emblem stays visible."""
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
    large = Image.new("L", (side * 4, side * 4))  # drawn larger and scaled down: a smooth edge
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
        # Only the regular weight of the font is packaged; a stroke makes the letters look semibold.
        pen.text((MIDDLE[0], TEXT_TOP + number * size * 1.25), line, WHITE, font, anchor="ma", stroke_width=size / 80)


def wrapped(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """Breaks the text into as few lines as fit TEXT_WIDTH, then balances their lengths."""
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
