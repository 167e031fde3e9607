from io import BytesIO

import pytest
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image, ImageChops

from news.media.images import SHARE_SIZE
from news.models import Photo, SiteIdentity
from tests.factories import make_image, make_photo, make_site_identity

pytestmark = pytest.mark.django_db

MIDDLE, WORDS = (600, 290), (300, 480, 900, 610)


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    cache.clear()


def shown(client: Client) -> Image.Image:
    response = client.get(SiteIdentity.load().share_url)
    assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
    return Image.open(BytesIO(response.content))


def differs(one: Image.Image, other: Image.Image, box: tuple[int, int, int, int]) -> bool:
    extrema = ImageChops.difference(one.crop(box), other.crop(box)).getextrema()
    return max(high for _low, high in extrema) > 60  # more than the noise of JPEG


@pytest.mark.parametrize("name", ["Cổng thông tin điện tử", "A", "Ủy ban " * 22, "x" * 160])
def test_picture_has_the_size_that_pages_promise_whatever_the_name(client: Client, name: str):
    make_site_identity(name=name.strip())
    picture = shown(client)
    assert (picture.format, picture.size) == ("JPEG", SHARE_SIZE)


def test_site_that_nobody_has_set_up_has_a_picture_too(client: Client):
    assert shown(client).size == SHARE_SIZE


def test_picture_shows_the_logo_of_the_agency(client: Client):
    make_site_identity(logo=make_photo(300, 500))
    red, green, blue = shown(client).getpixel(MIDDLE)
    assert (red < 40, abs(green - 128) < 20, abs(blue - 128) < 20) == (True, True, True)  # teal, as the factory paints


def test_picture_shows_the_name(client: Client):
    make_site_identity(name="Cổng Mẫu")
    first = shown(client)
    make_site_identity(name="Trang của tỉnh")
    second = shown(client)
    assert differs(first, second, WORDS)
    assert not differs(first, second, (0, 0, 1200, 480))


def test_another_name_or_emblem_is_another_address_and_the_old_one_leads_there(client: Client):
    addresses = [
        make_site_identity(name="Cổng Mẫu").share_url,
        make_site_identity(name="Cổng khác").share_url,
        make_site_identity(logo=make_photo()).share_url,
    ]
    assert len(set(addresses)) == 3
    for old in addresses[:2]:
        response = client.get(old)
        assert (response.status_code, response["Location"]) == (302, addresses[2])


def test_picture_is_kept_by_caches_and_sets_no_cookie(client: Client):
    response = client.get(make_site_identity().share_url)
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_logo_with_few_colours_can_be_drawn(client: Client):
    photo = Photo.from_upload(SimpleUploadedFile("a.png", make_image(200, 200, "PNG").read()))
    photo.save()
    make_site_identity(logo=photo)
    assert shown(client).size == SHARE_SIZE


def test_logo_without_its_file_still_gives_a_picture(client: Client):
    photo = make_photo()
    make_site_identity(logo=photo)
    default_storage.delete(photo.name)
    assert shown(client).size == SHARE_SIZE


@pytest.mark.parametrize("look", ["0" * 16, "x" * 5000, "-"])
def test_made_up_addresses_draw_nothing(client: Client, look: str):
    assert client.get(f"/anh-chia-se/{look}.jpg").status_code == 302
