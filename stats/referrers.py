"""Referring hosts: read from the Referer header, grouped by service, shown under the service's name."""

import re
from functools import lru_cache

from django.utils.translation import gettext as _

HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z][a-z0-9-]{1,24}")
MAX_LENGTH = 100  # characters; max_length of ReferrerViews.host
MAX_RAW_LENGTH = 120  # characters of the header's host that go into the spool
OWN_HOST = "-"  # stands for this site in the spool

# Pattern of a host or of an Android application's package, canonical host, name. The first match wins.
SERVICES = (
    (re.compile(r"(^|\.)coccoc\.com$"), "coccoc.com", "Cốc Cốc"),
    (re.compile(r"(^|\.)(zalo\.me|zaloapp\.com|zalo\.vn|zingmp3\.vn)$|^com\.zing\.zalo$"), "zalo.me", "Zalo"),
    (re.compile(r"(^|\.)(facebook\.com|fb\.com|fb\.me|messenger\.com)$|^com\.facebook\."), "facebook.com", "Facebook"),
    (re.compile(r"(^|\.)mail\.google\.com$|^com\.google\.android\.gm$"), "mail.google.com", "Gmail"),
    (re.compile(r"(^|\.)news\.google\.com$"), "news.google.com", "Google Tin tức"),
    (re.compile(r"(^|\.)google(\.com?)?\.[a-z]{2,3}$|^com\.google\.android\."), "google.com", "Google"),
    (re.compile(r"(^|\.)bing\.com$"), "bing.com", "Bing"),
    (re.compile(r"(^|\.)(youtube\.com|youtu\.be)$"), "youtube.com", "YouTube"),
    (re.compile(r"(^|\.)tiktok\.com$"), "tiktok.com", "TikTok"),
    (re.compile(r"(^|\.)(twitter\.com|x\.com|t\.co)$"), "x.com", "X"),
    (re.compile(r"(^|\.)(telegram\.org|t\.me|telegram\.me)$|^org\.telegram\."), "telegram.org", "Telegram"),
    (re.compile(r"(^|\.)yahoo\.com(\.vn)?$"), "yahoo.com", "Yahoo"),
    (re.compile(r"(^|\.)duckduckgo\.com$"), "duckduckgo.com", "DuckDuckGo"),
    (re.compile(r"(^|\.)(chatgpt\.com|openai\.com)$"), "chatgpt.com", "ChatGPT"),
)


def referrer_host(referrer: str, own_host: str) -> str:
    """The unchecked host of a Referer header; "" without a header, OWN_HOST for a page of this site."""
    if not referrer:
        return ""
    parts = referrer.split("/", 3)
    host = parts[2] if len(parts) > 2 else "?"
    return OWN_HOST if host == own_host else host[:MAX_RAW_LENGTH]


@lru_cache(maxsize=10_000)
def canonical_host(host: str) -> str | None:
    """One host for all hosts of a known service, other hosts without "www."; None for an invalid host."""
    host = host.lower().rpartition("@")[2].partition(":")[0].removeprefix("www.")
    if len(host) > MAX_LENGTH or not HOST.fullmatch(host):
        return None
    return next((canonical for pattern, canonical, _name in SERVICES if pattern.search(host)), host)


def referrer_name(host: str) -> str:
    if not host:
        return _("Vào thẳng, không qua trang khác")
    return next((name for _pattern, canonical, name in SERVICES if canonical == host), host)
