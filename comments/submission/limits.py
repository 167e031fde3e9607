"""Rate limits. Counting is one atomic statement, so that concurrent requests cannot exceed a limit."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.utils import timezone
from django.utils.translation import gettext as _

from .. import conf
from ..models import RateCount

SITE = "site"  # the key of the counters that all clients share


class Scope(StrEnum):
    CLIENT = "client"
    SITE = "site"


@dataclass
class LimitReached(Exception):
    scope: Scope
    retry_after: int  # seconds

    @property
    def message(self) -> str:
        minutes = -(-self.retry_after // 60)
        if self.scope == Scope.SITE:
            sentence = _(
                "Lúc này có quá nhiều ý kiến gửi đến. Nội dung của bạn vẫn còn đây; xin gửi lại sau %(minutes)d phút."
            )
        else:
            sentence = _(
                "Từ mạng của bạn đã có nhiều ý kiến gửi đến. "
                "Nội dung của bạn vẫn còn đây; xin gửi lại sau %(minutes)d phút."
            )
        return sentence % {"minutes": minutes}


def count_opinion(client: str) -> bool:
    """Returns whether the client has exceeded the soft limit. Raises LimitReached beyond a hard limit.

    Call it in the transaction that stores the opinion, so that a refused opinion is not counted."""
    soft, *hard = _count(
        [("soft_limit", client), ("client_limit", client), ("client_day_limit", client), ("site_limit", SITE)]
    )
    _raise_beyond(hard)
    return soft.count > soft.limit


def count_captcha(client: str) -> None:
    _raise_beyond(_count([("captcha_limit", client), ("site_captcha_limit", SITE)]))


@dataclass
class _Window:
    limit: int
    seconds: int
    key: str
    scope: Scope
    start: datetime
    count: int = 0

    @property
    def seconds_left(self) -> int:
        return max(1, int((self.start + timedelta(seconds=self.seconds) - timezone.now()).total_seconds()) + 1)


def _count(limits: list[tuple[str, str]]) -> list[_Window]:
    now = timezone.now()
    windows = [_window(name, client, now) for name, client in limits]
    # The site's counter comes last: all transactions wait for its row, so it is locked for the shortest time.
    counts = RateCount.objects.add([(window.key, window.start) for window in windows])
    for window, count in zip(windows, counts, strict=True):
        window.count = count
    return windows


def _window(name: str, client: str, now: datetime) -> _Window:
    limit, seconds = conf.get(name)
    # A window of a day begins at local midnight, when the client hashes change too.
    utc_offset = (timezone.localtime(now).utcoffset() or timedelta()).total_seconds()
    start = (now.timestamp() + utc_offset) // seconds * seconds - utc_offset
    scope = Scope.SITE if client == SITE else Scope.CLIENT
    return _Window(limit, seconds, f"{name[:15]}:{client}"[:80], scope, datetime.fromtimestamp(start, tz=now.tzinfo))


def _raise_beyond(windows: list[_Window]) -> None:
    exceeded = [window for window in windows if window.count > window.limit]
    if exceeded:
        longest = max(exceeded, key=lambda window: window.seconds_left)
        raise LimitReached(longest.scope, longest.seconds_left)
