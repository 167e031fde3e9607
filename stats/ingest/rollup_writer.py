"""Writes the sums of a batch, inside the transaction that also moves the offsets of the spool files."""

from collections import Counter, defaultdict
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F
from django.utils import timezone

from news.db.upsert import add_to_rows, change_rows, replace_rows
from news.models import Article

from ..collect.visitor_hash import salted_hash
from ..day_numbers import as_date, midnight
from ..models import (
    OTHERS,
    ArticleTotal,
    ArticleViews,
    DailyVisits,
    DaySalt,
    DeviceViews,
    ExcludedHits,
    HourlyVisits,
    NotFoundPath,
    ReferrerViews,
    VisitorDay,
    VisitTotal,
)
from ..models.totals import ONLY_ROW
from .aggregation import HOUR, Batch, PageView, RollupChanges
from .visits import Visit, format_visits, merge_views, parse_visits

MAX_VIEWS = 1_000  # of a visitor on one day; further views are counted as a robot's
CHUNK = 5_000  # hashes in one query


def write_rollups(batch: Batch) -> None:
    """The caller must hold VisitTotal.lock()."""
    changes = RollupChanges()
    changes.bots.update(batch.bots)
    by_day: defaultdict[int, dict[str, list[PageView]]] = defaultdict(dict)
    for (day, visitor), views in batch.views.items():
        by_day[day][visitor] = views
    salts = DaySalt.objects.for_days(as_date(day) for day in by_day)
    for day, views_by_visitor in sorted(by_day.items()):
        salt = salts[as_date(day)]
        write_visitors(day, {salted_hash(key, salt): views for key, views in views_by_visitor.items()}, changes)
    move_unknown_articles(changes)
    write_sums(changes, batch.excluded)
    write_details(changes)
    write_not_found(batch)


def write_visitors(day: int, views_by_hash: dict[int, list[PageView]], changes: RollupChanges) -> None:
    known = known_visitors(as_date(day), list(views_by_hash))
    rows = []
    for visitor, views in views_by_hash.items():
        views.sort()
        seen, last_seen, before = known.get(visitor, (0, 0, []))
        allowed = max(MAX_VIEWS - seen, 0)
        counted, surplus = views[:allowed], views[allowed:]
        changes.bots.update((day, view.second // HOUR) for view in surplus)
        if not counted:
            continue
        changes.add_views(day, counted)
        after = merge_views(before, [view.second for view in counted])
        changes.visits.update((day, first // HOUR) for first, _last in after)
        changes.visits.subtract((day, first // HOUR) for first, _last in before)
        changes.visitors[day] += not seen
        last_seen = max(last_seen, midnight(day) + counted[-1].second)
        rows.append((as_date(day), visitor, seen + len(counted), last_seen, format_visits(after)))
    replace_rows(VisitorDay, ["day", "hash"], ["views", "last_seen", "visits"], rows)


def known_visitors(day: date, hashes: list[int]) -> dict[int, tuple[int, int, list[Visit]]]:
    """Number of views, Unix time of the last one and visits of the visitors that were seen before."""
    found = {}
    for start in range(0, len(hashes), CHUNK):
        rows = VisitorDay.objects.on(day).filter(hash__in=hashes[start : start + CHUNK])
        for visitor, seen, last_seen, text in rows.values_list("hash", "views", "last_seen", "visits"):
            found[visitor] = (seen, last_seen, parse_visits(text))
    return found


def move_unknown_articles(changes: RollupChanges) -> None:
    """Counts views of articles that were deleted since as views of other pages."""
    ids = {article for _day, article in changes.articles}
    unknown = ids - set(Article.objects.filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    for key in [key for key in changes.articles if key[1] in unknown]:
        changes.other_views[key[0]] += changes.articles.pop(key)


def write_sums(changes: RollupChanges, excluded: Counter[tuple[int, str]]) -> None:
    hours = set(changes.views) | set(changes.bots) | {hour for hour, count in changes.visits.items() if count}
    hourly = [
        (as_date(day), hour, changes.views[day, hour], changes.visits[day, hour], changes.bots[day, hour])
        for day, hour in hours
    ]
    change_rows(HourlyVisits, ["day", "hour"], ["views", "visits", "bots"], hourly)

    columns = ["views", "visits", "visitors", "bots", "other_views", "excluded"]
    daily: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for day, hour in hours:
        daily[day]["views"] += changes.views[day, hour]
        daily[day]["visits"] += changes.visits[day, hour]
        daily[day]["bots"] += changes.bots[day, hour]
    for day, count in changes.visitors.items():
        daily[day]["visitors"] += count
    for day, count in changes.other_views.items():
        daily[day]["other_views"] += count
    for (day, _reason), count in excluded.items():
        daily[day]["excluded"] += count
    rows = [(as_date(day), *(sums[column] for column in columns)) for day, sums in daily.items()]
    change_rows(DailyVisits, ["day"], columns, rows)
    reasons = [(as_date(day), reason, count) for (day, reason), count in excluded.items()]
    add_to_rows(ExcludedHits, ["day", "reason"], ["hits"], reasons)

    total = {
        column: F(column) + sum(sums[column] for sums in daily.values())
        for column in columns
        if column != "other_views"
    }
    VisitTotal.objects.filter(pk=ONLY_ROW).update(**total, drained_at=timezone.now())


def write_details(changes: RollupChanges) -> None:
    articles = [(as_date(day), article, count) for (day, article), count in changes.articles.items()]
    add_to_rows(ArticleViews, ["day", "article"], ["views"], articles)
    totals: Counter[int] = Counter()
    for (_day, article), count in changes.articles.items():
        totals[article] += count
    add_to_rows(ArticleTotal, ["article"], ["views"], totals.items())
    hosts = {key: [count] for key, count in changes.referrers.items()}
    referrers = limited_rows(ReferrerViews, "host", ReferrerViews.MAX_HOSTS, hosts)
    add_to_rows(ReferrerViews, ["day", "host"], ["views"], referrers)
    devices = [(as_date(day), device, browser, count) for (day, device, browser), count in changes.devices.items()]
    add_to_rows(DeviceViews, ["day", "device", "browser"], ["views"], devices)


def write_not_found(batch: Batch) -> None:
    rows = limited_rows(NotFoundPath, "path", NotFoundPath.MAX_PATHS, batch.not_found)
    add_to_rows(NotFoundPath, ["day", "path"], ["views", "bots"], rows)


def limited_rows(
    model: type[models.Model], column: str, limit: int, counts: dict[tuple[int, str], list[int]]
) -> list[tuple[Any, ...]]:
    """Rows of (day, name, *counts). The table gets at most `limit` names a day, of this batch the most frequent ones;
    the counts of all further names are added to OTHERS."""
    rows: dict[tuple[int, str], list[int]] = {}
    for day in {day for day, _name in counts}:
        names = set(model._default_manager.filter(day=as_date(day)).values_list(column, flat=True))
        of_day = sorted(
            ((name, numbers) for (on, name), numbers in counts.items() if on == day),
            key=lambda item: (-sum(item[1]), item[0]),
        )
        for name, numbers in of_day:
            if name not in names and len(names) >= limit:
                name = OTHERS
            names.add(name)
            row = rows.setdefault((day, name), [0] * len(numbers))
            rows[day, name] = [old + new for old, new in zip(row, numbers, strict=True)]
    return [(as_date(day), name, *numbers) for (day, name), numbers in rows.items()]
