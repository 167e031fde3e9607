"""The invented round emblem of the demo portal: a golden ridge, a river and one rice ear."""

from math import atan2, cos, pi, sin

from PIL import Image, ImageDraw

from .canvas import Point, arc, smooth
from .palette import Colour, rgb

UNITS = 1000
SUPERSAMPLE = 4  # small files, fine lines: finer than the pictures
BLUE, DEEP_BLUE, SUNRISE = rgb("24597f"), rgb("153a5c"), rgb("3b7397")
GOLD, PALE_GOLD, DARK_GOLD = rgb("e6b14a"), rgb("fae3a8"), rgb("c08a31")
RIVER = rgb("1b7a86")


def draw_emblem(size: int = 512) -> Image.Image:
    side = size * SUPERSAMPLE
    image = Image.new("RGB", (side, side), DEEP_BLUE)
    pen = _Pen(ImageDraw.Draw(image), side / UNITS)
    pen.disc(494, DARK_GOLD)
    pen.disc(484, GOLD)
    pen.disc(466, DEEP_BLUE)
    pen.disc(340, GOLD)
    image.paste(_landscape(side), (0, 0), _disc_mask(side, 326))
    _rice_ear(pen)
    small = image.resize((size, size), Image.Resampling.LANCZOS)
    small.putalpha(_disc_mask(side, 494).resize((size, size), Image.Resampling.LANCZOS))
    return small


class _Pen:
    def __init__(self, draw: ImageDraw.ImageDraw, scale: float) -> None:
        self.draw, self.scale = draw, scale

    def shape(self, points: list[Point], fill: Colour) -> None:
        self.draw.polygon([(x * self.scale, y * self.scale) for x, y in points], fill=fill)

    def line(self, points: list[Point], width: float, fill: Colour) -> None:
        self.draw.line(
            [(x * self.scale, y * self.scale) for x, y in points],
            fill=fill,
            width=round(width * self.scale),
            joint="curve",
        )

    def disc(self, radius: float, fill: Colour) -> None:
        self.shape(arc(UNITS / 2, UNITS / 2, radius, radius, 0, 1, 180), fill)


def _disc_mask(side: int, radius: float) -> Image.Image:
    mask = Image.new("L", (side, side))
    reach = radius * side / UNITS
    ImageDraw.Draw(mask).ellipse((side / 2 - reach, side / 2 - reach, side / 2 + reach, side / 2 + reach), fill=255)
    return mask


def _landscape(side: int) -> Image.Image:
    image = Image.new("RGB", (side, side), BLUE)
    pen = _Pen(ImageDraw.Draw(image), side / UNITS)
    pen.shape(arc(500, 470, 150, 150, 0, 1, 90), SUNRISE)
    peaks: list[tuple[float, float, float]] = [(330, 430, 190), (670, 410, 200), (500, 300, 240)]
    for x, top, half in peaks:
        pen.shape([(x - half - 12, 650), (x, top - 16), (x + half + 12, 650)], BLUE)
        pen.shape([(x - half, 650), (x, top), (x + half, 650)], GOLD)
        pen.shape(
            [
                (x, top),
                (x + half, 650),
                (x + half * 0.2, 650),
                (x - half * 0.08, top + 150),
                (x + half * 0.13, top + 90),
            ],
            DARK_GOLD,
        )
        pen.shape(
            [
                (x, top),
                (x - half * 0.3, top + (650 - top) * 0.3),
                (x - half * 0.1, top + (650 - top) * 0.22),
                (x + half * 0.02, top + (650 - top) * 0.34),
            ],
            PALE_GOLD,
        )
    for row, (y, tone) in enumerate(
        ((600, PALE_GOLD), (618, RIVER), (672, PALE_GOLD), (686, RIVER), (738, PALE_GOLD), (750, RIVER))
    ):
        crest = [(x, y + 17 * sin((x / 150 + row // 2 * 0.5) * pi)) for x in range(140, 880, 6)]
        pen.shape([*crest, (880, 900), (140, 900)], tone)
    return image


def _rice_ear(pen: _Pen) -> None:
    """One ear bent round the rim: its stalk on the right, its grains on the left."""
    stalk = [(500 + 402 * sin(a), 500 + 402 * cos(a)) for a in [pi * (0.52 - 1.3 * i / 80) for i in range(81)]]
    pen.line(stalk, 9, GOLD)
    for i, length, lean in ((10, 210, -0.34), (24, 250, 0.3), (31, 190, -0.36)):
        _blade(pen, stalk[i], _heading(stalk, i) + lean * 0.2, length, lean)
    for i in range(36, 81, 3):
        for lean in (-0.42, 0.42):
            _grain(pen, stalk[i], _heading(stalk, i) + lean, GOLD if lean < 0 else PALE_GOLD)
    _grain(pen, stalk[-1], _heading(stalk, 80), PALE_GOLD)


def _blade(pen: _Pen, foot: Point, heading: float, length: float, bend: float) -> None:
    """A leaf that keeps to the ring as it grows."""
    spine = [(foot[0], foot[1])]
    for step in range(12):
        turn = heading + 0.5 * length / 402 * step / 12 + bend * (0.5 - step / 16)
        spine.append((spine[-1][0] + length / 12 * cos(turn), spine[-1][1] + length / 12 * sin(turn)))
    widths = [11 * sin(pi * (i + 0.6) / 13) for i in range(13)]
    pen.shape(
        [
            *((x, y - w) for (x, y), w in zip(spine, widths, strict=True)),
            *reversed([(x, y + w) for (x, y), w in zip(spine, widths, strict=True)]),
        ],
        GOLD,
    )


def _heading(stem: list[Point], i: int) -> float:
    (ax, ay), (bx, by) = stem[i - 1], stem[i]
    return atan2(by - ay, bx - ax)


def _grain(pen: _Pen, foot: Point, heading: float, tone: Colour) -> None:
    long, wide = 62, 13

    def at(along: float, across: float) -> Point:
        return foot[0] + along * cos(heading) - across * sin(heading), foot[1] + along * sin(heading) + across * cos(
            heading
        )

    pen.shape(smooth([at(4, 0), at(long * 0.45, wide), at(long, 0), at(long * 0.45, -wide)], steps=6), tone)
