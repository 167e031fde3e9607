from ..parts.buildings import village_house
from ..parts.canvas import HEIGHT, WIDTH, Canvas, smooth
from ..parts.palette import BLUE, FOREST, GOLD, GRASS, LEAF, PINE, RED, SAND, STONE, TEAL, WHITE, Colour, mix
from ..parts.people import standing
from ..parts.plants import grass_tufts, palm, treeline
from ..parts.sky import cloud, land, ranges, rolling, sky, water
from ..parts.vehicles import fishing_boat


def storm(art: Canvas) -> None:
    rng, light = art.rng, art.light
    horizon = rng.uniform(470, 530)
    sky(art, horizon, sun=False)
    art.glow(rng.uniform(500, 900), horizon, 700, 260, light.sun, 0.6)
    thunderheads(art)
    ranges(art, horizon, PINE, 2, rng.uniform(120, 200))
    rain(art, 190, 0.16, 1.6)
    water(art, horizon, HEIGHT, 60)
    swell(art, horizon)
    shore(art)
    rain(art, 210, 0.3, 2.6)


def thunderheads(art: Canvas) -> None:
    rng, light = art.rng, art.light
    for layer in range(4):
        tone = mix(light.sky[0], light.sky[1], 0.75 - 0.24 * layer)
        for _ in range(5):
            cloud(
                art, rng.uniform(-60, 1660), 300 - 66 * layer + rng.uniform(-30, 30), rng.uniform(330, 480), tone, 0.85
            )
    art.rect(0, 0, WIDTH, 240, light.sky[0], (0.9, 0.0))


def rain(art: Canvas, count: int, alpha: float, width: float) -> None:
    rng, lines = art.rng, []
    for _ in range(count):
        x, y, reach = rng.uniform(-60, WIDTH + 200), rng.uniform(-40, HEIGHT), rng.uniform(40, 110)
        lines.append(([(x, y), (x - reach * -0.36, y + reach)], width))
    art.strokes(lines, mix(art.light.sun, WHITE, 0.4), alpha)


def swell(art: Canvas, horizon: float) -> None:
    rng, light = art.rng, art.light
    boat_row = rng.randint(1, 2)
    for row in range(5):
        y, size = horizon + 40 + row * 62, 16 + row * 9
        knots = [
            (x, y + (rng.uniform(-1, -0.5) if i % 2 else rng.uniform(0.2, 0.7)) * size)
            for i, x in enumerate(range(-120, WIDTH + 240, 90 + 16 * row))
        ]
        crest = smooth(knots, closed=False, steps=6)
        deep = mix(light.water[0], light.water[1], 0.35 + 0.16 * row)
        art.polygon([*crest, (WIDTH + 200, HEIGHT), (-120, HEIGHT)], light.dim(deep, 0.05 * row))
        art.stroke(crest, 2 + row * 0.8, mix(light.on(WHITE), deep, 0.35), 0.5)
        if row == boat_row:
            fishing_boat(art, rng.uniform(420, 860), y + 14, rng.uniform(210, 280), rng.choice((BLUE, TEAL, RED)), 0.15)


def shore(art: Canvas) -> None:
    rng, light = art.rng, art.light
    ground = [(x, y + 40 - max(0, x - 820) * 0.12) for x, y in rolling(rng, 900, 40, 2)]
    art.stroke([(x, y - 4) for x, y in ground], 16, light.lift(WHITE, 0.2), 0.7)
    land(art, ground, HEIGHT + 40, mix(SAND, STONE, 0.4), 0.0, 0.0)
    treeline(art, 858, 70, FOREST, 0.1, 880, 1040, 1700)
    village_house(art, rng.uniform(1230, 1330), 900, rng.uniform(330, 390), 0.0)
    for x, height in (
        (rng.uniform(900, 1000), rng.uniform(430, 500)),
        (rng.uniform(1440, 1520), rng.uniform(460, 560)),
        (rng.uniform(110, 230), rng.uniform(380, 470)),
    ):
        palm(art, x, 930, height, lean=rng.uniform(0.24, 0.36), wind=0.75)
    puddles(art)
    rescuers(art)
    grass_tufts(art, 930, 1010, 50, mix(LEAF, GRASS, 0.4))


def puddles(art: Canvas) -> None:
    rng, light = art.rng, art.light
    for _ in range(5):
        x, y = rng.uniform(300, 1500), rng.uniform(950, 990)
        art.ellipse(x, y, rng.uniform(60, 150), rng.uniform(7, 12), light.lift(light.water[0], 0.2), 0.7)


def rescuers(art: Canvas) -> None:
    rng = art.rng
    start = rng.uniform(560, 720)
    for k in range(rng.randint(2, 3)):
        coat: Colour = GOLD if k % 2 == 0 else RED
        standing(
            art,
            start + k * 78,
            956,
            rng.uniform(150, 165),
            coat,
            TEAL,
            behind=k == 1,
            stride=0.05,
            raised=k == 0,
            hat=k == 1,
        )
