from itertools import pairwise
from math import pi, sin
from random import Random

from .canvas import HEIGHT, WIDTH, Canvas, Line, Point
from .palette import WHITE, Colour, mix


def sky(art: Canvas, horizon: float, sun: bool = True) -> Point:
    """Returns where the sun stands."""
    light, rng = art.light, art.rng
    art.rect(0, 0, WIDTH, horizon + 40, light.sky)
    art.rect(0, horizon + 40, WIDTH, HEIGHT, light.sky[-1])
    spot = (rng.uniform(260, 700), horizon * rng.uniform(0.3, 0.72))
    if sun:
        art.glow(*spot, 720, 560, light.sun, 0.75)
        radius = rng.uniform(44, 66)
        art.ellipse(*spot, radius * 1.7, radius * 1.7, light.sun, 0.25)
        art.ellipse(*spot, radius, radius, mix(light.sun, WHITE, 0.5))
    return spot


def clouds(
    art: Canvas, count: int, top: float, bottom: float, colour: Colour | None = None, opacity: float = 0.8
) -> None:
    for _ in range(count):
        x, y = art.rng.uniform(-60, WIDTH + 60), art.rng.uniform(top, bottom)
        cloud(art, x, y, art.rng.uniform(110, 260), colour or mix(art.light.sun, WHITE, 0.4), opacity)


def cloud(art: Canvas, x: float, y: float, width: float, colour: Colour, opacity: float) -> None:
    rng = art.rng
    puffs = [
        (x + width * k, y - width * rng.uniform(0.0, 0.06), width * 0.2, width * 0.11)
        for k in (-0.75, -0.4, 0, 0.4, 0.75)
    ]
    puffs += [
        (
            x + width * rng.uniform(-0.45, 0.45),
            y - width * rng.uniform(0.08, 0.2),
            width * rng.uniform(0.17, 0.3),
            width * rng.uniform(0.14, 0.22),
        )
        for _ in range(3)
    ]
    art.ellipses(puffs, colour, (opacity, opacity * 0.12), floor=y + width * 0.03)


def birds(art: Canvas, count: int, x: float, y: float, colour: Colour) -> None:
    for _ in range(count):
        bx, by, span = x + art.rng.gauss(0, 70), y + art.rng.gauss(0, 26), art.rng.uniform(8, 17)
        art.stroke(
            [
                (bx - span, by - span * 0.4),
                (bx - span * 0.4, by - span * 0.45),
                (bx, by),
                (bx + span * 0.45, by - span * 0.5),
                (bx + span, by - span * 0.3),
            ],
            2.4,
            colour,
        )


def rolling(rng: Random, y: float, height: float, bumps: float) -> list[Point]:
    """The outline of soft hills, left edge to right."""
    waves = [(bumps * k * rng.uniform(0.8, 1.2), rng.uniform(0, 2 * pi), 0.62 / k) for k in (1, 2.3, 4.7)]
    return [
        (x, y - height * (0.5 + sum(a * sin(x / WIDTH * f * pi + p) for f, p, a in waves) / 2))
        for x in range(-10, WIDTH + 30, 12)
    ]


def jagged(rng: Random, y: float, height: float, peaks: int) -> list[Point]:
    """The outline of a range of mountains, left edge to right."""
    knots = [
        (
            -0.1 * WIDTH + 1.2 * WIDTH * (i + rng.uniform(-0.25, 0.25)) / (2 * peaks),
            y - height * (rng.uniform(0.6, 1) if i % 2 else rng.uniform(0.1, 0.45)),
        )
        for i in range(2 * peaks + 1)
    ]
    knots[0], knots[-1] = (-200, y - height * 0.4), (WIDTH + 200, y - height * 0.4)
    rough = height * 0.16
    for _ in range(5):
        finer: list[Point] = []
        for (ax, ay), (bx, by) in pairwise(knots):
            finer += [(ax, ay), ((ax + bx) / 2, (ay + by) / 2 + rng.uniform(-rough, rough))]
        knots = [*finer, knots[-1]]
        rough *= 0.5
    return knots


def land(art: Canvas, outline: list[Point], base: float, colour: Colour, distance: float, fade: float = 0.22) -> None:
    """Fills below the outline down to the base, paler towards its foot."""
    shape = [(-10, base), *outline, (WIDTH + 10, base)]
    art.polygon(shape, (art.light.on(colour, distance), art.light.on(colour, min(1, distance + fade))))


def ranges(
    art: Canvas, horizon: float, colour: Colour, layers: int = 3, height: float = 200, steep: bool = False
) -> None:
    """Hills behind hills, the farthest nearly the colour of the air."""
    for i in range(layers):
        near = (i + 1) / layers
        tall = height * (1.15 - 0.6 * near)
        outline = (
            jagged(art.rng, horizon, tall, art.rng.randint(3, 5))
            if steep
            else rolling(art.rng, horizon, tall, art.rng.uniform(1.6, 3.4))
        )
        land(art, outline, horizon + 30, colour, 0.82 - 0.45 * near)


def mist(art: Canvas, y: float, depth: float, strength: float = 0.7) -> None:
    colour = mix(art.light.haze, art.light.sun, 0.45)
    art.rect(0, y - depth, WIDTH, y + depth * 0.6, colour, (0.0, strength, 0.0))


def water(art: Canvas, top: float, bottom: float, glints: int = 90, sun_x: float | None = None) -> None:
    light, rng = art.light, art.rng
    art.rect(0, top, WIDTH, bottom, light.water)
    if sun_x is not None:
        art.glow(sun_x, top + (bottom - top) * 0.2, 260, (bottom - top) * 0.75, light.sun, 0.5)
    bright: list[Line] = []
    dark: list[Line] = []
    for _ in range(glints):
        depth = rng.random() ** 1.5
        y = top + 6 + (bottom - top - 8) * depth
        reach = 14 + 95 * depth * rng.uniform(0.3, 1)
        near_sun = sun_x is not None and rng.random() < 0.55
        x = rng.gauss(sun_x, 60 + 90 * depth) if near_sun and sun_x is not None else rng.uniform(0, WIDTH)
        (bright if near_sun or rng.random() < 0.5 else dark).append(
            ([(x - reach / 2, y), (x + reach / 2, y)], 1.6 + 3.4 * depth)
        )
    art.strokes(bright, mix(light.sun, WHITE, 0.4), 0.55)
    art.strokes(dark, light.dim(light.water[1], 0.35), 0.3)
