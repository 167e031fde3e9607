from ..parts.canvas import HEIGHT, WIDTH, Canvas
from ..parts.indoors import network, pendant_lamp, potted_plant, room, screen, view
from ..parts.palette import (
    AQUA,
    BLUE,
    CORAL,
    CREAM,
    GOLD,
    INK,
    LEAF,
    NAVY,
    RED,
    STEEL,
    TEAL,
    WHITE,
    WOOD,
    Colour,
    any_shirt,
    mix,
)
from ..parts.people import bust, in_ao_dai, standing

PAINTS: tuple[Colour, ...] = (
    mix(CREAM, WHITE, 0.4),
    mix(AQUA, WHITE, 0.6),
    mix(TEAL, WHITE, 0.72),
    mix(CORAL, CREAM, 0.75),
    mix(BLUE, WHITE, 0.75),
)


def digital_desk(art: Canvas) -> None:
    rng, light = art.rng, art.light
    room(art, 800, rng.choice(PAINTS))
    if rng.random() < 0.5:
        view(art, 60, 120, 420, 560, 2)
        network(art, 900, 330, 620, 300, 14)
    else:
        network(art, 800, 330, 740, 310, 17)
    pendant_lamp(art, rng.uniform(1300, 1400), 130, 60)
    desk_top, dark = 760, rng.random() < 0.6
    for x0, x1, tall in ((160, 480, 230), (1120, 1440, 230), (530, 1070, 372)):
        screen(art, x0, desk_top - 70 - tall, x1, desk_top - 70, dark)
        art.rect((x0 + x1) / 2 - 24, desk_top - 62, (x0 + x1) / 2 + 24, desk_top, light.dim(STEEL, 0.35))
        art.rect((x0 + x1) / 2 - 80, desk_top - 10, (x0 + x1) / 2 + 80, desk_top + 2, light.dim(STEEL, 0.35), radius=5)
    desk(art, desk_top)
    potted_plant(art, 110, desk_top + 6, 210)
    mug(art, rng.uniform(1460, 1500), desk_top)
    worker(art, 800, rng.choice((WHITE, TEAL, CORAL, BLUE)))


def desk(art: Canvas, top: float) -> None:
    light = art.light
    art.rect(60, top, 1540, top + 34, (light.lift(WOOD, 0.45), light.dim(mix(WOOD, CREAM, 0.3), 0.1)), radius=8)
    art.rect(90, top + 34, 1510, HEIGHT, (light.dim(WOOD, 0.45), light.dim(WOOD, 0.2)))
    art.rect(90, top + 34, 1510, top + 64, light.shade, (0.5, 0.0))
    art.rect(610, top - 14, 990, top + 6, light.lift(STEEL, 0.5), radius=6)


def mug(art: Canvas, x: float, foot: float) -> None:
    light = art.light
    art.stroke([(x + 26, foot - 44), (x + 44, foot - 36), (x + 26, foot - 14)], 8, light.on(CORAL))
    art.rect(x - 26, foot - 56, x + 28, foot, (light.lift(CORAL, 0.2), light.dim(CORAL, 0.2)), radius=7)


def worker(art: Canvas, x: float, shirt: Colour) -> None:
    light = art.light
    bust(art, x, 960, 400, shirt)
    for side in (-1, 1):
        art.stroke([(x + side * 158, 860), (x + side * 186, 915)], 40, light.dim(shirt, 0.2))
    art.rect(x - 165, 810, x + 165, HEIGHT + 20, (light.dim(NAVY, 0.1), light.dim(INK, 0.3)), radius=46)
    art.rect(x - 140, 832, x + 140, HEIGHT + 20, light.lift(NAVY, 0.08), 0.5, radius=36)


def meeting(art: Canvas) -> None:
    rng = art.rng
    room(art, 640, rng.choice(PAINTS))
    view(art, 50, 110, 350, 500, 2)
    view(art, 1250, 110, 1550, 500, 2)
    screen(art, 500, 110, 1100, 430, dark=rng.random() < 0.6)
    for x in (560, 1040):
        pendant_lamp(art, x - 300 if x < 800 else x + 300, 60, 50)
    presenter = 1160 if rng.random() < 0.5 else 440
    standing(art, presenter, 650, 330, rng.choice((WHITE, TEAL, CORAL)), raised=True, long_hair=rng.random() < 0.5)
    table(art)
    front_row(art)


def table(art: Canvas) -> None:
    rng, light = art.rng, art.light
    for side in (-1, 1):
        for k in range(4):
            size = 120 + 34 * k
            bust(art, 800 + side * (330 + 92 * k), 668 + 52 * k, size, behind=False, tie=rng.random() < 0.3)
    top = [(500, 600), (1100, 600), (1480, 860), (120, 860)]
    art.polygon([(120, 860), (1480, 860), (1450, 930), (150, 930)], (light.dim(WOOD, 0.4), light.dim(WOOD, 0.6)))
    art.polygon(top, (light.lift(mix(WOOD, CREAM, 0.45), 0.3), light.on(mix(WOOD, CREAM, 0.25))))
    art.polygon([(640, 620), (960, 620), (1060, 840), (540, 840)], light.sun, 0.14)
    for side in (-1, 1):
        for k in range(4):
            x, y, s = 800 + side * (255 + 72 * k), 628 + 56 * k, 1 + 0.32 * k
            art.polygon(
                [(x - 26 * s, y), (x + 22 * s, y), (x + 28 * s, y + 22 * s), (x - 24 * s, y + 22 * s)], light.on(WHITE)
            )
            art.rect(
                x - side * 48 * s - 5 * s,
                y - 24 * s,
                x - side * 48 * s + 5 * s,
                y + 8 * s,
                light.lift(AQUA, 0.4),
                0.85,
                radius=3,
            )
    for k in range(3):
        art.ellipses(
            [(800 + rng.uniform(-14, 14), 668 + 64 * k - rng.uniform(0, 20), 16 + 4 * k, 12 + 3 * k) for _ in range(5)],
            light.on(LEAF),
        )
        art.ellipses(
            [(800 + rng.uniform(-16, 16), 660 + 64 * k - rng.uniform(0, 20), 6 + k, 6 + k) for _ in range(5)],
            light.on((GOLD, CORAL, WHITE)[k]),
        )


def front_row(art: Canvas) -> None:
    light = art.light
    for x in (330, 645, 960, 1275):
        bust(art, x + art.rng.uniform(-12, 12), 1010, 250)
        art.rect(x - 104, 900, x + 104, HEIGHT + 20, (light.dim(NAVY, 0.05), light.dim(INK, 0.3)), radius=34)
        art.rect(x - 84, 918, x + 84, HEIGHT + 20, light.lift(NAVY, 0.1), 0.5, radius=26)


def one_stop_counter(art: Canvas) -> None:
    rng, light = art.rng, art.light
    room(art, 690, rng.choice(PAINTS))
    accent = rng.choice((TEAL, BLUE, RED, mix(LEAF, TEAL, 0.4)))
    art.rect(0, 60, WIDTH, 190, (light.lift(accent, 0.12), light.dim(accent, 0.12)))
    art.rect(0, 190, WIDTH, 230, light.shade, (0.25, 0.0))
    places = rng.choice((3, 4))
    wide = 1480 / places
    for i in range(places):
        counter_place(art, 60 + wide * i, 60 + wide * (i + 1), accent)
    art.rect(40, 560, 1560, 590, (light.lift(mix(WOOD, CREAM, 0.5), 0.4), light.on(mix(WOOD, CREAM, 0.4))), radius=8)
    art.rect(60, 590, 1540, 716, (light.lift(WHITE, 0.1), light.dim(WHITE, 0.22)))
    art.rect(60, 590, 1540, 614, light.shade, (0.35, 0.0))
    art.rect(60, 690, 1540, 716, light.on(accent))
    for i in range(places):
        if rng.random() < 0.75:
            visitor(art, 60 + wide * (i + 0.5) - rng.uniform(96, 120), rng.uniform(812, 836))
    potted_plant(art, 60, 770, 250)
    potted_plant(art, 1540, 770, 250)
    waiting(art, accent)


def counter_place(art: Canvas, x0: float, x1: float, accent: Colour) -> None:
    rng, light, x = art.rng, art.light, (x0 + x1) / 2
    board(art, x, 92, accent)
    art.rect(x0 + 14, 250, x1 - 14, 560, light.dim(accent, 0.1, 0.55), 0.35)
    bust(art, x + 40, 566, 172, rng.choice((WHITE, WHITE, AQUA)), behind=False, tie=rng.random() < 0.4)
    screen(art, x - 76, 468, x - 16, 530, bezel=5)
    art.rect(x - 52, 534, x - 40, 562, light.dim(STEEL, 0.3))
    art.rect(x0 + 4, 300, x0 + 14, 566, light.lift(STEEL, 0.5))
    art.polygon([(x0 + 20, 300), (x0 + 90, 300), (x0 + 30, 560), (x0 + 20, 560)], light.sun, 0.2)
    art.rect(x + 126, 548, x + 190, 562, light.on(WHITE))
    art.rect(x + 132, 541, x + 186, 548, light.on(GOLD))


def board(art: Canvas, x: float, y: float, accent: Colour) -> None:
    """The lit number above a place, as plain bars: no text in pictures."""
    light, rng = art.light, art.rng
    art.rect(x - 90, y, x + 90, y + 66, light.dim(INK, 0.3), radius=10)
    for k in range(3):
        art.rect(x - 66 + 30 * k, y + 18, x - 46 + 30 * k, y + 48, rng.choice((GOLD, CORAL)), radius=4)
    art.ellipse(x + 54, y + 33, 15, 15, rng.choice((mix(LEAF, WHITE, 0.2), GOLD)))
    art.rect(x - 4, y - 34, x + 4, y, light.dim(accent, 0.4))


def visitor(art: Canvas, x: float, foot: float) -> None:
    rng = art.rng
    if rng.random() < 0.25:
        in_ao_dai(art, x, foot, 400, rng.choice((CORAL, TEAL, GOLD)), hat=False, behind=True)
    else:
        standing(
            art,
            x,
            foot,
            rng.uniform(400, 430),
            any_shirt(rng),
            behind=True,
            raised=rng.random() < 0.3,
            long_hair=rng.random() < 0.5,
        )


def waiting(art: Canvas, accent: Colour) -> None:
    rng, light = art.rng, art.light
    for k in range(7):
        x = 200 + k * 200
        if rng.random() < 0.62:
            bust(art, x, 985, 236)
        art.glow(x, HEIGHT, 120, 30, light.shade, 0.5)
        art.rect(x - 84, 876, x + 84, 990, (light.lift(accent, 0.15), light.dim(accent, 0.25)), radius=22)
        art.rect(x - 62, 892, x + 62, 972, light.shade, 0.12, radius=16)
    art.rect(100, 984, 1500, HEIGHT, light.dim(STEEL, 0.35), radius=4)
