"""A canvas of 1600 × 1000 units, whatever the picture's size in pixels."""

from collections.abc import Callable, Sequence
from math import cos, pi, sin
from random import Random
from typing import TypeGuard

from PIL import Image, ImageChops, ImageDraw

from .palette import Colour, Light

WIDTH, HEIGHT = 1600, 1000
SUPERSAMPLE = 2  # drawn at twice the size: LANCZOS down to one gives clean edges
GRAIN = 1  # grey levels either way: breaks up banding; more costs bytes in every encoding
RIM = 180  # what Image.radial_gradient() holds halfway along its edges; its corners have 255
Point = tuple[float, float]
Fill = Colour | tuple[Colour, ...]  # one colour, or stops of a gradient
Alpha = float | tuple[float, ...]  # one opacity, or stops of a fade
Box = tuple[float, float, float, float]  # left, top, right, bottom
Oval = tuple[float, float, float, float]  # middle x and y, half width and half height
Line = tuple[Sequence[Point], float]  # points and width
Ink = Colour | int  # an int in masks
Trace = Callable[[ImageDraw.ImageDraw, float, float, Ink], None]


def smooth(points: Sequence[Point], closed: bool = True, steps: int = 8) -> list[Point]:
    """A Catmull-Rom curve through the points."""
    count = len(points)
    curve: list[Point] = []
    for i in range(count if closed else count - 1):
        if closed:
            a, b, c, d = (points[(i + k) % count] for k in (-1, 0, 1, 2))
        else:
            a, b, c, d = (points[min(max(i + k, 0), count - 1)] for k in (-1, 0, 1, 2))
        for step in range(steps):
            t = step / steps
            weights = (-t + 2 * t**2 - t**3, 2 - 5 * t**2 + 3 * t**3, t + 4 * t**2 - 3 * t**3, t**3 - t**2)
            curve.append(
                (
                    sum(w * p[0] for w, p in zip(weights, (a, b, c, d), strict=True)) / 2,
                    sum(w * p[1] for w, p in zip(weights, (a, b, c, d), strict=True)) / 2,
                )
            )
    if not closed:
        curve.append(points[-1])
    return curve


def arc(cx: float, cy: float, rx: float, ry: float, start: float, end: float, steps: int = 24) -> list[Point]:
    """Angles in turns: 0 is right, 0.25 down, 0.5 left, 0.75 up."""
    angles = (2 * pi * (start + (end - start) * i / steps) for i in range(steps + 1))
    return [(cx + rx * cos(a), cy + ry * sin(a)) for a in angles]


def _is_flat(fill: Fill) -> TypeGuard[Colour]:
    return isinstance(fill[0], int)


def _bounds(points: Sequence[Point]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _ramp(mode: str, stops: Sequence[Colour | int], size: tuple[int, int], sideways: bool) -> Image.Image:
    strip = Image.new(mode, (1, len(stops)))
    strip.putdata(list(stops))
    column = strip.resize((1, size[sideways ^ 1]), Image.Resampling.BILINEAR, box=(0, 0.5, 1, len(stops) - 0.5))
    if sideways:
        column = column.transpose(Image.Transpose.ROTATE_90)
    return column.resize(size, Image.Resampling.NEAREST)


class Canvas:
    def __init__(self, rng: Random, light: Light, scale: float) -> None:
        self.rng = rng
        self.light = light
        self.scale = scale
        self.image = Image.new("RGB", (round(WIDTH * scale), round(HEIGHT * scale)))
        self.pen = ImageDraw.Draw(self.image)

    def polygon(self, points: Sequence[Point], fill: Fill, alpha: Alpha = 1.0, sideways: bool = False) -> None:
        def trace(pen: ImageDraw.ImageDraw, dx: float, dy: float, ink: Ink) -> None:
            pen.polygon([(x * self.scale - dx, y * self.scale - dy) for x, y in points], fill=ink)

        self._paint(_bounds(points), fill, alpha, trace, sideways)

    def rect(
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        fill: Fill,
        alpha: Alpha = 1.0,
        radius: float = 0,
        sideways: bool = False,
    ) -> None:
        def trace(pen: ImageDraw.ImageDraw, dx: float, dy: float, ink: Ink) -> None:
            s = self.scale
            box = (x0 * s - dx, y0 * s - dy, x1 * s - dx - 1, y1 * s - dy - 1)
            if box[0] <= box[2] and box[1] <= box[3]:
                pen.rounded_rectangle(box, radius * s, fill=ink)

        self._paint((x0, y0, x1, y1), fill, alpha, trace, sideways)

    def ellipse(self, cx: float, cy: float, rx: float, ry: float, fill: Fill, alpha: Alpha = 1.0) -> None:
        self.ellipses([(cx, cy, rx, ry)], fill, alpha)

    def ellipses(self, ovals: Sequence[Oval], fill: Fill, alpha: Alpha = 1.0, floor: float | None = None) -> None:
        """One shape out of many ovals, cut off flat at the floor."""

        def trace(pen: ImageDraw.ImageDraw, dx: float, dy: float, ink: Ink) -> None:
            s = self.scale
            for cx, cy, rx, ry in ovals:
                pen.ellipse(((cx - rx) * s - dx, (cy - ry) * s - dy, (cx + rx) * s - dx, (cy + ry) * s - dy), fill=ink)

        corners = [(cx - rx, cy - ry) for cx, cy, rx, ry in ovals] + [(cx + rx, cy + ry) for cx, cy, rx, ry in ovals]
        left, top, right, bottom = _bounds(corners)
        if floor is None:
            self._paint((left, top, right, bottom), fill, alpha, trace)
        else:
            self._stamp((left, top, right, min(floor, bottom)), fill, alpha, trace)

    def stroke(self, points: Sequence[Point], width: float, fill: Colour, alpha: float = 1.0) -> None:
        """A line with round joints and ends."""
        self.strokes([(points, width)], fill, alpha)

    def strokes(self, lines: Sequence[Line], fill: Fill, alpha: Alpha = 1.0) -> None:
        """Many lines of one see-through colour, painted together so that crossings do not darken."""

        def trace(pen: ImageDraw.ImageDraw, dx: float, dy: float, ink: Ink) -> None:
            for points, width in lines:
                self._trace_line(pen, [(x * self.scale - dx, y * self.scale - dy) for x, y in points], width, ink)

        if lines:
            left, top, right, bottom = _bounds([point for points, _ in lines for point in points])
            reach = max(width for _, width in lines)
            self._paint((left - reach, top - reach, right + reach, bottom + reach), fill, alpha, trace)

    def glow(self, cx: float, cy: float, rx: float, ry: float, colour: Colour, strength: float) -> None:
        """Soft light, or with a dark colour a soft shadow."""
        falloff = Image.radial_gradient("L").point(
            [round(strength * 255 * max(0, 1 - v / RIM) ** 1.7) for v in range(256)]
        )
        s = self.scale
        size = (max(1, round(2 * rx * s)), max(1, round(2 * ry * s)))
        mask = falloff.resize(size, Image.Resampling.BILINEAR)
        self.image.paste(colour, (round((cx - rx) * s), round((cy - ry) * s)), mask)

    def _trace_line(self, pen: ImageDraw.ImageDraw, pixels: Sequence[Point], width: float, ink: Ink) -> None:
        pen.line(pixels, fill=ink, width=max(1, round(width * self.scale)), joint="curve")
        r = width * self.scale / 2
        if r > 2:
            for x, y in (pixels[0], pixels[-1]):
                pen.ellipse((x - r, y - r, x + r, y + r), fill=ink)

    def _paint(self, box: Box, fill: Fill, alpha: Alpha, trace: Trace, sideways: bool = False) -> None:
        if alpha == 1.0 and _is_flat(fill):
            trace(self.pen, 0, 0, fill)
        else:
            self._stamp(box, fill, alpha, trace, sideways)

    def _stamp(self, box: Box, fill: Fill, alpha: Alpha, trace: Trace, sideways: bool = False) -> None:
        left, top = max(0, int(box[0] * self.scale)), max(0, int(box[1] * self.scale))
        right = min(self.image.width, int(box[2] * self.scale) + 1)
        bottom = min(self.image.height, int(box[3] * self.scale) + 1)
        if right <= left or bottom <= top:
            return
        size = (right - left, bottom - top)
        mask = Image.new("L", size)
        trace(ImageDraw.Draw(mask), left, top, 255)
        if isinstance(alpha, tuple):
            mask = ImageChops.multiply(mask, _ramp("L", [round(255 * a) for a in alpha], size, sideways))
        elif alpha < 1:
            mask = mask.point([round(v * alpha) for v in range(256)])
        self.image.paste(
            fill if _is_flat(fill) else _ramp("RGB", fill, size, sideways), (left, top, right, bottom), mask
        )

    def finish(self, size: tuple[int, int], mirrored: bool) -> Image.Image:
        width, height = size[0] * SUPERSAMPLE, size[1] * SUPERSAMPLE
        left, top = (self.image.width - width) / 2, (self.image.height - height) / 2
        box = (max(0, left), max(0, top), min(self.image.width, left + width), min(self.image.height, top + height))
        picture = self.image.resize(size, Image.Resampling.LANCZOS, box=box)
        if mirrored:
            picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        return _with_grain(picture, self.rng)


def _with_grain(picture: Image.Image, rng: Random) -> Image.Image:
    noise = Image.frombytes("L", picture.size, rng.randbytes(picture.width * picture.height))
    noise = noise.point([128 + round((v - 127.5) / 127.5 * GRAIN) for v in range(256)])
    return ImageChops.add(picture, Image.merge("RGB", (noise, noise, noise)), 1, -128)
