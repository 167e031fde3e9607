"""Reads the metadata of pages and validates their JSON-LD."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from django.contrib.flatpages.models import FlatPage
from django.contrib.sites.models import Site
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from comments.models import Status
from news.models import Article
from tests.factories import (
    make_article,
    make_category,
    make_comment,
    make_event,
    make_photo,
    make_site_identity,
    make_source,
    make_tag,
)

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
HOST = "http://testserver"
SHARE_SIZE = (1200, 630)


# ---------------------------------------------------------------- reading


@dataclass
class Head:
    """The parsed head of a page."""

    address: str
    tree: LexborHTMLParser

    def all(self, name: str) -> list[str]:
        """Return the contents of the meta elements with this name or property."""
        return [
            node.attributes["content"] or ""
            for node in self.tree.css(f'head meta[name="{name}"], head meta[property="{name}"]')
        ]

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
    """Open the picture at an absolute address of the media view or of a static file."""
    assert url.startswith(f"{HOST}/"), url
    path = unquote(urlsplit(url).path)
    if path.startswith("/static/"):
        found = finders.find(path.removeprefix("/static/"))
        assert found, url
        return Image.open(str(found))
    response = client.get(path)
    assert response.status_code == 200, url
    return Image.open(BytesIO(b"".join(response)))


# ---------------------------------------------------------------- fields of schema.org types

# Types: "text", "url" (absolute), "moment" (ISO 8601 with offset), "day or moment", "yes", "number", "[x]" a list of x,
# a capitalized name for an object of that type; "|" separates alternatives. From the pages article, breadcrumb, event,
# organization and sitelinks-searchbox of https://developers.google.com/search/docs/appearance/structured-data/
REQUIRED: dict[str, dict[str, str]] = {
    "NewsArticle": {
        "headline": "text",
        "datePublished": "moment",
        "dateModified": "moment",
        "author": "Person|Organization|GovernmentOrganization",
        "publisher": "GovernmentOrganization",
        "mainEntityOfPage": "WebPage",
        "articleSection": "text",
        "description": "text",
        "inLanguage": "text",
        "isAccessibleForFree": "yes",
        "url": "url",
    },
    "BreadcrumbList": {"itemListElement": "[ListItem]"},
    "ListItem": {"position": "number"},
    "Event": {
        "name": "text",
        "startDate": "day or moment",
        "location": "Place",
        "url": "url",
        "organizer": "Organization",
        "eventStatus": "url",
    },
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
}
RECOMMENDED: dict[str, dict[str, str]] = {
    "NewsArticle": {"image": "[ImageObject]", "keywords": "[text]", "isBasedOn": "url"},
    "ListItem": {"name": "text", "item": "url", "url": "url"},
    "Event": {"description": "text", "endDate": "day or moment", "image": "[ImageObject]"},
    "GovernmentOrganization": {
        "@id": "url",
        "url": "url",
        "logo": "ImageObject",
        "address": "text",
        "telephone": "text",
        "email": "text",
        "slogan": "text",
        "parentOrganization": "GovernmentOrganization",
    },
    "Organization": {"url": "url"},
    "WebSite": {"@id": "url", "publisher": "reference"},
    "CollectionPage": {"description": "text", "inLanguage": "text", "isPartOf": "reference"},
}
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


def errors(data: dict[str, Any], where: str = "") -> list[str]:
    """Return errors for missing fields, fields of the wrong type, and fields that are in neither table."""
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
            found += value_errors(value, known[name], f"{where}.{name}")
    return found


def value_errors(value: Any, kind: str, where: str) -> list[str]:
    if kind.startswith("["):
        if not isinstance(value, list) or not value:
            return [f"{where} is no filled list"]
        return [error for item in value for error in value_errors(item, kind[1:-1], where)]
    if kind in PLAIN:
        return [] if PLAIN[kind](value) else [f"{where} is no {kind}: {value!r}"]
    if not isinstance(value, dict) or value.get("@type") not in kind.split("|"):
        return [f"{where} is no {kind}: {value!r}"]
    return errors(value, f"{where}→")


# ---------------------------------------------------------------- content


def make_site_around_an_article() -> Article:
    """Return an article with every field, on a site with every setting."""
    make_site_identity(
        name="Cổng thông tin điện tử tỉnh Mẫu",
        governing_body="Ủy ban nhân dân tỉnh Mẫu",
        slogan="Gần dân",
        address="Số 1 đường Thử",
        phone="0239 000 000",
        email="cong@mau.example",
        logo=make_photo(300, 300),
    )
    make_flat_page("Giới thiệu")
    photo = make_photo(caption="Bà con gặt lúa.", alt="Ruộng lúa chín")
    article = make_article(
        "Vụ lúa hè thu được mùa",
        summary="Năng suất cao nhất mười năm.",
        category=make_category("Nông nghiệp", parent=make_category("Kinh tế")),
        lead_photo=photo,
        byline="Minh Hà",
        source=make_source(url="https://song-xanh.example/"),
        source_url="https://song-xanh.example/tin/1?a=1&b=2",
        tags=(make_tag("Lúa gạo"), make_tag("Mùa vụ")),
        events=(
            make_event(
                "Mùa gặt",
                summary="Cả tỉnh gặt lúa.",
                place="Cánh đồng Mẫu",
                photo=photo,
                starts_at=datetime(2026, 5, 8, 19, 30, tzinfo=VIETNAM),
            ),
        ),
        published_at=datetime(2026, 3, 20, 7, 56, 12, 345678, tzinfo=VIETNAM),
    )
    make_comment(article, status=Status.PUBLISHED)
    return article


def make_flat_page(title: str) -> None:
    page = FlatPage.objects.create(url="/gioi-thieu/", title=title, content="<p>Cổng của <em>tỉnh</em> Mẫu.</p>")
    page.sites.add(Site.objects.get())
