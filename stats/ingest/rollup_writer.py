"""Turns a batch's sums into rows, inside the transaction that also moves the files' offsets."""

import secrets
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F
from django.utils import timezone

from news.db.upsert import add_to_rows, change_rows, replace_rows
from news.models import Article

from ..collect.clock import as_date, midnight
from ..collect.visitor_keys import under_salt
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
from . import visits
from .aggregation import HOUR, Tally, Views

MAX_VIEWS = 1_000  # of one visitor in one day; whoever reads more is a program, from there on
SALT_SIZE = 32  # bytes
CHUNK = 5_000  # hashes in one query


def lock_total() -> None:
    """The first thing in every drainer's transaction: whoever holds this row is alone, on whichever machine."""
    VisitTotal.objects.bulk_create([VisitTotal(pk=ONLY_ROW)], ignore_conflicts=True)
    VisitTotal.objects.select_for_update().get(pk=ONLY_ROW)


def salts_of(days: Iterable[int]) -> dict[int, bytes]:
    wanted = {as_date(day): day for day in days}
    missing = set(wanted) - set(DaySalt.objects.filter(day__in=wanted).values_list("day", flat=True))
    DaySalt.objects.bulk_create(
        [DaySalt(day=day, salt=secrets.token_bytes(SALT_SIZE)) for day in sorted(missing)], ignore_conflicts=True
    )
    return {wanted[row.day]: bytes(row.salt) for row in DaySalt.objects.filter(day__in=wanted)}


def write(tally: Tally) -> None:
    views, bots = Views(), Counter(tally.bots)
    begun: Counter[tuple[int, int]] = Counter()  # visits by (day, hour)
    new_visitors: Counter[int] = Counter()
    salts = salts_of({day for day, _visitor in tally.visitors})
    for day in sorted(salts):
        write_visitors(day, salts[day], tally, views, bots, begun, new_visitors)
    move_unknown_articles(views)
    write_sums(views, bots, begun, new_visitors, tally.excluded)
    write_details(views)
    write_missing(tally)


def write_visitors(
    day: int, salt: bytes, tally: Tally, views: Views, bots: Counter, begun: Counter, new_visitors: Counter
) -> None:
    """Decides which hits are people's and where visits begin, and remembers the visitors for the rest of the day."""
    hits_of = {under_salt(visitor, salt): hits for (on, visitor), hits in tally.visitors.items() if on == day}
    known = known_visitors(as_date(day), list(hits_of))
    rows = []
    for number, hits in hits_of.items():
        hits.sort()
        seen, last_seen, before = known.get(number, (0, 0, []))
        allowed = max(MAX_VIEWS - seen, 0)
        counted, surplus = hits[:allowed], hits[allowed:]
        bots.update((day, hit.second // HOUR) for hit in surplus)
        if not counted:
            continue
        views.add(day, counted)
        after = visits.with_hits(before, [hit.second for hit in counted])
        begun.update((day, first // HOUR) for first, _last in after)
        begun.subtract((day, first // HOUR) for first, _last in before)
        new_visitors[day] += not seen
        rows.append(
            (
                as_date(day),
                number,
                seen + len(counted),
                max(last_seen, midnight(day) + counted[-1].second),
                visits.to_text(after),
            )
        )
    replace_rows(VisitorDay, ["day", "hash"], ["views", "last_seen", "visits"], rows)


def known_visitors(day: date, numbers: list[int]) -> dict[int, tuple[int, int, list[visits.Visit]]]:
    found = {}
    for start in range(0, len(numbers), CHUNK):
        rows = VisitorDay.objects.on(day).filter(hash__in=numbers[start : start + CHUNK])
        for number, seen, last_seen, text in rows.values_list("hash", "views", "last_seen", "visits"):
            found[number] = (seen, last_seen, visits.from_text(text))
    return found


def move_unknown_articles(views: Views) -> None:
    """An article deleted between its last reader and now leaves its views to the other pages."""
    ids = {article for _day, article in views.articles}
    unknown = ids - set(Article.objects.filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    for key in [key for key in views.articles if key[1] in unknown]:
        views.others[key[0]] += views.articles.pop(key)


def write_sums(views: Views, bots: Counter, begun: Counter, new_visitors: Counter, excluded: Counter) -> None:
    hours = set(views.hours) | set(bots) | {hour for hour, count in begun.items() if count}
    hourly = [(as_date(day), hour, views.hours[day, hour], begun[day, hour], bots[day, hour]) for day, hour in hours]
    change_rows(HourlyVisits, ["day", "hour"], ["views", "visits", "bots"], hourly)

    daily: dict[int, list[int]] = {}  # views, visits, visitors, bots, other views, excluded
    for day, hour in hours:
        sums = daily.setdefault(day, [0] * 6)
        sums[0] += views.hours[day, hour]
        sums[1] += begun[day, hour]
        sums[3] += bots[day, hour]
    for day, count in new_visitors.items():
        daily[day][2] += count
    for day, count in views.others.items():
        daily[day][4] += count
    for (day, _reason), count in excluded.items():
        daily.setdefault(day, [0] * 6)[5] += count
    columns = ["views", "visits", "visitors", "bots", "other_views", "excluded"]
    change_rows(DailyVisits, ["day"], columns, [(as_date(day), *sums) for day, sums in daily.items()])
    add_to_rows(
        ExcludedHits,
        ["day", "reason"],
        ["hits"],
        [(as_date(day), reason, count) for (day, reason), count in excluded.items()],
    )

    total = [sum(column) for column in zip(*daily.values(), strict=True)] if daily else [0] * 6
    added = {"views": total[0], "visits": total[1], "visitors": total[2], "bots": total[3], "excluded": total[5]}
    VisitTotal.objects.filter(pk=ONLY_ROW).update(
        **{name: F(name) + count for name, count in added.items()}, drained_at=timezone.now()
    )


def write_details(views: Views) -> None:
    totals: Counter[int] = Counter()
    for (_day, article), count in views.articles.items():
        totals[article] += count
    add_to_rows(
        ArticleViews,
        ["day", "article"],
        ["views"],
        [(as_date(day), article, n) for (day, article), n in views.articles.items()],
    )
    add_to_rows(ArticleTotal, ["article"], ["views"], totals.items())
    referrers = limited(
        ReferrerViews, "host", ReferrerViews.MAX_HOSTS, {key: [count] for key, count in views.referrers.items()}
    )
    add_to_rows(ReferrerViews, ["day", "host"], ["views"], referrers)
    devices = [(as_date(day), device, browser, count) for (day, device, browser), count in views.devices.items()]
    add_to_rows(DeviceViews, ["day", "device", "browser"], ["views"], devices)


def write_missing(tally: Tally) -> None:
    add_to_rows(
        NotFoundPath,
        ["day", "path"],
        ["views", "bots"],
        limited(NotFoundPath, "path", NotFoundPath.MAX_PATHS, tally.missing),
    )


def limited(
    model: type[models.Model], column: str, limit: int, counts: dict[tuple[int, str], list[int]]
) -> list[tuple[Any, ...]]:
    """Rows of (day, name, *counts) in which a day has at most `limit` names; all further ones are OTHERS together.
    Of one batch the most frequent names come in first."""
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
