from .canvas import Canvas, Point, smooth
from .palette import (
    ASPHALT,
    BLUE,
    CREAM,
    GOLD,
    INK,
    NAVY,
    RED,
    SKIN,
    STEEL,
    STRAW,
    TEAL,
    WHITE,
    WOOD,
    Colour,
    any_shirt,
    mix,
)
from .people import conical_hat
from .plants import ground_shadow


def fishing_boat(art: Canvas, x: float, y: float, length: float, hull: Colour, distance: float = 0.0) -> None:
    """Waterline at y, the bow to the right and high, as in the country's centre."""
    light = art.light
    half = length / 2
    art.ellipse(x, y + length * 0.04, half * 0.95, length * 0.07, light.dim(light.water[1], 0.5), 0.45)
    art.rect(x - half * 0.8, y, x + half * 0.8, y + length * 0.3, light.dim(hull, 0.4), (0.4, 0.0))
    mast = x - length * 0.02
    art.stroke([(mast, y - length * 0.1), (mast, y - length * 0.62)], length * 0.012, light.on(WOOD, distance))
    art.stroke(
        [(mast, y - length * 0.56), (x + half * 0.9, y - length * 0.24)], length * 0.006, light.on(WOOD, distance)
    )
    art.stroke(
        [(mast, y - length * 0.56), (x - half * 0.85, y - length * 0.2)], length * 0.006, light.on(WOOD, distance)
    )
    pennant(art, mast, y - length * 0.62, length * 0.12, RED, distance)
    cabin = light.on(CREAM, distance)
    art.rect(
        x - half * 0.72, y - length * 0.3, x - half * 0.18, y - length * 0.1, (cabin, light.dim(CREAM, 0.25, distance))
    )
    art.rect(
        x - half * 0.8,
        y - length * 0.33,
        x - half * 0.1,
        y - length * 0.295,
        light.on(TEAL, distance),
        radius=length * 0.01,
    )
    for k in (-0.64, -0.47, -0.31):
        art.rect(
            x + half * k,
            y - length * 0.26,
            x + half * (k + 0.1),
            y - length * 0.19,
            light.on(NAVY, distance),
            radius=length * 0.008,
        )
    side: list[Point] = [
        (x - half, y - length * 0.16),
        (x - half * 0.4, y - length * 0.11),
        (x + half * 0.3, y - length * 0.12),
        (x + half * 0.75, y - length * 0.19),
        (x + half * 1.08, y - length * 0.31),
    ]
    sheer = smooth(side, closed=False)
    keel: list[Point] = [
        (x + half * 0.86, y - length * 0.1),
        (x + half * 0.72, y + length * 0.02),
        (x - half * 0.82, y + length * 0.02),
    ]
    art.polygon([*sheer, *keel], (light.lift(hull, 0.12, distance), light.dim(hull, 0.35, distance)))
    for width, tone, drop in ((0.022, light.on(WHITE, distance), 0.012), (0.016, light.on(RED, distance), 0.05)):
        art.stroke([(px, py + length * drop) for px, py in sheer[1:-3]], length * width, tone)
    art.polygon(
        [
            (x - half * 0.8, y - length * 0.012),
            (x + half * 0.75, y - length * 0.012),
            (x + half * 0.72, y + length * 0.02),
            (x - half * 0.82, y + length * 0.02),
        ],
        light.dim(RED, 0.35, distance),
    )


def pennant(art: Canvas, x: float, y: float, size: float, colour: Colour, distance: float = 0.0) -> None:
    art.polygon(
        [(x, y), (x + size, y + size * 0.1), (x + size * 0.92, y + size * 0.52), (x, y + size * 0.6)],
        (art.light.lift(colour, 0.1, distance), art.light.dim(colour, 0.2, distance)),
    )


def sampan(art: Canvas, x: float, y: float, length: float) -> None:
    light = art.light
    art.ellipse(x, y + length * 0.03, length * 0.5, length * 0.05, light.dim(light.water[1], 0.6), 0.5)
    hull: list[Point] = [
        (x - length * 0.55, y - length * 0.1),
        (x - length * 0.25, y - length * 0.02),
        (x + length * 0.25, y - length * 0.02),
        (x + length * 0.55, y - length * 0.1),
        (x + length * 0.34, y + length * 0.045),
        (x - length * 0.34, y + length * 0.045),
    ]
    rower = x + length * 0.26
    art.stroke(
        [(rower, y - length * 0.03), (rower - length * 0.02, y - length * 0.2)],
        length * 0.085,
        light.on(any_shirt(art.rng)),
    )
    art.ellipse(rower - length * 0.02, y - length * 0.28, length * 0.035, length * 0.04, light.on(SKIN[0]))
    conical_hat(art, rower - length * 0.02, y - length * 0.29, length * 0.065)
    art.stroke(
        [(rower - length * 0.1, y - length * 0.2), (rower + length * 0.16, y + length * 0.08)],
        length * 0.014,
        light.on(STRAW),
    )
    art.polygon(hull, (light.on(WOOD), light.dim(WOOD, 0.5)))


def cargo_ship(art: Canvas, x: float, y: float, length: float, hull: Colour) -> None:
    light = art.light
    art.rect(x - length * 0.47, y, x + length * 0.45, y + length * 0.13, light.dim(hull, 0.5), (0.5, 0.0))
    deck = y - length * 0.1
    size = length * 0.065
    for column in range(9):
        for row in range(art.rng.randint(1, 3)):
            left, top = x - length * 0.2 + column * size, deck - (row + 1) * size * 0.48
            container(art, left, top, size * 0.96, size * 0.46)
    art.rect(
        x - length * 0.42,
        deck - length * 0.17,
        x - length * 0.25,
        deck + 4,
        (light.on(WHITE), light.dim(WHITE, 0.25)),
        radius=length * 0.005,
    )
    for floor in range(4):
        art.rect(
            x - length * 0.41,
            deck - length * (0.155 - floor * 0.035),
            x - length * 0.26,
            deck - length * (0.142 - floor * 0.035),
            light.on(NAVY),
        )
    art.rect(x - length * 0.37, deck - length * 0.23, x - length * 0.32, deck - length * 0.17, light.on(GOLD))
    art.polygon(
        [
            (x - length * 0.5, deck),
            (x + length * 0.42, deck),
            (x + length * 0.52, deck - length * 0.035),
            (x + length * 0.45, y),
            (x - length * 0.47, y),
        ],
        (light.lift(hull, 0.1), light.dim(hull, 0.35)),
    )
    art.polygon(
        [
            (x - length * 0.482, y - length * 0.028),
            (x + length * 0.463, y - length * 0.028),
            (x + length * 0.45, y),
            (x - length * 0.47, y),
        ],
        light.dim(RED, 0.3),
    )


def container(art: Canvas, x: float, y: float, width: float, height: float) -> None:
    colour = art.rng.choice((RED, BLUE, TEAL, GOLD, STEEL, mix(RED, GOLD, 0.5), WHITE))
    art.rect(x, y, x + width, y + height, (art.light.lift(colour, 0.1), art.light.dim(colour, 0.2)))
    for k in range(1, 8):
        art.rect(
            x + width * k / 8,
            y + height * 0.12,
            x + width * k / 8 + width * 0.025,
            y + height * 0.88,
            art.light.dim(colour, 0.3),
        )


def wheel(art: Canvas, x: float, y: float, r: float) -> None:
    art.ellipse(x, y, r, r, art.light.on(mix(INK, ASPHALT, 0.2)))
    art.ellipse(x, y, r * 0.48, r * 0.48, art.light.on(STEEL))


def car(art: Canvas, x: float, foot: float, length: float, colour: Colour, to_right: bool = True) -> None:
    light, d = art.light, 1 if to_right else -1
    ground_shadow(art, x, foot, length * 0.5, 0.6)
    roof: list[Point] = [(-0.36, -0.24), (-0.26, -0.4), (-0.1, -0.43), (0.1, -0.41), (0.27, -0.25)]
    shell: list[Point] = [
        (-0.5, -0.2),
        (-0.36, -0.255),
        (0.28, -0.25),
        (0.45, -0.2),
        (0.5, -0.12),
        (0.49, -0.06),
        (-0.49, -0.06),
    ]
    art.polygon(smooth([(x + d * a * length, foot + b * length) for a, b in roof], closed=False), light.on(colour))
    for glass in (
        [(-0.31, -0.25), (-0.23, -0.375), (-0.06, -0.395), (-0.06, -0.25)],
        [(-0.03, -0.25), (-0.03, -0.395), (0.09, -0.38), (0.2, -0.25)],
    ):
        art.polygon(
            [(x + d * a * length, foot + b * length) for a, b in glass], light.on(mix(NAVY, light.sky[1], 0.45))
        )
    art.polygon(
        smooth([(x + d * a * length, foot + b * length) for a, b in shell], steps=4),
        (light.lift(colour, 0.15), light.dim(colour, 0.3)),
    )
    art.rect(
        x + d * 0.46 * length - length * 0.02,
        foot - length * 0.19,
        x + d * 0.46 * length + length * 0.02,
        foot - length * 0.15,
        light.on(WHITE),
        radius=3,
    )
    for k in (-0.29, 0.29):
        wheel(art, x + k * length, foot - length * 0.075, length * 0.08)


def van(art: Canvas, x: float, foot: float, length: float, colour: Colour, mark: Colour | None = None) -> None:
    """Drives to the right; a mark makes it an ambulance."""
    light = art.light
    ground_shadow(art, x, foot, length * 0.5, 0.6)
    body: list[Point] = [
        (-0.5, -0.07),
        (-0.5, -0.46),
        (-0.46, -0.5),
        (0.2, -0.5),
        (0.36, -0.3),
        (0.48, -0.25),
        (0.5, -0.07),
    ]
    art.polygon([(x + a * length, foot + b * length) for a, b in body], (light.on(colour), light.dim(colour, 0.25)))
    art.polygon(
        [(x + a * length, foot + b * length) for a, b in ((0.08, -0.29), (0.08, -0.45), (0.19, -0.45), (0.32, -0.29))],
        light.on(mix(NAVY, light.sky[1], 0.4)),
    )
    if mark:
        art.rect(x - length * 0.5, foot - length * 0.22, x + length * 0.49, foot - length * 0.17, light.on(mark))
        art.rect(x - length * 0.26, foot - length * 0.42, x - length * 0.22, foot - length * 0.26, light.on(mark))
        art.rect(x - length * 0.32, foot - length * 0.36, x - length * 0.16, foot - length * 0.32, light.on(mark))
        art.rect(
            x - length * 0.02, foot - length * 0.54, x + length * 0.1, foot - length * 0.5, light.on(RED), radius=4
        )
    for k in (-0.28, 0.3):
        wheel(art, x + k * length, foot - length * 0.07, length * 0.085)


def motorbike(art: Canvas, x: float, foot: float, length: float, colour: Colour, hat: bool = False) -> None:
    """With its rider, going right."""
    light, rng = art.light, art.rng
    ground_shadow(art, x, foot, length * 0.5, 0.5)
    shirt, skin = light.on(any_shirt(rng)), light.on(rng.choice(SKIN))

    def at(*spots: Point) -> list[Point]:
        return [(x + a * length, foot + b * length) for a, b in spots]

    for k in (-0.36, 0.36):
        wheel(art, x + k * length, foot - length * 0.15, length * 0.15)
    art.stroke(at((0.36, -0.15), (0.24, -0.62)), length * 0.045, light.on(STEEL))
    art.polygon(
        smooth(
            at(
                (-0.5, -0.36),
                (-0.4, -0.5),
                (0.0, -0.46),
                (0.05, -0.26),
                (0.2, -0.3),
                (0.22, -0.58),
                (0.3, -0.5),
                (0.24, -0.16),
                (-0.24, -0.16),
            ),
            steps=5,
        ),
        (light.lift(colour, 0.15), light.dim(colour, 0.25)),
    )
    art.rect(*at((-0.42, -0.54))[0], *at((0.0, -0.46))[0], light.on(INK), radius=length * 0.04)
    art.stroke(at((-0.14, -0.56), (0.12, -0.52), (0.1, -0.24)), length * 0.11, light.on(NAVY))
    art.stroke(at((-0.16, -0.6), (-0.1, -0.92)), length * 0.2, shirt)
    art.stroke(at((-0.08, -0.92), (0.06, -0.72), (0.24, -0.68)), length * 0.075, shirt)
    art.ellipse(x - length * 0.05, foot - length * 1.16, length * 0.1, length * 0.115, skin)
    if hat:
        conical_hat(art, x - length * 0.05, foot - length * 1.22, length * 0.17)
    else:
        art.polygon(
            [
                (px, min(py, foot - length * 1.15))
                for px, py in smooth(
                    at((-0.19, -1.15), (-0.17, -1.29), (-0.05, -1.34), (0.07, -1.29), (0.1, -1.15)), steps=5
                )
            ],
            light.on(colour),
        )
