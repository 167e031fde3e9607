"""Adds up the lines of a batch, in memory and without a database; `writing` turns the sums into rows."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from django.urls import Resolver404, resolve

from news.text.cleaning import clean_line

from ..collect.clock import day_and_second
from ..collect.spool_format import OWN_HOST, Dropped, Excluded, Line, Malformed, Missing, View
from ..models import OTHERS, ExcludedHits, NotFoundPath
from ..referrers import known_host
from .user_agents import Agent, Classifier

Reason = ExcludedHits.Reason
REASONS = frozenset(Reason.values)
MAX_AHEAD = 3600  # seconds that another machine's clock may run before ours
HOUR = 3600  # seconds


class Hit(NamedTuple):
    second: int  # since 00:00 in Vietnam
    path: str
    referrer: str
    agent: Agent


class Tally:
    """Days are numbers (see clock.py); `visitors` holds every view of a person, to be told apart by visits later."""

    def __init__(self) -> None:
        self.visitors: defaultdict[tuple[int, str], list[Hit]] = defaultdict(list)
        self.bots: Counter[tuple[int, int]] = Counter()  # (day, hour)
        self.excluded: Counter[tuple[int, str]] = Counter()  # (day, reason)
        self.missing: defaultdict[tuple[int, str], list[int]] = defaultdict(
            lambda: [0, 0]
        )  # (day, path): people, robots

    def add(self, lines: Iterable[Line], classify: Classifier, now: int) -> None:
        visitors, latest, today = self.visitors, now + MAX_AHEAD, day_and_second(now)[0]
        for line in lines:
            if isinstance(line, Malformed) or not 0 < line.time <= latest:
                self.excluded[today, Reason.MALFORMED.value] += 1
                continue
            day, second = day_and_second(line.time)
            if isinstance(line, View):
                agent = classify(line.agent)
                if agent.is_robot:
                    self.bots[day, second // HOUR] += 1
                else:
                    visitors[day, line.visitor].append(Hit(second, line.path, line.referrer, agent))
            elif isinstance(line, Excluded):
                self.excluded[day, line.reason if line.reason in REASONS else Reason.MALFORMED.value] += 1
            elif isinstance(line, Missing):
                self.add_missing(day, line, classify)
            elif isinstance(line, Dropped):
                self.excluded[day, Reason.DROPPED.value] += max(line.hits, 0)

    def add_missing(self, day: int, line: Missing, classify: Classifier) -> None:
        self.excluded[day, Reason.NOT_FOUND.value] += 1
        path = clean_line(line.path)[: NotFoundPath.MAX_LENGTH]
        self.missing[day, path][classify(line.agent).is_robot] += 1


class Views:
    """What people's views add to each table, once it is known which views are people's."""

    def __init__(self) -> None:
        self.hours: Counter[tuple[int, int]] = Counter()
        self.articles: Counter[tuple[int, int]] = Counter()
        self.others: Counter[int] = Counter()
        self.referrers: Counter[tuple[int, str]] = Counter()
        self.devices: Counter[tuple[int, str, str]] = Counter()

    def add(self, day: int, hits: list[Hit]) -> None:
        for second, path, referrer, agent in hits:
            self.hours[day, second // HOUR] += 1
            self.devices[day, agent.device, agent.browser] += 1
            article = article_of(path)
            if article:
                self.articles[day, article] += 1
            else:
                self.others[day] += 1
            if referrer != OWN_HOST:
                self.referrers[day, _host(referrer)] += 1


def _host(referrer: str) -> str:
    return (known_host(referrer) or OTHERS) if referrer else ""


@lru_cache(maxsize=20_000)
def article_of(path: str) -> int:
    """The number of the article that the path shows; 0 for every other page."""
    try:
        match = resolve(path)
    except Resolver404:
        return 0
    return match.kwargs["pk"] if match.view_name == "news:article" else 0
