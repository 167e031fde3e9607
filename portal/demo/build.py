"""Stores the demo's content. Every step skips what is already there, so an interrupted run can be repeated."""

from collections.abc import Callable
from copy import copy
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.contrib.flatpages.models import FlatPage
from django.contrib.sites.models import Site
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from news.models import Article, Attachment, Category, Event, Photo, SiteIdentity, Source, Tag, TickerItem

from . import content
from .documents import make_pdf
from .opinions import make_opinions
from .photos import EMBLEM, make_photos
from .progress import Track
from .visits import make_visits

# Known passwords: made only where settings.LENIENT says that this is not a production site.
ACCOUNTS = (
    ("quantri", "Trần Quản Trị", "", "demo-quan-tri-2026"),
    ("bientap", "Lê Biên Tập", "Biên tập viên", "demo-bien-tap-2026"),
    ("phongvien", "Phạm Phóng Viên", "Phóng viên", "demo-phong-vien-2026"),
    ("kiemduyet", "Hoàng Kiểm Duyệt", "Kiểm duyệt ý kiến", "demo-kiem-duyet-2026"),
)

Attach = Callable[[Article, dict[str, str]], None]


def has_real_content() -> bool:
    begun_by_demo = SiteIdentity.objects.filter(is_demo=True).exists()
    return not begun_by_demo and (Article.objects.exists() or SiteIdentity.objects.exists() or Photo.objects.exists())


def build(track: Track) -> None:
    make_identity()
    make_accounts()
    make_categories()
    make_pages()
    photos = make_photos(track)
    set_logo(photos)
    events = make_events(photos)
    make_articles(track, photos, events)
    make_unpublished()
    make_ticker()
    make_opinions()
    make_visits(track)


def make_identity() -> None:
    SiteIdentity.objects.get_or_create(pk=1, defaults={**content.site()["identity"], "is_demo": True})
    Site.objects.filter(pk=settings.SITE_ID, domain="example.com").update(domain="127.0.0.1:8000", name="Cổng Tin")


def make_accounts() -> None:
    if not settings.LENIENT or settings.PUBLIC_HOSTS:
        return
    for username, full_name, role, password in ACCOUNTS:
        if User.objects.filter(username=username).exists():
            continue
        user = User.objects.create_user(
            username, password=password, first_name=full_name, is_staff=True, is_superuser=not role
        )
        if role:
            user.groups.set(Group.objects.filter(name=role))


def make_categories() -> None:
    for place, entry in enumerate(content.site()["category"], start=1):
        parent = make_category(entry, place * 10)
        for child_place, child in enumerate(entry.get("children", []), start=1):
            make_category(child, child_place * 10, parent)


def make_category(entry: dict[str, Any], order: int, parent: Category | None = None) -> Category:
    defaults = {"name": entry["name"], "description": entry["description"], "order": order, "parent": parent}
    return Category.objects.get_or_create(slug=entry["slug"], defaults=defaults)[0]


def make_pages() -> None:
    for entry in content.site()["page"]:
        page, created = FlatPage.objects.get_or_create(
            url=entry["url"], defaults={"title": entry["title"], "content": entry["content"].strip()}
        )
        if created:
            page.sites.set([settings.SITE_ID])


def set_logo(photos: dict[str, Photo]) -> None:
    SiteIdentity.objects.filter(is_demo=True, logo=None).update(logo=photos[EMBLEM["key"]])


def make_events(photos: dict[str, Photo]) -> dict[str, Event]:
    events = {}
    for entry in reversed(content.site()["event"]):  # the last one made is the newest: keep the file's order
        defaults = {
            "summary": entry["summary"],
            "photo": photos[entry["picture"]],
            "starts_at": in_vietnam(entry.get("starts_at")),
            "ends_at": in_vietnam(entry.get("ends_at")),
            "place": entry.get("place", ""),
            "is_pinned": entry.get("pinned", False),
        }
        events[entry["key"]] = Event.objects.get_or_create(name=entry["name"], defaults=defaults)[0]
    return events


def in_vietnam(moment: datetime | None) -> datetime | None:
    return timezone.make_aware(moment) if moment else None


def attach(article: Article, entry: dict[str, str]) -> None:
    pdf = make_pdf(entry["title"], entry["text"], content.site()["identity"]["governing_body"])
    Attachment.objects.create(
        article=article, title=entry["title"], file=ContentFile(pdf, name=f"{entry['title']}.pdf")
    )


def make_articles(
    track: Track, photos: dict[str, Photo], events: dict[str, Event], attach_file: Attach = attach
) -> None:
    known = set(Article.objects.values_list("title", flat=True))
    missing = [entry for entry in content.articles() if entry["title"] not in known]
    if not missing:
        return
    sources = {entry["key"]: make_source(entry) for entry in content.site()["source"]}
    categories = {category.slug: category for category in Category.objects.all()}
    author, editor = (User.objects.filter(username=name).first() for name in ("phongvien", "bientap"))
    for entry in track(missing, "Đăng bài", len(missing)):
        source = sources.get(entry.get("source", ""))
        lead = next(iter(entry.get("photo", [])), None)
        with transaction.atomic():
            article = Article.objects.create(
                title=entry["title"],
                summary=entry["summary"],
                body=body_with_figures(entry, photos),
                category=categories[entry["category"]],
                lead_photo=photos[lead["key"]] if lead else None,
                lead_caption=lead["caption"] if lead else "",
                show_lead_photo=not (lead and f'data-photo="{lead["key"]}"' in entry["body"]),
                byline=entry.get("byline", ""),
                source=source,
                source_url=f"{source.url}tin/{entry['key']}.html" if source else "",
                status=Article.Status.APPROVED,
                published_at=in_vietnam(entry["published"]),
                is_featured=entry.get("featured", False),
                author=author,
                approved_by=editor,
            )
            article.tags.set([make_tag(name) for name in entry.get("tags", [])])
            article.events.set([events[key] for key in entry.get("events", [])])
            article.sync_photos()
            for attachment in entry.get("attachment", []):
                attach_file(article, attachment)


def make_source(entry: dict[str, str]) -> Source:
    defaults = {"short_name": entry["short_name"], "url": entry["url"]}
    return Source.objects.get_or_create(name=entry["name"], defaults=defaults)[0]


def make_tag(name: str) -> Tag:
    return Tag.objects.get_or_create(name=name)[0]


def body_with_figures(entry: dict[str, Any], photos: dict[str, Photo]) -> str:
    body = entry["body"].strip()
    for described in entry.get("photo", []):
        photo = copy(photos[described["key"]])
        photo.caption = described["caption"]  # this article's own; the library keeps the general one
        body = body.replace(f'<figure data-photo="{described["key"]}"></figure>', photo.figure_html())
    return body


def make_unpublished() -> None:
    states = {"scheduled": Article.Status.APPROVED, "expired": Article.Status.APPROVED}
    author = User.objects.filter(username="phongvien").first()
    for entry in content.site()["unpublished"]:
        defaults = {
            "category": Category.objects.get(slug=entry["category"]),
            "status": states.get(entry["status"], entry["status"]),
            "return_reason": entry.get("reason", ""),
            "summary": entry["summary"],
            "body": entry["body"],
            "published_at": in_vietnam(entry.get("published")),
            "expires_at": in_vietnam(entry.get("expires")),
            "author": author,
        }
        Article.objects.get_or_create(title=entry["title"], defaults=defaults)


def make_ticker() -> None:
    if TickerItem.objects.exists():
        return
    for place, entry in enumerate(content.site()["ticker"], start=1):
        if "newest_of" in entry:
            newest = Article.objects.published().filter(category__slug=entry["newest_of"]).newest_first().first()
            if newest:
                TickerItem.objects.create(article=newest, order=place * 10)
        else:
            TickerItem.objects.create(text=entry["text"], order=place * 10)
