from math import pi, sin

from ..parts.buildings import cast_shadow, columns, curved_roof, door, steps, wall
from ..parts.canvas import HEIGHT, WIDTH, Canvas, arc, smooth
from ..parts.palette import (
    CLAY,
    CORAL,
    CREAM,
    FOREST,
    GOLD,
    GRASS,
    INK,
    LEAF,
    LIME,
    PLUM,
    RED,
    ROOF,
    SAND,
    STONE,
    STRAW,
    TEAL,
    WHITE,
    WOOD,
    Colour,
    any_shirt,
    mix,
)
from ..parts.people import bust, crowd, in_ao_dai, standing
from ..parts.plants import bush, lotus_pads, palm, tree, treeline
from ..parts.sky import birds, clouds, ranges, sky, water
from ..parts.vehicles import pennant


def temple(art: Canvas) -> None:
    rng, light = art.rng, art.light
    sky(art, 520)
    clouds(art, rng.randint(3, 5), 60, 300)
    ranges(art, 540, FOREST, 3, rng.uniform(190, 300))
    treeline(art, 590, 120, FOREST, 0.3, 700)
    art.rect(0, 640, WIDTH, HEIGHT, (light.on(GRASS, 0.12), light.dim(LEAF, 0.2)))
    x = rng.uniform(760, 880)
    hall(art, x, 690, rng.uniform(600, 680), rng.choice((ROOF, CLAY, mix(ROOF, PLUM, 0.25))), rng.random() < 0.7)
    pond(art, x)
    tree(
        art,
        rng.uniform(120, 260),
        740,
        rng.uniform(520, 600),
        mix(LEAF, FOREST, 0.4),
        bloom=rng.choice((None, WHITE, CORAL)),
    )
    palm(art, rng.uniform(1380, 1470), 770, rng.uniform(380, 480), lean=-0.1)
    for _ in range(3):
        bush(art, rng.uniform(1180, 1560), rng.uniform(715, 760), rng.uniform(90, 150))
    birds(art, rng.randint(3, 6), rng.uniform(900, 1300), 160, light.dim(INK, 0.1, 0.3))
    in_ao_dai(art, x - rng.uniform(120, 180), 768, 108, rng.choice((RED, TEAL, WHITE)))
    standing(art, x + rng.uniform(90, 170), 770, 108, any_shirt(rng), behind=True)


def hall(art: Canvas, x: float, foot: float, width: float, tiles: Colour, two_tiers: bool) -> None:
    light, half, high = art.light, width / 2, 130
    cast_shadow(art, x - half * 0.8, x + half * 0.8, foot, 120)
    art.rect(x - half * 0.98, foot - 12, x + half * 0.98, foot + 20, (light.lift(STONE, 0.3), light.dim(STONE, 0.2)))
    art.rect(
        x - half * 0.84, foot - high - 20, x + half * 0.84, foot - 12, (light.dim(WOOD, 0.45), light.dim(WOOD, 0.1))
    )
    for k in (-0.62, -0.31, 0.0, 0.31, 0.62):
        door(art, x + half * (k - 0.11), foot - high + 14, x + half * (k + 0.11), foot - 12, mix(RED, WOOD, 0.55))
    columns(art, x - half * 0.82, x + half * 0.82, foot - high, foot - 12, 6, 17, mix(RED, WOOD, 0.25))
    art.rect(x - half * 0.9, foot - high - 20, x + half * 0.9, foot - high + 10, light.dim(WOOD, 0.5), (0.9, 0.2))
    curved_roof(art, x, foot - high - 6, width, 128, tiles)
    if two_tiers:
        wall(art, x - half * 0.52, foot - high - 190, x + half * 0.52, foot - high - 126, mix(CREAM, GOLD, 0.15))
        columns(art, x - half * 0.5, x + half * 0.5, foot - high - 190, foot - high - 132, 5, 12, mix(RED, WOOD, 0.25))
        curved_roof(art, x, foot - high - 186, width * 0.68, 104, tiles)
    steps(art, x - 90, x + 90, foot - 4, 4, 9)


def pond(art: Canvas, x: float) -> None:
    light, rng = art.light, art.rng
    art.polygon(
        [(x - 130, 730), (x + 130, 730), (x + 190, 792), (x - 190, 792)], (light.lift(SAND, 0.3), light.dim(SAND, 0.1))
    )
    art.rect(-10, 786, WIDTH + 10, 812, (light.lift(STONE, 0.4), light.dim(STONE, 0.3)))
    water(art, 812, HEIGHT, 60, rng.uniform(200, 600))
    art.rect(x - 330, 812, x + 330, 940, light.dim(ROOF, 0.2), (0.5, 0.0))
    art.rect(x - 250, 812, x + 250, 862, light.dim(WOOD, 0.3), (0.4, 0.0))
    lotus_pads(art, -20, 560, 850, 985, rng.randint(14, 20), (236, 140, 160))
    lotus_pads(art, 1080, 1620, 850, 985, rng.randint(12, 18), (236, 140, 160))


def festival(art: Canvas) -> None:
    art.rng.choice((boat_race, drum_court))(art)


def boat_race(art: Canvas) -> None:
    rng = art.rng
    horizon = rng.uniform(390, 440)
    spot = sky(art, horizon)
    clouds(art, rng.randint(3, 5), 130, 300)
    ranges(art, horizon, FOREST, 3, rng.uniform(150, 230))
    treeline(art, horizon + 10, 46, FOREST, 0.3, horizon + 26)
    far_crowd(art, horizon + 30)
    water(art, horizon + 34, HEIGHT, 130, spot[0])
    paints = rng.sample((RED, TEAL, GOLD, PLUM, LEAF), 3)
    for i, paint in enumerate(paints):
        racing_boat(art, rng.uniform(560, 1000), horizon + 110 + i * 105, 520 + 130 * i, paint)
    bunting(art, 70, 90)
    banners(art, 905)
    crowd(art, 1000, 175, 12)


def far_crowd(art: Canvas, y: float) -> None:
    rng, light = art.rng, art.light
    art.rect(0, y - 12, WIDTH, y + 8, light.on(mix(GRASS, SAND, 0.5), 0.3))
    for _ in range(170):
        x, tone = rng.uniform(0, WIDTH), light.on(any_shirt(rng), 0.3)
        art.rect(x - 5, y - 16, x + 5, y + 2, tone, radius=4)
        art.ellipse(x, y - 20, 4, 4.6, light.on(STRAW if rng.random() < 0.4 else INK, 0.3))


def racing_boat(art: Canvas, x: float, y: float, length: float, paint: Colour) -> None:
    """A long dragon-prowed boat and its crew, rowing to the right."""
    light, size = art.light, length * 0.085
    art.ellipse(x, y + length * 0.02, length * 0.5, length * 0.025, light.dim(light.water[1], 0.6), 0.55)
    shirt = mix(paint, WHITE, 0.2)
    for i in range(10):
        px = x - length * 0.36 + length * 0.07 * i
        bust(art, px + size * 0.2, y - size * 0.1, size * 1.15, shirt, long_hair=False)
        art.stroke(
            [(px + size * 0.5, y - size * 0.55), (px - size * 0.35, y + size * 0.55)], size * 0.09, light.on(STRAW)
        )
    hull = smooth(
        [
            (x - length * 0.5, y - length * 0.07),
            (x - length * 0.42, y - length * 0.012),
            (x, y),
            (x + length * 0.4, y - length * 0.012),
            (x + length * 0.47, y - length * 0.06),
            (x + length * 0.5, y - length * 0.115),
        ],
        closed=False,
    )
    art.polygon(
        [
            *hull,
            (x + length * 0.44, y + length * 0.008),
            (x + length * 0.36, y + length * 0.03),
            (x - length * 0.38, y + length * 0.03),
        ],
        (light.lift(paint, 0.1), light.dim(paint, 0.35)),
    )
    art.stroke([(px, py + length * 0.006) for px, py in hull], length * 0.008, light.on(GOLD))
    jaw = (x + length * 0.5, y - length * 0.115)
    art.polygon(
        smooth(
            [
                (jaw[0] - length * 0.022, jaw[1] - length * 0.018),
                (jaw[0] + length * 0.01, jaw[1] - length * 0.03),
                (jaw[0] + length * 0.05, jaw[1] - length * 0.008),
                (jaw[0] + length * 0.028, jaw[1] + length * 0.012),
                (jaw[0] - length * 0.015, jaw[1] + length * 0.014),
            ],
            steps=5,
        ),
        light.on(GOLD),
    )
    art.strokes(
        [
            ([(x - length * k, y + length * 0.035), (x - length * k - length * 0.08, y + length * 0.04)], 3.0)
            for k in (-0.3, -0.1, 0.1, 0.3, 0.46)
        ],
        light.on(WHITE),
        0.8,
    )


def bunting(art: Canvas, top: float, sag: float) -> None:
    light, rng = art.light, art.rng
    for k, shift in enumerate((0, 46)):
        middle = rng.uniform(500, 1100)
        line = [
            (x, top + shift + sag * sin(pi * x / WIDTH) * (1 + 0.2 * sin(x / middle)))
            for x in range(-20, WIDTH + 40, 46)
        ]
        art.stroke(line, 2.5, light.dim(WOOD, 0.4))
        for i, (x, y) in enumerate(line):
            art.polygon(
                [(x + 4, y), (x + 40, y + 2), (x + 22, y + 40)], light.on((RED, GOLD, TEAL, CORAL, LIME)[(i + k) % 5])
            )


def banners(art: Canvas, foot: float) -> None:
    """Festival flags in nested plain squares along the bank."""
    light = art.light
    for x in (70, 250, 1340, 1520):
        top = foot - 300
        art.stroke([(x, foot + 60), (x, top - 20)], 7, light.dim(WOOD, 0.2))
        for k, tone in enumerate((RED, GOLD, TEAL, CORAL)):
            inset = 17 * k
            art.rect(x + 4 + inset, top + inset, x + 128 - inset, top + 124 - inset, light.on(tone), radius=3)
        pennant(art, x, top - 20, 30, RED)


def drum_court(art: Canvas) -> None:
    rng, light = art.rng, art.light
    sky(art, 560)
    clouds(art, rng.randint(2, 4), 100, 300)
    treeline(art, 560, 130, FOREST, 0.35, 700)
    art.rect(0, 600, WIDTH, HEIGHT, (light.on(CLAY, 0.2), light.dim(CLAY, 0.1)))
    hall(art, 800, 660, 700, rng.choice((ROOF, CLAY)), True)
    art.rect(250, 742, 1350, 800, (light.on(RED), light.dim(RED, 0.4)), radius=6)
    art.rect(250, 732, 1350, 748, light.lift(RED, 0.25), radius=6)
    for x, size in ((430, 74), (640, 88), (960, 88), (1170, 74)):
        standing(art, x - size * 0.9, 744, size * 2.1, rng.choice((RED, GOLD)), INK, raised=True)
        drum(art, x, 740, size)
    in_ao_dai(art, 800, 744, 176, rng.choice((GOLD, TEAL, WHITE)))
    lanterns(art)
    banners(art, 860)
    crowd(art, 1000, 190, 12)


def drum(art: Canvas, x: float, foot: float, size: float) -> None:
    light = art.light
    for k in (-0.5, 0.5):
        art.stroke([(x + k * size, foot), (x - k * size * 0.6, foot - size * 0.6)], 8, light.dim(WOOD, 0.3))
    art.polygon(
        [*arc(x, foot - size * 0.8, size * 0.74, size * 0.55, 0, 1)], (light.lift(RED, 0.1), light.dim(RED, 0.4))
    )
    art.ellipse(x, foot - size * 0.8, size * 0.56, size * 0.56, light.on(GOLD))
    art.ellipse(x, foot - size * 0.8, size * 0.5, size * 0.5, light.lift(CREAM, 0.2))
    art.ellipse(x, foot - size * 0.8, size * 0.16, size * 0.16, light.on(CLAY), 0.6)


def lanterns(art: Canvas) -> None:
    light, rng = art.light, art.rng
    for top, sag in ((40, 120), (10, 210)):
        line = [(x, top + sag * sin(pi * (x + 60) / (WIDTH + 120))) for x in range(-40, WIDTH + 60, 124)]
        art.stroke(line, 3, light.dim(WOOD, 0.5))
        for x, y in line:
            tone, r = rng.choice((RED, GOLD, CORAL, TEAL)), rng.uniform(24, 32)
            art.glow(x, y + r * 1.2, r * 3.2, r * 3.2, light.sun, 0.5)
            art.ellipse(x, y + r * 1.2, r, r * 0.9, (light.lift(tone, 0.35), light.on(tone)))
            art.ellipse(x, y + r * 1.2, r * 0.45, r * 0.9, light.sun, 0.22)
            for dy in (0.24, 1.98):
                art.rect(x - r * 0.4, y + r * dy, x + r * 0.4, y + r * (dy + 0.22), light.dim(GOLD, 0.1), radius=2)
            art.stroke([(x, y + r * 2.2), (x, y + r * 2.9)], 4, light.on(GOLD))
