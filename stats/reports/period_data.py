from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ..models import DailyVisits, Figures, HourlyVisits, Metric
from ..periods import Period, first_detailed_day
from .comparison import Comparison, ComparisonBasis, compare, comparison_basis
from .figures import Point, Step, chart_points, sums
from .ranking import Ranking, ranking

ROWS_ON_SCREEN = 20  # of a table


@dataclass
class PeriodData:
    """The numbers of one period. Each is queried when it is first used."""

    period: Period
    step: Step = Step.DAY
    limit: int = ROWS_ON_SCREEN

    @cached_property
    def figures(self) -> Figures:
        return sums(self.period)

    @cached_property
    def basis(self) -> ComparisonBasis | None:
        return comparison_basis(self.period)

    @cached_property
    def comparison(self) -> Comparison:
        return compare(self.basis)

    @cached_property
    def points(self) -> list[Point]:
        return chart_points(self.period, self.step)

    @cached_property
    def by_hour_of_day(self) -> dict[int, dict[str, int]]:
        found = {row["hour"]: row for row in HourlyVisits.objects.within(self.period).by_hour_of_day()}
        return {hour: found.get(hour, {Metric.VISITS: 0, Metric.VIEWS: 0, Metric.BOTS: 0}) for hour in range(24)}

    @cached_property
    def ranking(self) -> Ranking:
        return ranking(self.period, self.limit)

    @cached_property
    def origins(self) -> set[str]:
        return set(DailyVisits.objects.within(self.period).order_by().values_list("origin", flat=True).distinct())

    @property
    def has_demo(self) -> bool:
        return DailyVisits.Origin.DEMO in self.origins

    @property
    def has_imported(self) -> bool:
        return DailyVisits.Origin.IMPORTED in self.origins

    @property
    def detail_since(self) -> date:
        return first_detailed_day()

    @property
    def lacks_detail(self) -> bool:
        return self.period.first < self.detail_since

    def share(self, views: int) -> float:
        return views / self.figures.views if self.figures.views else 0.0
