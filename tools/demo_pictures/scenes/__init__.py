"""Twenty-two scenes; a scene's name and a seed always give the same picture."""

from collections.abc import Callable
from random import Random

from PIL import Image

from ..parts.canvas import HEIGHT, SUPERSAMPLE, WIDTH, Canvas
from ..parts.palette import BRIGHT, DAYLIGHTS, STORMS, Light
from . import civic, fields, heritage, industry, land, office, rivers, sea, sport, storm, town

_PAINTERS: dict[str, tuple[Callable[[Canvas], None], tuple[Light, ...]]] = {
    "bien": (sea.fishing_sea, DAYLIGHTS),
    "song-cau": (rivers.river_bridge, DAYLIGHTS),
    "nui": (land.misty_mountains, DAYLIGHTS),
    "dong-lua": (fields.rice_fields, DAYLIGHTS),
    "truong-hoc": (civic.school, BRIGHT),
    "tru-so": (civic.agency, BRIGHT),
    "pho": (town.street, DAYLIGHTS),
    "cang": (sea.port, DAYLIGHTS),
    "nha-may": (industry.factory, BRIGHT),
    "benh-vien": (civic.clinic, BRIGHT),
    "le-hoi": (heritage.festival, DAYLIGHTS),
    "chua": (heritage.temple, DAYLIGHTS),
    "vuon-cam": (land.orange_orchard, BRIGHT),
    "rung": (land.forest, BRIGHT),
    "ho": (rivers.reservoir, DAYLIGHTS),
    "san-van-dong": (sport.stadium, BRIGHT),
    "so-hoa": (office.digital_desk, BRIGHT),
    "mua-bao": (storm.storm, STORMS),
    "cuoc-hop": (office.meeting, BRIGHT),
    "duong": (fields.road, DAYLIGHTS),
    "dan-cu": (town.village, DAYLIGHTS),
    "mot-cua": (office.one_stop_counter, BRIGHT),
}
_ONE_WAY = {"so-hoa", "cuoc-hop", "duong"}  # mirrored, rising charts would fall and cars keep left


def draw(scene: str, seed: str, size: tuple[int, int] = (1600, 1000)) -> Image.Image:
    """An RGB picture; any other shape than 8:5 is cut from its middle."""
    painter, lights = _PAINTERS[scene]
    rng = Random(f"{scene}/{seed}")  # noqa: S311 – pictures, not secrets
    cover = max(size[0] / WIDTH, size[1] / HEIGHT)
    art = Canvas(rng, rng.choice(lights), cover * SUPERSAMPLE)
    mirrored = rng.random() < 0.5 and scene not in _ONE_WAY
    painter(art)
    return art.finish(size, mirrored)
