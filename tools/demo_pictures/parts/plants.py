from math import cos, pi, sin

from .canvas import Canvas, Point, arc, smooth
from .palette import BARK, FOREST, GRASS, LEAF, LIME, WOOD, Colour, mix


def tree(
    art: Canvas,
    x: float,
    foot: float,
    height: float,
    colour: Colour = LEAF,
    distance: float = 0.0,
    bloom: Colour | None = None,
) -> None:
    rng, light = art.rng, art.light
    crown, spread = foot - height * 0.64, height * 0.34
    ground_shadow(art, x, foot, spread * 1.1, 0.35)
    trunk = height * 0.045
    art.polygon(
        [(x - trunk, foot), (x - trunk * 0.6, crown), (x + trunk * 0.6, crown), (x + trunk, foot)],
        light.on(BARK, distance),
    )
    art.stroke(
        [(x, crown + height * 0.2), (x + spread * 0.4, crown + height * 0.04)], trunk * 0.8, light.on(BARK, distance)
    )
    puffs = [
        (x + spread * 0.62 * cos(a), crown + spread * 0.5 * sin(a), rng.uniform(0.42, 0.58) * spread)
        for a in [2 * pi * (i + rng.random() * 0.5) / 7 for i in range(7)]
    ]
    puffs.append((x, crown, spread * 0.75))
    for share, lean, tone in (
        (1.0, 0.0, light.dim(colour, 0.38, distance)),
        (0.84, 0.12, light.on(colour, distance)),
        (0.5, 0.3, light.lift(mix(colour, LIME, 0.35), 0.2, distance)),
    ):
        art.ellipses(
            [(px - lean * spread * 0.6, py - lean * spread * 0.6, r * share, r * share * 0.92) for px, py, r in puffs],
            tone,
        )
    if bloom:
        dots = [
            (x + spread * rng.gauss(0, 0.42), crown + spread * rng.gauss(-0.12, 0.32), spread * 0.06, spread * 0.045)
            for _ in range(60)
        ]
        art.ellipses(dots, light.on(bloom, distance))


def ground_shadow(art: Canvas, x: float, y: float, reach: float, strength: float = 0.4) -> None:
    art.glow(x + reach * 0.25, y, reach * 1.25, reach * 0.24, art.light.shade, strength)


def bush(art: Canvas, x: float, foot: float, width: float, colour: Colour = LEAF, distance: float = 0.0) -> None:
    rng, light = art.rng, art.light
    puffs = [
        (x + width * k, foot - width * rng.uniform(0.1, 0.24), width * rng.uniform(0.24, 0.32))
        for k in (-0.36, -0.12, 0.12, 0.36)
    ]
    art.ellipses([(a, b, r, r) for a, b, r in puffs], light.dim(colour, 0.32, distance), floor=foot)
    art.ellipses(
        [(a - r * 0.2, b - r * 0.22, r * 0.72, r * 0.66) for a, b, r in puffs], light.on(colour, distance), floor=foot
    )


def hedge(art: Canvas, x0: float, x1: float, foot: float, height: float, colour: Colour = LEAF) -> None:
    art.rect(
        x0, foot - height, x1, foot, (art.light.lift(colour, 0.2), art.light.dim(colour, 0.4)), radius=height * 0.4
    )


def treeline(
    art: Canvas,
    y: float,
    height: float,
    colour: Colour = FOREST,
    distance: float = 0.3,
    floor: float | None = None,
    left: float = -20,
    right: float = 1620,
) -> None:
    rng = art.rng
    ovals = []
    x = left
    while x < right:
        r = height * rng.uniform(0.35, 0.75)
        ovals.append((x, y - height * rng.uniform(0.1, 0.45), r * rng.uniform(0.8, 1.2), r))
        x += r * 0.8
    floor = floor or y + height * 0.2
    foot = art.light.on(colour, min(1, distance + 0.18))
    art.rect(left, y - height * 0.1, right, floor, foot)
    art.ellipses(ovals, (art.light.on(colour, distance), foot), floor=floor)


def frond(art: Canvas, x: float, y: float, reach: float, turn: float, droop: float, colour: Colour) -> None:
    """One palm leaf; `turn` in turns (0 right, 0.5 left, 0.75 up), the tip bends down by `droop`."""
    steps = 9
    spine = [
        (x + reach * t * cos(2 * pi * turn), y + reach * t * sin(2 * pi * turn) + droop * reach * t * t)
        for t in [i / steps for i in range(steps + 1)]
    ]
    upper, lower = [], []
    for i, (px, py) in enumerate(spine):
        body = reach * 0.1 * sin(pi * min(1, (i + 0.7) / (steps + 0.5))) ** 0.7
        upper.append((px, py - body * 0.6))
        lower.append((px, py + body * (1.5 if i % 2 else 0.7)))
    art.polygon([*upper, *reversed(lower)], colour)


def palm(
    art: Canvas, x: float, foot: float, height: float, lean: float = 0.12, wind: float = 0.0, distance: float = 0.0
) -> None:
    """A coconut palm; `wind` above 0 sweeps the leaves to the right."""
    light, rng = art.light, art.rng
    bend = [(x + lean * height * t**1.8, foot - height * t) for t in [i / 10 for i in range(11)]]
    trunk = [(px - height * (0.026 - 0.013 * i / 10), py) for i, (px, py) in enumerate(bend)]
    trunk += [(px + height * (0.026 - 0.013 * i / 10), py) for i, (px, py) in reversed(list(enumerate(bend)))]
    art.polygon(trunk, (light.dim(WOOD, 0.1, distance), light.dim(WOOD, 0.45, distance)))
    top = bend[-1]
    turns = [0.5 + i / 11 * 0.62 - 0.06 for i in range(12)]
    rng.shuffle(turns)
    for i, turn in enumerate(turns):
        swept = turn + wind * (1.0 - turn if turn < 1.0 else 0.0)
        tone = light.dim(LEAF, 0.45, distance) if i < 5 else light.on(mix(LEAF, GRASS, rng.random() * 0.7), distance)
        frond(art, *top, height * rng.uniform(0.4, 0.5), swept, 0.45 - wind * 0.3, tone)
    art.ellipses(
        [(top[0] + k * height * 0.02, top[1] + height * 0.025, height * 0.018, height * 0.022) for k in (-1, 0.2, 1.2)],
        light.on(WOOD, distance),
    )


def areca(art: Canvas, x: float, foot: float, height: float, distance: float = 0.0) -> None:
    """The slim betel palm that stands before every village house."""
    light = art.light
    crown = foot - height * 0.82
    w = height * 0.014
    art.polygon(
        [(x - w * 1.3, foot), (x - w, crown), (x + w, crown), (x + w * 1.3, foot)],
        light.on(mix(BARK, (200, 190, 170), 0.45), distance),
    )
    art.rect(x - w * 1.1, crown - height * 0.07, x + w * 1.1, crown + 2, light.on(LEAF, distance), radius=w)
    for i, turn in enumerate((0.5, 1.0, 0.57, 0.93, 0.65, 0.85, 0.75)):
        tone = light.dim(LEAF, 0.3, distance) if i < 3 else light.on(mix(LEAF, GRASS, 0.5), distance)
        frond(art, x, crown - height * 0.06, height * 0.22, turn, 0.5, tone)


def grass_tufts(art: Canvas, top: float, bottom: float, count: int, colour: Colour = LEAF) -> None:
    rng, light = art.rng, art.light
    for _ in range(count):
        depth = rng.random()
        x, y, h = rng.uniform(0, 1600), top + (bottom - top) * depth, 8 + 26 * depth
        tone = light.dim(colour, rng.uniform(0.05, 0.4))
        for k in (-0.5, 0, 0.45):
            art.polygon(
                [
                    (x + k * h * 0.5 - 2, y),
                    (x + k * h + rng.uniform(-3, 3), y - h * (1 - abs(k) * 0.5)),
                    (x + k * h * 0.5 + 2, y),
                ],
                tone,
            )


def leaf(art: Canvas, x: float, y: float, length: float, turn: float, colour: Colour) -> None:
    a = 2 * pi * turn
    tip = (x + length * cos(a), y + length * sin(a))
    side = (-sin(a) * length * 0.24, cos(a) * length * 0.24)
    mid = ((x + tip[0]) / 2, (y + tip[1]) / 2)
    outline: list[Point] = [(x, y), (mid[0] + side[0], mid[1] + side[1]), tip, (mid[0] - side[0], mid[1] - side[1])]
    art.polygon(smooth(outline, steps=5), colour)
    art.stroke([(x, y), tip], length * 0.03, art.light.lift(colour, 0.35))


def lotus_pads(art: Canvas, x0: float, x1: float, y0: float, y1: float, count: int, flower: Colour) -> None:
    rng, light = art.rng, art.light
    for y in sorted(rng.uniform(y0, y1) for _ in range(count)):
        x, r = rng.uniform(x0, x1), 16 + 40 * (y - y0) / (y1 - y0)
        art.ellipse(x, y + 3, r, r * 0.3, light.dim(FOREST, 0.5), 0.5)
        art.ellipse(x, y, r, r * 0.28, light.on(mix(LEAF, FOREST, rng.random() * 0.6)))
        if rng.random() < 0.3:
            petals(art, x, y - r * 0.12, r * 0.6, flower)


def petals(art: Canvas, x: float, y: float, size: float, colour: Colour) -> None:
    for turn, tone in ((0.58, 0.0), (0.92, 0.0), (0.66, 0.3), (0.84, 0.3), (0.75, 0.55)):
        leaf(art, x, y, size, turn, art.light.lift(colour, tone))


def crescent(cx: float, cy: float, rx: float, ry: float, thick: float) -> list[Point]:
    return [*arc(cx, cy, rx, ry, 0.5, 1.0), *arc(cx, cy + thick, rx, max(1.0, ry - thick * 0.2), 1.0, 0.5)]
