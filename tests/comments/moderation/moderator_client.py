"""A logged-in moderator, the addresses of the moderators' pages, and what those pages show."""

from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from comments.models import Comment
from tests.factories import make_user

QUEUE = "/admin/comments/comment/"
DECIDE = "/admin/comments/comment/xu-ly/"
UNDO = "/admin/comments/comment/hoan-tac/"
PERSON = "/admin/comments/comment/nguoi-gui/"
MODERATOR = "Kiểm duyệt ý kiến"


def logged_in(role: str = MODERATOR, username: str = "", **fields: Any) -> Client:
    client = Client()
    client.force_login(make_user(username, role, **fields))
    return client


def seen(comment: Comment) -> str:
    return f"{comment.pk}:{comment.version}"


def on_page(comment: Comment, page: str) -> str:
    return reverse(f"admin:comments_comment_{page}", args=[comment.pk])


def said(response: HttpResponse) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def parsed(response: HttpResponse) -> LexborHTMLParser:
    return LexborHTMLParser(response.content.decode())


def codes_listed(response: HttpResponse) -> list[str]:
    return [row.attributes["aria-label"] for row in parsed(response).css(".opinion-rows [data-row]")]


def state(comment: Comment) -> str:
    comment.refresh_from_db()
    return comment.status
