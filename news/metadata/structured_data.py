"""JSON-LD in the words of schema.org: each function gives one object that a search engine reads."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time
from functools import cached_property
from typing import Any

from django.core.files.storage import default_storage
from django.core.paginator import Page
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from ..media.images import SHARE_SIZE, share_name, size_of
from ..models import Article, Event, SiteIdentity
from ..text.cleaning import cut_at_word

Data = dict[str, Any]

MAX_HEADLINE = 110  # characters; Google's limit for NewsArticle
EMBLEM = ("img/touch-icon.png", 180)  # our own, and its side in pixels, for an agency without a logo


@dataclass
class Site:
    identity: SiteIdentity
    absolute: Callable[[str], str]  # the whole address of a path of ours

    @cached_property
    def home(self) -> str:
        return self.absolute(reverse("news:home"))

    @cached_property
    def publisher(self) -> Data:
        return {
            "@type": "GovernmentOrganization",
            "@id": f"{self.home}#co-quan",
            "name": self.identity.name,
            "url": self.home,
            "logo": self._logo(),
        }

    def _logo(self) -> Data:
        logo = self.identity.logo
        if logo:
            return image(self.absolute(logo.url), logo.width, logo.height)
        path, side = EMBLEM
        return image(self.absolute(static(path)), side, side)


def as_script(data: Data) -> SafeString:
    """A data block, not a script: browsers never run it, so the policy against inline scripts has nothing to say to it."""
    return mark_safe(f'<script type="application/ld+json">{as_json(data)}</script>')  # noqa: S308 - escaped by as_json


def as_json(data: Data) -> str:
    """No text of an editor can close the element it stands in, or open a comment there."""
    text = json.dumps({"@context": "https://schema.org"} | data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003C").replace(">", "\\u003E").replace("&", "\\u0026")


def iso(moment: datetime) -> str:
    """`2026-11-20T07:56:00+07:00`"""
    return timezone.localtime(moment).isoformat(timespec="seconds")


def iso_day_or_moment(moment: datetime) -> str:
    """Midnight stands for the whole day, as on the event's page."""
    local = timezone.localtime(moment)
    return local.date().isoformat() if local.time() == time.min else local.isoformat(timespec="seconds")


def image(url: str, width: int, height: int) -> Data:
    return {"@type": "ImageObject", "url": url, "width": width, "height": height}


def images(name: str, site: Site) -> list[Data]:
    """The stored picture and its rendition for sharing."""
    shared = image(site.absolute(default_storage.url(share_name(name))), *SHARE_SIZE)
    size = size_of(name)
    return [shared, image(site.absolute(default_storage.url(name)), *size)] if size else [shared]


def without_gaps(data: Data) -> Data:
    return {key: value for key, value in data.items() if value}


def organization(site: Site) -> Data:
    identity = site.identity
    return without_gaps(
        site.publisher
        | {
            "slogan": identity.slogan,
            "address": identity.address,
            "telephone": identity.phone,
            "email": identity.email,
            "parentOrganization": {"@type": "GovernmentOrganization", "name": identity.governing_body}
            if identity.governing_body
            else None,
        }
    )


def website(site: Site) -> Data:
    return {
        "@type": "WebSite",
        "@id": f"{site.home}#trang",
        "name": site.identity.name,
        "url": site.home,
        "inLanguage": "vi",
        "publisher": {"@id": site.publisher["@id"]},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": site.absolute(reverse("news:search")) + "?q={search_term_string}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def news_article(article: Article, url: str, description: str, picture: str, site: Site) -> Data:
    """`picture` is the storage name of the article's picture, or ""."""
    assert article.published_at is not None  # noqa: S101 - readers see no other
    return without_gaps(
        {
            "@type": "NewsArticle",
            "headline": cut_at_word(article.title, MAX_HEADLINE),
            "description": description,
            "image": images(picture, site) if picture else None,
            "datePublished": iso(article.published_at),
            "dateModified": iso(article.changed_at or article.published_at),
            "author": author(article, site),
            "publisher": site.publisher,
            "mainEntityOfPage": {"@type": "WebPage", "@id": url},
            "url": url,
            "articleSection": article.category.name,
            "keywords": [tag.name for tag in article.tags.all()],
            "isBasedOn": article.source_url,
            "inLanguage": "vi",
            "isAccessibleForFree": True,
        }
    )


def author(article: Article, site: Site) -> Data:
    """Who is named below the article; else where it was taken from; else the identity."""
    if article.byline:
        return {"@type": "Person", "name": article.byline}
    if article.source:
        return without_gaps({"@type": "Organization", "name": article.source.name, "url": article.source.url})
    return site.publisher


def event(found: Event, starts_at: datetime, url: str, description: str, site: Site) -> Data:
    """For an event with a time and a place: schema.org's have both."""
    return without_gaps(
        {
            "@type": "Event",
            "name": found.name,
            "url": url,
            "description": description,
            "image": images(found.photo.name, site) if found.photo else None,
            "startDate": iso_day_or_moment(starts_at),
            "endDate": iso_day_or_moment(found.ends_at) if found.ends_at else None,
            "location": {"@type": "Place", "name": found.place, "address": found.place},
            "eventStatus": "https://schema.org/EventScheduled",
            "organizer": {"@type": "Organization", "name": site.identity.name, "url": site.home},
        }
    )


def collection(page: Page, name: str, url: str, description: str, site: Site) -> Data:
    """A list's page; its entries count on from the pages before it."""
    entries = [
        {"@type": "ListItem", "position": position, "url": site.absolute(item.get_absolute_url())}
        for position, item in enumerate(page, page.start_index())
    ]
    return {
        "@type": "CollectionPage",
        "name": name,
        "url": url,
        "description": description,
        "inLanguage": "vi",
        "isPartOf": {"@id": f"{site.home}#trang"},
        "mainEntity": {"@type": "ItemList", "numberOfItems": page.paginator.count, "itemListElement": entries},
    }


def breadcrumb_list(steps: Iterable[tuple[str, str]], absolute: Callable[[str], str]) -> Data:
    """Names and paths from the home page on; the page itself may have no path."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            without_gaps(
                {"@type": "ListItem", "position": position, "name": name, "item": absolute(path) if path else ""}
            )
            for position, (name, path) in enumerate(steps, 1)
        ],
    }
