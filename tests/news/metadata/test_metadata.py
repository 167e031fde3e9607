import re
from collections import Counter
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from selectolax.lexbor import LexborHTMLParser

from news.models import Article, Photo
from news.text.cleaning import cut_at_word
from tests.factories import make_image, make_user
from tests.news.metadata.page_heads import HOST, SHARE_SIZE, errors, head, make_site_around_an_article, picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make_site_around_an_article()


def test_the_validator_sees_what_is_wrong():
    good = {
        "@type": "Event",
        "name": "A",
        "startDate": "2026-01-01",
        "url": "http://a.vn/",
        "eventStatus": "https://schema.org/EventScheduled",
        "organizer": {"@type": "Organization", "name": "B"},
        "location": {"@type": "Place", "name": "C", "address": "D"},
    }
    assert errors(good) == []
    bad: list[dict[str, Any]] = [
        {"name": ""},
        {"name": "<b>A</b>"},
        {"name": "A &amp; B"},
        {"startDate": "2026-01-01T08:00:00"},
        {"startDate": "2026-01-01T08:00:00Z"},
        {"url": "/su-kien/"},
        {"location": "D"},
        {"location": {"@type": "Place", "name": "C"}},
        {"colour": "red"},
        {"image": []},
    ]
    for change in bad:
        assert len(errors(good | change)) == 1, change


# ---------------------------------------------------------------- every kind of page


def pages(article: Article) -> dict[str, str]:
    event, tag = article.events.get(), article.tags.first()
    assert tag and article.source
    return {
        "home": "/",
        "article": article.get_absolute_url(),
        "category": article.category.get_absolute_url(),
        "tag": tag.get_absolute_url(),
        "event": event.get_absolute_url(),
        "events": "/su-kien/",
        "source": article.source.get_absolute_url(),
        "archive": "/luu-tru/",
        "year": "/luu-tru/2026/",
        "month": "/luu-tru/2026/03/",
        "day": "/luu-tru/2026/03/20/",
        "flat page": "/gioi-thieu/",
        "opinions": f"/y-kien/{article.pk}/",
        "counting": "/thong-ke/",
        "search": "/tim-kiem/?q=lua",
    }


def test_every_page_has_each_thing_once(client: Client, article: Article):
    for address in pages(article).values():
        found = head(client, address)
        url = HOST + address.partition("?")[0]
        assert found.link("canonical") == found.one("og:url") == found.one("DC.identifier") == url
        assert found.one("og:title") == found.one("twitter:title") == found.one("DC.title") != ""
        description = found.one("description")
        assert 10 <= len(description) <= 250, (address, description)
        assert not re.search(r"<|&\w+;|\s\s", description), (address, description)
        assert [found.one(name) for name in ("og:description", "twitter:description", "DC.description")] == [
            description
        ] * 3
        assert found.one("og:site_name") == found.one("DC.publisher") == "Cổng thông tin điện tử tỉnh Mẫu"
        assert found.one("og:locale") == "vi_VN"
        assert found.one("DC.creator") != ""
        assert re.match(r"\d{4}(-\d\d){0,2}(T|$)", found.one("DC.date")), address
        assert found.link("schema.DC") == "http://purl.org/dc/elements/1.1/"
        names = Counter(
            node.attributes.get("name") or node.attributes.get("property") for node in found.tree.css("head meta")
        )
        repeated = [name for name, times in names.items() if name and name != "theme-color" and times > 1]
        assert repeated == [], address


def test_no_two_pages_describe_themselves_alike(client: Client, article: Article):
    for name in ("description", "og:title"):
        words = Counter(head(client, address).one(name) for address in pages(article).values())
        assert [text for text, times in words.items() if times > 1] == []


def test_every_page_has_a_share_picture_that_is_there_in_the_right_size(client: Client, article: Article):
    own = {"article", "event"}
    for kind, address in pages(article).items():
        found = head(client, address)
        shown = picture(client, found.one("og:image"))
        assert (shown.format, shown.size) == ("JPEG", SHARE_SIZE), address
        assert (found.one("og:image:width"), found.one("og:image:height"), found.one("og:image:type")) == (
            "1200",
            "630",
            "image/jpeg",
        )
        assert found.one("twitter:image") == found.one("og:image")
        assert (
            found.one("og:image:alt")
            == found.one("twitter:image:alt")
            == ("Ruộng lúa chín" if kind in own else "Cổng thông tin điện tử tỉnh Mẫu")
        )
        assert found.one("twitter:card") == ("summary_large_image" if kind in own else "summary"), address


def test_structured_data_of_every_page_has_what_is_required(client: Client, article: Article):
    for address in pages(article).values():
        for data in head(client, address).data:
            assert data["@context"] == "https://schema.org"
            assert errors(data) == [], address


def test_every_page_with_breadcrumbs_has_them_as_data_too(client: Client, article: Article):
    for address in pages(article).values():
        found = head(client, address)
        shown = [" ".join(node.text().split()) for node in found.tree.css(".breadcrumbs li")]
        if not shown:
            assert address == "/"
            continue
        entries = found.datum("BreadcrumbList")["itemListElement"]
        assert [entry["name"] for entry in entries] == shown, address
        assert [entry["position"] for entry in entries] == list(range(1, len(entries) + 1))
        for entry in entries:
            if "item" in entry:
                assert client.get(entry["item"].removeprefix(HOST)).status_code == 200


@pytest.mark.parametrize("address", ["/khong-co/", "/bai-viet/khong-co-999999/"])
def test_a_page_that_is_not_there_says_nothing_of_itself(client: Client, address: str):
    tree = LexborHTMLParser(client.get(address).content.decode())
    assert [node.attributes["content"] for node in tree.css("meta[name=robots]")] == ["noindex"]
    assert (
        tree.css(
            'link[rel=canonical], meta[property^="og:"], meta[name="description"], script[type="application/ld+json"]'
        )
        == []
    )


def test_search_results_are_described_but_kept_out_of_search_engines(client: Client, article: Article):
    found = head(client, "/tim-kiem/?q=cá+cược")
    assert found.one("robots") == "noindex, follow"
    said = " ".join(node.attributes.get("content") or "" for node in found.tree.css("head meta"))
    assert "cá cược" not in said  # text of the query is not repeated


def test_preview_carries_none_of_it(client: Client, article: Article):
    client.force_login(make_user(role="Biên tập viên"))
    response = client.get(f"/admin/news/article/{article.pk}/ban-da-luu/")
    tree = LexborHTMLParser(response.content.decode())
    assert response.status_code == 200
    assert [node.attributes["content"] for node in tree.css("meta[name=robots]")] == ["noindex, nofollow"]
    for selector in ("link[rel=canonical]", 'meta[property^="og:"]', 'meta[name="description"]', 'meta[name^="DC."]'):
        assert tree.css(selector) == []
    assert tree.css('script[type="application/ld+json"]') == []


@pytest.mark.parametrize("kind", ["article", "category", "event", "month", "home"])
def test_metadata_costs_no_query(client: Client, article: Article, kind: str):
    address = pages(article)[kind]
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert sum('FROM "news_siteidentity"' in query["sql"] for query in queries) == 1
    assert [sql for sql, times in Counter(query["sql"] for query in queries).items() if times > 1] == []


# ---------------------------------------------------------------- pictures and words


@pytest.mark.parametrize("size", [(1200, 800), (300, 1600), (64, 64), (4000, 300), (1, 1), (1200, 630)])
def test_rendition_for_sharing_is_a_jpeg_of_one_size_whatever_the_picture(client: Client, size: tuple[int, int]):
    for file_format in ("JPEG", "PNG"):
        photo = Photo.from_upload(make_image(*size, file_format=file_format))
        shared = picture(client, HOST + photo.share_url)
        assert (shared.format, shared.size) == ("JPEG", SHARE_SIZE), file_format


@pytest.mark.parametrize(
    ("text", "length", "expected"),
    [
        ("ngắn", 10, "ngắn"),
        ("vừa đủ dài", 10, "vừa đủ dài"),
        ("một hai ba bốn", 10, "một hai…"),
        ("một hai, ba bốn", 10, "một hai…"),
        ("x" * 30, 10, "x" * 9 + "…"),
        ("dòng một\n\n  dòng hai", 50, "dòng một dòng hai"),
        ("", 5, ""),
        ("một \u200bhai", 10, "một hai"),
    ],
)
def test_text_is_cut_at_a_word(text: str, length: int, expected: str):
    assert cut_at_word(text, length) == expected
    assert len(cut_at_word(text, length)) <= length
