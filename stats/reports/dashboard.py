from dataclasses import dataclass
from functools import cached_property

from ..models import Metric
from . import period_charts, period_tables
from .period_data import PeriodData


@dataclass(frozen=True)
class Card:
    metric: Metric
    value: int
    change_from_previous: float | None
    change_from_year_before: float | None


class Dashboard(PeriodData):
    """The cards, charts and tables of one period. Each is made when it is first used."""

    @property
    def cards(self) -> list[Card]:
        comparison = self.comparison
        return [
            Card(
                metric,
                self.figures.value(metric),
                comparison.change_from_previous(metric),
                comparison.change_from_year_before(metric),
            )
            for metric in (Metric.VISITS, Metric.VIEWS, Metric.VISITORS, Metric.BOTS)
        ]

    visits_chart = cached_property(period_charts.visits_chart)
    robots_chart = cached_property(period_charts.robots_chart)
    hours_chart = cached_property(period_charts.hours_chart)
    requests_bar = cached_property(period_charts.requests_bar)

    basis_note = cached_property(period_tables.basis_note)
    summary = cached_property(period_tables.summary)
    timeline = cached_property(period_tables.timeline)
    hours = cached_property(period_tables.hours)
    articles = cached_property(period_tables.articles)
    categories = cached_property(period_tables.categories)
    reporters = cached_property(period_tables.reporters)
    referrers = cached_property(period_tables.referrers)
    devices = cached_property(period_tables.devices)
    browsers = cached_property(period_tables.browsers)
    requests = cached_property(period_tables.requests)
    excluded = cached_property(period_tables.excluded)
    not_found = cached_property(period_tables.not_found)
