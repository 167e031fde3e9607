from math import cos, pi, sin

from ..parts.canvas import HEIGHT, WIDTH, Canvas, Point, smooth
from ..parts.palette import BARK, FOREST, GRASS, INK, LEAF, LIME, ORANGE, PINE, SAND, STRAW, Colour, any_shirt, mix
from ..parts.people import standing
from ..parts.plants import grass_tufts, leaf, tree, treeline
from ..parts.sky import birds, clouds, jagged, land, mist, ranges, rolling, sky


def misty_mountains(art: Canvas) -> None:
    rng, light = art.rng, art.light
    spot = sky(art, 640)
    clouds(art, rng.randint(2, 4), 70, 300, opacity=0.6)
    layers = rng.randint(5, 6)
    for i in range(layers):
        near = i / (layers - 1)
        y = 430 + 420 * near
        outline = jagged(rng, y, 330 - 120 * near, rng.randint(2, 4) + i // 2)
        land(
            art, outline, min(HEIGHT, y + 260), mix(light.dim(FOREST, 0.25), PINE, near), 0.76 * (1 - near) ** 0.8, 0.3
        )
        sunlit(art, outline, spot[0], 0.25 + 0.2 * near)
        mist(art, y + 40, 95, rng.uniform(0.45, 0.8) * (1 - 0.4 * near))
    birds(art, rng.randint(4, 8), rng.uniform(800, 1200), 260, light.dim(INK, 0.1, 0.25))
    slope_with_pines(art)


def sunlit(art: Canvas, outline: list[Point], sun_x: float, strength: float) -> None:
    """Light on the flank of every peak that faces the sun."""
    reach = 9  # points either side a peak has to overlook
    for i in range(reach, len(outline) - reach):
        x, y = outline[i]
        if y > min(spot[1] for spot in outline[i - reach : i + reach + 1]):
            continue
        flank = _downhill(outline, i, 1 if x < sun_x else -1)
        if len(flank) < 5:
            continue
        wide, drop = flank[-1][0] - x, flank[-1][1] - y
        fold = [
            (x + wide * 0.42, y + drop * 1.15),
            (x + wide * 0.3, y + drop * 0.8),
            (x + wide * 0.02, y + drop * 0.74),
            (x + wide * 0.12, y + drop * 0.36),
        ]
        art.polygon([*flank, *fold], art.light.sun, (strength, strength * 0.5, 0.0))


def _downhill(outline: list[Point], i: int, step: int) -> list[Point]:
    """The outline from a peak down to where it begins to climb again."""
    flank = [outline[i]]
    j = i + step
    while (
        2 <= j < len(outline) - 2
        and outline[j + 2 * step if 0 <= j + 2 * step < len(outline) else j][1] > flank[-1][1] - 3
        and len(flank) < 40
    ):
        flank.append(outline[j])
        j += step
    return flank


def slope_with_pines(art: Canvas) -> None:
    rng, light = art.rng, art.light
    ground: list[Point] = [
        (x, 900 - 90 * sin(x / 520 + rng.random() * 0.02) + (x - 800) * 0.04) for x in range(-20, WIDTH + 40, 20)
    ]
    land(art, ground, HEIGHT + 60, mix(PINE, FOREST, 0.5), 0.02, 0.0)
    for x, y in sorted(((rng.choice(ground)[0], 0.0) for _ in range(26)), key=lambda spot: spot[0]):
        foot = next(gy for gx, gy in ground if gx >= x)
        pine(art, x, foot + y + 16, rng.uniform(90, 210), light.dim(PINE, rng.uniform(0.1, 0.4)))


def pine(art: Canvas, x: float, foot: float, height: float, colour: Colour) -> None:
    art.rect(x - height * 0.02, foot - height * 0.2, x + height * 0.02, foot + 4, art.light.dim(BARK, 0.4))
    for tier in range(5):
        top, wide = foot - height + tier * height * 0.16, height * (0.09 + 0.045 * tier)
        art.polygon(
            [
                (x, top),
                (x + wide, top + height * 0.27),
                (x + wide * 0.2, top + height * 0.23),
                (x - wide, top + height * 0.27),
            ],
            colour,
        )


def forest(art: Canvas) -> None:
    rng, light = art.rng, art.light
    glow_x = rng.uniform(420, 760)
    art.rect(
        0,
        0,
        WIDTH,
        HEIGHT,
        (light.on(mix(LIME, light.sun, 0.5), 0.25), light.on(mix(LEAF, LIME, 0.5), 0.3), light.dim(FOREST, 0.2)),
    )
    art.glow(glow_x, 330, 800, 620, light.sun, 0.85)
    for layer in range(4):
        near = (layer + 1) / 4
        treeline(art, 560 + 70 * layer, 150, mix(LEAF, FOREST, near), 0.62 - 0.5 * near, floor=HEIGHT)
        trunks(art, near, 13 - 2 * layer)
        canopy(art, near)
        if layer == 2:
            light_rays(art, glow_x)
    forest_floor(art)


def trunks(art: Canvas, near: float, count: int) -> None:
    rng, light = art.rng, art.light
    for i in range(count):
        x, width = WIDTH * (i + rng.uniform(0.1, 0.9)) / count, (10 + 44 * near**2) * rng.uniform(0.8, 1.3)
        if near == 1 and 480 < x < 1120:
            continue
        foot, lean = 700 + 220 * near + rng.uniform(-20, 20), rng.uniform(-20, 20)
        shape: list[Point] = [
            (x - width * 0.9, foot),
            (x - width * 0.5, foot - 70),
            (x + lean - width * 0.38, -10),
            (x + lean + width * 0.38, -10),
            (x + width * 0.5, foot - 70),
            (x + width * 0.9, foot),
        ]
        tone = mix(BARK, FOREST, 0.3)
        art.polygon(
            shape, (light.lift(tone, 0.3, 0.66 - 0.62 * near), light.dim(tone, 0.4, 0.66 - 0.62 * near)), sideways=True
        )


def canopy(art: Canvas, near: float) -> None:
    rng, light = art.rng, art.light
    for tone in (light.dim(FOREST, 0.3 * near, 0.6 - 0.55 * near), light.on(mix(FOREST, LEAF, 0.5), 0.6 - 0.5 * near)):
        art.ellipses(
            [
                (
                    x + rng.uniform(-60, 60),
                    rng.uniform(-60, 60) + 40 * abs(x - 800) / 800 * near,
                    rng.uniform(70, 130),
                    rng.uniform(50, 105),
                )
                for x in range(-40, WIDTH + 80, 95)
            ],
            tone,
            0.9,
        )


def light_rays(art: Canvas, x: float) -> None:
    rng = art.rng
    for _ in range(rng.randint(6, 8)):
        top, spread = x + rng.uniform(-260, 260), rng.uniform(26, 80)
        foot = top + (top - x) * 1.1 + 330
        art.polygon(
            [(top, -10), (top + spread * 0.6, -10), (foot + spread * 2.4, 900), (foot, 900)],
            art.light.sun,
            (rng.uniform(0.25, 0.5), 0.02),
        )


def forest_floor(art: Canvas) -> None:
    rng, light = art.rng, art.light
    land(art, rolling(rng, 900, 60, 2), HEIGHT + 40, mix(FOREST, LEAF, 0.35), 0.0, 0.0)
    path = smooth(
        [(770, 830), (830, 870), (720, 930), (640, 1010), (1010, 1010), (900, 930), (905, 870), (810, 830)], steps=6
    )
    art.polygon(path, (light.lift(SAND, 0.2), light.dim(SAND, 0.3)), 0.75)
    for _ in range(14):
        fern(
            art,
            rng.choice((rng.uniform(-20, 560), rng.uniform(1040, 1620))),
            rng.uniform(900, 1010),
            rng.uniform(70, 150),
        )
    if rng.random() < 0.6:
        standing(art, 845, 890, 105, any_shirt(rng), behind=True)
        standing(art, 885, 893, 100, any_shirt(rng), behind=True, hat=True)


def fern(art: Canvas, x: float, foot: float, size: float) -> None:
    for turn in (0.56, 0.63, 0.7, 0.78, 0.86, 0.94):
        tone = mix(LEAF, FOREST, art.rng.random())
        leaf(art, x, foot, size * art.rng.uniform(0.7, 1), turn, art.light.dim(tone, 0.15))


def orange_orchard(art: Canvas) -> None:
    rng, light = art.rng, art.light
    horizon = rng.uniform(360, 430)
    sky(art, horizon)
    clouds(art, rng.randint(3, 5), 70, horizon - 90)
    ranges(art, horizon + 20, FOREST, 3, rng.uniform(170, 250))
    art.rect(0, horizon + 10, WIDTH, HEIGHT, light.on(mix(GRASS, LIME, 0.4), 0.42))
    for i, base in enumerate((horizon + 90, horizon + 210, horizon + 360)):
        outline = rolling(rng, base, 120, rng.uniform(1.2, 2.2))
        land(art, outline, HEIGHT + 20, mix(GRASS, LIME, 0.4 - 0.2 * i), 0.3 - 0.13 * i, 0.1)
        orchard_rows(art, outline, 26 + 24 * i, 0.3 - 0.14 * i, 2 + (i == 1))
    standing(art, rng.uniform(560, 760), 905, 200, any_shirt(rng), hat=True, raised=True)
    orange_tree(art, rng.uniform(900, 980), 930, 300, 0.0, 26)
    orange_tree(art, rng.uniform(150, 330), 950, 340, 0.0, 30)
    orange_tree(art, rng.uniform(1290, 1440), 965, 380, 0.0, 34)
    basket(art, rng.uniform(640, 780), 950, 60)
    grass_tufts(art, 930, 1010, 60, GRASS)


def orchard_rows(art: Canvas, outline: list[Point], size: float, distance: float, rows: int) -> None:
    for row in range(rows):
        for x, y in outline[row % 2 * 2 :: max(3, round(size / 9))]:
            orange_tree(art, x, y + 34 + row * size * 1.25, size * art.rng.uniform(1.1, 1.35), distance, 7)


def orange_tree(art: Canvas, x: float, foot: float, height: float, distance: float, fruit: int) -> None:
    light, rng = art.light, art.rng
    if height < 100:
        art.ellipse(x + height * 0.15, foot, height * 0.55, height * 0.12, light.shade, 0.2)
        art.ellipse(x, foot - height * 0.42, height * 0.46, height * 0.44, light.dim(LEAF, 0.3, distance))
        art.ellipse(x - height * 0.08, foot - height * 0.5, height * 0.34, height * 0.31, light.on(LEAF, distance))
    else:
        tree(art, x, foot, height, mix(LEAF, FOREST, 0.25))
    small = height < 100
    reach, middle, r = (
        (0.36, foot - height * 0.45, max(2.6, height * 0.058)) if small else (0.3, foot - height * 0.64, height * 0.023)
    )
    dots = []
    for _ in range(fruit):
        turn, far = rng.uniform(0, 2 * pi), rng.random() ** 0.5
        dots.append((x + height * reach * far * cos(turn), middle + height * reach * 0.86 * far * sin(turn), r, r))
    art.ellipses([(a + r * 0.15, b + r * 0.2, r, q) for a, b, r, q in dots], light.dim(ORANGE, 0.3, distance))
    art.ellipses(dots, light.on(ORANGE, distance))


def basket(art: Canvas, x: float, foot: float, size: float) -> None:
    light = art.light
    art.glow(x + size * 0.3, foot, size * 1.3, size * 0.25, light.shade, 0.6)
    art.ellipses(
        [
            (x + size * k, foot - size * (0.62 + 0.16 * (abs(k) < 0.3)), size * 0.16, size * 0.16)
            for k in (-0.4, -0.14, 0.12, 0.38)
        ],
        light.on(ORANGE),
    )
    art.polygon(
        [
            (x - size * 0.62, foot - size * 0.6),
            (x + size * 0.62, foot - size * 0.6),
            (x + size * 0.44, foot),
            (x - size * 0.44, foot),
        ],
        (light.on(STRAW), light.dim(STRAW, 0.35)),
    )
