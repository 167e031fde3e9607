"""What a browser would send from the admin's article form."""

from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from news.models import Article
from tests.factories import make_category, make_user

EMPTY_INLINES = {
    f"{prefix}-{name}": value
    for prefix in ("related_links", "attachments")
    for name, value in {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}.items()
}


def logged_in(role: str, username: str = "") -> Client:
    client = Client()
    client.force_login(make_user(username, role))
    return client


def user_of(client: Client) -> Any:
    return client.get(reverse("admin:index")).wsgi_request.user


def typed(article: Article | None = None, **changes: Any) -> dict[str, Any]:
    """All fields of the form for `article`, or for a complete new one, with `changes` typed over them."""
    fields: dict[str, Any] = {
        "title": "Mùa cam Khe Mây",
        "summary": "Cam chín sớm nửa tháng.",
        "body": "<p>Nhà vườn bắt đầu hái cam.</p>",
        "comment_mode": "open",
        "show_lead_photo": "on",
    }
    if article:
        fields |= {
            "title": article.title,
            "summary": article.summary,
            "body": article.body,
            "category": article.category_id,
            "version": article.version,
            "slug": article.slug,
        }
        if article.published_at:
            begins = timezone.localtime(article.published_at)
            fields |= moment("published_at", f"{begins:%d/%m/%Y}", f"{begins:%H:%M}")
    elif "category" not in changes:
        fields["category"] = make_category().pk
    return {**fields, **EMPTY_INLINES, **changes}


def moment(name: str, day: str, hour: str = "07:56") -> dict[str, str]:
    return {f"{name}_0": day, f"{name}_1": hour}


def change_url(article: Article) -> str:
    return reverse("admin:news_article_change", args=[article.pk])


ADD_URL = "/admin/news/article/add/"
LIST_URL = "/admin/news/article/"
