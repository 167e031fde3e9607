from ..parts.buildings import WALLS, village_house
from ..parts.canvas import HEIGHT, WIDTH, Canvas, arc, smooth
from ..parts.palette import CORAL, FOREST, GRASS, INK, LEAF, RED, STEEL, STONE, TEAL, WHITE, Colour, mix
from ..parts.plants import bush, grass_tufts, palm, tree, treeline
from ..parts.sky import birds, clouds, land, ranges, rolling, sky, water
from ..parts.vehicles import sampan


def river_bridge(art: Canvas) -> None:
    rng, light = art.rng, art.light
    horizon = rng.uniform(440, 500)
    spot = sky(art, horizon)
    clouds(art, rng.randint(3, 6), 70, horizon - 120)
    ranges(art, horizon, FOREST, 3, rng.uniform(160, 260))
    far_bank(art, horizon)
    water(art, horizon + 16, HEIGHT, 130, spot[0])
    deck = horizon + rng.uniform(20, 50)
    piers(art, deck)
    rng.choice((arch_bridge, cable_bridge, truss_bridge))(art, deck)
    for _ in range(rng.randint(1, 2)):
        sampan(art, rng.uniform(300, 1200), rng.uniform(745, 830), rng.uniform(150, 210))
    near_bank(art)
    birds(art, rng.randint(3, 6), rng.uniform(900, 1400), 190, light.dim(INK, 0.1, 0.3))


def far_bank(art: Canvas, horizon: float) -> None:
    rng, light = art.rng, art.light
    x = rng.uniform(0, 300)
    while x < 1500:
        width, height = rng.uniform(36, 74), rng.uniform(40, 120)
        art.rect(
            x, horizon - height, x + width, horizon + 10, (light.on(rng.choice(WALLS), 0.4), light.dim(STONE, 0.1, 0.5))
        )
        for row in range(int(height // 20)):
            art.rect(
                x + 6,
                horizon - height + 8 + row * 20,
                x + width - 6,
                horizon - height + 16 + row * 20,
                light.dim(STEEL, 0.3, 0.45),
            )
        x += width + rng.choice((4, 10, 90, 160))
    treeline(art, horizon + 8, 34, FOREST, 0.36, horizon + 22)
    art.rect(0, horizon + 16, WIDTH, horizon + 60, light.dim(FOREST, 0.3, 0.2), (0.5, 0.0))


def piers(art: Canvas, deck: float) -> None:
    light = art.light
    for x in (190, 520, 1080, 1410):
        art.rect(
            x - 20, deck + 16, x + 20, deck + 150, (light.lift(STONE, 0.25), light.dim(STONE, 0.35)), sideways=True
        )
        art.rect(x - 34, deck + 138, x + 34, deck + 156, light.dim(STONE, 0.35), radius=6)
        art.rect(x - 24, deck + 156, x + 24, deck + 290, light.dim(light.water[1], 0.45), (0.45, 0.0))


def bridge_deck(art: Canvas, deck: float, colour: Colour) -> None:
    light, rng = art.light, art.rng
    art.rect(0, deck + 90, WIDTH, deck + 150, light.dim(light.water[1], 0.45), (0.35, 0.0))
    for _ in range(rng.randint(4, 7)):
        x, paint = rng.uniform(0, WIDTH), rng.choice((RED, WHITE, TEAL, CORAL))
        art.rect(x, deck - 22, x + 44, deck - 4, light.on(paint), radius=6)
        art.rect(x + 8, deck - 32, x + 34, deck - 16, light.dim(paint, 0.35), radius=6)
    art.rect(0, deck - 4, WIDTH, deck + 18, (light.lift(colour, 0.35), light.on(colour)))
    art.rect(0, deck + 18, WIDTH, deck + 30, light.dim(colour, 0.45))
    art.strokes(
        [([(x, deck - 14), (x, deck)], 2.0) for x in range(0, WIDTH, 22)]
        + [([(0, deck - 14), (WIDTH, deck - 14)], 3.0)],
        light.lift(WHITE, 0.2),
        0.9,
    )


def arch_bridge(art: Canvas, deck: float) -> None:
    light, paint = art.light, art.rng.choice((CORAL, TEAL, WHITE, RED))
    for rise, tone in ((218, light.dim(paint, 0.35)), (230, light.on(paint))):
        curve = arc(800, deck + 8, 290, rise, 0.5, 1.0, 36)
        art.strokes([([(x, y), (x, deck)], 3.0) for x, y in curve[2:-2:2]], light.lift(WHITE, 0.2), 0.85)
        art.stroke(curve, 18, tone)
    for left in (185, 1085):
        small = arc(left + 165, deck + 8, 165, 110, 0.5, 1.0, 28)
        art.strokes([([(x, y), (x, deck)], 3.0) for x, y in small[3:-3:3]], light.lift(WHITE, 0.2), 0.8)
        art.stroke(small, 12, light.on(paint))
    bridge_deck(art, deck, STONE)


def cable_bridge(art: Canvas, deck: float) -> None:
    light, rng = art.light, art.rng
    top = deck - rng.uniform(290, 350)
    for x in (520, 1080):
        art.strokes(
            [([(x, top + 16 + k * 13), (x + side * (46 + k * 30), deck)], 2.6) for k in range(8) for side in (-1, 1)],
            light.lift(WHITE, 0.3),
            0.85,
        )
        for side in (-1, 1):
            art.polygon(
                [
                    (x + side * 8 - 7, top),
                    (x + side * 8 + 7, top),
                    (x + side * 26 + 9, deck + 140),
                    (x + side * 26 - 9, deck + 140),
                ],
                light.lift(STONE, 0.5) if side < 0 else light.dim(STONE, 0.2),
            )
        art.rect(x - 18, deck - 100, x + 18, deck - 86, light.on(STONE))
    bridge_deck(art, deck, mix(STONE, WHITE, 0.3))


def truss_bridge(art: Canvas, deck: float) -> None:
    light, paint = art.light, art.rng.choice((STEEL, TEAL, mix(RED, STEEL, 0.3)))
    for tone, shift in ((light.dim(paint, 0.4), 10), (light.on(paint), 0)):
        for left in range(-140, WIDTH, 330):
            xs = [left + 330 * k / 6 for k in range(7)]
            art.stroke(
                [(xs[0], deck), (xs[1], deck - 120 + shift), (xs[5], deck - 120 + shift), (xs[6], deck)], 11, tone
            )
            for k in range(1, 6):
                art.stroke([(xs[k], deck), (xs[k], deck - 118 + shift)], 6, tone)
            for k in (1, 2, 4, 5):
                art.stroke(
                    [(xs[k], deck - 116 + shift), (xs[3] if k in (2, 4) else xs[2 if k == 1 else 4], deck)], 6, tone
                )
    bridge_deck(art, deck, STONE)


def near_bank(art: Canvas) -> None:
    rng = art.rng
    bank = [(x, y + abs(x - 760) * -0.1 + 90) for x, y in rolling(rng, 920, 50, 2)]
    land(art, bank, HEIGHT + 40, mix(GRASS, LEAF, 0.4), 0.0, 0.0)
    grass_tufts(art, 930, 1010, 70, LEAF)
    for _ in range(rng.randint(3, 5)):
        bush(
            art,
            rng.choice((rng.uniform(-20, 300), rng.uniform(1300, 1620))),
            rng.uniform(900, 960),
            rng.uniform(110, 210),
        )
    palm(art, rng.uniform(1380, 1490), 930, rng.uniform(430, 560), lean=-0.15)
    if rng.random() < 0.6:
        tree(art, rng.uniform(90, 200), 930, rng.uniform(330, 440))


def reservoir(art: Canvas) -> None:
    rng = art.rng
    horizon = rng.uniform(330, 380)
    sky(art, horizon)
    clouds(art, rng.randint(3, 5), 60, horizon - 90)
    ranges(art, horizon + 30, FOREST, 4, rng.uniform(220, 320), steep=rng.random() < 0.5)
    water(art, horizon + 30, 620, 70, rng.uniform(300, 700))
    for i in range(rng.randint(2, 3)):
        islet(art, rng.uniform(150, 1450), horizon + 60 + i * 34, rng.uniform(120, 260))
    crest = rng.uniform(500, 540)
    dam(art, crest)
    valley(art, crest)


def islet(art: Canvas, x: float, y: float, width: float) -> None:
    art.rect(x - width * 0.5, y, x + width * 0.5, y + 34, art.light.dim(FOREST, 0.3, 0.2), (0.4, 0.0))
    treeline(art, y, width * 0.2, FOREST, 0.25, y, x - width * 0.4, x + width * 0.4)


def dam(art: Canvas, crest: float) -> None:
    light, foot = art.light, 800
    art.polygon(
        [(-10, crest), (WIDTH + 10, crest), (WIDTH + 10, foot), (-10, foot)],
        (light.lift(STONE, 0.35), light.dim(STONE, 0.22)),
    )
    art.strokes(
        [([(x, crest + 20), (x + (x - 800) * 0.1, foot)], 3.0) for x in range(-80, WIDTH + 100, 88)],
        light.dim(STONE, 0.5),
        0.35,
    )
    gates = art.rng.randint(4, 6)
    left = 800 - gates * 52
    for i in range(gates):
        x = left + i * 104
        art.rect(x + 14, crest - 40, x + 90, crest + 66, light.dim(TEAL, 0.3))
        spill(art, x + 16, x + 88, crest + 40, foot + 40)
        for px in (x, x + 104):
            art.rect(
                px - 14,
                crest - 96,
                px + 14,
                crest + 130,
                (light.lift(STONE, 0.5), light.dim(STONE, 0.2)),
                sideways=True,
            )
    art.rect(left - 24, crest - 112, left + gates * 104 + 24, crest - 84, light.lift(STONE, 0.55), radius=3)
    art.rect(left + 20, crest - 160, left + 120, crest - 112, (light.on(WHITE), light.dim(WHITE, 0.2)))
    art.rect(left + 8, crest - 172, left + 132, crest - 156, light.on(CORAL), radius=3)
    art.rect(-10, crest - 10, left - 14, crest + 8, light.lift(STONE, 0.6))
    art.rect(left + gates * 104 + 14, crest - 10, WIDTH + 10, crest + 8, light.lift(STONE, 0.6))


def spill(art: Canvas, x0: float, x1: float, top: float, foot: float) -> None:
    light, rng = art.light, art.rng
    art.polygon(
        [(x0, top), (x1, top), (x1 + 12, foot), (x0 - 12, foot)],
        (light.lift(light.water[0], 0.4), mix(light.on(WHITE), light.water[0], 0.25)),
    )
    art.strokes(
        [([(x, top + 10), (x + (x - 800) * 0.03, foot)], 2.5) for x in (rng.uniform(x0, x1) for _ in range(9))],
        light.on(light.water[1]),
        0.4,
    )


def valley(art: Canvas, crest: float) -> None:
    rng, light = art.rng, art.light
    water(art, 800, HEIGHT, 60)
    art.ellipses(
        [(rng.uniform(480, 1120), rng.uniform(806, 846), rng.uniform(30, 80), rng.uniform(12, 26)) for _ in range(34)],
        light.on(WHITE),
        0.5,
    )
    for side in (-1, 1):
        edge = [(800 + side * (300 + 60 * k + rng.uniform(-20, 20)), crest + 130 + k * 52) for k in range(10)]
        outer = 800 + side * 830
        shape = [(outer, crest - 60), (800 + side * 560, crest + 20), *edge, (outer, HEIGHT + 20)]
        art.polygon(smooth(shape, closed=False, steps=4), (light.lift(GRASS, 0.1), light.dim(LEAF, 0.35)))
        for k in range(7):
            spot = 800 + side * rng.uniform(540, 780)
            tree(art, spot, 700 + 42 * k, rng.uniform(110, 200), mix(LEAF, FOREST, rng.random()))
    if rng.random() < 0.5:
        village_house(art, rng.choice((250, 1350)), 930, 230)
    grass_tufts(art, 950, 1010, 40)
