"""Adds up spool lines in memory. rollup_writer.py writes the sums to the database."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from django.urls import Resolver404, resolve

from news.text.cleaning import clean_line

from ..day_numbers import day_and_second
from ..models import OTHERS, ExcludedHits, NotFoundPath
from ..referrers import OWN_HOST, canonical_host
from ..spool_format import DroppedLine, ExcludedLine, MalformedLine, NotFoundLine, SpoolLine, ViewLine
from .user_agents import Agent, AgentClassifier

Reason = ExcludedHits.Reason
REASONS = frozenset(Reason.values)
MAX_CLOCK_SKEW = 3600  # seconds by which another machine's clock may be ahead
HOUR = 3600  # seconds


class PageView(NamedTuple):
    second: int  # since midnight in Vietnam
    path: str
    referrer: str
    agent: Agent


class Batch:
    """Spool lines by day number. Views of people are kept one by one: only the database knows a visitor's earlier
    views, on which the number of visits and the limit of views depend."""

    def __init__(self) -> None:
        self.views: defaultdict[tuple[int, str], list[PageView]] = defaultdict(list)  # by (day, visitor)
        self.bots: Counter[tuple[int, int]] = Counter()  # by (day, hour)
        self.excluded: Counter[tuple[int, str]] = Counter()  # by (day, reason)
        self.not_found: defaultdict[tuple[int, str], list[int]] = defaultdict(
            lambda: [0, 0]
        )  # by (day, path): views of people, requests of robots

    def add(self, lines: Iterable[SpoolLine], classify: AgentClassifier, now: int) -> None:
        views, latest, today = self.views, now + MAX_CLOCK_SKEW, day_and_second(now)[0]
        for line in lines:
            if isinstance(line, MalformedLine) or not 0 < line.time <= latest:
                self.excluded[today, Reason.MALFORMED.value] += 1
                continue
            day, second = day_and_second(line.time)
            if isinstance(line, ViewLine):
                agent = classify(line.agent)
                if agent.is_robot:
                    self.bots[day, second // HOUR] += 1
                else:
                    views[day, line.visitor].append(PageView(second, line.path, line.referrer, agent))
            elif isinstance(line, ExcludedLine):
                self.excluded[day, line.reason if line.reason in REASONS else Reason.MALFORMED.value] += 1
            elif isinstance(line, NotFoundLine):
                self._add_not_found(day, line, classify)
            elif isinstance(line, DroppedLine):
                self.excluded[day, Reason.DROPPED.value] += max(line.hits, 0)

    def _add_not_found(self, day: int, line: NotFoundLine, classify: AgentClassifier) -> None:
        self.excluded[day, Reason.NOT_FOUND.value] += 1
        path = clean_line(line.path)[: NotFoundPath.MAX_LENGTH]
        self.not_found[day, path][classify(line.agent).is_robot] += 1


class RollupChanges:
    """What a batch adds to the rollup tables. Days are day numbers."""

    def __init__(self) -> None:
        self.views: Counter[tuple[int, int]] = Counter()  # by (day, hour)
        self.visits: Counter[tuple[int, int]] = Counter()  # by (day, hour); negative where visits were joined
        self.bots: Counter[tuple[int, int]] = Counter()  # by (day, hour)
        self.visitors: Counter[int] = Counter()  # by day
        self.articles: Counter[tuple[int, int]] = Counter()  # views by (day, article id)
        self.other_views: Counter[int] = Counter()  # views of other pages by day
        self.referrers: Counter[tuple[int, str]] = Counter()  # views by (day, host)
        self.devices: Counter[tuple[int, str, str]] = Counter()  # views by (day, device, browser)

    def add_views(self, day: int, views: list[PageView]) -> None:
        for second, path, referrer, agent in views:
            self.views[day, second // HOUR] += 1
            self.devices[day, agent.device, agent.browser] += 1
            article = article_id(path)
            if article:
                self.articles[day, article] += 1
            else:
                self.other_views[day] += 1
            if referrer != OWN_HOST:
                self.referrers[day, (canonical_host(referrer) or OTHERS) if referrer else ""] += 1


@lru_cache(maxsize=20_000)
def article_id(path: str) -> int:
    """The id in the URL of an article; 0 for every other page."""
    try:
        match = resolve(path)
    except Resolver404:
        return 0
    return match.kwargs["pk"] if match.view_name == "news:article" else 0
