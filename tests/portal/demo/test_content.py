from collections.abc import Iterable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import Client
from PIL import Image

from news.media.images import SHARE_SIZE, all_names, rendition_widths, share_name, size_of
from news.media.images.names import rendition_name
from news.models import Article, Event, Photo, SiteIdentity
from portal.demo import build, content, photos
from tests.factories import make_article

pytestmark = pytest.mark.django_db

DEMO = Path(content.__file__).parent
MAX_BYTES = 12_000_000


def keys_in_use() -> list[str]:
    return [event["picture"] for event in content.site()["event"]] + [
        photo["key"] for article in content.articles() for photo in article.get("photo", [])
    ]


def test_demo_refuses_a_site_with_content_of_its_own():
    make_article("Bài thật")
    with pytest.raises(CommandError, match="nội dung thật"):
        call_command("demo", stdout=StringIO())
    assert Article.objects.count() == 1


def test_demo_content_is_large_varied_and_its_own():
    articles = content.articles()
    assert len(articles) >= 120
    assert len({entry["category"] for entry in articles}) >= 8
    assert len({entry["title"] for entry in articles}) == len(articles)
    assert (articles[-1]["published"] - articles[0]["published"]).days >= 2.8 * 365
    assert sum("<table" in entry["body"] for entry in articles) >= 20
    assert sum(bool(entry.get("photo")) for entry in articles) >= 40


def test_demo_packages_no_picture_that_it_does_not_show():
    for entry in content.articles():
        for photo in entry.get("photo", [])[1:]:  # the first leads the article
            assert f'<figure data-photo="{photo["key"]}"></figure>\n' in entry["body"], photo["key"]
    assert set(keys_in_use()) == {picture["key"] for picture in content.pictures()}


def test_no_article_shows_a_picture_twice():
    shown = {entry["key"]: [photo["key"] for photo in entry.get("photo", [])] for entry in content.articles()}
    assert [key for key, pictures in shown.items() if len(set(pictures)) < len(pictures)] == []


def test_every_packaged_file_belongs_to_a_picture_and_has_its_size():
    files = set()
    for entry in [photos.EMBLEM, *content.pictures()]:
        original = photos.original(entry["key"])
        with Image.open(original) as image:
            width, height = image.size
        assert original.stem == f"{entry['key']}-{width}x{height}"
        files.add(original)
        for step in rendition_widths(width):
            rendition = Path(rendition_name(str(original), step, "avif"))
            with Image.open(rendition) as image:
                assert (image.format, image.size) == ("AVIF", (step, round(height * step / width))), rendition.name
            files.add(rendition)
    assert set((DEMO / "pictures").iterdir()) == files


def test_whole_demo_is_small_enough_for_a_repository():
    assert sum(path.stat().st_size for path in DEMO.rglob("*") if path.suffix not in {".py", ".pyc"}) <= MAX_BYTES


def test_pictures_have_descriptions_and_articles_have_captions_of_their_own():
    assert [entry["key"] for entry in content.pictures() if not entry["alt"] or not entry["caption"]] == []
    captions = [photo["caption"] for entry in content.articles() for photo in entry.get("photo", [])]
    assert len(set(captions)) == len(captions)


@pytest.fixture
def small_demo(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Two articles of one event and one with several pictures, instead of all; gives their entries."""
    with_photo = [entry for entry in content.articles() if entry.get("photo")]
    few = [entry for entry in with_photo if entry.get("events") == ["nong-thon-moi"]][:2]
    few += [entry for entry in with_photo if len(entry["photo"]) > 2 and not entry.get("events")][:1]
    events = [event for event in content.site()["event"] if event["key"] == "nong-thon-moi"]
    keys = {events[0]["picture"]} | {photo["key"] for entry in few for photo in entry["photo"]}
    pictures = [entry for entry in content.pictures() if entry["key"] in keys]
    site = {**content.site(), "event": events}
    monkeypatch.setattr(content, "articles", lambda: few)
    monkeypatch.setattr(content, "pictures", lambda: pictures)
    monkeypatch.setattr(content, "site", lambda: site)
    assert len(few) == 3
    return few


def plainly(items: Iterable[Any], label: str, total: int) -> Iterator[Any]:
    return iter(items)


def test_demo_runs_twice_and_changes_nothing_the_second_time(small_demo: list[dict[str, Any]]):
    call_command("demo", stdout=StringIO())
    articles = list(Article.objects.order_by("pk").values_list("pk", "title", "updated_at"))
    library = list(Photo.objects.order_by("pk").values())
    call_command("demo", stdout=StringIO())
    assert list(Article.objects.order_by("pk").values_list("pk", "title", "updated_at")) == articles
    assert list(Photo.objects.order_by("pk").values()) == library
    assert Article.objects.published().count() == 3
    assert SiteIdentity.load().logo.original_name.startswith("bieu-trung-")
    assert Event.objects.get().photo


def test_photos_of_the_demo_are_like_uploads(small_demo: list[dict[str, Any]]):
    made = photos.make_photos(plainly)
    assert set(made) == {"bieu-trung", *(entry["key"] for entry in content.pictures())}
    for photo in Photo.objects.all():
        assert (photo.width, photo.height) == size_of(photo.name)
        assert [name for name in all_names(photo.name) if not default_storage.exists(name)] == []
        with default_storage.open(photo.name) as file, Image.open(file) as image:
            assert image.size == (photo.width, photo.height)
        with default_storage.open(share_name(photo.name)) as file, Image.open(file) as image:
            assert (image.format, image.size) == ("JPEG", SHARE_SIZE)


def test_only_lost_photos_are_stored_again(small_demo: list[dict[str, Any]]):
    made = photos.make_photos(plainly)
    lost = content.pictures()[0]["key"]
    made.pop(lost).delete()
    again = photos.make_photos(plainly)
    assert {key: photo for key, photo in again.items() if key != lost} == made
    assert default_storage.exists(again[lost].name)


def test_articles_show_captions_of_their_own_and_know_their_photos(small_demo: list[dict[str, Any]], client: Client):
    build.make_categories()
    made = photos.make_photos(plainly)
    build.make_articles(plainly, made, build.make_events(made))
    for entry in small_demo:
        article = Article.objects.get(title=entry["title"])
        page = client.get(article.get_absolute_url()).content.decode()
        for described in entry["photo"]:
            assert described["caption"] in page
        assert article.lead_photo == made[entry["photo"][0]["key"]]
        assert article.photos.count() == len(entry["photo"]) - article.show_lead_photo
