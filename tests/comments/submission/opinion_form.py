from typing import Any

from captcha.models import CaptchaStore
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from comments.models import Comment
from news.models import Article

WORDS = "Đề nghị mở thêm quầy tiếp dân vào sáng thứ Bảy."


def address(article: Article) -> str:
    return f"/y-kien/{article.pk}/"


def opinion(**fields: Any) -> dict[str, Any]:
    """The fields as the article page sends them, without ticket and captcha."""
    return {
        "name": "Nguyễn Thị Thử",
        "body": WORDS,
        "consent": "on",
        "action": "send",
        **fields,
    }


def captcha_for(client: Client, article: Article, **extra: Any) -> dict[str, str]:
    """The fields of a new ticket and of its right answer."""
    ticket = client.post(f"{address(article)}ma/", **extra).json()["ticket"]
    return {"ticket": ticket, "captcha": CaptchaStore.objects.latest("pk").response}


def send(client: Client, article: Article, *, extra: dict[str, Any] | None = None, **fields: Any):
    extra = extra or {}
    return client.post(address(article), opinion(**(captcha_for(client, article, **extra) | fields)), **extra)


def only_comment() -> Comment:
    return Comment.objects.get()


def tree(response) -> LexborHTMLParser:
    return LexborHTMLParser(response.content.decode())


def kept(response) -> tuple[str, str]:
    """Name and body in the form of the response."""
    page = tree(response)
    return page.css_first("[name=name]").attributes["value"], page.css_first("textarea").text().removeprefix("\n")


def message(response) -> str:
    return tree(response).css_first("[data-message]").text(strip=True)
