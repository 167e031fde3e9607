"""How much may come in. Counting is one atomic statement, so twelve at once never pass a limit of five."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from news.models import Article

from .. import conf
from ..models import RateCount


@dataclass
class LimitReached(Exception):
    """Too many: come back after `retry_after` seconds."""

    scope: str  # "client" or "site"
    retry_after: int


def is_open(article: Article) -> bool:
    """Whether the article takes opinions: by its own mode, and not too long after publication."""
    if article.comment_mode != Article.CommentMode.OPEN or not article.is_published:
        return False
    days = conf.get("close_after_days")
    return not days or article.published_at is None or timezone.now() < article.published_at + timedelta(days=days)


def count_opinion(client: str) -> bool:
    """Counts one opinion; whether the sender is past the soft limit. Raises LimitReached past a hard one.

    Inside the transaction that stores the opinion: what is refused is not counted."""
    soft, *hard = _count(
        [("soft_limit", client), ("client_limit", client), ("client_day_limit", client), ("site_limit", "site")]
    )
    _refuse_beyond(hard)
    return soft.count > soft.limit


def count_code(client: str) -> None:
    """Counts one confirmation code. Raises LimitReached."""
    _refuse_beyond(_count([("code_limit", client), ("site_code_limit", "site")]))


@dataclass
class _Window:
    limit: int
    seconds: int
    key: str
    scope: str
    start: datetime
    count: int = 0

    @property
    def seconds_left(self) -> int:
        return max(1, int((self.start + timedelta(seconds=self.seconds) - timezone.now()).total_seconds()) + 1)


def _count(names: list[tuple[str, str]]) -> list[_Window]:
    now = timezone.now()
    windows = [_window(name, who, now) for name, who in names]
    # The site's one row last: everybody waits for it, so it is held for the shortest time.
    counts = RateCount.objects.add([(window.key, window.start) for window in windows])
    for window, count in zip(windows, counts, strict=True):
        window.count = count
    return windows


def _window(name: str, who: str, now: datetime) -> _Window:
    limit, seconds = conf.get(name)
    local = timezone.localtime(now)
    ahead = (
        local.utcoffset() or timedelta()
    ).total_seconds()  # a day's window turns at midnight here, like the sender's key
    start = datetime.fromtimestamp((now.timestamp() + ahead) // seconds * seconds - ahead, tz=now.tzinfo)
    return _Window(limit, seconds, f"{name[:15]}:{who}"[:80], "site" if who == "site" else "client", start)


def _refuse_beyond(windows: list[Any]) -> None:
    full = [window for window in windows if window.count > window.limit]
    if full:
        worst = max(full, key=lambda window: window.seconds_left)
        raise LimitReached(worst.scope, worst.seconds_left)
