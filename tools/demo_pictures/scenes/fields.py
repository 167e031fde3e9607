from collections.abc import Callable
from itertools import pairwise

from ..parts.buildings import village_house
from ..parts.canvas import HEIGHT, WIDTH, Canvas, Point, smooth
from ..parts.palette import (
    ASPHALT,
    BLUE,
    CORAL,
    FOREST,
    GOLD,
    GRASS,
    LEAF,
    LIME,
    RED,
    STEEL,
    STRAW,
    TEAL,
    WHITE,
    WOOD,
    Colour,
    mix,
)
from ..parts.people import farmer
from ..parts.plants import grass_tufts, tree, treeline
from ..parts.sky import birds, clouds, ranges, sky

RICE: tuple[tuple[Colour, ...], ...] = (
    (LIME, GRASS, mix(LIME, GOLD, 0.4)),
    (STRAW, mix(STRAW, GOLD, 0.4), mix(STRAW, LIME, 0.5)),
    (GRASS, LEAF, LIME),
)


def rice_fields(art: Canvas) -> None:
    rng, light = art.rng, art.light
    horizon = rng.uniform(350, 430)
    sky(art, horizon)
    clouds(art, rng.randint(3, 6), 70, horizon - 90)
    ranges(art, horizon, FOREST, 3, rng.uniform(120, 240), steep=rng.random() < 0.4)
    hamlet(art, horizon)
    vanish: Point = (rng.uniform(500, 1100), horizon - 30)
    plots(art, horizon, vanish, rng.choice(RICE))
    canal(art, horizon, vanish)
    for _ in range(rng.randint(4, 6)):
        depth = rng.uniform(0.1, 0.5)
        farmer(
            art,
            rng.uniform(150, 1450),
            horizon + 50 + 420 * depth,
            60 + 150 * depth,
            rng.choice((TEAL, CORAL, BLUE, WOOD)),
            rng.random() < 0.6,
            0.25 - 0.3 * depth,
        )
    birds(art, rng.randint(4, 8), rng.uniform(300, 1300), horizon - 130, light.lift(WHITE, 0.3))
    rice_ears(art, rng.randint(42, 60))


def hamlet(art: Canvas, horizon: float) -> None:
    rng = art.rng
    treeline(art, horizon, 36, FOREST, 0.42, horizon + 16)
    for _ in range(rng.randint(4, 7)):
        village_house(art, rng.uniform(40, 1560), horizon + 14, rng.uniform(60, 100), 0.35)
    treeline(art, horizon + 14, 22, LEAF, 0.32, horizon + 24)


def plots(art: Canvas, horizon: float, vanish: Point, crop: tuple[Colour, ...]) -> None:
    """Paddies in perspective: rows of quadrilaterals that narrow to the vanishing point."""
    rng, light = art.rng, art.light
    art.rect(0, horizon + 10, WIDTH, HEIGHT, (light.on(crop[0], 0.36), light.on(crop[1])))
    edges = [horizon + 14 + (HEIGHT + 20 - horizon - 14) * t**1.9 for t in (0, 0.17, 0.32, 0.47, 0.63, 0.8, 1)]
    for row, (top, foot) in enumerate(pairwise(edges)):
        far = 0.36 * (1 - row / 5)
        spokes = sorted(rng.uniform(-0.12, 0.12) + k * 0.55 for k in range(-9, 10))
        for left, right in pairwise(spokes):
            quad = [
                _toward(vanish, left, top),
                _toward(vanish, right, top),
                _toward(vanish, right, foot),
                _toward(vanish, left, foot),
            ]
            tone = rng.choice(crop)
            if rng.random() < 0.1:
                art.polygon(quad, (light.on(light.water[0], far), light.on(light.water[1], far)))
            else:
                art.polygon(quad, (light.lift(tone, 0.2, far), light.dim(tone, 0.12, far)))
                _furrows(art, vanish, (left, right), (top, foot), light.dim(tone, 0.4, far))
        art.strokes(
            [([_toward(vanish, s, top), _toward(vanish, s, foot)], 1 + row * 1.3) for s in spokes], light.on(LEAF, far)
        )
        art.rect(0, top - 1, WIDTH, top + 1.5 + row * 1.6, light.on(LEAF, far))


def _toward(vanish: Point, spoke: float, y: float) -> Point:
    return vanish[0] + spoke * (y - vanish[1]), y


def _furrows(art: Canvas, vanish: Point, spokes: tuple[float, float], rows: Point, colour: Colour) -> None:
    count = 7
    lines = []
    for i in range(1, count):
        spoke = spokes[0] + (spokes[1] - spokes[0]) * i / count
        lines.append(([_toward(vanish, spoke, rows[0]), _toward(vanish, spoke, rows[1])], 1.0 + (rows[1] - 400) / 260))
    if all(-50 < p[0] < WIDTH + 50 for line, _ in lines for p in line[:1]):
        art.strokes(lines, colour, 0.28)


def canal(art: Canvas, horizon: float, vanish: Point) -> None:
    light, spoke = art.light, art.rng.uniform(-0.5, 0.5)
    near = [_toward(vanish, spoke + k, HEIGHT + 10) for k in (0.2, 0.0)]
    art.polygon(
        [_toward(vanish, spoke, horizon + 16), _toward(vanish, spoke + 0.2, horizon + 16), *near],
        (light.on(light.sky[-1]), light.on(light.sky[0], 0.1)),
    )
    for k in (0.0, 0.2):
        art.polygon(
            [
                _toward(vanish, spoke + k - 0.01, horizon + 16),
                _toward(vanish, spoke + k + 0.012, horizon + 16),
                _toward(vanish, spoke + k + 0.03, HEIGHT),
                _toward(vanish, spoke + k - 0.03, HEIGHT),
            ],
            light.on(LEAF),
        )


def rice_ears(art: Canvas, count: int) -> None:
    rng, light = art.rng, art.light
    for i in range(count):
        x = WIDTH * (i + rng.random()) / count
        height, lean = rng.uniform(60, 190) * (0.55 + 0.5 * abs(x - 800) / 800), rng.uniform(24, 60)
        stem = smooth(
            [
                (x, HEIGHT + 5),
                (x + lean * 0.15, HEIGHT - height * 0.7),
                (x + lean * 0.6, HEIGHT - height),
                (x + lean * 1.4, HEIGHT - height * 0.86),
            ],
            closed=False,
            steps=5,
        )
        art.stroke(stem, 3, light.dim(LEAF, rng.uniform(0, 0.3)))
        art.polygon(
            [(x - 4, HEIGHT), (x - lean * 0.8, HEIGHT - height * 0.9), (x + 5, HEIGHT)],
            light.dim(LEAF, rng.uniform(0, 0.35)),
        )
        for k, (px, py) in enumerate(stem[-8:]):
            art.ellipse(px + (3 if k % 2 else -3), py + 3, 4.6, 7.5, light.lift(GOLD, 0.25 * (k % 2)))


def road(art: Canvas) -> None:
    rng = art.rng
    horizon = rng.uniform(370, 440)
    sky(art, horizon)
    clouds(art, rng.randint(3, 6), 70, horizon - 80)
    ranges(art, horizon, FOREST, 3, rng.uniform(130, 250), steep=rng.random() < 0.5)
    hamlet(art, horizon)
    plots(art, horizon, (rng.uniform(500, 1100), horizon - 30), rng.choice(RICE))
    bend = rng.uniform(-260, 260)

    def middle(t: float) -> float:
        return 800 + bend * float((1 - t) ** 1.4) * (1.6 - 2.4 * t)

    carriageway(art, horizon, middle)
    roadside(art, horizon, middle)
    for depth, lane, paint in ((0.18, 0.45, WHITE), (0.3, -0.45, RED), (0.52, 0.45, TEAL), (0.72, -0.48, GOLD)):
        if rng.random() < 0.85:
            from_front(
                art,
                middle(depth) + lane * _half(depth),
                horizon + 16 + (HEIGHT - horizon) * depth**1.7,
                0.62 * _half(depth),
                rng.choice((paint, BLUE, STEEL)),
                lane > 0,
            )
    grass_tufts(art, 900, 1010, 40, GRASS)


def _half(t: float) -> float:
    return 10 + 470 * float(t**1.7)


def carriageway(art: Canvas, horizon: float, middle: Callable[[float], float]) -> None:
    light = art.light
    rows = [(t, horizon + 16 + (HEIGHT + 20 - horizon - 16) * t**1.7) for t in [i / 40 for i in range(41)]]

    def band(a: float, b: float, fill: Colour) -> None:
        art.polygon(
            [(middle(t) + a * _half(t), y) for t, y in rows]
            + [(middle(t) + b * _half(t), y) for t, y in reversed(rows)],
            (mix(fill, light.haze, 0.5), fill),
        )

    band(-1.3, 1.3, light.on(mix(GRASS, STRAW, 0.35)))
    band(-1.0, 1.0, light.on(mix(ASPHALT, STEEL, 0.15)))
    band(-0.93, -0.9, light.on(WHITE))
    band(0.9, 0.93, light.on(WHITE))
    for (ta, ya), (tb, yb) in zip(rows[2::2], rows[3::2], strict=False):
        art.polygon(
            [
                (middle(ta) - 0.018 * _half(ta), ya),
                (middle(ta) + 0.018 * _half(ta), ya),
                (middle(tb) + 0.018 * _half(tb), yb),
                (middle(tb) - 0.018 * _half(tb), yb),
            ],
            light.on(GOLD),
        )


def roadside(art: Canvas, horizon: float, middle: Callable[[float], float]) -> None:
    for i in range(2, 12):
        t = (i / 12) ** 1.1
        y, reach = horizon + 16 + (HEIGHT - horizon - 16) * t**1.7, _half(t)
        if i < 10:
            tree(art, middle(t) - 1.5 * reach, y, 24 + reach * 0.7, mix(LEAF, FOREST, 0.3), 0.35 * (1 - t))
        post = 20 + reach * 0.16
        for side in (-1.12, 1.12):
            art.rect(
                middle(t) + side * reach - post * 0.06,
                y - post * 0.5,
                middle(t) + side * reach + post * 0.06,
                y,
                art.light.on(WHITE, 0.3 * (1 - t)),
            )
            art.rect(
                middle(t) + side * reach - post * 0.06,
                y - post * 0.42,
                middle(t) + side * reach + post * 0.06,
                y - post * 0.3,
                art.light.on(RED, 0.3 * (1 - t)),
            )


def from_front(art: Canvas, x: float, foot: float, width: float, colour: Colour, away: bool) -> None:
    """A car seen from behind (away) or coming."""
    light, h = art.light, width * 0.78
    art.glow(x + width * 0.2, foot, width * 0.85, width * 0.16, light.shade, 0.8)
    for k in (-0.38, 0.38):
        art.rect(
            x + width * (k - 0.09),
            foot - h * 0.26,
            x + width * (k + 0.09),
            foot,
            light.dim(ASPHALT, 0.6),
            radius=width * 0.04,
        )
    art.polygon(
        smooth(
            [
                (x - width * 0.36, foot - h * 0.56),
                (x - width * 0.29, foot - h * 0.96),
                (x, foot - h),
                (x + width * 0.29, foot - h * 0.96),
                (x + width * 0.36, foot - h * 0.56),
            ],
            closed=False,
        ),
        light.on(colour),
    )
    art.polygon(
        [
            (x - width * 0.31, foot - h * 0.56),
            (x - width * 0.25, foot - h * 0.88),
            (x + width * 0.25, foot - h * 0.88),
            (x + width * 0.31, foot - h * 0.56),
        ],
        light.dim(light.sky[0], 0.45),
    )
    art.rect(
        x - width * 0.48,
        foot - h * 0.62,
        x + width * 0.48,
        foot - h * 0.12,
        (light.lift(colour, 0.15), light.dim(colour, 0.3)),
        radius=width * 0.08,
    )
    for k in (-0.36, 0.36):
        art.ellipse(x + width * k, foot - h * 0.42, width * 0.08, width * 0.055, light.on(RED if away else WHITE))
    art.rect(x - width * 0.14, foot - h * 0.34, x + width * 0.14, foot - h * 0.25, light.on(WHITE), radius=2)
