from math import cos, pi, sin

from ..parts.buildings import cast_shadow, eave_shadow, glass, wall, windows
from ..parts.canvas import HEIGHT, WIDTH, Canvas
from ..parts.palette import BLUE, CORAL, FOREST, GOLD, GRASS, LEAF, NAVY, STEEL, STONE, TEAL, WHITE, Colour, mix
from ..parts.people import standing
from ..parts.plants import grass_tufts, hedge, tree, treeline
from ..parts.sky import clouds, land, ranges, rolling, sky
from ..parts.vehicles import van


def factory(art: Canvas) -> None:
    rng, light = art.rng, art.light
    sky(art, 560)
    clouds(art, rng.randint(4, 6), 70, 330)
    ranges(art, 560, FOREST, 3, rng.uniform(200, 280))
    count = rng.randint(3, 5)
    for i in range(count):
        turbine(art, 120 + 1400 * (i + rng.uniform(0.2, 0.8)) / count, 590, rng.uniform(250, 370), 0.25)
    land(art, rolling(rng, 610, 50, 2), HEIGHT, mix(GRASS, LEAF, 0.3), 0.2, 0.0)
    treeline(art, 620, 50, FOREST, 0.3, 640)
    accent = rng.choice((TEAL, BLUE, CORAL, mix(NAVY, BLUE, 0.5)))
    left = rng.uniform(330, 430)
    silos(art, left - 40, 720, rng.randint(2, 3))
    saw_tooth_hall(art, left, 730, 5, accent)
    office_wing(art, left + 790, 730, accent)
    art.rect(0, 728, WIDTH, 800, (light.lift(STONE, 0.2), light.dim(STONE, 0.12)))
    van(art, left + rng.uniform(300, 620), 790, 170, WHITE)
    for _ in range(rng.randint(3, 5)):
        standing(
            art,
            rng.uniform(left, left + 1000),
            rng.uniform(780, 798),
            86,
            rng.choice((BLUE, TEAL, GOLD)),
            raised=rng.random() < 0.3,
        )
    land(art, rolling(rng, 812, 16, 1.5), HEIGHT + 30, mix(GRASS, LEAF, 0.2), 0.0, 0.0)
    solar_field(art)


def turbine(art: Canvas, x: float, foot: float, height: float, distance: float) -> None:
    light, turn = art.light, art.rng.random() / 3
    hub = foot - height
    art.polygon(
        [(x - height * 0.02, foot), (x - height * 0.009, hub), (x + height * 0.009, hub), (x + height * 0.02, foot)],
        (light.lift(WHITE, 0.2, distance), light.dim(WHITE, 0.15, distance)),
    )
    for k in range(3):
        a = 2 * pi * (turn + k / 3)
        dx, dy = cos(a), sin(a)
        reach = height * 0.48
        art.polygon(
            [
                (x - dy * height * 0.012, hub + dx * height * 0.012),
                (x + dx * reach * 0.25 - dy * height * 0.028, hub + dy * reach * 0.25 + dx * height * 0.028),
                (x + dx * reach, hub + dy * reach),
                (x + dy * height * 0.01, hub - dx * height * 0.01),
            ],
            light.lift(WHITE, 0.1, distance),
        )
    art.ellipse(x, hub, height * 0.022, height * 0.022, light.dim(WHITE, 0.15, distance))


def silos(art: Canvas, x: float, foot: float, count: int) -> None:
    light = art.light
    for i in range(count):
        left, top = x - 96 * (i + 1), foot - 230 - 26 * (i % 2)
        art.rect(
            left,
            top,
            left + 84,
            foot + 6,
            (light.lift(STEEL, 0.6), light.on(STEEL), light.dim(STEEL, 0.35)),
            sideways=True,
        )
        art.ellipse(left + 42, top, 42, 20, light.lift(STEEL, 0.5))
        for y in range(int(top) + 40, int(foot), 46):
            art.rect(left, y, left + 84, y + 3, light.dim(STEEL, 0.4), 0.5)
    art.stroke([(x - 96 * count + 40, foot - 262), (x + 30, foot - 190)], 8, light.dim(STEEL, 0.2))


def saw_tooth_hall(art: Canvas, left: float, foot: float, teeth: int, accent: Colour) -> None:
    light, wide, top = art.light, 156, foot - 160
    right = left + teeth * wide
    cast_shadow(art, left, right, foot, 110)
    for k in range(teeth):
        x = left + k * wide
        art.polygon([(x, top), (x, top - 92), (x + wide, top)], (light.lift(accent, 0.25), light.dim(accent, 0.2)))
        art.polygon([(x, top), (x, top - 92), (x + 18, top - 80), (x + 18, top)], light.lift(light.sky[1], 0.3))
    wall(art, left, top, right, foot, mix(WHITE, STEEL, 0.2))
    art.strokes(
        [([(x, top + 4), (x, foot)], 2.0) for x in range(int(left) + 16, int(right), 18)], light.on(STEEL), 0.35
    )
    art.rect(left - 8, top - 6, right + 8, top + 12, light.on(accent))
    eave_shadow(art, left, right, top + 12, 24)
    for k in range(teeth):
        x = left + k * wide + 30
        if k % 2:
            art.rect(x, foot - 104, x + 96, foot, (light.dim(accent, 0.2), light.dim(accent, 0.5)))
            for y in range(int(foot) - 94, int(foot), 15):
                art.rect(x, y, x + 96, y + 3, light.dim(accent, 0.6), 0.6)
        else:
            art.rect(x, foot - 112, x + 96, foot - 62, glass(art), radius=4)


def office_wing(art: Canvas, x: float, foot: float, accent: Colour) -> None:
    light = art.light
    cast_shadow(art, x, x + 230, foot, 90)
    wall(art, x, foot - 260, x + 230, foot, WHITE)
    windows(art, x + 14, foot - 250, x + 216, foot - 70, 4, 3, WHITE)
    art.rect(x - 10, foot - 274, x + 240, foot - 252, light.on(accent), radius=4)
    art.rect(x + 20, foot - 66, x + 210, foot, glass(art))
    art.rect(x - 4, foot - 78, x + 234, foot - 64, light.on(accent), radius=4)


def solar_field(art: Canvas) -> None:
    light = art.light
    for row, (top, tall) in enumerate(((826, 36), (882, 50), (948, 66))):
        wide = 128 + 46 * row
        shift = art.rng.uniform(-wide, 0)
        for k in range(int(WIDTH / wide) + 2):
            x = shift + k * (wide + 14)
            art.glow(x + wide * 0.6, top + tall + 8, wide * 0.7, 14, light.shade, 0.5)
            panel = [(x + wide * 0.12, top), (x + wide * 1.02, top), (x + wide * 0.9, top + tall), (x, top + tall)]
            art.polygon(panel, light.lift(STEEL, 0.5))
            inner = [(px + (wide * 0.5 + x - px) * 0.03, py + (top + tall / 2 - py) * 0.12) for px, py in panel]
            art.polygon(inner, (light.dim(mix(BLUE, light.sky[0], 0.3), 0.1), light.dim(NAVY, 0.15)))
            cuts = [
                ([(x + wide * (0.12 + 0.9 * i / 6), top), (x + wide * 0.9 * i / 6, top + tall)], 1.6)
                for i in range(1, 6)
            ]
            art.strokes(
                [*cuts, ([(x + wide * 0.06, top + tall / 2), (x + wide * 0.96, top + tall / 2)], 1.6)],
                light.lift(STEEL, 0.6),
                0.55,
            )
            art.polygon([panel[0], (x + wide * 0.5, top), (x + wide * 0.24, top + tall), panel[3]], light.sun, 0.13)
    grass_tufts(art, 990, 1015, 26)
    hedge(art, -10, 190, 818, 24)
    tree(art, 90, 830, 190)
