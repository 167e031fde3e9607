"""What a browser would send to the opinion form, and what the form shows, for tests."""

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
    """A filled-in form as the article page sends it: without code and ticket."""
    return {
        "ho_ten": "Nguyễn Thị Thử",
        "noi_dung": WORDS,
        "dong_y": "on",
        "viec": "gui",
        **fields,
    }


def code_for(client: Client, article: Article, **extra: Any) -> dict[str, str]:
    """A ticket with its right answer, as the fields of a form."""
    ticket = client.post(f"{address(article)}ma/", **extra).json()["ticket"]
    return {"phieu": ticket, "ma": CaptchaStore.objects.latest("pk").response}


def send(client: Client, article: Article, *, extra: dict[str, Any] | None = None, **fields: Any):
    """The whole way, with the right code."""
    extra = extra or {}
    return client.post(address(article), opinion(**(code_for(client, article, **extra) | fields)), **extra)


def only_comment() -> Comment:
    return Comment.objects.get()


def tree(response) -> LexborHTMLParser:
    return LexborHTMLParser(response.content.decode())


def kept(response) -> tuple[str, str]:
    """The name and the text that the form shows again."""
    page = tree(response)
    return page.css_first("[name=ho_ten]").attributes["value"], page.css_first("textarea").text().removeprefix("\n")


def message(response) -> str:
    return tree(response).css_first("[data-message]").text(strip=True)
