from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.test import Client

from stats.collect.recorder import get_recorder
from stats.collect.spool import Spool
from stats.ingest.drain import Drainer
from stats.models import DailyVisits, ExcludedHits, Figures

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"
)
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.5 Mobile/15E148 Safari/604.1"
)
GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


def reader(address: str = "203.0.113.7", agent: str = FIREFOX, **headers: str) -> Client:
    """A browser without cookies. The headers, such as HTTP_REFERER, are sent with every request."""
    return Client(REMOTE_ADDR=address, HTTP_USER_AGENT=agent, HTTP_HOST="localhost", **headers)


@dataclass
class VisitTracker:
    folder: Path

    @property
    def spool(self) -> Spool:
        return get_recorder().spool

    def spool_lines(self) -> list[str]:
        return [line for file in sorted(self.folder.glob("*.spool")) for line in file.read_text().splitlines()]

    def drain(self) -> Figures:
        """Returns what was counted on all days."""
        Drainer(settings.STATS_SPOOL_DIR).run_once()
        return DailyVisits.objects.sums()

    def drain_excluded(self) -> dict[str, int]:
        self.drain()
        return {row["reason"]: row["hits"] for row in ExcludedHits.objects.by_reason()}
