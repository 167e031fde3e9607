from .canvas import Canvas, Fill, Point, smooth
from .palette import CLAY, CORAL, CREAM, GOLD, INK, LEAF, NAVY, RED, ROOF, STEEL, STONE, TEAL, WHITE, WOOD, Colour, mix
from .plants import bush

WALLS: tuple[Colour, ...] = (
    CREAM,
    (244, 214, 150),
    (226, 189, 160),
    (190, 214, 208),
    (236, 236, 226),
    (205, 214, 226),
    (238, 196, 172),
    (176, 203, 178),
)


def wall(art: Canvas, x0: float, y0: float, x1: float, y1: float, colour: Colour, distance: float = 0.0) -> None:
    art.rect(x0, y0, x1, y1, (art.light.lift(colour, 0.15, distance), art.light.dim(colour, 0.12, distance)))


def glass(art: Canvas, distance: float = 0.0) -> Fill:
    light = art.light
    return light.on(mix(NAVY, light.sky[0], 0.35), distance), light.on(mix(NAVY, light.sky[-1], 0.5), distance)


def window(
    art: Canvas, x0: float, y0: float, x1: float, y1: float, frame: Colour = WHITE, distance: float = 0.0
) -> None:
    light, edge = art.light, max(1.5, (x1 - x0) * 0.07)
    art.rect(x0 - edge, y0 - edge, x1 + edge, y1 + edge, light.on(frame, distance))
    art.rect(x0, y0, x1, y1, glass(art, distance))
    art.polygon(
        [(x0, y1), (x0, y0 + (y1 - y0) * 0.45), (x0 + (x1 - x0) * 0.7, y0), (x1, y0), (x1, y0 + (y1 - y0) * 0.1)],
        light.sun,
        0.16,
    )
    art.rect((x0 + x1) / 2 - edge / 2, y0, (x0 + x1) / 2 + edge / 2, y1, light.on(frame, distance))
    art.rect(x0 - edge * 1.6, y1 + edge, x1 + edge * 1.6, y1 + edge * 2, light.dim(frame, 0.25, distance))


def windows(
    art: Canvas,
    x0: float,
    y0: float,
    x1: float,
    y1: float,
    columns: int,
    rows: int,
    frame: Colour = WHITE,
    fullness: float = 0.56,
) -> None:
    wide, tall = (x1 - x0) / columns, (y1 - y0) / rows
    for row in range(rows):
        for column in range(columns):
            x, y = x0 + column * wide + wide * (1 - fullness) / 2, y0 + row * tall + tall * 0.2
            window(art, x, y, x + wide * fullness, y + tall * 0.6, frame)


def door(art: Canvas, x0: float, y0: float, x1: float, y1: float, colour: Colour = WOOD) -> None:
    light = art.light
    art.rect(x0 - 4, y0 - 4, x1 + 4, y1, light.dim(colour, 0.5))
    for left, right in ((x0, (x0 + x1) / 2 - 1), ((x0 + x1) / 2 + 1, x1)):
        art.rect(left, y0, right, y1, (light.on(colour), light.dim(colour, 0.3)))
        art.rect(
            left + (right - left) * 0.2,
            y0 + (y1 - y0) * 0.1,
            right - (right - left) * 0.2,
            y0 + (y1 - y0) * 0.45,
            glass(art),
        )


def tile_roof(
    art: Canvas,
    x0: float,
    x1: float,
    eave: float,
    top: float,
    colour: Colour = ROOF,
    hip: float = 0.14,
    distance: float = 0.0,
) -> None:
    light, width = art.light, x1 - x0
    art.polygon(
        [(x0, eave), (x0 + width * hip, top), (x1 - width * hip, top), (x1, eave)],
        (light.lift(colour, 0.18, distance), light.dim(colour, 0.18, distance)),
    )
    count = max(6, round(width / 22))
    lines = []
    for i in range(1, count):
        t = i / count
        lines.append(([(x0 + width * (hip + (1 - 2 * hip) * t), top), (x0 + width * t, eave)], 2.0))
    art.strokes(lines, light.dim(colour, 0.6, distance), 0.3)
    art.stroke([(x0 + width * hip, top), (x1 - width * hip, top)], 7, light.dim(colour, 0.2, distance))
    art.rect(x0, eave - 3, x1, eave + 4, light.dim(colour, 0.45, distance), radius=3)


def eave_shadow(art: Canvas, x0: float, x1: float, y: float, depth: float) -> None:
    art.rect(x0, y, x1, y + depth, art.light.shade, (0.45, 0.05))


def cast_shadow(art: Canvas, x0: float, x1: float, foot: float, reach: float) -> None:
    """On the ground, away from the low sun at the left."""
    art.polygon(
        [(x0, foot), (x1, foot), (x1 + reach, foot + reach * 0.22), (x0 + reach, foot + reach * 0.22)],
        art.light.shade,
        (0.34, 0.1),
    )


def columns(
    art: Canvas, x0: float, x1: float, top: float, foot: float, count: int, width: float, colour: Colour = WHITE
) -> None:
    light = art.light
    for i in range(count):
        x = x0 + (x1 - x0) * i / (count - 1)
        art.rect(
            x - width / 2, top, x + width / 2, foot, (light.lift(colour, 0.3), light.dim(colour, 0.3)), sideways=True
        )
        art.rect(x - width * 0.75, top, x + width * 0.75, top + width * 0.4, light.on(colour))
        art.rect(x - width * 0.75, foot - width * 0.5, x + width * 0.75, foot, light.dim(colour, 0.15))


def steps(art: Canvas, x0: float, x1: float, top: float, count: int, rise: float, colour: Colour = STONE) -> float:
    """Returns the y of the ground in front of them."""
    light = art.light
    for i in range(count):
        y, spread = top + i * rise, i * rise * 1.2
        art.rect(x0 - spread, y, x1 + spread, y + rise * 0.5, light.lift(colour, 0.45))
        art.rect(x0 - spread, y + rise * 0.45, x1 + spread, y + rise, light.dim(colour, 0.22))
    return top + count * rise


def flagpole(art: Canvas, x: float, foot: float, height: float) -> None:
    light = art.light
    art.rect(
        x - height * 0.06, foot - height * 0.02, x + height * 0.06, foot + height * 0.02, light.on(STONE), radius=3
    )
    art.stroke([(x, foot), (x, foot - height)], max(3, height * 0.012), light.lift(STEEL, 0.4))
    art.ellipse(x, foot - height, height * 0.014, height * 0.014, light.on(GOLD))
    size = height * 0.25
    flag: list[Point] = [
        (x, foot - height * 0.97),
        (x + size * 0.35, foot - height * 0.985),
        (x + size * 0.75, foot - height * 0.955),
        (x + size, foot - height * 0.965),
    ]
    lower = [(a, b + size * 0.62) for a, b in reversed(smooth(flag, closed=False))]
    art.polygon(
        [*smooth(flag, closed=False), *lower],
        (light.lift(RED, 0.12), light.dim(RED, 0.18), light.on(RED)),
        sideways=True,
    )


def village_house(
    art: Canvas, x: float, foot: float, width: float, distance: float = 0.0, colour: Colour | None = None
) -> None:
    light, rng = art.light, art.rng
    colour = colour or rng.choice(WALLS)
    high = width * 0.3
    left, right, top = x - width * 0.42, x + width * 0.42, foot - high
    if distance < 0.3:
        cast_shadow(art, left, right, foot, width * 0.3)
    wall(art, left, top, right, foot, colour, distance)
    eave_shadow(art, left, right, top, high * 0.3)
    if distance < 0.3:
        door(art, x - width * 0.09, foot - high * 0.72, x + width * 0.09, foot, rng.choice((WOOD, TEAL, LEAF)))
        for k in (-0.27, 0.27):
            window(art, x + width * (k - 0.055), foot - high * 0.66, x + width * (k + 0.055), foot - high * 0.26, WOOD)
    else:
        for k in (-0.26, 0.0, 0.26):
            art.rect(
                x + width * (k - 0.05),
                foot - high * 0.62,
                x + width * (k + 0.05),
                foot - high * (0.0 if k == 0 else 0.2),
                light.dim(WOOD, 0.35, distance),
            )
    tile_roof(
        art,
        x - width * 0.5,
        x + width * 0.5,
        top + high * 0.04,
        top - width * 0.19,
        rng.choice((ROOF, CLAY, mix(ROOF, CORAL, 0.4))),
        distance=distance,
    )


def tube_house(art: Canvas, x0: float, x1: float, foot: float, floors: int, storey: float) -> None:
    """The narrow, tall house of a Vietnamese street, with a shop below."""
    light, rng, colour = art.light, art.rng, art.rng.choice(WALLS)
    width, top = x1 - x0, foot - storey * (floors + 0.12)
    wall(art, x0, top, x1, foot, colour)
    art.rect(x1 - width * 0.07, top, x1, foot, light.shade, 0.16)
    art.rect(x0 - 3, top - storey * 0.1, x1 + 3, top + 4, light.dim(colour, 0.1))
    style = rng.randrange(3)
    for floor in range(1, floors):
        base = foot - storey * floor - storey * 0.1
        _upper_floor(art, x0, x1, base, storey, style, colour)
    if rng.random() < 0.5:
        tile_roof(art, x0 - 6, x1 + 6, top, top - storey * 0.45, ROOF, hip=0.2)
    else:
        art.rect(x0 + width * 0.2, top - storey * 0.42, x0 + width * 0.55, top - storey * 0.1, light.dim(colour, 0.15))
        art.rect(
            x0 + width * 0.62, top - storey * 0.34, x0 + width * 0.86, top - storey * 0.16, light.on(STEEL), radius=8
        )
    _shop(art, x0, x1, foot, storey)


def _upper_floor(art: Canvas, x0: float, x1: float, base: float, storey: float, style: int, colour: Colour) -> None:
    light, width = art.light, x1 - x0
    if style == 0:
        for k in (0.28, 0.72):
            window(
                art, x0 + width * (k - 0.13), base - storey * 0.72, x0 + width * (k + 0.13), base - storey * 0.2, WHITE
            )
    elif style == 1:
        for k in (0.3, 0.7):
            middle, half = x0 + width * k, width * 0.1
            window(art, middle - half, base - storey * 0.74, middle + half, base - storey * 0.1, CREAM)
            for side in (-1, 1):
                art.rect(
                    *sorted_rect(
                        middle + side * half, base - storey * 0.76, middle + side * half * 1.9, base - storey * 0.08
                    ),
                    light.on(TEAL),
                )
    else:
        window(art, x0 + width * 0.16, base - storey * 0.76, x0 + width * 0.84, base - storey * 0.06, INK)
    if style:
        art.rect(x0 + width * 0.06, base - 4, x1 - width * 0.06, base + storey * 0.07, light.lift(colour, 0.3))
        art.rect(
            x0 + width * 0.06, base + storey * 0.07, x1 - width * 0.06, base + storey * 0.16, light.shade, (0.3, 0.0)
        )
        rails = [
            (
                [
                    (x0 + width * (0.08 + 0.84 * i / 10), base - storey * 0.26),
                    (x0 + width * (0.08 + 0.84 * i / 10), base),
                ],
                2.0,
            )
            for i in range(11)
        ]
        art.strokes(
            [*rails, ([(x0 + width * 0.07, base - storey * 0.26), (x1 - width * 0.07, base - storey * 0.26)], 4.0)],
            light.on(INK),
            0.8,
        )
        if art.rng.random() < 0.6:
            bush(art, x0 + width * art.rng.uniform(0.25, 0.75), base, width * 0.3)


def _shop(art: Canvas, x0: float, x1: float, foot: float, storey: float) -> None:
    light, rng, width = art.light, art.rng, x1 - x0
    art.rect(
        x0 + width * 0.07, foot - storey * 0.72, x1 - width * 0.07, foot, (light.dim(WOOD, 0.65), light.dim(GOLD, 0.35))
    )
    for _ in range(5):
        bx, h = x0 + width * rng.uniform(0.12, 0.8), storey * rng.uniform(0.12, 0.3)
        art.rect(bx, foot - h, bx + width * 0.1, foot, light.dim(rng.choice(WALLS), 0.2), radius=2)
    art.rect(
        x0 + width * 0.05,
        foot - storey * 1.02,
        x1 - width * 0.05,
        foot - storey * 0.84,
        light.on(rng.choice((RED, TEAL, NAVY, LEAF))),
        radius=4,
    )
    awning(
        art,
        x0 + width * 0.02,
        x1 - width * 0.02,
        foot - storey * 0.82,
        storey * 0.22,
        rng.choice((RED, TEAL, GOLD, LEAF)),
    )


def awning(art: Canvas, x0: float, x1: float, top: float, depth: float, colour: Colour) -> None:
    count, light = 8, art.light
    for i in range(count):
        a, b = x0 + (x1 - x0) * i / count, x0 + (x1 - x0) * (i + 1) / count
        tone = colour if i % 2 else WHITE
        art.rect(a, top, b, top + depth * 0.8, (light.on(tone), light.dim(tone, 0.12)))
        art.ellipse((a + b) / 2, top + depth * 0.8, (b - a) / 2, depth * 0.2, light.dim(tone, 0.12))
    art.rect(x0, top + depth, x1, top + depth * 1.7, light.shade, (0.4, 0.0))


def sorted_rect(xa: float, y0: float, xb: float, y1: float) -> tuple[float, float, float, float]:
    return min(xa, xb), y0, max(xa, xb), y1


def curved_roof(art: Canvas, x: float, eave: float, width: float, height: float, colour: Colour = ROOF) -> None:
    """The swept roof of a communal house, its corners turned up."""
    light, half = art.light, width / 2
    right: list[Point] = [
        (half * 0.62, -height),
        (half * 0.7, -height * 0.55),
        (half * 0.84, -height * 0.2),
        (half * 1.0, -height * 0.12),
        (half * 1.1, -height * 0.4),
    ]
    slope = smooth(right, closed=False)
    under: list[Point] = smooth(
        [(half * 1.1, -height * 0.4), (half * 1.0, height * 0.0), (half * 0.7, height * 0.05), (0, height * 0.06)],
        closed=False,
    )
    side = [*slope, *under[1:]]
    outline = [(x + a, eave + b) for a, b in side] + [(x - a, eave + b) for a, b in reversed(side)]
    art.polygon(outline, (light.lift(colour, 0.16), light.dim(colour, 0.25)))
    lines = []
    for i in range(-11, 12):
        t = i / 11.5
        lines.append(
            (
                smooth(
                    [
                        (x + t * half * 0.62, eave - height),
                        (x + t * half * 0.74, eave - height * 0.5),
                        (x + t * half * 0.96, eave - height * 0.04),
                    ],
                    closed=False,
                    steps=4,
                ),
                2.4,
            )
        )
    art.strokes(lines, light.dim(colour, 0.7), 0.32)
    art.stroke([(x + a, eave + b - 2) for a, b in under], 6, light.dim(colour, 0.5))
    art.stroke([(x - a, eave + b - 2) for a, b in under], 6, light.dim(colour, 0.5))
    ridge: list[Point] = [(-0.68, -1.2), (-0.6, -1.04), (0, -1.0), (0.6, -1.04), (0.68, -1.2)]
    art.stroke(smooth([(x + a * half, eave + b * height) for a, b in ridge], closed=False), 9, light.dim(colour, 0.35))


def lamp_post(art: Canvas, x: float, foot: float, height: float) -> None:
    light = art.light
    art.stroke(
        [(x, foot), (x, foot - height), (x + height * 0.16, foot - height * 1.05)],
        max(3, height * 0.018),
        light.dim(STEEL, 0.35),
    )
    art.rect(
        x + height * 0.13, foot - height * 1.065, x + height * 0.25, foot - height * 1.035, light.on(GOLD), radius=4
    )
