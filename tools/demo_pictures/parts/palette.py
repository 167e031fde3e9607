from dataclasses import dataclass
from random import Random

Colour = tuple[int, int, int]


def rgb(code: str) -> Colour:
    return int(code[0:2], 16), int(code[2:4], 16), int(code[4:6], 16)


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """`share` 0 is all first, 1 all second."""
    share = min(1.0, max(0.0, share))
    a, b, c = (round(x + (y - x) * share) for x, y in zip(first, second, strict=True))
    return a, b, c


WHITE = rgb("fffaf0")
INK = rgb("22304a")
CREAM = rgb("f6e6c8")
SAND = rgb("ecd2a0")
CLAY = rgb("b9663f")
ROOF = rgb("c4553a")
RED = rgb("c93a32")
CORAL = rgb("ea7a5c")
ORANGE = rgb("f08a2c")
GOLD = rgb("f2b544")
STRAW = rgb("e3c766")
LIME = rgb("b5c95a")
GRASS = rgb("86b257")
LEAF = rgb("4f9456")
FOREST = rgb("2c6a58")
PINE = rgb("1f4d4b")
TEAL = rgb("1f8f93")
AQUA = rgb("6fc3c4")
BLUE = rgb("2f6fa8")
NAVY = rgb("24456f")
PLUM = rgb("6b4a72")
WOOD = rgb("7b4b33")
BARK = rgb("5b4238")
STONE = rgb("b9b7ad")
ASPHALT = rgb("5d6673")
STEEL = rgb("8796a5")

SKIN = (rgb("e2a97e"), rgb("d5966b"), rgb("c78659"))
HAIR = rgb("2a2430")
SHIRTS = (WHITE, CORAL, TEAL, GOLD, BLUE, rgb("d9dfe6"), PLUM, LEAF)


@dataclass(frozen=True)
class Light:
    """An hour of the day: what it does to the sky and to every colour under it."""

    sky: tuple[Colour, ...]
    sun: Colour
    haze: Colour
    tint: Colour
    shade: Colour
    water: tuple[Colour, Colour]

    def on(self, colour: Colour, distance: float = 0.0) -> Colour:
        """The colour as seen `distance` away: 0 is at hand, 1 is lost in haze."""
        r, g, b = (x * t // 255 for x, t in zip(colour, self.tint, strict=True))
        return mix((r, g, b), self.haze, distance)

    def dim(self, colour: Colour, share: float = 0.3, distance: float = 0.0) -> Colour:
        return mix(self.on(mix(colour, self.shade, share)), self.haze, distance)

    def lift(self, colour: Colour, share: float = 0.3, distance: float = 0.0) -> Colour:
        return mix(self.on(mix(colour, self.sun, share)), self.haze, distance)


MORNING = Light(
    sky=(rgb("6fb0d2"), rgb("b9dbe0"), rgb("fdebcb")),
    sun=rgb("fff2cf"),
    haze=rgb("dfe6dc"),
    tint=rgb("fffaf0"),
    shade=rgb("2d4c6b"),
    water=(rgb("cfe3dc"), rgb("3c8fa6")),
)
NOON = Light(
    sky=(rgb("3a93cc"), rgb("86c8e4"), rgb("e3f3ec")),
    sun=rgb("fffbe8"),
    haze=rgb("cde6ea"),
    tint=rgb("ffffff"),
    shade=rgb("1f4a70"),
    water=(rgb("b5e0e0"), rgb("1f86a8")),
)
GOLDEN = Light(
    sky=(rgb("6f9fb4"), rgb("f1d3a1"), rgb("fdbf72")),
    sun=rgb("fff0c0"),
    haze=rgb("f3cf9c"),
    tint=rgb("ffeccb"),
    shade=rgb("5a4560"),
    water=(rgb("f8d9a4"), rgb("3f8391")),
)
DUSK = Light(
    sky=(rgb("47508f"), rgb("c9748c"), rgb("ffc68b")),
    sun=rgb("ffe2a8"),
    haze=rgb("e5a58f"),
    tint=rgb("f0cdc9"),
    shade=rgb("3a2f5c"),
    water=(rgb("f6b890"), rgb("40527f")),
)
DAWN = Light(
    sky=(rgb("6d90c0"), rgb("dcb8c8"), rgb("ffe0bf")),
    sun=rgb("fff0d4"),
    haze=rgb("e3cfd0"),
    tint=rgb("fbeae4"),
    shade=rgb("40486f"),
    water=(rgb("f1d3c8"), rgb("4a7ea0")),
)
STORM = Light(
    sky=(rgb("2b3a4a"), rgb("52687a"), rgb("a9b8b5")),
    sun=rgb("d5ded6"),
    haze=rgb("8c9fa5"),
    tint=rgb("bccacb"),
    shade=rgb("1c2b3b"),
    water=(rgb("8ba3a6"), rgb("35576a")),
)
SQUALL = Light(
    sky=(rgb("2f3350"), rgb("5f6681"), rgb("c2b6a8")),
    sun=rgb("e6d6bd"),
    haze=rgb("9a9dab"),
    tint=rgb("c6c3cb"),
    shade=rgb("202640"),
    water=(rgb("9ba0ad"), rgb("3d5171")),
)

DAYLIGHTS = (MORNING, NOON, GOLDEN, DUSK, DAWN)
BRIGHT = (MORNING, NOON, GOLDEN, DAWN)
STORMS = (STORM, SQUALL)


def any_shirt(rng: Random) -> Colour:
    return rng.choice(SHIRTS)
