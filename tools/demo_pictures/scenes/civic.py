from ..parts.buildings import (
    cast_shadow,
    columns,
    door,
    eave_shadow,
    flagpole,
    glass,
    steps,
    tile_roof,
    wall,
    window,
    windows,
)
from ..parts.canvas import HEIGHT, WIDTH, Canvas
from ..parts.palette import (
    AQUA,
    CORAL,
    CREAM,
    FOREST,
    GOLD,
    GRASS,
    LEAF,
    NAVY,
    RED,
    SAND,
    STEEL,
    STONE,
    TEAL,
    WHITE,
    Colour,
    mix,
)
from ..parts.people import in_ao_dai, standing
from ..parts.plants import bush, grass_tufts, hedge, tree, treeline
from ..parts.sky import clouds, ranges, sky
from ..parts.vehicles import van


def backdrop(art: Canvas, ground: float, colour: Colour) -> None:
    rng, light = art.rng, art.light
    sky(art, ground - 40)
    clouds(art, rng.randint(4, 7), 80, 380)
    ranges(art, ground - 60, FOREST, 2, rng.uniform(180, 280))
    treeline(art, ground - 60, 90, FOREST, 0.34, ground)
    art.rect(0, ground - 20, WIDTH, HEIGHT, (light.lift(colour, 0.2), light.dim(colour, 0.12)))


def agency(art: Canvas) -> None:
    rng, light = art.rng, art.light
    ground = 740
    backdrop(art, ground, mix(STONE, SAND, 0.5))
    paint = rng.choice((CREAM, mix(WHITE, STEEL, 0.15), mix(SAND, CREAM, 0.5)))
    floors, reach = rng.randint(3, 4), rng.uniform(520, 610)
    top = ground - 86 * floors
    cast_shadow(art, 800 - reach, 800 + reach, ground, 130)
    for x0, x1 in ((800 - reach, 640), (960, 800 + reach)):
        wall(art, x0, top, x1, ground, paint)
        windows(art, x0 + 16, top + 8, x1 - 16, ground - 6, round((x1 - x0) / 64), floors)
        art.rect(x0 - 12, top - 18, x1 + 12, top + 4, light.lift(paint, 0.4))
        eave_shadow(art, x0, x1, top + 4, 22)
    central_block(art, ground, top - 70, paint, rng.choice((RED, TEAL, NAVY)))
    front = steps(art, 660, 940, ground - 4, 6, 11)
    lawns(art, front)
    flagpole(art, 800, front + 62, 430)
    for x in (rng.uniform(110, 210), rng.uniform(1390, 1490)):
        tree(art, x, 860, rng.uniform(330, 420))
    for _ in range(rng.randint(2, 5)):
        standing(
            art,
            rng.uniform(560, 1040),
            rng.uniform(850, 930),
            112,
            behind=True,
            stride=0.05,
            long_hair=rng.random() < 0.4,
        )


def central_block(art: Canvas, ground: float, top: float, paint: Colour, trim: Colour) -> None:
    light = art.light
    wall(art, 610, top, 990, ground, paint)
    art.rect(650, top + 96, 950, ground, glass(art))
    art.strokes(
        [([(x, top + 96), (x, ground)], 3.0) for x in range(690, 950, 40)]
        + [([(650, y), (950, y)], 3.0) for y in range(int(top + 150), int(ground), 54)],
        light.on(WHITE),
        0.6,
    )
    door(art, 745, ground - 110, 855, ground, TEAL)
    columns(art, 642, 958, top + 90, ground, 4, 32, WHITE)
    art.rect(596, top + 52, 1004, top + 92, (light.lift(paint, 0.5), light.dim(paint, 0.1)))
    eave_shadow(art, 610, 990, top + 92, 34)
    if art.rng.random() < 0.5:
        art.polygon(
            [(590, top + 52), (800, top - 56), (1010, top + 52)], (light.lift(paint, 0.4), light.dim(paint, 0.1))
        )
        art.polygon([(640, top + 40), (800, top - 40), (960, top + 40)], (light.on(trim), light.dim(trim, 0.3)))
        art.ellipse(800, top + 10, 22, 22, light.on(GOLD))
    else:
        art.rect(590, top - 14, 1010, top + 16, light.lift(paint, 0.5))
        art.rect(700, top - 70, 900, top - 14, (light.on(trim), light.dim(trim, 0.25)))
        art.rect(690, top - 80, 910, top - 66, light.lift(paint, 0.5))
        art.ellipse(800, top - 40, 20, 20, light.on(GOLD))


def lawns(art: Canvas, front: float) -> None:
    light = art.light
    art.polygon(
        [(640, front), (960, front), (1240, HEIGHT), (360, HEIGHT)], (light.lift(SAND, 0.35), light.dim(SAND, 0.15))
    )
    art.ellipse(800, front + 66, 120, 26, light.dim(LEAF, 0.2))
    art.ellipse(800, front + 60, 120, 26, light.on(GRASS))
    for side in (-1, 1):
        edge = 800 + side * 190
        art.polygon(
            [
                (edge, front + 12),
                (800 + side * 830, front + 12),
                (800 + side * 830, HEIGHT),
                (800 + side * 480, HEIGHT),
            ],
            (light.lift(GRASS, 0.15), light.dim(LEAF, 0.12)),
        )
        for k in range(7):
            bush(art, edge + side * (30 + 46 * k), front + 24 + k * 2, 62, art.rng.choice((LEAF, GRASS, CORAL)))
    hedge(art, -10, 330, HEIGHT - 14, 54)
    hedge(art, 1270, WIDTH + 10, HEIGHT - 14, 54)


def school(art: Canvas) -> None:
    rng, light = art.rng, art.light
    ground = 720
    backdrop(art, ground, mix(SAND, STONE, 0.4))
    paint = rng.choice(((246, 213, 136), CREAM, (240, 200, 150)))
    floors, reach = rng.randint(2, 3), rng.uniform(560, 640)
    storey = 118
    top = ground - storey * floors
    cast_shadow(art, 800 - reach, 800 + reach, ground, 120)
    wall(art, 800 - reach, top, 800 + reach, ground, paint)
    for floor in range(floors):
        gallery(art, 800 - reach, 800 + reach, ground - storey * floor, storey, paint)
    tile_roof(art, 770 - reach, 830 + reach, top + 4, top - 100, hip=0.05)
    wall(art, 690, top - 76, 910, ground, mix(paint, WHITE, 0.4))
    windows(art, 710, top, 890, ground - storey * 0.9, 2, floors - 1 or 1, TEAL)
    door(art, 745, ground - 100, 855, ground, TEAL)
    tile_roof(art, 668, 932, top - 70, top - 150, hip=0.3)
    art.ellipse(800, top - 34, 26, 26, light.on(WHITE))
    art.ellipse(800, top - 34, 20, 20, light.on(NAVY))
    yard_life(art, ground)


def gallery(art: Canvas, x0: float, x1: float, base: float, storey: float, paint: Colour) -> None:
    """One storey of classrooms behind an open corridor."""
    light = art.light
    art.rect(x0, base - storey, x1, base, light.dim(paint, 0.22))
    count = round((x1 - x0) / 96)
    for i in range(count):
        x = x0 + (x1 - x0) * (i + 0.5) / count
        if i % 3 == 1:
            art.rect(x - 20, base - storey * 0.74, x + 20, base, light.dim(TEAL, 0.2))
        else:
            window(art, x - 27, base - storey * 0.72, x + 27, base - storey * 0.34, TEAL)
    eave_shadow(art, x0, x1, base - storey, storey * 0.4)
    art.rect(x0, base - storey * 0.27, x1, base, (light.lift(paint, 0.3), light.on(paint)))
    columns(art, x0 + 8, x1 - 8, base - storey, base, count // 2 + 1, 14, paint)
    art.rect(x0 - 4, base - storey - 6, x1 + 4, base - storey + 8, light.lift(paint, 0.5))


def yard_life(art: Canvas, ground: float) -> None:
    rng = art.rng
    hedge(art, 60, 660, ground + 8, 26)
    hedge(art, 940, 1540, ground + 8, 26)
    flagpole(art, 560, ground + 70, 560)
    bloom = rng.choice((RED, None, CORAL))
    for x in (rng.uniform(90, 190), rng.uniform(1400, 1510)):
        tree(art, x, 850, rng.uniform(380, 450), bloom=bloom)
    for y in sorted(rng.uniform(ground + 60, 950) for _ in range(rng.randint(11, 16))):
        x, size = rng.gauss(800, 300), 82 + (y - ground) * 0.5
        if rng.random() < 0.3:
            in_ao_dai(art, x, y, size * 1.15, WHITE, hat=False)
        else:
            standing(
                art,
                x,
                y,
                size,
                WHITE,
                rng.choice((NAVY, NAVY, TEAL)),
                behind=rng.random() < 0.5,
                stride=rng.uniform(0.01, 0.06),
                raised=rng.random() < 0.3,
                long_hair=rng.random() < 0.5,
            )
        if rng.random() < 0.6:
            art.rect(
                x - size * 0.09,
                y - size * 0.8,
                x + size * 0.09,
                y - size * 0.54,
                art.light.on(rng.choice((RED, TEAL, GOLD))),
                radius=size * 0.04,
            )


def clinic(art: Canvas) -> None:
    rng, light = art.rng, art.light
    ground = 750
    backdrop(art, ground, mix(STONE, WHITE, 0.3))
    accent = rng.choice((TEAL, (58, 128, 178), (44, 150, 150)))
    floors, reach = rng.randint(3, 4), rng.uniform(480, 600)
    top = ground - 92 * floors
    cast_shadow(art, 800 - reach, 800 + reach, ground, 140)
    wall(art, 800 - reach, top, 800 + reach, ground, WHITE)
    for floor in range(floors):
        y = top + 20 + floor * 92
        for x0, x1 in ((820 - reach, 620), (980, 780 + reach)):
            art.rect(x0, y, x1, y + 50, glass(art), radius=6)
            art.strokes([([(x, y), (x, y + 50)], 4.0) for x in range(int(x0) + 46, int(x1), 46)], light.on(WHITE), 0.9)
            art.rect(x0 - 8, y + 56, x1 + 8, y + 66, light.on(accent, 0.25))
    art.rect(640, top - 70, 960, ground, (light.lift(accent, 0.2), light.dim(accent, 0.15)), radius=10)
    art.rect(690, top + 130, 910, ground, glass(art))
    cross(art, 800, top + 28, 58, WHITE)
    art.rect(800 - reach - 14, top - 14, 632, top + 8, light.on(accent), radius=4)
    art.rect(968, top - 14, 814 + reach, top + 8, light.on(accent), radius=4)
    entrance(art, ground, accent)
    for x in (rng.uniform(80, 200), rng.uniform(1420, 1520)):
        tree(art, x, 880, rng.uniform(330, 420))
    van(art, rng.uniform(1080, 1180), 900, 300, WHITE, RED)
    for _ in range(rng.randint(3, 5)):
        standing(
            art,
            rng.uniform(300, 960),
            rng.uniform(850, 930),
            130,
            rng.choice((WHITE, WHITE, AQUA, CORAL)),
            raised=rng.random() < 0.2,
            long_hair=rng.random() < 0.5,
        )
    grass_tufts(art, 985, 1010, 20)


def cross(art: Canvas, x: float, y: float, reach: float, colour: Colour) -> None:
    arm = reach * 0.32
    art.rect(x - arm, y - reach, x + arm, y + reach, art.light.on(colour), radius=8)
    art.rect(x - reach, y - arm, x + reach, y + arm, art.light.on(colour), radius=8)


def entrance(art: Canvas, ground: float, accent: Colour) -> None:
    light = art.light
    art.rect(720, ground - 130, 880, ground, (light.lift(GOLD, 0.5), light.dim(AQUA, 0.1)))
    art.strokes([([(x, ground - 130), (x, ground)], 4.0) for x in (720, 760, 800, 840, 880)], light.on(WHITE))
    art.rect(600, ground - 168, 1000, ground - 136, (light.lift(accent, 0.45), light.on(accent)), radius=6)
    art.rect(620, ground - 136, 980, ground - 96, light.shade, (0.4, 0.0))
    for x in (620, 980):
        art.rect(x - 7, ground - 138, x + 7, ground + 4, light.on(WHITE))
    art.polygon(
        [(660, ground), (940, ground), (1100, HEIGHT), (500, HEIGHT)], (light.lift(STONE, 0.5), light.dim(STONE, 0.1))
    )
    for x0, x1 in ((110, 640), (960, 1490)):
        hedge(art, x0, x1, ground + 10, 34)
    art.polygon([(-10, 850), (470, 850), (360, HEIGHT), (-10, HEIGHT)], (light.lift(GRASS, 0.1), light.dim(LEAF, 0.1)))
