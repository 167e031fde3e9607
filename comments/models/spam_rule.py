from typing import TypedDict

from django.db import models
from django.utils.translation import gettext_lazy as _


class SpamRule(models.TextChoices):
    """The rules of the spam score; the points of each are in `comments.conf`."""

    HONEYPOT = "honeypot", _("Điền ô ẩn")
    TOO_FAST = "too_fast", _("Gửi quá nhanh")
    MANY_LINKS = "many_links", _("Nhiều đường dẫn")
    ONE_LINK = "one_link", _("Có đường dẫn")
    BLOCKED_WORD = "blocked_word", _("Từ chặn")
    BLOCKED_DOMAIN = "blocked_domain", _("Tên miền chặn")
    IMPERSONATION = "impersonation", _("Tên dễ mạo danh")
    WATCHED_WORD = "watched_word", _("Từ cần chú ý")
    REPEATED = "repeated", _("Lặp ký tự")
    CAPITALS = "capitals", _("Viết hoa nhiều")
    MANY_FROM_CLIENT = "many_from_client", _("Gửi nhiều lần")


class SpamHit(TypedDict):
    """One match of a rule, as stored in `Comment.hits`."""

    rule: str
    points: int
    field: str  # "body", "name", or empty when the rule concerns no words
    start: int
    end: int
