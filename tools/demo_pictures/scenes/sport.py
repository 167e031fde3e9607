from math import sin

from ..parts.canvas import HEIGHT, WIDTH, Canvas, Line, arc, smooth
from ..parts.palette import BLUE, CLAY, CORAL, FOREST, GOLD, GRASS, LEAF, RED, STEEL, STONE, TEAL, WHITE, any_shirt, mix
from ..parts.people import runner, standing
from ..parts.plants import treeline
from ..parts.sky import clouds, ranges, sky
from ..parts.vehicles import pennant


def stadium(art: Canvas) -> None:
    rng = art.rng
    sky(art, 430)
    clouds(art, rng.randint(3, 6), 60, 230)
    ranges(art, 400, FOREST, 2, 150)
    treeline(art, 400, 60, FOREST, 0.4, 440)
    floodlights(art)
    stands(art)
    pitch(art)
    track(art)
    players(art)
    athletes(art)


def floodlights(art: Canvas) -> None:
    light = art.light
    for x in (120, 1480):
        art.polygon([(x - 10, 470), (x - 4, 110), (x + 4, 110), (x + 10, 470)], light.lift(STEEL, 0.3))
        art.rect(x - 62, 62, x + 62, 128, light.dim(STEEL, 0.3), radius=6)
        art.ellipses(
            [(x - 42 + 28 * k, 80 + 30 * row, 10, 10) for k in range(4) for row in range(2)], light.lift(WHITE, 0.6)
        )


def stands(art: Canvas) -> None:
    rng, light, paint = art.rng, art.light, art.rng.choice((BLUE, TEAL, CORAL))
    roof = smooth([(90, 300), (440, 224), (800, 204), (1160, 224), (1510, 300)], closed=False)
    art.polygon([(90, 360), *roof, (1510, 360), (1600, 540), (0, 540)], (light.dim(STONE, 0.45), light.dim(STONE, 0.2)))
    for row in range(9):
        y = 316 + 22 * row
        art.rect(40 - row * 8, y, 1560 + row * 8, y + 15, light.dim(paint, 0.25) if row % 2 else light.on(paint, 0.1))
        for x in range(50 - row * 8, 1560 + row * 8, 17):
            if rng.random() < 0.7:
                art.ellipse(x + rng.uniform(-3, 3), y - 3, 5, 5.5, light.dim(CLAY, 0.3))
                art.rect(x - 7, y + 1, x + 7, y + 15, light.on(any_shirt(rng), 0.1), radius=5)
    edge = [(x, y + 58) for x, y in roof]
    art.polygon([*roof, *reversed(edge)], (light.lift(WHITE, 0.4), light.dim(WHITE, 0.2)))
    art.polygon([*edge, *[(x, y + 44) for x, y in reversed(edge)]], light.shade, (0.45, 0.1))
    for x in range(200, 1500, 200):
        art.stroke([(x, 250), (x, 500)], 5, light.lift(STEEL, 0.4))
        pennant(art, x, 186 + abs(x - 800) * 0.08, 44, rng.choice((RED, GOLD, TEAL)))
        art.stroke([(x, 260), (x, 186 + abs(x - 800) * 0.08)], 4, light.lift(STEEL, 0.4))
    art.rect(0, 508, WIDTH, 548, (light.lift(WHITE, 0.2), light.dim(WHITE, 0.15)))
    for i in range(9):
        art.rect(i * 180 + 6, 514, i * 180 + 172, 542, light.on(rng.choice((RED, TEAL, GOLD, BLUE)), 0.1), radius=4)


def pitch(art: Canvas) -> None:
    light = art.light
    art.rect(0, 548, WIDTH, HEIGHT, light.on(mix(GRASS, LEAF, 0.4)))
    for k in range(-9, 10):
        top, foot = 800 + k * 118, 800 + k * 190
        art.polygon(
            [(top, 548), (top + 118, 548), (foot + 190, 780), (foot, 780)],
            light.on(GRASS) if k % 2 else light.dim(mix(GRASS, LEAF, 0.4), 0.08),
        )
    lines: list[Line] = [
        ([(250, 562), (1350, 562), (1560, 742), (40, 742), (250, 562)], 4.0),
        ([(800, 562), (800, 742)], 4.0),
        (arc(800, 640, 130, 40, 0, 1, 40), 4.0),
        ([(196, 608), (330, 608), (290, 690), (100, 690)], 4.0),
        ([(1404, 608), (1270, 608), (1310, 690), (1500, 690)], 4.0),
    ]
    art.strokes(lines, light.on(WHITE), 0.85)


def track(art: Canvas) -> None:
    light = art.light
    art.rect(0, 776, WIDTH, HEIGHT, (light.lift(CLAY, 0.12), light.dim(mix(CLAY, RED, 0.25), 0.1)))
    for y, width in ((778, 3), (816, 3.5), (864, 4), (922, 5), (992, 6)):
        art.rect(0, y, WIDTH, y + width, light.on(WHITE), 0.9)


def players(art: Canvas) -> None:
    rng = art.rng
    for y in sorted(rng.uniform(590, 720) for _ in range(9)):
        size = 44 + (y - 560) * 0.16
        team = rng.choice((RED, WHITE))
        if rng.random() < 0.5:
            runner(art, rng.uniform(260, 1340), y, size, team)
        else:
            standing(art, rng.uniform(260, 1340), y, size, team, STEEL, stride=0.05, raised=rng.random() < 0.3)
    art.ellipse(rng.uniform(600, 1000), 690, 7, 7, art.light.on(WHITE))


def athletes(art: Canvas) -> None:
    rng = art.rng
    lead = rng.uniform(760, 980)
    for lane, (y, size) in enumerate(((846, 190), (902, 215), (968, 245))):
        vest = (GOLD, TEAL, RED, BLUE, WHITE)[(lane + int(lead)) % 5]
        for k in range(2 if lane != 1 else 1):
            runner(art, lead - lane * rng.uniform(120, 190) - k * rng.uniform(380, 470) + 60 * sin(lead), y, size, vest)
