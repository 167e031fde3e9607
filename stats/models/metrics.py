from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Metric(models.TextChoices):
    """What is counted. The values are columns of DailyVisits and VisitTotal and fields of Figures."""

    VISITS = "visits", _("Lượt truy cập")
    VIEWS = "views", _("Lượt xem trang")
    VISITORS = "visitors", _("Khách, cộng theo ngày")
    BOTS = "bots", _("Lượt máy")
    EXCLUDED = "excluded", _("Lượt không tính")


@dataclass(frozen=True)
class Figures:
    """The metrics of a period. Visitors of several days are the sum of each day's visitors."""

    views: int = 0
    visits: int = 0
    visitors: int = 0
    bots: int = 0
    excluded: int = 0

    def value(self, metric: Metric) -> int:
        return getattr(self, metric)

    @property
    def requests(self) -> int:
        """All requests that reached the portal: views of people, requests of robots, excluded requests."""
        return self.views + self.bots + self.excluded
