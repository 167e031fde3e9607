"""What pages say of themselves in their head, read as a search engine or a messenger reads it."""

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.contrib.flatpages.models import FlatPage
from django.contrib.sites.models import Site
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from comments.models import Status
from news.models import Article, Photo
from news.text import cut_at_word
from tests.factories import (
    make_article,
    make_category,
    make_comment,
    make_event,
    make_image,
    make_photo,
    make_site_identity,
    make_source,
    make_tag,
    make_user,
)

pytestmark = pytest.mark.django_db

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
HOST = "http://testserver"
SHARE_SIZE = (1200, 630)


# ---------------------------------------------------------------- reading a head


@dataclass
class Head:
    """The head of a page as somebody reads it who knows HTML and nothing of us."""

    address: str
    tree: LexborHTMLParser

    def all(self, name: str) -> list[str]:
        """Contents of the meta elements of that name or property."""
        return [node.attributes["content"] or "" for node in self.tree.css(f'head meta[name="{name}"], head meta[property="{name}"]')]

    def one(self, name: str) -> str:
        found = self.all(name)
        assert len(found) == 1, (self.address, name, found)
        return found[0]

    def link(self, rel: str) -> str | None:
        found = [node.attributes["href"] for node in self.tree.css(f'head link[rel="{rel}"]')]
        assert len(found) <= 1, (self.address, rel, found)
        return found[0] if found else None

    @property
    def title(self) -> str:
        return self.tree.css_first("title").text(strip=True)

    @property
    def data(self) -> list[dict[str, Any]]:
        return [json.loads(node.text(deep=True)) for node in self.tree.css('script[type="application/ld+json"]')]

    def datum(self, kind: str) -> dict[str, Any]:
        found = [data for data in self.data if data["@type"] == kind]
        assert len(found) == 1, (self.address, kind, [data["@type"] for data in self.data])
        return found[0]


def head(client: Client, address: str) -> Head:
    response = client.get(address)
    assert response.status_code == 200, address
    return Head(address, LexborHTMLParser(response.content.decode()))


def picture(client: Client, url: str) -> Image.Image:
    """The picture behind an absolute address, from the media view or from the static files."""
    assert url.startswith(f"{HOST}/"), url
    path = unquote(urlsplit(url).path)
    if path.startswith("/static/"):
        found = finders.find(path.removeprefix("/static/"))
        assert found, url
        return Image.open(str(found))
    response = client.get(path)
    assert response.status_code == 200, url
    return Image.open(BytesIO(b"".join(response)))


# ---------------------------------------------------------------- what schema.org and Google ask for

# Types: "text", "url" (whole address), "moment" (ISO 8601 with offset), "day or moment", "yes", "number", "[x]" a list of
# x, a name with a capital an object of that type; "|" between alternatives.
# https://developers.google.com/search/docs/appearance/structured-data/{article,breadcrumb,event,organization,sitelinks-searchbox}
REQUIRED: dict[str, dict[str, str]] = {
    "NewsArticle": {
        "headline": "text", "datePublished": "moment", "dateModified": "moment", "author": "Person|Organization|GovernmentOrganization",
        "publisher": "GovernmentOrganization", "mainEntityOfPage": "WebPage", "articleSection": "text", "description": "text",
        "inLanguage": "text", "isAccessibleForFree": "yes", "url": "url",
    },
    "BreadcrumbList": {"itemListElement": "[ListItem]"},
    "ListItem": {"position": "number"},
    "Event": {"name": "text", "startDate": "day or moment", "location": "Place", "url": "url", "organizer": "Organization", "eventStatus": "url"},
    "Place": {"name": "text", "address": "text"},
    "GovernmentOrganization": {"name": "text"},
    "Organization": {"name": "text"},
    "Person": {"name": "text"},
    "WebSite": {"name": "text", "url": "url", "potentialAction": "SearchAction", "inLanguage": "text"},
    "SearchAction": {"target": "EntryPoint", "query-input": "text"},
    "EntryPoint": {"urlTemplate": "url"},
    "CollectionPage": {"name": "text", "url": "url", "mainEntity": "ItemList"},
    "ItemList": {"itemListElement": "[ListItem]", "numberOfItems": "number"},
    "ImageObject": {"url": "url", "width": "number", "height": "number"},
    "WebPage": {"@id": "url"},
}  # fmt: skip
RECOMMENDED: dict[str, dict[str, str]] = {
    "NewsArticle": {"image": "[ImageObject]", "keywords": "[text]", "isBasedOn": "url"},
    "ListItem": {"name": "text", "item": "url", "url": "url"},
    "Event": {"description": "text", "endDate": "day or moment", "image": "[ImageObject]"},
    "GovernmentOrganization": {
        "@id": "url", "url": "url", "logo": "ImageObject", "address": "text", "telephone": "text", "email": "text", "slogan": "text",
        "parentOrganization": "GovernmentOrganization",
    },
    "Organization": {"url": "url"},
    "WebSite": {"@id": "url", "publisher": "reference"},
    "CollectionPage": {"description": "text", "inLanguage": "text", "isPartOf": "reference"},
}  # fmt: skip
DAY = r"\d{4}-\d\d-\d\d"
MOMENT = DAY + r"T\d\d:\d\d:\d\d\+07:00"
PLAIN: dict[str, Callable[[Any], bool]] = {
    "text": lambda value: isinstance(value, str) and bool(value.strip()) and not re.search(r"<\w|&\w+;", value),
    "url": lambda value: isinstance(value, str) and re.match(r"https?://[^\s/]+/", value) is not None,
    "moment": lambda value: isinstance(value, str) and re.fullmatch(MOMENT, value) is not None,
    "day or moment": lambda value: isinstance(value, str) and re.fullmatch(f"{MOMENT}|{DAY}", value) is not None,
    "yes": lambda value: value is True,
    "number": lambda value: type(value) is int and value >= 0,
    "reference": lambda value: isinstance(value, dict) and list(value) == ["@id"],
}


def faults(data: dict[str, Any], where: str = "") -> list[str]:
    """What schema.org's or Google's validator would complain of; every field is checked, and none may be unknown to the tables."""
    kind = data.get("@type", "")
    where = f"{where}{kind}"
    if kind not in REQUIRED:
        return [f"{where}: unknown type"]
    known = REQUIRED[kind] | RECOMMENDED.get(kind, {})
    found = [f"{where}.{name} is missing" for name in REQUIRED[kind] if name not in data]
    for name, value in data.items():
        if name in {"@context", "@type"}:
            continue
        if name not in known:
            found.append(f"{where}.{name} is in no table")
        else:
            found += value_faults(value, known[name], f"{where}.{name}")
    return found


def value_faults(value: Any, kind: str, where: str) -> list[str]:
    if kind.startswith("["):
        if not isinstance(value, list) or not value:
            return [f"{where} is no filled list"]
        return [fault for item in value for fault in value_faults(item, kind[1:-1], where)]
    if kind in PLAIN:
        return [] if PLAIN[kind](value) else [f"{where} is no {kind}: {value!r}"]
    if not isinstance(value, dict) or value.get("@type") not in kind.split("|"):
        return [f"{where} is no {kind}: {value!r}"]
    return faults(value, f"{where}→")


def test_the_validator_sees_what_is_wrong():
    good = {"@type": "Event", "name": "A", "startDate": "2026-01-01", "url": "http://a.vn/", "eventStatus": "https://schema.org/EventScheduled",
            "organizer": {"@type": "Organization", "name": "B"}, "location": {"@type": "Place", "name": "C", "address": "D"}}  # fmt: skip
    assert faults(good) == []
    bad: list[dict[str, Any]] = [
        {"name": ""}, {"name": "<b>A</b>"}, {"name": "A &amp; B"}, {"startDate": "2026-01-01T08:00:00"}, {"startDate": "2026-01-01T08:00:00Z"},
        {"url": "/su-kien/"}, {"location": "D"}, {"location": {"@type": "Place", "name": "C"}}, {"colour": "red"}, {"image": []},
    ]  # fmt: skip
    for change in bad:
        assert len(faults(good | change)) == 1, change


# ---------------------------------------------------------------- every kind of page


@pytest.fixture
def article() -> Article:
    """A small site around one article that has everything."""
    make_site_identity(
        name="Cổng thông tin điện tử tỉnh Mẫu", governing_body="Ủy ban nhân dân tỉnh Mẫu", slogan="Gần dân", address="Số 1 đường Thử",
        phone="0239 000 000", email="cong@mau.example", logo=make_photo(300, 300),
    )  # fmt: skip
    make_flat_page("Giới thiệu")
    photo = make_photo(caption="Bà con gặt lúa.", alt="Ruộng lúa chín")
    article = make_article(
        "Vụ lúa hè thu được mùa", summary="Năng suất cao nhất mười năm.", category=make_category("Nông nghiệp", parent=make_category("Kinh tế")),
        lead_photo=photo, byline="Minh Hà", source=make_source(url="https://song-xanh.example/"), source_url="https://song-xanh.example/tin/1?a=1&b=2",
        tags=(make_tag("Lúa gạo"), make_tag("Mùa vụ")),
        events=(make_event("Mùa gặt", summary="Cả tỉnh gặt lúa.", place="Cánh đồng Mẫu", photo=photo, starts_at=datetime(2026, 5, 8, 19, 30, tzinfo=VIETNAM)),),
        published_at=datetime(2026, 3, 20, 7, 56, 12, 345678, tzinfo=VIETNAM),
    )  # fmt: skip
    make_comment(article, status=Status.PUBLISHED)
    return article


def make_flat_page(title: str) -> None:
    page = FlatPage.objects.create(url="/gioi-thieu/", title=title, content="<p>Cổng của <em>tỉnh</em> Mẫu.</p>")
    page.sites.add(Site.objects.get())


def pages(article: Article) -> dict[str, str]:
    event, tag = article.events.get(), article.tags.first()
    assert tag and article.source
    return {
        "home": "/", "article": article.get_absolute_url(), "category": article.category.get_absolute_url(), "tag": tag.get_absolute_url(),
        "event": event.get_absolute_url(), "events": "/su-kien/", "source": article.source.get_absolute_url(), "archive": "/luu-tru/",
        "year": "/luu-tru/2026/", "month": "/luu-tru/2026/03/", "day": "/luu-tru/2026/03/20/", "flat page": "/gioi-thieu/",
        "opinions": f"/y-kien/{article.pk}/", "counting": "/thong-ke/", "search": "/tim-kiem/?q=lua",
    }  # fmt: skip


def test_every_page_has_each_thing_once(client: Client, article: Article):
    for address in pages(article).values():
        found = head(client, address)
        url = HOST + address.partition("?")[0]
        assert found.link("canonical") == found.one("og:url") == found.one("DC.identifier") == url
        assert found.one("og:title") == found.one("twitter:title") == found.one("DC.title") != ""
        description = found.one("description")
        assert 10 <= len(description) <= 250, (address, description)
        assert not re.search(r"<|&\w+;|\s\s", description), (address, description)
        assert [found.one(name) for name in ("og:description", "twitter:description", "DC.description")] == [description] * 3
        assert found.one("og:site_name") == found.one("DC.publisher") == "Cổng thông tin điện tử tỉnh Mẫu"
        assert found.one("og:locale") == "vi_VN"
        assert found.one("DC.creator") != ""
        assert found.link("schema.DC") == "http://purl.org/dc/elements/1.1/"
        names = Counter(node.attributes.get("name") or node.attributes.get("property") for node in found.tree.css("head meta"))
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
        assert (found.one("og:image:width"), found.one("og:image:height"), found.one("og:image:type")) == ("1200", "630", "image/jpeg")
        assert found.one("twitter:image") == found.one("og:image")
        assert found.one("og:image:alt") == found.one("twitter:image:alt") == ("Ruộng lúa chín" if kind in own else "Cổng thông tin điện tử tỉnh Mẫu")
        assert found.one("twitter:card") == ("summary_large_image" if kind in own else "summary"), address


def test_structured_data_of_every_page_has_what_is_required(client: Client, article: Article):
    for address in pages(article).values():
        for data in head(client, address).data:
            assert data["@context"] == "https://schema.org"
            assert faults(data) == [], address


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
    assert tree.css('link[rel=canonical], meta[property^="og:"], meta[name="description"], script[type="application/ld+json"]') == []


def test_search_results_are_described_but_kept_out_of_search_engines(client: Client, article: Article):
    found = head(client, "/tim-kiem/?q=cá+cược")
    assert found.one("robots") == "noindex, follow"
    said = " ".join(node.attributes.get("content") or "" for node in found.tree.css("head meta"))
    assert "cá cược" not in said  # nobody advertises in our name


def test_preview_carries_none_of_it(client: Client, article: Article):
    client.force_login(make_user(role="Biên tập viên"))
    response = client.get(f"/admin/news/article/{article.pk}/ban-da-luu/")
    tree = LexborHTMLParser(response.content.decode())
    assert response.status_code == 200
    assert [node.attributes["content"] for node in tree.css("meta[name=robots]")] == ["noindex, nofollow"]
    assert tree.css('link[rel=canonical], meta[property^="og:"], meta[name="description"], meta[name^="DC."], script[type="application/ld+json"]') == []


@pytest.mark.parametrize("kind", ["article", "category", "event", "month", "home"])
def test_metadata_costs_no_query(client: Client, article: Article, kind: str):
    address = pages(article)[kind]
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert sum('FROM "portal_siteidentity"' in query["sql"] for query in queries) == 1
    assert [sql for sql, times in Counter(query["sql"] for query in queries).items() if times > 1] == []


# ---------------------------------------------------------------- articles


def test_article_as_a_search_engine_reads_it(client: Client, article: Article):
    found = head(client, article.get_absolute_url())
    data = found.datum("NewsArticle")
    url = HOST + article.get_absolute_url()
    assert data["headline"] == "Vụ lúa hè thu được mùa"
    assert data["datePublished"] == "2026-03-20T07:56:12+07:00" == found.one("article:published_time") == found.one("DC.date")
    assert datetime.fromisoformat(data["dateModified"]) == article.updated_at.replace(microsecond=0)
    assert data["author"] == {"@type": "Person", "name": "Minh Hà"}
    assert found.one("DC.creator") == "Minh Hà"
    assert data["publisher"]["name"] == "Cổng thông tin điện tử tỉnh Mẫu"
    assert data["mainEntityOfPage"] == {"@type": "WebPage", "@id": url}
    assert (data["articleSection"], data["keywords"]) == ("Nông nghiệp", ["Lúa gạo", "Mùa vụ"])
    assert data["isBasedOn"] == "https://song-xanh.example/tin/1?a=1&b=2"
    assert data["description"] == found.one("description") == "Năng suất cao nhất mười năm."
    assert (found.one("og:type"), found.one("article:section")) == ("article", "Nông nghiệp")
    assert found.one("robots") == "max-image-preview:large"


def test_pictures_in_structured_data_are_as_large_as_they_say(client: Client, article: Article):
    article_data = head(client, article.get_absolute_url()).datum("NewsArticle")
    event_data = head(client, article.events.get().get_absolute_url()).datum("Event")
    for image in [*article_data["image"], *event_data["image"], article_data["publisher"]["logo"]]:
        assert picture(client, image["url"]).size == (image["width"], image["height"])
    assert (article_data["image"][0]["width"], article_data["image"][1]["width"]) == (1200, article.lead_photo.width)


@pytest.mark.parametrize("fields", [{}, {"byline": "Minh Hà"}, {"source": "yes"}, {"source": "yes", "source_url": "https://song-xanh.example/1"}])
def test_article_without_this_or_that_is_still_valid(client: Client, fields: dict[str, Any]):
    fields = {name: make_source() if value == "yes" else value for name, value in fields.items()}
    article = make_article("Bài đơn giản", summary="", body="", **fields)
    found = head(client, article.get_absolute_url())
    data = found.datum("NewsArticle")
    assert faults(data) == []
    assert "image" not in data and "keywords" not in data
    assert ("isBasedOn" in data) == ("source_url" in fields)
    assert found.one("description") == "Bài đơn giản"
    expected = "Minh Hà" if "byline" in fields else "Bản tin Sông Xanh" if "source" in fields else "Cổng thông tin điện tử"
    assert data["author"]["name"] == found.one("DC.creator") == expected


def test_article_without_a_lead_photo_is_shared_with_the_first_picture_of_its_text(client: Client):
    first, second = make_photo(900, 700), make_photo()
    article = make_article(body=f'<p><img src="https://la.example/x.jpg"></p>{first.figure_html()}{second.figure_html()}')
    found = head(client, article.get_absolute_url())
    assert found.one("og:image") == HOST + first.share_url
    assert picture(client, found.one("og:image")).size == SHARE_SIZE
    assert [image["width"] for image in found.datum("NewsArticle")["image"]] == [1200, 900]


def test_description_falls_back_from_summary_to_the_text(client: Client):
    article = make_article(summary="", body="<h2>Mục một</h2><p>Đoạn <strong>đậm</strong> &amp; thường. " + "từ " * 200 + "</p>")
    description = head(client, article.get_absolute_url()).one("description")
    assert description.startswith("Mục một Đoạn đậm & thường. từ từ")
    assert description.endswith(" từ…")
    assert len(description) <= 250


def test_long_headline_is_cut_at_a_word(client: Client):
    article = make_article("Hội nghị " * 27)
    headline = head(client, article.get_absolute_url()).datum("NewsArticle")["headline"]
    assert len(headline) <= 110
    assert headline.endswith(("nghị…", "Hội…"))


def test_scheduled_article_was_not_modified_before_it_was_published(client: Client):
    article = make_article()
    Article.objects.filter(pk=article.pk).update(updated_at=article.published_at - timedelta(days=3))
    data = head(client, article.get_absolute_url()).datum("NewsArticle")
    assert data["dateModified"] == data["datePublished"]


HOSTILE = "</script><script>alert(1)</script><!-- <b>\"đậm\"</b> & 'bạn' \u2028 --> <script>"


def test_no_text_of_an_editor_breaks_out(client: Client):
    make_site_identity(name=HOSTILE[:150], slogan="</script><b>")
    article = make_article(HOSTILE, summary=HOSTILE, category=make_category("</script>&"), byline="</script><i>", tags=(make_tag("<!--</script>"),))
    for address in ("/", article.get_absolute_url(), article.category.get_absolute_url(), article.tags.get().get_absolute_url(), f"/y-kien/{article.pk}/"):
        markup = client.get(address).content.decode()
        assert "alert(1)</script>" not in markup, address
        found = Head(address, LexborHTMLParser(markup))
        assert all(script.attributes.get("type") in {"application/ld+json", "module", None} for script in found.tree.css("script"))
        assert all("src" in script.attributes for script in found.tree.css("script") if script.attributes.get("type") != "application/ld+json")
        assert found.data  # it can still be read
    title = Article.objects.get().title
    found = head(client, article.get_absolute_url())
    assert found.one("og:title") == title
    assert found.datum("NewsArticle")["headline"] == cut_at_word(title, 110)


def test_flat_page_title_with_markup_is_text_everywhere(client: Client):
    title = "Giới thiệu & <b>liên hệ</b>"
    make_flat_page(title)
    found = head(client, "/gioi-thieu/")
    assert found.one("og:title") == title
    assert found.datum("BreadcrumbList")["itemListElement"][-1]["name"] == title
    assert found.title.startswith(title)
    assert found.tree.css_first("h1").text(strip=True) == title
    assert found.one("description") == "Cổng của tỉnh Mẫu."


# ---------------------------------------------------------------- the other pages


def test_home_names_the_agency_and_the_search(client: Client, article: Article):
    found = head(client, "/")
    agency = found.datum("GovernmentOrganization")
    assert (agency["name"], agency["address"], agency["telephone"], agency["email"], agency["slogan"]) == (
        "Cổng thông tin điện tử tỉnh Mẫu", "Số 1 đường Thử", "0239 000 000", "cong@mau.example", "Gần dân",
    )  # fmt: skip
    assert agency["parentOrganization"]["name"] == "Ủy ban nhân dân tỉnh Mẫu"
    website = found.datum("WebSite")
    assert website["publisher"] == {"@id": agency["@id"]}
    target = website["potentialAction"]["target"]["urlTemplate"]
    assert client.get(target.replace("{search_term_string}", "lua").removeprefix(HOST)).status_code == 200


def test_site_that_nobody_has_set_up_yet_is_valid_too(client: Client):
    for address in ("/", make_article().get_absolute_url(), "/luu-tru/"):
        found = head(client, address)
        assert [fault for data in found.data for fault in faults(data)] == [], address
        assert picture(client, found.one("og:image")).size == SHARE_SIZE


def test_logo_of_the_house_is_as_large_as_it_says(client: Client):
    logo = head(client, "/").datum("GovernmentOrganization")["logo"]
    assert picture(client, logo["url"]).size == (logo["width"], logo["height"])


@pytest.mark.parametrize(
    ("fields", "start", "end"),
    [
        ({"starts_at": datetime(2026, 5, 8, 19, 30, tzinfo=VIETNAM)}, "2026-05-08T19:30:00+07:00", None),
        ({"starts_at": datetime(2026, 5, 8, tzinfo=VIETNAM), "ends_at": datetime(2026, 5, 10, tzinfo=VIETNAM)}, "2026-05-08", "2026-05-10"),
    ],
)
def test_event_with_time_and_place_is_an_event(client: Client, fields: dict[str, Any], start: str, end: str | None):
    event = make_event("Lễ hội", place="Bãi biển Mẫu", **fields)
    found = head(client, event.get_absolute_url())
    data = found.datum("Event")
    assert faults(data) == []
    assert (data["startDate"], data.get("endDate"), found.one("DC.date")) == (start, end, start)
    assert data["location"] == {"@type": "Place", "name": "Bãi biển Mẫu", "address": "Bãi biển Mẫu"}


def test_running_story_is_no_event_of_the_calendar(client: Client):
    for event in (make_event("Mùa mưa"), make_event("Không nơi", starts_at=timezone.now()), make_event("Không giờ", place="Đây")):
        assert "Event" not in [data["@type"] for data in head(client, event.get_absolute_url()).data]


def test_list_counts_on_over_its_pages(client: Client):
    category = make_category("Nông nghiệp")
    for number in range(45):
        make_article(f"bài {number:02}", category=category, published_at=timezone.now() - timedelta(minutes=number + 1))
    seen, words = [], []
    for number in (1, 2, 3):
        found = head(client, f"{category.get_absolute_url()}?page={number}&utm_source=x")
        url = HOST + category.get_absolute_url() + (f"?page={number}" if number > 1 else "")
        data = found.datum("CollectionPage")
        assert found.link("canonical") == found.one("og:url") == data["url"] == url
        assert data["mainEntity"]["numberOfItems"] == 45
        seen += data["mainEntity"]["itemListElement"]
        words.append((found.title, found.one("og:title"), found.one("description")))
    assert [entry["position"] for entry in seen] == list(range(1, 46))
    assert len({entry["url"] for entry in seen}) == 45
    for position in range(3):
        assert len({text[position] for text in words}) == 3
    assert words[1][0].startswith("Nông nghiệp – Trang 2 – ")
    assert words[1][2].startswith("Nông nghiệp – Trang 2: bài 20; bài 21")


def test_pages_of_a_list_know_their_neighbours(client: Client):
    category = make_category()
    for _number in range(45):
        make_article(category=category)
    url = category.get_absolute_url()
    expected = {1: (None, f"{HOST}{url}?page=2"), 2: (HOST + url, f"{HOST}{url}?page=3"), 3: (f"{HOST}{url}?page=2", None)}
    for number, neighbours in expected.items():
        found = head(client, f"{url}?page={number}")
        assert (found.link("prev"), found.link("next")) == neighbours


@pytest.mark.parametrize("address", ["/luu-tru/2026/", "/luu-tru/2026/03/", "/luu-tru/2026/03/20/"])
def test_later_pages_of_the_archive_have_titles_and_addresses_of_their_own(client: Client, address: str):
    for _number in range(25):
        make_article(published_at=datetime(2026, 3, 20, 9, tzinfo=VIETNAM))
    found = head(client, f"{address}?page=2")
    assert "– Trang 2 –" in found.title
    assert found.link("canonical") == f"{HOST}{address}?page=2"


def test_list_says_in_its_description_what_is_in_it(client: Client):
    described = make_category("Y tế", description="Tin về bệnh viện, trạm y tế xã, phòng bệnh và bảo hiểm y tế của người dân ở mọi xã trong toàn tỉnh Mẫu.")
    bare, tag = make_category("Giáo dục"), make_tag("Khai giảng")
    for number in (1, 2):
        make_article(f"Trường số {number} & lớp", category=bare, tags=(tag,), published_at=timezone.now() - timedelta(hours=number))
    make_article(category=described)
    assert head(client, described.get_absolute_url()).one("description") == described.description
    assert head(client, bare.get_absolute_url()).one("description") == "Tin bài của chuyên mục Giáo dục: Trường số 1 & lớp; Trường số 2 & lớp"
    assert head(client, tag.get_absolute_url()).one("description") == "Các bài có thẻ “Khai giảng”: Trường số 1 & lớp; Trường số 2 & lớp"


def test_day_is_dated(client: Client):
    make_article(published_at=datetime(2026, 3, 20, 9, tzinfo=VIETNAM))
    assert head(client, "/luu-tru/2026/03/20/").one("DC.date") == date(2026, 3, 20).isoformat()


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
        ("ngắn", 10, "ngắn"), ("vừa đủ dài", 10, "vừa đủ dài"), ("một hai ba bốn", 10, "một hai…"), ("một hai, ba bốn", 10, "một hai…"),
        ("x" * 30, 10, "x" * 9 + "…"), ("dòng một\n\n  dòng hai", 50, "dòng một dòng hai"), ("", 5, ""), ("một \u200bhai", 10, "một hai"),
    ],
)  # fmt: skip
def test_text_is_cut_at_a_word(text: str, length: int, expected: str):
    assert cut_at_word(text, length) == expected
    assert len(cut_at_word(text, length)) <= length
