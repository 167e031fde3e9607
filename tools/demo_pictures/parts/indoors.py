"""What the three interiors share: the room, its window, screens and plants."""

from math import cos, pi, sin

from .canvas import HEIGHT, WIDTH, Canvas, arc
from .palette import AQUA, CORAL, CREAM, FOREST, GOLD, INK, LEAF, LIME, NAVY, STEEL, TEAL, WHITE, WOOD, Colour, mix
from .plants import leaf
from .sky import rolling


def room(art: Canvas, floor: float, paint: Colour) -> None:
    light = art.light
    art.rect(0, 0, WIDTH, floor, (light.lift(paint, 0.25), light.on(paint)))
    art.rect(0, floor, WIDTH, HEIGHT, (light.dim(mix(WOOD, CREAM, 0.55), 0.1), light.lift(mix(WOOD, CREAM, 0.6), 0.1)))
    art.rect(0, floor - 14, WIDTH, floor, light.dim(paint, 0.16))
    art.rect(0, floor, WIDTH, floor + 50, light.shade, (0.2, 0.0))


def view(art: Canvas, x0: float, y0: float, x1: float, y1: float, panes: int = 3) -> None:
    """A window on hills, and the light it throws into the room."""
    light, wide = art.light, x1 - x0
    art.rect(x0 - 10, y0 - 10, x1 + 10, y1 + 10, light.on(WHITE))
    art.rect(x0, y0, x1, y1, light.sky)
    art.glow(x0 + wide * 0.3, y0 + (y1 - y0) * 0.35, min(wide, 170) * 0.5, (y1 - y0) * 0.3, light.sun, 0.9)
    for layer in range(3):
        ridge = [(x, y1 - 90 + layer * 30 - (y1 - 90 - y) * 0.6) for x, y in rolling(art.rng, y1 - 90, 110, 5)]
        inside = [(min(max(x, x0), x1), y) for x, y in ridge]
        art.polygon([(x0, y1), *inside, (x1, y1)], light.on(mix(FOREST, LIME, layer * 0.25), 0.6 - 0.25 * layer))
    for i in range(1, panes):
        art.rect(x0 + wide * i / panes - 5, y0, x0 + wide * i / panes + 5, y1, light.on(WHITE))
    art.rect(x0 - 18, y1 + 8, x1 + 18, y1 + 22, light.lift(WHITE, 0.3), radius=4)
    art.polygon(
        [(x0 + 40, y1 + 60), (x1 + 40, y1 + 60), (x1 + 360, HEIGHT), (x0 + 300, HEIGHT)], light.sun, (0.0, 0.22)
    )


def screen(art: Canvas, x0: float, y0: float, x1: float, y1: float, dark: bool = True, bezel: float = 9) -> None:
    light = art.light
    art.rect(x0 + 8, y0 + 12, x1 + 14, y1 + 18, light.shade, 0.22, radius=14)
    art.rect(x0 - bezel, y0 - bezel, x1 + bezel, y1 + bezel, light.dim(INK, 0.2), radius=12)
    art.rect(
        x0,
        y0,
        x1,
        y1,
        (mix(NAVY, TEAL, 0.25), mix(NAVY, INK, 0.4)) if dark else (WHITE, mix(WHITE, AQUA, 0.2)),
        radius=5,
    )
    wide, tall = x1 - x0, y1 - y0
    bars(art, x0 + wide * 0.07, y0 + tall * 0.12, x0 + wide * 0.46, y0 + tall * 0.52)
    ring(
        art, x0 + wide * 0.72, y0 + tall * 0.32, min(wide * 0.17, tall * 0.22), mix(NAVY, TEAL, 0.2) if dark else WHITE
    )
    curve(art, x0 + wide * 0.07, y0 + tall * 0.62, x0 + wide * 0.6, y0 + tall * 0.9)
    for i in range(4):
        y = y0 + tall * (0.64 + 0.075 * i)
        art.rect(
            x0 + wide * 0.67,
            y,
            x0 + wide * (0.78 + 0.14 * art.rng.random()),
            y + tall * 0.03,
            (AQUA, GOLD, CORAL, LIME)[i],
            radius=tall * 0.015,
        )


def bars(art: Canvas, x0: float, y0: float, x1: float, y1: float, count: int = 6) -> None:
    rng, wide = art.rng, (x1 - x0) / count
    for i in range(count):
        high = (y1 - y0) * min(1, 0.25 + 0.11 * i + rng.uniform(0, 0.22))
        art.rect(
            x0 + i * wide,
            y1 - high,
            x0 + (i + 0.62) * wide,
            y1,
            (AQUA, TEAL) if i < count - 1 else (GOLD, CORAL),
            radius=wide * 0.12,
        )


def curve(art: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    rng = art.rng
    line = [(x0 + (x1 - x0) * i / 7, y1 - (y1 - y0) * (0.15 + 0.1 * i + rng.uniform(-0.12, 0.14))) for i in range(8)]
    art.polygon([(x0, y1), *line, (x1, y1)], AQUA, (0.5, 0.05))
    art.stroke(line, 4, AQUA)
    art.ellipses([(x, y, 5, 5) for x, y in line[1::2]], GOLD)


def ring(art: Canvas, x: float, y: float, r: float, hole: Colour) -> None:
    start = 0.75
    for share, tone in ((0.46, AQUA), (0.24, GOLD), (0.18, CORAL), (0.12, TEAL)):
        art.polygon([(x, y), *arc(x, y, r, r, start, start + share)], tone)
        start += share
    art.ellipse(x, y, r * 0.6, r * 0.6, hole)


def potted_plant(art: Canvas, x: float, foot: float, height: float) -> None:
    light, rng = art.light, art.rng
    art.glow(x + height * 0.1, foot, height * 0.4, height * 0.07, light.shade, 0.6)
    rim = foot - height * 0.3
    for i, turn in enumerate((0.58, 0.92, 0.63, 0.87, 0.69, 0.81, 0.75)):
        leaf(art, x, rim, height * rng.uniform(0.55, 0.72), turn, light.dim(mix(LEAF, FOREST, i % 3 * 0.3), 0.08))
    art.polygon(
        [(x - height * 0.16, rim), (x + height * 0.16, rim), (x + height * 0.11, foot), (x - height * 0.11, foot)],
        (light.lift(CORAL, 0.15), light.dim(CORAL, 0.25)),
    )
    art.rect(x - height * 0.18, rim - height * 0.03, x + height * 0.18, rim + height * 0.04, light.on(CORAL), radius=4)


def pendant_lamp(art: Canvas, x: float, y: float, size: float) -> None:
    light = art.light
    art.glow(x, y + size * 0.7, size * 3.6, size * 2.6, light.sun, 0.5)
    art.stroke([(x, -5), (x, y)], 4, light.dim(STEEL, 0.4))
    art.polygon(
        [(x - size * 0.25, y), (x + size * 0.25, y), (x + size, y + size * 0.6), (x - size, y + size * 0.6)],
        (light.dim(TEAL, 0.1), light.dim(TEAL, 0.4)),
    )
    art.ellipse(x, y + size * 0.6, size, size * 0.14, light.lift(GOLD, 0.6))


def network(art: Canvas, cx: float, cy: float, rx: float, ry: float, count: int) -> None:
    """Nodes and threads about a middle point."""
    rng, light = art.rng, art.light
    nodes = [
        (cx + rx * rng.uniform(0.35, 1) * cos(a), cy + ry * rng.uniform(0.45, 1) * sin(a))
        for a in [2 * pi * (i + rng.uniform(-0.3, 0.3)) / count for i in range(count)]
    ]
    lines = [([nodes[i], nodes[(i + step) % count]], 2.5) for i in range(count) for step in (1, 3)]
    art.strokes(lines, light.on(TEAL), 0.28)
    for i, (x, y) in enumerate(nodes):
        r, tone = rng.uniform(9, 22), (TEAL, GOLD, CORAL, AQUA)[i % 4]
        art.ellipse(x, y, r * 1.7, r * 1.7, light.on(tone), 0.22)
        art.ellipse(x, y, r, r, light.on(tone))
        art.ellipse(x, y, r * 0.42, r * 0.42, light.on(WHITE))
