from ..parts.canvas import HEIGHT, WIDTH, Canvas, Point, smooth
from ..parts.palette import (
    BLUE,
    FOREST,
    GOLD,
    GRASS,
    INK,
    LEAF,
    RED,
    SAND,
    STEEL,
    STONE,
    STRAW,
    TEAL,
    WHITE,
    WOOD,
    Colour,
    mix,
)
from ..parts.plants import palm
from ..parts.sky import birds, clouds, ranges, rolling, sky, water
from ..parts.vehicles import cargo_ship, container, fishing_boat

HULLS: tuple[Colour, ...] = (BLUE, TEAL, mix(BLUE, INK, 0.3), RED, mix(TEAL, LEAF, 0.5))


def fishing_sea(art: Canvas) -> None:
    rng, light = art.rng, art.light
    horizon = rng.uniform(400, 500)
    spot = sky(art, horizon)
    clouds(art, rng.randint(3, 6), 90, horizon - 60)
    birds(art, rng.randint(4, 9), rng.uniform(700, 1300), horizon * 0.5, light.dim(INK, 0.1, 0.3))
    headland(art, horizon, rng.uniform(620, 980), 0.62, rng.uniform(110, 170))
    headland(art, horizon, rng.uniform(980, 1260), 0.38, rng.uniform(150, 240))
    water(art, horizon, HEIGHT, 120, spot[0])
    for i in range(rng.randint(2, 4)):
        art_x = rng.uniform(120, 1480)
        fishing_boat(art, art_x, horizon + 22 + 14 * i, rng.uniform(70, 110), rng.choice(HULLS), 0.35)
    if rng.random() < 0.6:
        fishing_boat(art, rng.uniform(950, 1250), horizon + 110, rng.uniform(190, 260), rng.choice(HULLS), 0.12)
    fishing_boat(art, rng.uniform(480, 860), horizon + rng.uniform(190, 230), rng.uniform(400, 500), rng.choice(HULLS))
    beach(art, rng.uniform(770, 830))


def headland(art: Canvas, horizon: float, start: float, distance: float, height: float) -> None:
    ridge = rolling(art.rng, horizon, height, 2.6)
    slope = [
        (x, horizon + 4 - (horizon - y + 30) * min(1, max(0, (x - start) / 260)) ** 0.7) for x, y in ridge if x > start
    ]
    art.polygon(
        [(start, horizon + 4), *slope, (WIDTH + 20, horizon + 6)],
        (art.light.on(FOREST, distance), art.light.on(GRASS, min(1, distance + 0.2))),
    )


def beach(art: Canvas, top: float) -> None:
    rng, light = art.rng, art.light
    knots: list[Point] = [
        (-20, top - 30),
        (300, top + 30),
        (640, top + 95),
        (1000, top + 88),
        (1340, top + 20),
        (1640, top - 60),
    ]
    shore = smooth(knots, closed=False, steps=14)
    for lift, fill, alpha in (
        (26, light.lift(light.water[0], 0.5), 0.5),
        (12, mix(light.sun, WHITE, 0.5), 0.9),
        (0, light.dim(SAND, 0.22), 1.0),
        (-22, light.on(SAND), 1.0),
    ):
        art.polygon(
            [(x, y - lift + (5 if int(x / 70) % 2 else 0)) for x, y in shore] + [(WIDTH + 40, HEIGHT), (-20, HEIGHT)],
            fill,
            alpha,
        )
    art.rect(0, HEIGHT - 110, WIDTH, HEIGHT, light.dim(SAND, 0.3), (0.0, 0.5))
    for x in sorted(rng.uniform(160, 620) for _ in range(rng.randint(1, 3))):
        coracle(art, x, rng.uniform(925, 955), rng.uniform(54, 70))
    side = rng.uniform(1290, 1380)
    for dx, height in ((0, rng.uniform(430, 520)), (130, rng.uniform(330, 420))):
        palm(art, side + dx, 930 + dx * 0.3, height, lean=-rng.uniform(0.08, 0.25), wind=0.05)


def coracle(art: Canvas, x: float, y: float, r: float) -> None:
    """The round basket boat, drawn up on the sand."""
    light = art.light
    art.glow(x + r * 0.5, y + r * 0.35, r * 1.9, r * 0.55, light.shade, 0.6)
    art.polygon(
        [(x - r, y - r * 0.1), (x + r, y - r * 0.1), (x + r * 0.7, y + r * 0.42), (x - r * 0.7, y + r * 0.42)],
        (light.on(WOOD), light.dim(WOOD, 0.5)),
    )
    art.ellipse(x, y + r * 0.42, r * 0.7, r * 0.16, light.dim(WOOD, 0.5))
    art.ellipse(x, y - r * 0.1, r, r * 0.34, light.on(mix(STRAW, WOOD, 0.3)))
    art.ellipse(x, y - r * 0.06, r * 0.86, r * 0.27, light.dim(WOOD, 0.55))
    art.stroke([(x - r * 0.7, y + r * 0.05), (x + r * 0.9, y - r * 0.5)], 5, light.on(STRAW))


def port(art: Canvas) -> None:
    rng, light = art.rng, art.light
    horizon = rng.uniform(430, 490)
    spot = sky(art, horizon)
    clouds(art, rng.randint(3, 5), 80, horizon - 120)
    ranges(art, horizon, FOREST, 2, rng.uniform(100, 170))
    water(art, horizon, HEIGHT, 100, spot[0])
    ship_x = rng.uniform(500, 720)
    cargo_ship(
        art,
        ship_x,
        rng.uniform(655, 690),
        rng.uniform(880, 1020),
        rng.choice((BLUE, mix(TEAL, INK, 0.3), mix(RED, INK, 0.15), INK)),
    )
    quay(art, 750)
    paint = rng.choice((RED, BLUE, TEAL, GOLD))
    for i in range(rng.randint(2, 3)):
        crane(art, 880 + i * 270 + rng.uniform(-30, 30), 800, rng.uniform(560, 640), paint)
    yard(art)
    birds(art, rng.randint(3, 7), 300, 200, light.dim(INK, 0.1, 0.3))


def quay(art: Canvas, top: float) -> None:
    light = art.light
    art.rect(0, top, WIDTH, HEIGHT, (light.lift(STONE, 0.2), light.dim(STONE, 0.25)))
    art.rect(0, top, WIDTH, top + 26, light.dim(STONE, 0.5))
    for x in range(30, WIDTH, 110):
        art.rect(x, top + 4, x + 26, top + 40, light.dim(INK, 0.2), radius=8)
    art.rect(0, top + 92, WIDTH, top + 97, light.on(GOLD), 0.8)


def crane(art: Canvas, x: float, foot: float, height: float, paint: Colour) -> None:
    """A ship-to-shore gantry, its arm out over the water to the left."""
    light = art.light
    near, far = light.on(paint), light.dim(paint, 0.35)
    beam = foot - height * 0.62
    art.glow(x + 70, foot, 200, 26, light.shade, 0.5)
    for dx, tone in ((24, far), (150, far), (0, near), (126, near)):
        art.stroke([(x + dx, foot), (x + dx, beam)], 13, tone)
    art.stroke([(x, foot - height * 0.22), (x + 126, foot - height * 0.22)], 11, near)
    art.stroke([(x, foot - height * 0.22), (x + 126, beam)], 7, far)
    art.rect(x - 330, beam - 12, x + 260, beam + 12, (light.lift(paint, 0.2), light.dim(paint, 0.2)))
    mast = (x + 40, foot - height)
    art.stroke([(x, beam), mast, (x + 126, beam)], 11, near)
    for end in (x - 310, x - 150, x + 250):
        art.stroke([mast, (end, beam - 10)], 4, far)
    art.rect(x + 140, beam - 52, x + 230, beam - 12, (light.on(WHITE), light.dim(WHITE, 0.2)), radius=5)
    trolley = x - art.rng.uniform(70, 240)
    drop = beam + art.rng.uniform(60, 130)
    art.rect(trolley - 24, beam + 8, trolley + 24, beam + 34, light.dim(STEEL, 0.4), radius=4)
    for dx in (-24, 24):
        art.stroke([(trolley + dx * 0.6, beam + 30), (trolley + dx, drop)], 2.5, light.on(INK))
    container(art, trolley - 46, drop, 92, 38)


def yard(art: Canvas) -> None:
    rng, light = art.rng, art.light
    x = rng.uniform(-60, 20)
    while x < WIDTH:
        stack = rng.choice((0, 1, 2, 3)) if x > 620 else rng.choice((1, 2, 3, 3))
        if stack:
            art.glow(x + 105, 968, 170, 22, light.shade, 0.6)
        for row in range(stack):
            container(art, x, 966 - 62 * (row + 1), 176, 60)
        x += 182 + rng.choice((0, 0, 60))
    art.rect(0, 966, WIDTH, HEIGHT, (light.dim(STONE, 0.3), light.dim(STONE, 0.45)))
