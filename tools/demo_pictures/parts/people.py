"""People a head or two simpler than life: no faces, good posture. Height is from foot to crown."""

from .canvas import Canvas, Point, smooth
from .palette import CREAM, GOLD, HAIR, INK, NAVY, SKIN, STRAW, Colour, any_shirt, mix
from .plants import ground_shadow


def head(
    art: Canvas, x: float, y: float, r: float, skin: Colour, behind: bool = False, long_hair: bool = False
) -> None:
    hair = art.light.on(HAIR)
    if long_hair and not behind:
        art.rect(x - r * 0.98, y - r * 0.5, x + r * 0.98, y + r * 1.45, hair, radius=r * 0.6)
    art.rect(x - r * 0.36, y + r * 0.4, x + r * 0.36, y + r * 1.5, art.light.dim(skin, 0.2), radius=r * 0.2)
    if long_hair and behind:
        art.rect(x - r * 0.92, y - r * 0.4, x + r * 0.92, y + r * 2.1, hair, radius=r * 0.6)
    art.ellipse(x, y, r * 0.86, r * 1.04, hair if behind else art.light.on(skin))
    if not behind:
        cap: list[Point] = [
            (x - r * 0.9, y + r * 0.1),
            (x - r * 0.88, y - r * 0.75),
            (x, y - r * 1.16),
            (x + r * 0.9, y - r * 0.7),
            (x + r * 0.92, y + r * 0.1),
            (x + r * 0.62, y - r * 0.34),
            (x - r * 0.2, y - r * 0.46),
        ]
        art.polygon(smooth(cap, steps=5), hair)


def conical_hat(art: Canvas, x: float, y: float, r: float) -> None:
    """A nón lá, its tip one r above y."""
    art.polygon(
        [(x - r * 1.7, y + r * 0.25), (x, y - r), (x + r * 1.7, y + r * 0.25), (x, y + r * 0.5)],
        art.light.on(mix(STRAW, CREAM, 0.55)),
    )
    art.polygon([(x, y - r), (x + r * 1.7, y + r * 0.25), (x, y + r * 0.5)], art.light.dim(STRAW, 0.14))


def standing(
    art: Canvas,
    x: float,
    foot: float,
    height: float,
    shirt: Colour | None = None,
    trousers: Colour = NAVY,
    behind: bool = False,
    hat: bool = False,
    stride: float = 0.03,
    raised: bool = False,
    long_hair: bool = False,
) -> None:
    light, rng = art.light, art.rng
    shirt, skin = shirt or any_shirt(rng), rng.choice(SKIN)
    ground_shadow(art, x, foot, height * 0.16)
    hip, shoulder, r = foot - height * 0.48, foot - height * 0.82, height * 0.066
    limb = height * 0.068
    for side in (-1, 1):
        tone = light.dim(trousers, 0.25) if side > 0 else light.on(trousers)
        art.stroke(
            [(x + side * height * 0.035, hip), (x + side * height * (0.04 + stride), foot - limb / 2)],
            limb * 1.15,
            tone,
        )
    far_hand = (x + height * 0.22, shoulder - height * 0.14) if raised else (x + height * 0.135, hip + height * 0.02)
    art.stroke(
        [(x + height * 0.095, shoulder + limb * 0.5), (x + height * 0.14, shoulder + height * 0.15), far_hand],
        limb * 0.72,
        light.dim(shirt, 0.22),
    )
    art.ellipse(*far_hand, limb * 0.36, limb * 0.36, light.on(skin))
    body = [
        (x - height * 0.115, shoulder + limb * 0.2),
        (x - height * 0.04, shoulder - limb * 0.35),
        (x + height * 0.04, shoulder - limb * 0.35),
        (x + height * 0.115, shoulder + limb * 0.2),
        (x + height * 0.092, hip + limb * 0.5),
        (x - height * 0.092, hip + limb * 0.5),
    ]
    art.polygon(body, (light.lift(shirt, 0.15), light.dim(shirt, 0.1)))
    art.stroke(
        [
            (x - height * 0.095, shoulder + limb * 0.5),
            (x - height * 0.135, shoulder + height * 0.17),
            (x - height * 0.12, hip + height * 0.02),
        ],
        limb * 0.72,
        light.on(shirt),
    )
    head(art, x, foot - height + r, r, skin, behind, long_hair)
    if hat:
        conical_hat(art, x, foot - height + r * 0.55, r * 1.25)


def in_ao_dai(
    art: Canvas, x: float, foot: float, height: float, dress: Colour, hat: bool = True, behind: bool = False
) -> None:
    light, skin = art.light, art.rng.choice(SKIN)
    ground_shadow(art, x, foot, height * 0.18)
    shoulder, waist, r = foot - height * 0.82, foot - height * 0.58, height * 0.064
    art.polygon(
        [(x - height * 0.07, waist), (x + height * 0.07, waist), (x + height * 0.12, foot), (x - height * 0.12, foot)],
        light.on(CREAM),
    )
    gown = [
        (x - height * 0.1, shoulder),
        (x - height * 0.03, shoulder - height * 0.03),
        (x + height * 0.03, shoulder - height * 0.03),
        (x + height * 0.1, shoulder),
        (x + height * 0.062, waist),
        (x + height * 0.14, foot - height * 0.09),
        (x - height * 0.1, foot - height * 0.07),
        (x - height * 0.062, waist),
    ]
    art.polygon(gown, (light.lift(dress, 0.12), light.dim(dress, 0.15)))
    for side in (-1, 1):
        art.stroke(
            [
                (x + side * height * 0.085, shoulder + height * 0.03),
                (x + side * height * 0.12, waist - height * 0.02),
                (x + side * height * 0.085, waist + height * 0.1),
            ],
            height * 0.045,
            light.dim(dress, 0.12 if side > 0 else 0.0),
        )
    head(art, x, foot - height + r, r, skin, behind, long_hair=True)
    if hat:
        conical_hat(art, x, foot - height + r * 0.5, r * 1.3)


def farmer(
    art: Canvas, x: float, foot: float, height: float, shirt: Colour, bending: bool, distance: float = 0.1
) -> None:
    light = art.light
    cloth, dark = light.on(shirt, distance), light.on(INK, distance)
    ground_shadow(art, x, foot, height * 0.3, 0.3)
    hip = foot - height * 0.45
    if bending:
        art.stroke([(x + height * 0.1, hip), (x + height * 0.12, foot)], height * 0.12, dark)
        art.stroke(
            [(x + height * 0.1, hip - height * 0.03), (x - height * 0.22, hip - height * 0.16)], height * 0.17, cloth
        )
        art.stroke(
            [(x - height * 0.2, hip - height * 0.1), (x - height * 0.26, hip + height * 0.2)], height * 0.06, cloth
        )
        tip: Point = (x - height * 0.34, hip - height * 0.17)
    else:
        art.stroke([(x - height * 0.04, hip), (x - height * 0.06, foot)], height * 0.09, dark)
        art.stroke([(x + height * 0.05, hip), (x + height * 0.09, foot)], height * 0.09, dark)
        art.polygon(
            [
                (x - height * 0.13, hip + 4),
                (x - height * 0.1, foot - height * 0.82),
                (x + height * 0.1, foot - height * 0.82),
                (x + height * 0.13, hip + 4),
            ],
            cloth,
        )
        art.stroke(
            [(x + height * 0.1, foot - height * 0.76), (x + height * 0.2, foot - height * 0.5)], height * 0.06, cloth
        )
        tip = (x, foot - height * 0.9)
    art.ellipse(tip[0], tip[1] + height * 0.04, height * 0.07, height * 0.08, light.on(SKIN[1], distance))
    conical_hat(art, *tip, height * 0.12)


def bust(
    art: Canvas,
    x: float,
    foot: float,
    height: float,
    shirt: Colour | None = None,
    behind: bool = True,
    long_hair: bool | None = None,
    tie: bool = False,
) -> None:
    """Head and shoulders, for people who sit; the foot is where the desk or chair hides the rest."""
    light, rng = art.light, art.rng
    shirt, skin = shirt or any_shirt(rng), rng.choice(SKIN)
    long_hair = rng.random() < 0.45 if long_hair is None else long_hair
    r, top = height * 0.2, foot - height
    shoulder = top + height * 0.5
    outline: list[Point] = [
        (x - height * 0.46, foot),
        (x - height * 0.43, shoulder + height * 0.16),
        (x - height * 0.3, shoulder + height * 0.03),
        (x - height * 0.1, shoulder - height * 0.05),
        (x + height * 0.1, shoulder - height * 0.05),
        (x + height * 0.3, shoulder + height * 0.03),
        (x + height * 0.43, shoulder + height * 0.16),
        (x + height * 0.46, foot),
    ]
    body = smooth(outline, closed=False)
    if not behind:
        head(art, x, top + r, r, skin, long_hair=long_hair)
    art.polygon(body, (light.lift(shirt, 0.16), light.dim(shirt, 0.16)))
    if behind:
        art.polygon(
            [
                (x - height * 0.1, shoulder - height * 0.05),
                (x + height * 0.1, shoulder - height * 0.05),
                (x + height * 0.07, shoulder + height * 0.02),
                (x - height * 0.07, shoulder + height * 0.02),
            ],
            light.dim(shirt, 0.3),
        )
        head(art, x, top + r, r, skin, behind=True, long_hair=long_hair)
    else:
        art.polygon(
            [
                (x - height * 0.1, shoulder - height * 0.06),
                (x + height * 0.1, shoulder - height * 0.06),
                (x, shoulder + height * 0.12),
            ],
            light.dim(skin, 0.12),
        )
        if tie:
            art.polygon(
                [
                    (x, shoulder + height * 0.06),
                    (x + height * 0.05, shoulder + height * 0.34),
                    (x, foot),
                    (x - height * 0.05, shoulder + height * 0.34),
                ],
                light.on(NAVY),
            )


def crowd(art: Canvas, foot: float, height: float, count: int, left: float = -20, right: float = 1620) -> None:
    """Seen from behind, shoulder to shoulder."""
    for i in range(count):
        x = left + (right - left) * (i + art.rng.uniform(0.2, 0.8)) / count
        size = height * art.rng.uniform(0.85, 1.1)
        bust(art, x, foot + height * 0.1, size)
        if art.rng.random() < 0.22:
            conical_hat(art, x, foot + height * 0.1 - size * 0.9, size * 0.27)


def runner(art: Canvas, x: float, foot: float, height: float, vest: Colour) -> None:
    """Runs to the right."""
    light, skin = art.light, art.light.on(art.rng.choice(SKIN))
    ground_shadow(art, x, foot, height * 0.3)
    hip: Point = (x - height * 0.02, foot - height * 0.48)
    neck: Point = (x + height * 0.1, foot - height * 0.82)
    w = height * 0.07
    art.stroke(
        [hip, (x - height * 0.14, foot - height * 0.27), (x - height * 0.36, foot - height * 0.24)],
        w,
        light.dim(skin, 0.3),
    )
    art.stroke(
        [neck, (x - height * 0.07, foot - height * 0.68), (x - height * 0.13, foot - height * 0.53)],
        w * 0.75,
        light.dim(skin, 0.3),
    )
    art.stroke([hip, (x + height * 0.2, foot - height * 0.36), (x + height * 0.14, foot - w * 0.5)], w, skin)
    art.stroke([(x + height * 0.14, foot - w * 0.4), (x + height * 0.22, foot - w * 0.3)], w * 0.8, light.on(GOLD))
    art.stroke([hip, (x + height * 0.1, foot - height * 0.42)], w * 1.8, light.on(INK))
    art.stroke([hip, (x + height * 0.07, foot - height * 0.78)], w * 2.1, light.on(vest))
    art.stroke(
        [neck, (x + height * 0.14, foot - height * 0.66), (x + height * 0.3, foot - height * 0.72)], w * 0.75, skin
    )
    r = height * 0.07
    art.ellipse(x + height * 0.14, foot - height * 0.92, r * 0.9, r, skin)
    art.polygon(
        smooth(
            [
                (x + height * 0.07, foot - height * 0.93),
                (x + height * 0.1, foot - height),
                (x + height * 0.2, foot - height * 0.985),
                (x + height * 0.18, foot - height * 0.95),
                (x + height * 0.11, foot - height * 0.9),
            ],
            steps=4,
        ),
        light.on(HAIR),
    )
