"""Draws the share picture of pages that have no picture of their own: the agency's logo and name."""

import logging
from io import BytesIO
from pathlib import Path

from django.core.files.storage import default_storage
from PIL import Image, ImageDraw, ImageFont, ImageOps

logger = logging.getLogger(__name__)

HERE = Path(__file__).resolve().parent
BACKGROUND = HERE / "background.jpg"  # 1200×630, with the product's own emblem in the middle
FONT = HERE / "BeVietnamPro-Regular.ttf"
CENTRE = (600, 290)
EMBLEM_DIAMETER = 330  # of the emblem in the background; the agency's logo covers it
TEXT_TOP = 486
TEXT_WIDTH = 610  # some services crop a square from the middle, and the whole text must lie within it
FONT_SIZES = ((40, 2), (32, 2), (25, 4))  # pixels, and how many lines of that size fit
LINE_HEIGHT = 1.25  # times the font size
WHITE, GOLD = "#ffffff", "#e5be69"


def draw_share_picture(name: str, logo_file: str) -> bytes:
    """Return a JPEG of images.SHARE_SIZE. `logo_file` is a storage name, "" for an agency without a logo."""
    image = Image.open(BACKGROUND).convert("RGB")
    if logo_file:
        paste_logo(image, logo_file)
    write_text(image, name)
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=82, progressive=True)
    return buffer.getvalue()


def paste_logo(image: Image.Image, logo_file: str) -> None:
    """Paste the logo as a disc with a rim. If the file cannot be read, the emblem of the background stays visible."""
    side = EMBLEM_DIAMETER + 10
    try:
        with default_storage.open(logo_file) as file:
            logo = ImageOps.pad(Image.open(file).convert("RGB"), (side, side), Image.Resampling.LANCZOS, color=WHITE)
    except OSError:
        logger.exception("The agency's logo could not be read: %s", logo_file)
        return
    left, top = CENTRE[0] - side // 2, CENTRE[1] - side // 2
    image.paste(Image.new("RGB", (side + 8, side + 8), GOLD), (left - 4, top - 4), disc_mask(side + 8))
    image.paste(logo, (left, top), disc_mask(side))


def disc_mask(side: int) -> Image.Image:
    large = Image.new("L", (side * 4, side * 4))  # drawn four times as large, because Pillow does not smooth edges
    ImageDraw.Draw(large).ellipse((0, 0, side * 4 - 1, side * 4 - 1), fill=255)
    return large.resize((side, side), Image.Resampling.LANCZOS)


def write_text(image: Image.Image, text: str) -> None:
    for size, max_lines in FONT_SIZES:
        font = ImageFont.truetype(FONT, size)
        lines = wrap_balanced(text, font)
        if len(lines) <= max_lines:
            break
    pen = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        position = (CENTRE[0], TEXT_TOP + number * size * LINE_HEIGHT)
        # Only the regular weight is shipped; a stroke makes it look semibold.
        pen.text(position, line, WHITE, font, anchor="ma", stroke_width=size / 80)


def wrap_balanced(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """Wrap into as few lines as possible, all of about the same length."""
    lines = wrap(text, font, TEXT_WIDTH)
    for width in range(TEXT_WIDTH, TEXT_WIDTH // 3, -10):
        narrower = wrap(text, font, width)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def wrap(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and font.getlength(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
