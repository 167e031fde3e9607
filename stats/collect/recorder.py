"""Writes down what the gate decided, for the middleware and the beacon alike. No database, no cache, no cookie."""

from collections.abc import Mapping
from functools import cache
from time import time
from typing import Any

from django.conf import settings

from news.http.client_address import ClientAddresses

from ..models import ExcludedHits
from .clock import day_number
from .spool import Spool, spool_in
from .spool_format import MAX_AGENT, excluded_line, missing_line, referrer_host, view_line
from .visitor_keys import VisitorKeys


class Recorder:
    def __init__(self, spool: Spool, addresses: ClientAddresses, keys: VisitorKeys) -> None:
        self.spool = spool
        self.addresses = addresses
        self.keys = keys

    def view(self, meta: Mapping[str, Any], path: str, referrer: str) -> None:
        now = int(time())
        day = day_number(now)
        host = meta.get("HTTP_HOST", "")
        agent = meta.get("HTTP_USER_AGENT", "")[:MAX_AGENT]
        address = self.addresses.of(meta.get("REMOTE_ADDR", ""), meta.get("HTTP_X_FORWARDED_FOR", ""))
        visitor = self.keys.of(day, address, agent, host)
        self.spool.write(view_line(now, visitor, referrer_host(referrer, host), agent, path), day, now)

    def missing(self, meta: Mapping[str, Any], path: str) -> None:
        now = int(time())
        self.spool.write(missing_line(now, meta.get("HTTP_USER_AGENT", "")[:MAX_AGENT], path), day_number(now), now)

    def excluded(self, reason: ExcludedHits.Reason) -> None:
        now = int(time())
        self.spool.write(excluded_line(now, reason.value), day_number(now), now)


def recorder() -> Recorder:
    return _recorder(
        settings.STATS_SPOOL_DIR, settings.STATS_SPOOL_FILE_SIZE, tuple(settings.TRUSTED_PROXIES), settings.SECRET_KEY
    )


@cache
def _recorder(folder: Any, max_size: int, trusted: tuple[str, ...], secret: str) -> Recorder:
    return Recorder(spool_in(folder, max_size), ClientAddresses(list(trusted)), VisitorKeys(secret))
