"""Where readers come from, under the names people know."""

import re
from functools import lru_cache

from django.utils.translation import gettext as _

HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z][a-z0-9-]{1,24}")
MAX_LENGTH = 100  # characters, as ReferrerViews.host holds

# The end of a host, or the package of an Android application, and whose it is. The first that fits is taken.
KNOWN = (
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


@lru_cache(maxsize=10_000)
def known_host(host: str) -> str | None:
    """One host for each of the big services, others without "www."; None for what cannot be a host."""
    host = host.lower().rpartition("@")[2].partition(":")[0].removeprefix("www.")
    if len(host) > MAX_LENGTH or not HOST.fullmatch(host):
        return None
    return next((canonical for pattern, canonical, _name in KNOWN if pattern.search(host)), host)


def source_name(host: str) -> str:
    if not host:
        return _("Vào thẳng, không qua trang khác")
    return next((name for _pattern, canonical, name in KNOWN if canonical == host), host)
