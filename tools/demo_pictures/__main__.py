"""Makes the demo's pictures anew: `python -m tools.demo_pictures [name ...]`.

seeds.toml lists them. Each is written to portal/demo/pictures as one WebP file (the emblem as PNG) and the AVIF
renditions that an upload of this size gets, so that `manage.py demo` need not encode AVIF. All of them take some
minutes on two cores. Naming some pictures makes only those.
"""

import os
import sys
import tomllib
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from PIL import Image
from rich.progress import track

from news.media.images.encoding import encode, resized
from news.media.images.names import rendition_name, rendition_widths

from .parts.emblem import draw_emblem
from .scenes import draw

SEEDS: dict[str, str] = tomllib.loads(Path(__file__).with_name("seeds.toml").read_text(encoding="utf-8"))
FOLDER = Path(__file__).resolve().parents[2] / "portal" / "demo" / "pictures"
SIZE = (1600, 1067)  # pixels; the largest rendition of an upload is as wide
EMBLEM = "bieu-trung"
EMBLEM_SIDE = 512  # pixels
WEBP_QUALITY = 84
AVIF_QUALITY = 60  # as for uploads
AVIF_SPEED = 6  # slower than for uploads: files a quarter smaller at the same quality


def make(name: str) -> str:
    if name == EMBLEM:
        image = draw_emblem(EMBLEM_SIDE)
        write(image, name, "png", encode(image, "PNG", optimize=True))
    else:
        image = draw(name.rpartition("-")[0], SEEDS[name], SIZE)
        write(image, name, "webp", encode(image, "WEBP", quality=WEBP_QUALITY, method=6))
    return name


def write(image: Image.Image, name: str, extension: str, original: bytes) -> None:
    file = f"{name}-{image.width}x{image.height}.{extension}"
    (FOLDER / file).write_bytes(original)
    for width in rendition_widths(image.width):
        rendition = encode(resized(on_white(image), width), "AVIF", quality=AVIF_QUALITY, speed=AVIF_SPEED)
        (FOLDER / rendition_name(file, width, "avif")).write_bytes(rendition)


def on_white(image: Image.Image) -> Image.Image:
    """Transparent parts become white, as in uploads."""
    return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image.convert("RGBA")).convert("RGB")


def main(names: list[str]) -> int:
    every = [EMBLEM, *SEEDS]
    if unknown := set(names) - set(every):
        print(f"No such pictures: {', '.join(sorted(unknown))}. seeds.toml lists them.", file=sys.stderr)
        return 1
    FOLDER.mkdir(exist_ok=True)
    wanted = names or every
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        for _name in track(pool.map(make, wanted), description="Drawing", total=len(wanted)):
            pass
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
