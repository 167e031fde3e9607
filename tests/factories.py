"""Create rows for tests. Every function fills in the fields that are not given."""

import itertools
from collections import Counter
from datetime import timedelta
from io import BytesIO
from typing import Any

from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from comments.models import Comment, OpinionCount, Status
from news.models import Article, Category, Event, Photo, SiteIdentity, Source, Tag, TickerItem

numbers = itertools.count(1)


def make_user(username: str = "", role: str = "", **fields: Any) -> User:
    """Create a member of staff. `role` is the name of a group from the migrations."""
    user = User.objects.create_user(
        username or f"nguoi-dung-{next(numbers)}", password="mat-khau-de-thu", is_staff=True, **fields
    )
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def make_category(name: str = "", **fields: Any) -> Category:
    return Category.objects.create(name=name or f"Chuyên mục {next(numbers)}", **fields)


def make_tag(name: str = "", **fields: Any) -> Tag:
    return Tag.objects.create(name=name or f"Thẻ {next(numbers)}", **fields)


def make_source(name: str = "Bản tin Sông Xanh", short_name: str = "BTSX", **fields: Any) -> Source:
    return Source.objects.create(name=name, short_name=short_name, **fields)


def make_event(name: str = "", **fields: Any) -> Event:
    return Event.objects.create(name=name or f"Sự kiện {next(numbers)}", **fields)


def make_ticker_item(text: str = "", **fields: Any) -> TickerItem:
    return TickerItem.objects.create(text=text, **fields)


def make_article(
    title: str = "",
    *,
    tags: tuple[Tag, ...] = (),
    events: tuple[Event, ...] = (),
    further_categories: tuple[Category, ...] = (),
    **fields: Any,
) -> Article:
    """Create a published article unless `status` is given."""
    fields.setdefault("status", Article.Status.APPROVED)
    fields.setdefault("published_at", timezone.now() - timedelta(hours=1))
    fields.setdefault("summary", "Tóm tắt của bài.")
    fields.setdefault("body", "<p>Nội dung của bài.</p>")
    if "category" not in fields:
        fields["category"] = Category.objects.filter(slug="chung").first() or make_category("Chung", slug="chung")
    article = Article.objects.create(title=title or f"Bài số {next(numbers)}", **fields)
    article.tags.set(tags)
    article.events.set(events)
    article.further_categories.set(further_categories)
    return article


def make_image(
    width: int = 1200, height: int = 800, file_format: str = "JPEG", colour: str = "teal", name: str = ""
) -> SimpleUploadedFile:
    buffer = BytesIO()
    Image.new("RGB", (width, height), colour).save(buffer, file_format)
    return SimpleUploadedFile(
        name or f"anh.{file_format.lower()}", buffer.getvalue(), content_type=f"image/{file_format.lower()}"
    )


def make_photo(width: int = 1200, height: int = 800, **fields: Any) -> Photo:
    photo = Photo.from_upload(make_image(width, height), original_name="anh.jpg", **fields)
    photo.save()
    return photo


def make_site_identity(**fields: Any) -> SiteIdentity:
    identity, _ = SiteIdentity.objects.update_or_create(pk=1, defaults=fields)
    return identity


def make_comment(article: Article | None = None, **fields: Any) -> Comment:
    """Create an opinion that waits for a moderator unless `status` is given. A published one is counted."""
    if fields.get("status") == Status.PUBLISHED:
        fields.setdefault("published_at", timezone.now())
    if fields.get("status") == Status.REJECTED:
        fields.setdefault("reason", Comment.Reason.OFF_TOPIC)
    fields.setdefault("name", "Nguyễn Thị Thử")
    fields.setdefault("body", f"Đề nghị mở thêm quầy tiếp dân số {next(numbers)}.")
    comment = Comment.objects.create(article=article or make_article(), **fields)
    if comment.status == Status.PUBLISHED:
        OpinionCount.objects.change(Counter({comment.article_id: 1}))
    return comment
