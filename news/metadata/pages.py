"""The metadata in the head of each kind of page: Open Graph, Dublin Core and JSON-LD."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from django.core.files.storage import default_storage
from django.core.paginator import Page
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from ..listings.periods import Period
from ..media.images import name_from_url, share_name
from ..models import Article, Category, Event, Source, Tag
from ..text.cleaning import cut_at_word
from ..text.html import image_sources, to_text
from . import structured_data
from .structured_data import Data, Site, iso, iso_day_or_moment

MAX_DESCRIPTION = 250  # characters; search engines show about 160, Facebook and Zalo up to 300
SHORT_DESCRIPTION = 100  # characters; a shorter description of a list is completed with titles of its articles
TITLES = 5  # articles named in the description of a list

Subject = Category | Tag | Source | Event | Period  # of a list of articles


@dataclass
class Picture:
    """A JPEG of images.SHARE_SIZE."""

    url: str
    alt: str
    is_own: bool = True  # False for the picture of the site, on a page without one of its own

    @classmethod
    def of_site(cls, site: Site) -> Self:
        return cls(site.absolute(site.identity.share_url), site.identity.name, is_own=False)


@dataclass
class Metadata:
    url: str
    title: str
    description: str
    picture: Picture
    creator: str
    # ISO 8601: of the page itself, of the newest item in its list, or today
    date: str = field(default_factory=lambda: timezone.localdate().isoformat())
    article: dict[str, str] = field(default_factory=dict)  # Open Graph's article:*; of articles only
    data: list[Data] = field(default_factory=list)
    previous_url: str = ""  # of paginated lists
    next_url: str = ""
    noindex: bool = False


def page_url(request: HttpRequest, number: int = 1) -> str:
    """Return the canonical address, which has no query except the page number of a list."""
    return request.build_absolute_uri(request.path) + (f"?page={number}" if number > 1 else "")


def with_page_number(title: str, page: Page | None) -> str:
    """Append the page number from the second page on, so that no two pages have the same title."""
    return f"{title} – {_('Trang')} {page.number}" if page and page.number > 1 else title


def of_home(newest_at: datetime | None, request: HttpRequest, site: Site) -> Metadata:
    identity = site.identity
    content = _("Tin tức, thông báo và sự kiện trên %(name)s") % {"name": identity.name}
    content_and_agency = ", ".join(filter(None, [content, identity.governing_body]))
    description = ". ".join(filter(None, [content_and_agency, identity.slogan]))
    found = of_plain_page(identity.name, description, request, site)
    found.date = iso(newest_at) if newest_at else found.date
    found.data = [structured_data.organization(site), structured_data.website(site)]
    return found


def of_plain_page(title: str, description: str, request: HttpRequest, site: Site) -> Metadata:
    """`description` may be a text of any length."""
    description = cut_at_word(description, MAX_DESCRIPTION) or f"{title} – {site.identity.name}"
    return Metadata(page_url(request), title, description, Picture.of_site(site), creator=site.identity.name)


def of_article(article: Article, request: HttpRequest, site: Site) -> Metadata:
    """The article must be published."""
    found = of_plain_page(article.title, article.summary or to_text(article.body) or article.title, request, site)
    if name := picture_of(article):
        alt = (article.lead_photo.alt or article.caption) if article.lead_photo else ""
        found.picture = Picture(site.absolute(default_storage.url(share_name(name))), alt or article.title)
    data = structured_data.news_article(article, found.url, found.description, name, site)
    found.data = [data]
    found.creator = data["author"]["name"]
    found.date = data["datePublished"]
    found.article = {
        "published_time": data["datePublished"],
        "modified_time": data["dateModified"],
        "section": article.category.name,
    }
    return found


def picture_of(article: Article) -> str:
    """Return the storage name of the lead photo, otherwise of the first library photo in the body, otherwise ""."""
    if article.lead_photo:
        return article.lead_photo.name
    return next(filter(None, map(name_from_url, image_sources(article.body))), "")


def of_subject(subject: Subject, page: Page, request: HttpRequest, site: Site) -> Metadata:
    found = of_list(*title_and_description(subject), page, request, site)
    if isinstance(subject, Event):
        if subject.photo:
            found.picture = Picture(site.absolute(subject.photo.share_url), subject.photo.alt or subject.name)
        if subject.starts_at:
            found.date = iso_day_or_moment(subject.starts_at)
        if subject.starts_at and subject.place and page.number == 1:
            found.data.append(structured_data.event(subject, subject.starts_at, found.url, found.description, site))
    if isinstance(subject, Period):
        found.noindex = not page.paginator.count  # every date has an address, also without articles
        found.date = subject.iso
    return found


def title_and_description(subject: Subject) -> tuple[str, str]:
    match subject:
        case Event():
            return subject.name, subject.summary
        case Category():
            return subject.name, subject.description or _("Tin bài của chuyên mục %(name)s") % {"name": subject.name}
        case Tag():
            return _("Thẻ: %(name)s") % {"name": subject.name}, _("Các bài có thẻ “%(name)s”") % {"name": subject.name}
        case Source():
            return subject.name, _("Các bài đăng theo %(name)s") % {"name": subject.name}
        case Period():
            return subject.title, ""


def of_list(title: str, description: str, page: Page, request: HttpRequest, site: Site) -> Metadata:
    title = with_page_number(title, page)
    found = of_plain_page(title, list_description(title, description, page), request, site)
    found.url = page_url(request, page.number)
    found.date = iso(max(map(last_change, page))) if page.object_list else found.date
    found.previous_url = page_url(request, page.number - 1) if page.has_previous() else ""
    found.next_url = page_url(request, page.number + 1) if page.has_next() else ""
    found.data = [structured_data.collection(page, title, found.url, found.description, site)]
    return found


def last_change(item: Article | Event) -> datetime:
    return item.published_at or item.updated_at if isinstance(item, Article) else item.updated_at


def list_description(title: str, description: str, page: Page) -> str:
    """Complete a short description with titles of articles. Later pages have only the titles."""
    if page.number == 1 and len(description) >= SHORT_DESCRIPTION:
        return description
    opening = (description.rstrip(". ") if page.number == 1 else "") or title
    names = "; ".join(str(item) for item in page[:TITLES])
    return f"{opening}: {names}" if names else opening
