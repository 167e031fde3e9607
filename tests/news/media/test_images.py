import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage, default_storage
from PIL import Image, ImageCms

from news.media.images import (
    MAX_UPLOAD_BYTES,
    all_names,
    delete_picture,
    name_from_url,
    picture_html,
    rendition_widths,
    size_of,
    store_picture,
    thumbnail_url,
)


def encoded(image: Image.Image, file_format: str = "PNG", **options: object) -> BytesIO:
    buffer = BytesIO()
    image.save(buffer, file_format, **options)
    buffer.seek(0)
    return buffer


def photo(width: int = 600, height: int = 400) -> Image.Image:
    """Many colours, like a photograph."""
    grey = Image.radial_gradient("L").resize((width, height))
    return Image.merge(
        "RGB", [grey, Image.linear_gradient("L").resize((width, height)), grey.transpose(Image.Transpose.ROTATE_180)]
    )


def stored(upload: BytesIO) -> Image.Image:
    with default_storage.open(store_picture(upload).name) as file:
        image = Image.open(BytesIO(file.read()))
        image.load()
        return image


def files(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


def png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_that_claims(width: int, height: int) -> BytesIO:
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return BytesIO(
        b"\x89PNG\r\n\x1a\n" + header + png_chunk(b"IDAT", zlib.compress(b"\x00" * 1000)) + png_chunk(b"IEND", b"")
    )


# ---------------------------------------------------------------- refused


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "không phải ảnh"),
        (b"<html><script>alert(1)</script></html>", "không phải ảnh"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "không phải ảnh"),
        (b"%PDF-1.7\n", "không phải ảnh"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "không phải ảnh"),
        (b"GIF89a<script>alert(1)</script>", "không phải ảnh"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "không phải ảnh"),
        (b"\x00" * (MAX_UPLOAD_BYTES + 1), "20 MB"),
        (png_that_claims(50_000, 50_000).read(), "điểm ảnh"),
        (png_that_claims(9_000, 9_000).read(), "điểm ảnh"),
        (png_that_claims(5_000, 5_000).read(), "không phải ảnh"),
        (encoded(Image.new("RGB", (50, 50)), "BMP").read(), "không phải ảnh"),
        (encoded(Image.new("RGB", (50, 50)), "TIFF").read(), "không phải ảnh"),
        (encoded(photo(), "JPEG").read()[:-3000], "không phải ảnh"),
        (encoded(photo(), "PNG").read()[:-200], "không phải ảnh"),
    ],
    ids=[
        "empty",
        "html",
        "svg",
        "pdf",
        "jpeg start",
        "gif and script",
        "broken png",
        "too many bytes",
        "bomb",
        "large",
        "short data",
        "bmp",
        "tiff",
        "cut jpeg",
        "cut png",
    ],
)
def test_bad_file_is_refused_with_a_sentence_and_nothing_is_written(settings, content, sentence):
    with pytest.raises(ValidationError, match=sentence):
        store_picture(BytesIO(content))
    assert files(settings.MEDIA_ROOT) == []


def test_a_gif_that_is_also_html_leaves_nothing_of_the_html():
    polyglot = encoded(Image.new("P", (40, 40)), "GIF").read() + b"<script>alert(1)</script>"
    picture = store_picture(BytesIO(polyglot))
    assert picture.name.endswith("-40x40.png")
    for name in all_names(picture.name):
        assert b"<script>" not in default_storage.open(name).read()


# ---------------------------------------------------------------- what a picture becomes


def test_renditions_are_exactly_those_that_the_name_tells_of(settings):
    picture = store_picture(encoded(photo(1300, 900), "JPEG"))
    assert (picture.width, picture.height) == (1300, 900)
    assert {str(path.relative_to(settings.MEDIA_ROOT)) for path in files(settings.MEDIA_ROOT)} == set(
        all_names(picture.name)
    )
    assert rendition_widths(1300) == [400, 800, 1200, 1300]
    assert all(Image.open(default_storage.open(name)) for name in all_names(picture.name))


@pytest.mark.parametrize("size", [(1, 1), (5000, 3), (3, 5000), (401, 399), (799, 1), (1, 12_000), (900, 901)])
def test_odd_sizes_get_all_their_renditions(settings, size):
    picture = store_picture(encoded(Image.new("RGB", size, "teal")))
    assert size_of(picture.name) == (picture.width, picture.height)
    for name in all_names(picture.name):
        with default_storage.open(name) as file:
            Image.open(file).load()
    assert len(files(settings.MEDIA_ROOT)) == len(set(all_names(picture.name)))


def test_a_large_picture_is_made_smaller_and_a_long_strip_stays_readable():
    wide = store_picture(encoded(Image.new("RGB", (3000, 1200)), "JPEG"))
    assert (wide.width, wide.height) == (2560, 1024)
    strip = store_picture(encoded(Image.new("RGB", (500, 4000)), "JPEG"))
    assert (strip.width, strip.height) == (500, 4000)


def test_orientation_is_applied_and_every_other_exif_fact_is_gone():
    upright = Image.new("RGB", (300, 200), "white")
    upright.paste("red", (0, 0, 300, 20))
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90° to the right
    exif[0x010F] = "Máy ảnh của phóng viên"
    exif.get_ifd(0x8825)[2] = (18.0, 20.0, 30.0)  # where the photographer stood
    upload = encoded(upright, "JPEG", exif=exif, quality=95)
    assert b"GPS" in upload.getvalue() or Image.open(upload).getexif().get_ifd(0x8825)
    upload.seek(0)
    image = stored(upload)
    assert image.size == (200, 300)
    assert image.getpixel((195, 150))[1] < 100  # the red edge, now on the right
    assert image.getpixel((5, 150))[1] > 200
    assert dict(image.getexif()) == {}
    assert "exif" not in image.info
    assert "icc_profile" not in image.info


def test_large_picture_with_orientation_is_turned_before_its_limits_are_taken():
    exif = Image.Exif()
    exif[0x0112] = 8
    picture = store_picture(encoded(Image.new("RGB", (4000, 3000)), "JPEG", exif=exif))
    assert (picture.width, picture.height) == (1920, 2560)


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
def test_damaged_exif_does_not_matter():
    picture = store_picture(encoded(photo(), "JPEG", exif=b"Exif\x00\x00II*\x00\xff\xff\xff\xff garbage"))
    assert (picture.width, picture.height) == (600, 400)


def test_comments_and_text_chunks_are_gone():
    upload = encoded(photo(), "JPEG", comment=b"Nguyen Van A, 0912345678")
    picture = store_picture(upload)
    for name in all_names(picture.name):
        assert b"0912345678" not in default_storage.open(name).read()


@pytest.mark.parametrize(
    ("image", "options", "expected"),
    [
        (Image.new("CMYK", (60, 40), (0, 255, 255, 0)), {"file_format": "JPEG"}, (255, 0, 0)),
        (Image.new("I;16", (60, 40), 0x8000), {}, (128, 128, 128)),
        (Image.new("L", (60, 40), 77), {}, (77, 77, 77)),
        (Image.new("1", (60, 40), 1), {}, (255, 255, 255)),
        (Image.new("RGBA", (60, 40), (255, 0, 0, 0)), {}, (255, 255, 255)),
        (Image.new("LA", (60, 40), (0, 0)), {}, (255, 255, 255)),
        (Image.new("RGBA", (60, 40), (0, 0, 255, 255)), {"file_format": "WEBP", "lossless": True}, (0, 0, 255)),
        (Image.new("P", (60, 40), 0), {"transparency": 0}, (255, 255, 255)),
        (Image.new("P", (60, 40), 0), {"file_format": "GIF", "transparency": 0}, (255, 255, 255)),
    ],
    ids=["cmyk", "16 bit", "grey", "1 bit", "transparent", "grey transparent", "webp", "palette", "gif"],
)
def test_every_mode_becomes_rgb_of_the_right_colour(image, options, expected):
    shown = stored(encoded(image, **options))
    assert shown.mode == "RGB"
    assert shown.getpixel((30, 20)) == pytest.approx(expected, abs=6)


def test_of_an_animation_the_first_frame_stays():
    frames = [Image.new("RGB", (80, 60), colour) for colour in ("red", "lime", "blue")]
    image = stored(encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=50))
    assert getattr(image, "n_frames", 1) == 1
    assert image.getpixel((40, 30)) == pytest.approx((255, 0, 0), abs=4)


def test_a_colour_profile_never_stops_an_upload():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    plain = Image.new("RGB", (40, 40), (200, 100, 50))
    assert stored(encoded(plain, icc_profile=srgb)).getpixel((5, 5)) == pytest.approx((200, 100, 50), abs=2)
    assert stored(encoded(plain, icc_profile=lab)).getpixel((5, 5)) == pytest.approx((200, 100, 50), abs=2)
    assert stored(encoded(plain, icc_profile=b"damaged")).getpixel((5, 5)) == pytest.approx((200, 100, 50), abs=2)


def test_drawing_stays_lossless_and_photograph_sent_as_png_does_not():
    assert store_picture(encoded(Image.new("RGB", (300, 200), "navy"))).name.endswith(".png")
    noise = Image.merge("RGB", [Image.effect_noise((900, 600), 90) for _ in range(3)])
    assert store_picture(encoded(noise)).name.endswith(".jpg")


# ---------------------------------------------------------------- storage


def test_names_cannot_be_guessed_and_say_nothing_of_the_upload():
    names = {store_picture(encoded(Image.new("RGB", (20, 20)))).name for _ in range(3)}
    assert len(names) == 3


@pytest.mark.parametrize("failing_call", [1, 2, 4])
def test_nothing_is_left_when_the_disk_fails_midway(settings, monkeypatch, failing_call):
    calls = iter(range(1, 100))
    save = FileSystemStorage._save

    def failing(self: FileSystemStorage, name: str, content: BytesIO) -> str:
        saved = save(self, name, content)
        if next(calls) == failing_call:
            raise OSError(28, "No space left on device")
        return saved

    monkeypatch.setattr(FileSystemStorage, "_save", failing)
    with pytest.raises(ValidationError, match="Máy chủ chưa lưu được ảnh"):
        store_picture(encoded(photo(1300, 900), "JPEG"))
    assert files(settings.MEDIA_ROOT) == []


def test_an_object_store_of_another_kind_of_error_is_answered_alike(monkeypatch):
    def failing(*args: object) -> str:
        raise RuntimeError("AccessDenied")

    monkeypatch.setattr(FileSystemStorage, "_save", failing)
    with pytest.raises(ValidationError, match="Máy chủ chưa lưu được ảnh"):
        store_picture(encoded(photo(), "JPEG"))


def test_deleting_takes_all_renditions_and_minds_no_missing_one(settings):
    picture = store_picture(encoded(photo(1300, 900), "JPEG"))
    default_storage.delete(all_names(picture.name)[1])
    delete_picture(picture.name)
    assert files(settings.MEDIA_ROOT) == []


# ---------------------------------------------------------------- addresses and markup


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("/media/photos/2026/11/0123456789abcdef-1600x1067.jpg", "photos/2026/11/0123456789abcdef-1600x1067.jpg"),
        ("/media/photos/2026/11/0123456789abcdef-1600x1067.png", "photos/2026/11/0123456789abcdef-1600x1067.png"),
        ("https://example.org/media/photos/2026/11/0123456789abcdef-1600x1067.jpg", None),
        ("//example.org/photos/2026/11/0123456789abcdef-1600x1067.jpg", None),
        ("/media/../static/photos/2026/11/0123456789abcdef-1600x1067.jpg", None),
        ("/media/photos/2026/11/0123456789abcdef-1600x1067.svg", None),
        ("/media/photos/2026/11/0123456789abcdef-1600x1067.jpg?x=1", None),
        ("/media/tep/2026/11/bao-cao.pdf", None),
        ("data:image/png;base64,AAAA", None),
        ("", None),
    ],
)
def test_only_own_pictures_have_a_name(url, name):
    assert name_from_url(url) == name


def test_markup_lists_widths_with_a_fallback_and_its_size():
    html = picture_html("photos/a-1000x500.jpg", 'Cầu "Bến Thủy" <1>', "100vw")
    assert html == (
        '<picture><source type="image/avif" srcset="/media/photos/a-1000x500.w400.avif 400w, '
        "/media/photos/a-1000x500.w800.avif 800w, "
        '/media/photos/a-1000x500.w1000.avif 1000w" sizes="100vw"><img src="/media/photos/a-1000x500.w800.jpg" '
        'alt="Cầu &quot;Bến Thủy&quot; &lt;1&gt;" width="1000" height="500" loading="lazy" decoding="async"></picture>'
    )


def test_unknown_name_has_no_markup_and_its_own_address_as_thumbnail():
    assert picture_html("logo.svg", "x", "100vw") == ""
    assert thumbnail_url("logo.svg") == "/media/logo.svg"
    assert thumbnail_url("photos/a-300x200.png") == "/media/photos/a-300x200.w300.jpg"
