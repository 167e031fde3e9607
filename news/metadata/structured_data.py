"""JSON-LD with the vocabulary of https://schema.org, one function for each type of object."""

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
from ..text.addresses import web_address
from ..text.cleaning import cut_at_word

Data = dict[str, Any]

MAX_HEADLINE = 110  # characters; Google's limit for NewsArticle
DEFAULT_LOGO = ("img/touch-icon.png", 180)  # and its side in pixels, for an agency without a logo


@dataclass
class Site:
    identity: SiteIdentity
    absolute: Callable[[str], str]  # makes a path of this site an absolute address

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
        path, side = DEFAULT_LOGO
        return image(self.absolute(static(path)), side, side)


def as_script(data: Data) -> SafeString:
    """Browsers do not execute this type, so the Content Security Policy needs no exception for it."""
    return mark_safe(f'<script type="application/ld+json">{as_json(data)}</script>')  # noqa: S308 - escaped by as_json


def as_json(data: Data) -> str:
    """Escape <, > and &, so that no text can close the script element or open a comment in it."""
    text = json.dumps({"@context": "https://schema.org"} | data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003C").replace(">", "\\u003E").replace("&", "\\u0026")


def iso(moment: datetime) -> str:
    """`2026-11-20T07:56:00+07:00`"""
    return timezone.localtime(moment).isoformat(timespec="seconds")


def iso_day_or_moment(moment: datetime) -> str:
    """Midnight means the whole day, as on the page of the event."""
    local = timezone.localtime(moment)
    return local.date().isoformat() if local.time() == time.min else local.isoformat(timespec="seconds")


def image(url: str, width: int, height: int) -> Data:
    return {"@type": "ImageObject", "url": url, "width": width, "height": height}


def images(name: str, site: Site) -> list[Data]:
    shared = image(site.absolute(default_storage.url(share_name(name))), *SHARE_SIZE)
    size = size_of(name)
    return [shared, image(site.absolute(default_storage.url(name)), *size)] if size else [shared]


def without_empty_values(data: Data) -> Data:
    return {key: value for key, value in data.items() if value}


def organization(site: Site) -> Data:
    identity = site.identity
    return without_empty_values(
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
    """`picture` is the storage name of the article's picture, "" if it has none."""
    assert article.published_at is not None  # noqa: S101 - true for every published article
    return without_empty_values(
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
            "isBasedOn": web_address(article.source_url),
            "inLanguage": "vi",
            "isAccessibleForFree": True,
        }
    )


def author(article: Article, site: Site) -> Data:
    """Return the named author, otherwise the source of the article, otherwise the agency."""
    if article.byline:
        return {"@type": "Person", "name": article.byline}
    if article.source:
        return without_empty_values(
            {"@type": "Organization", "name": article.source.name, "url": web_address(article.source.url)}
        )
    return site.publisher


def event(found: Event, starts_at: datetime, url: str, description: str, site: Site) -> Data:
    """Describe an event with a start and a place, which schema.org requires."""
    return without_empty_values(
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
    """`steps` are names and paths, home page first. The path of the current page may be ""."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            without_empty_values(
                {"@type": "ListItem", "position": position, "name": name, "item": absolute(path) if path else ""}
            )
            for position, (name, path) in enumerate(steps, 1)
        ],
    }
