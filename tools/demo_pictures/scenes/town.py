from ..parts.buildings import lamp_post, tube_house, village_house
from ..parts.canvas import HEIGHT, WIDTH, Canvas, smooth
from ..parts.palette import (
    ASPHALT,
    BLUE,
    CLAY,
    FOREST,
    GOLD,
    GRASS,
    INK,
    LEAF,
    LIME,
    RED,
    SAND,
    STONE,
    TEAL,
    WHITE,
    any_shirt,
    mix,
)
from ..parts.people import in_ao_dai, standing
from ..parts.plants import areca, bush, grass_tufts, tree, treeline
from ..parts.sky import birds, clouds, ranges, sky
from ..parts.vehicles import car, motorbike


def street(art: Canvas) -> None:
    rng = art.rng
    sky(art, 640)
    clouds(art, rng.randint(4, 6), 60, 300)
    far_roofs(art)
    x, foot = rng.uniform(-120, -20), 740
    while x < WIDTH:
        width = rng.uniform(150, 225)
        tube_house(art, x, x + width, foot, rng.choice((2, 3, 3, 4)), rng.uniform(112, 126))
        x += width + rng.choice((0, 0, 0, 10))
    pavement(art, foot)
    for i in range(4):
        spot = 130 + i * 440 + rng.uniform(-70, 70)
        tree(art, spot, 800, rng.uniform(300, 390), mix(LEAF, FOREST, 0.3 * rng.random()))
    lamp_post(art, rng.uniform(600, 800), 806, 420)
    for _ in range(rng.randint(3, 5)):
        standing(
            art,
            rng.uniform(80, 1520),
            rng.uniform(792, 806),
            118,
            hat=rng.random() < 0.2,
            stride=0.05,
            long_hair=rng.random() < 0.5,
        )
    in_ao_dai(art, rng.uniform(500, 1100), 808, 122, rng.choice((TEAL, RED, WHITE)))
    traffic(art)


def far_roofs(art: Canvas) -> None:
    rng, light = art.rng, art.light
    for x in range(-20, WIDTH, 74):
        height = rng.uniform(330, 520)
        art.rect(x, 740 - height, x + 92, 740, (light.dim(STONE, 0.2, 0.55), light.dim(STONE, 0.1, 0.7)))


def pavement(art: Canvas, foot: float) -> None:
    light = art.light
    art.rect(0, foot, WIDTH, foot + 84, (light.dim(STONE, 0.15), light.lift(STONE, 0.25)))
    art.rect(0, foot, WIDTH, foot + 26, light.shade, (0.4, 0.0))
    art.strokes(
        [([(x, foot), (x - (800 - x) * 0.06, foot + 74)], 1.6) for x in range(-40, WIDTH + 80, 56)],
        light.dim(STONE, 0.5),
        0.35,
    )
    art.rect(0, foot + 74, WIDTH, foot + 92, (light.lift(STONE, 0.6), light.dim(STONE, 0.3)))
    art.rect(0, foot + 90, WIDTH, HEIGHT, (light.dim(ASPHALT, 0.3), light.lift(ASPHALT, 0.08)))
    for x in range(-30, WIDTH, 190):
        art.polygon([(x, 906), (x + 100, 906), (x + 94, 915), (x - 8, 915)], light.on(WHITE), 0.75)


def traffic(art: Canvas) -> None:
    rng = art.rng
    for lane, size in ((884, 0.84), (968, 1.0)):
        x = rng.uniform(20, 200)
        while x < 1560:
            if rng.random() < 0.18:
                car(art, x + 110, lane, 300 * size, rng.choice((WHITE, TEAL, RED, INK)))
                x += 400
            else:
                motorbike(
                    art,
                    x,
                    lane,
                    rng.uniform(112, 124) * size,
                    rng.choice((RED, BLUE, TEAL, GOLD, INK)),
                    hat=rng.random() < 0.2,
                )
                x += rng.uniform(170, 330)


def village(art: Canvas) -> None:
    rng, light = art.rng, art.light
    horizon = rng.uniform(400, 450)
    sky(art, horizon)
    clouds(art, rng.randint(3, 6), 60, 300)
    ranges(art, horizon + 20, FOREST, 3, rng.uniform(170, 270), steep=rng.random() < 0.4)
    art.rect(
        0, horizon + 10, WIDTH, HEIGHT, (light.on(mix(LIME, GRASS, 0.4), 0.25), light.on(GRASS), light.dim(LEAF, 0.15))
    )
    treeline(art, horizon + 40, 90, FOREST, 0.3, horizon + 80)
    for x in range(60, WIDTH, 230):
        village_house(art, x + rng.uniform(-50, 50), horizon + 90 + rng.uniform(-8, 8), rng.uniform(170, 220), 0.32)
    for _ in range(9):
        areca(art, rng.uniform(0, WIDTH), horizon + 100, rng.uniform(150, 230), 0.3)
    treeline(art, horizon + 118, 34, LEAF, 0.2, horizon + 130)
    lane(art, horizon + 128)
    homestead(art, rng.uniform(330, 420), 770, rng.uniform(430, 500))
    homestead(art, rng.uniform(1190, 1290), 790, rng.uniform(440, 520))
    walkers(art)
    birds(art, rng.randint(3, 7), rng.uniform(600, 1200), 190, light.dim(INK, 0.1, 0.3))


def lane(art: Canvas, top: float) -> None:
    light, bend = art.light, art.rng.uniform(-60, 60)
    left = smooth([(806 + bend, top), (770 + bend, top + 90), (740, 760), (620, 880), (430, HEIGHT + 20)], closed=False)
    right = smooth(
        [(1060, HEIGHT + 20), (920, 880), (850, 760), (806 + bend, top + 90), (824 + bend, top)], closed=False
    )
    art.polygon([*left, *right], (light.on(SAND, 0.2), light.lift(SAND, 0.35), light.dim(SAND, 0.12)))
    art.stroke(left, 9, light.dim(LEAF, 0.1))
    art.stroke(right, 9, light.dim(LEAF, 0.1))


def homestead(art: Canvas, x: float, foot: float, width: float) -> None:
    rng = art.rng
    tree(art, x - width * 0.55, foot - 16, width * 0.72)
    village_house(art, x, foot, width)
    for k in (-0.62, -0.42, 0.46, 0.6):
        areca(art, x + width * k + rng.uniform(-12, 12), foot + rng.uniform(6, 40), rng.uniform(330, 440))
    for k in (-0.3, 0.32):
        bush(art, x + width * k, foot + 12, width * 0.2, rng.choice((LEAF, GRASS, CLAY)))
    grass_tufts(art, foot + 20, foot + 90, 16, GRASS)


def walkers(art: Canvas) -> None:
    rng = art.rng
    motorbike(art, rng.uniform(740, 800), 800, 92, rng.choice((RED, BLUE, TEAL)), hat=True)
    for k in range(rng.randint(2, 3)):
        standing(
            art,
            640 + 110 * k + rng.uniform(-30, 30),
            rng.uniform(870, 950),
            165,
            any_shirt(rng),
            behind=rng.random() < 0.5,
            hat=rng.random() < 0.5,
            stride=0.04,
            long_hair=rng.random() < 0.5,
        )
    grass_tufts(art, 940, 1010, 26)
