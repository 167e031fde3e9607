from collections.abc import Mapping
from functools import cache
from time import time
from typing import Any

from django.conf import settings

from news.http.client_address import ClientAddresses

from ..day_numbers import day_number
from ..models import ExcludedHits
from ..referrers import referrer_host
from ..spool_format import MAX_AGENT, excluded_line, not_found_line, view_line
from .spool import Spool, get_spool
from .visitor_hash import VisitorHasher


class Recorder:
    """Writes one spool line for each request, without a query. Used by the middleware and the beacon."""

    def __init__(self, spool: Spool, addresses: ClientAddresses, hasher: VisitorHasher) -> None:
        self.spool = spool
        self.addresses = addresses
        self.hasher = hasher

    def record_view(self, meta: Mapping[str, Any], path: str, referrer: str) -> None:
        now = int(time())
        day = day_number(now)
        host = meta.get("HTTP_HOST", "")
        agent = meta.get("HTTP_USER_AGENT", "")[:MAX_AGENT]
        address = self.addresses.of(meta.get("REMOTE_ADDR", ""), meta.get("HTTP_X_FORWARDED_FOR", ""))
        visitor = self.hasher.hash(day, address, agent, host)
        self.spool.write(view_line(now, visitor, referrer_host(referrer, host), agent, path), day, now)

    def record_not_found(self, meta: Mapping[str, Any], path: str) -> None:
        now = int(time())
        self.spool.write(not_found_line(now, meta.get("HTTP_USER_AGENT", "")[:MAX_AGENT], path), day_number(now), now)

    def record_excluded(self, reason: ExcludedHits.Reason) -> None:
        now = int(time())
        self.spool.write(excluded_line(now, reason.value), day_number(now), now)


def get_recorder() -> Recorder:
    return _recorder(
        settings.STATS_SPOOL_DIR, settings.STATS_SPOOL_FILE_SIZE, tuple(settings.TRUSTED_PROXIES), settings.SECRET_KEY
    )


@cache
def _recorder(folder: Any, max_size: int, trusted: tuple[str, ...], secret: str) -> Recorder:
    return Recorder(get_spool(folder, max_size), ClientAddresses(list(trusted)), VisitorHasher(secret))
