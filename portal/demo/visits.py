"""Two years of invented visits with weekly rhythm, holidays, storms and slow growth, the same at every run.

Days are marked as demo data. The newest day ends with the hour before the current one; a later run adds the hours
that have passed since."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from math import exp
from random import Random
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from news.db.upsert import add_to_rows
from news.models import Article
from stats.models import (
    ArticleTotal,
    ArticleViews,
    DailyVisits,
    DeviceViews,
    ExcludedHits,
    HourlyVisits,
    NotFoundPath,
    OpeningTotal,
    PackedMonth,
    ReferrerViews,
    VisitTotal,
)
from stats.periods import Period, month_of

from .progress import Track

DAYS = 731
DETAIL_DAYS = 400  # as a real site keeps them
OPENING = 310_000_000
FIRST_YEAR, FIRST_LEVEL, GROWTH = 2024, 2_150, 0.23  # visits on a plain day, and a year's growth
WEEKDAYS = (1.12, 1.1, 1.07, 1.05, 1.0, 0.74, 0.66)  # Monday first: people read at work
HOURS = (8, 5, 3, 2, 3, 9, 25, 52, 78, 88, 84, 70, 55, 58, 76, 80, 72, 58, 46, 52, 62, 58, 38, 18)
TET = {
    2024: date(2024, 2, 10),
    2025: date(2025, 1, 29),
    2026: date(2026, 2, 17),
    2027: date(2027, 2, 6),
    2028: date(2028, 1, 26),
}
STORMS = ((8, 25, 2.3), (9, 28, 3.4), (10, 29, 2.6))  # month, day, how many times as many readers
VIEWS_PER_VISIT, ARTICLES = 2.15, 0.68  # the latter: of all views

SOURCES = {
    "": 30,
    "google.com": 34,
    "facebook.com": 14,
    "zalo.me": 11,
    "coccoc.com": 6,
    "bing.com": 2,
    "hatinh.gov.vn": 3,
    "chinhphu.vn": 1,
    "baohatinh.vn": 2,
    "mail.google.com": 1,
    "youtube.com": 1,
    "chatgpt.com": 1,
    "tiktok.com": 1,
    "duckduckgo.com": 0.3,
    "yahoo.com": 0.2,
}
ENTRIES = 0.55  # of all views: the others come from another page of the site
DEVICES = {
    ("phone", "chrome"): 30,
    ("phone", "safari"): 17,
    ("phone", "zalo"): 7,
    ("phone", "facebook"): 6,
    ("phone", "samsung"): 5,
    ("phone", "coccoc"): 2,
    ("desktop", "chrome"): 17,
    ("desktop", "coccoc"): 7,
    ("desktop", "edge"): 5,
    ("desktop", "firefox"): 2,
    ("desktop", "safari"): 1,
    ("tablet", "safari"): 1.4,
    ("tablet", "chrome"): 1,
    ("other", "other"): 0.3,
}
REASONS = {
    "redirect": 0.05,
    "missing": 0.04,
    "staff": 0.03,
    "prefetch": 0.035,
    "nothtml": 0.02,
    "method": 0.06,
    "embedded": 0.01,
    "error": 0.004,
}
LOST_PATHS = {
    "/tin-tuc/12345.html": 9,
    "/portal/pages/tin-noi-bat.aspx": 7,
    "/van-ban/cong-bao": 6,
    "/dich-vu-cong": 5,
    "/lich-tiep-dan": 4,
    "/tuyen-dung-2023": 3,
    "/gioi-thieu/so-do-to-chuc": 3,
    "/rss/tin-moi": 2,
}
SCANNED_PATHS = {"/wp-login.php": 30, "/.env": 22, "/xmlrpc.php": 14, "/phpmyadmin/": 9, "/administrator/index.php": 6}


@dataclass
class Rows:
    """New rows for each table, in the order of its columns."""

    hourly: list[tuple[Any, ...]] = field(default_factory=list)
    daily: list[tuple[Any, ...]] = field(default_factory=list)
    articles: list[tuple[Any, ...]] = field(default_factory=list)
    # Days without detail, by month.
    months: defaultdict[date, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    totals: Counter[int] = field(default_factory=Counter)
    referrers: list[tuple[Any, ...]] = field(default_factory=list)
    devices: list[tuple[Any, ...]] = field(default_factory=list)
    excluded: list[tuple[Any, ...]] = field(default_factory=list)
    missing: list[tuple[Any, ...]] = field(default_factory=list)


def make_visits(track: Track) -> None:
    articles = list(Article.objects.published().order_by("pk").values_list("pk", "published_at"))
    published = [(pk, timezone.localdate(moment)) for pk, moment in articles]
    todo = list(unfilled(Period.last_days(DAYS)))
    if not todo:
        return
    rows = Rows()
    detail_since = timezone.localdate() - timedelta(days=DETAIL_DAYS)
    for day, begin, end in track(todo, "Dựng số liệu truy cập", len(todo)):
        fill(rows, day, begin, end, published, with_detail=day >= detail_since)
    with transaction.atomic():
        VisitTotal.lock()
        store(rows)
        if not OpeningTotal.objects.exists():
            OpeningTotal.objects.record(
                OPENING, day=todo[0][0] - timedelta(days=1), note=_("Số liệu trình diễn, không có thật.")
            )


def unfilled(period: Period) -> Iterator[tuple[date, int, int]]:
    """Yields (day, first hour, hour after the last) of every stretch without demo visits. Real visits do not count."""
    hours: defaultdict[date, dict[int, int]] = defaultdict(dict)
    for day, hour, views in HourlyVisits.objects.between(
        period.last - timedelta(days=DETAIL_DAYS), period.last
    ).values_list("day", "hour", "views"):
        hours[day][hour] = views
    filled = set(
        DailyVisits.objects.within(period).filter(origin=DailyVisits.Origin.DEMO).values_list("day", flat=True)
    )
    newest = max(filled, default=None)
    now = timezone.localtime()
    for day in period:
        end = now.hour if day == now.date() else 24
        begin = 0
        if day in filled:
            if day != newest:
                continue
            planned = plan(day).views
            begin = next((hour for hour in range(24) if hours[day].get(hour, 0) < planned[hour]), 24)
        if begin < end:
            yield day, begin, end


@dataclass(frozen=True)
class Plan:
    visits: list[int]  # by hour
    views: list[int]
    bots: list[int]


def plan(day: date) -> Plan:
    random = Random(day.toordinal())  # noqa: S311 - nothing secret
    years = (day - date(FIRST_YEAR, 1, 1)).days / 365.25
    level = FIRST_LEVEL * (1 + GROWTH) ** years * WEEKDAYS[day.weekday()] * season(day) * random.uniform(0.93, 1.07)
    shape = [weight * random.uniform(0.9, 1.1) for weight in HOURS]
    visits = [round(level * weight / sum(shape)) for weight in shape]
    views = [round(count * VIEWS_PER_VISIT * random.uniform(0.96, 1.04)) for count in visits]
    robots = level * random.uniform(1.0, 1.35)
    return Plan(visits, views, [round(robots / 24 * random.uniform(0.7, 1.3)) for _hour in range(24)])


def season(day: date) -> float:
    """Factor on the number of visits: below 1 on holidays, above 1 around storms."""
    factor = 1.0
    tet = TET.get(day.year)
    if tet and -2 <= (day - tet).days <= 5:
        factor *= 0.55
    if (day.month, day.day) in {(1, 1), (4, 30), (5, 1), (9, 2)}:
        factor *= 0.6
    for month, storm_day, strength in STORMS:
        distance = (day - date(day.year, month, storm_day)).days
        factor += (strength - 1) * exp(-(distance**2) / (2 if distance < 0 else 5))
    return factor


def fill(rows: Rows, day: date, begin: int, end: int, published: list[tuple[int, date]], *, with_detail: bool) -> None:
    planned = plan(day)
    sums = [0, *accumulate(planned.views)]
    before, after, full = sums[begin], sums[end], sums[24]
    views, visits, bots = after - before, sum(planned.visits[begin:end]), sum(planned.bots[begin:end])

    def share(weights: Mapping[Any, float], part: float) -> dict[Any, int]:
        """Divides `part` of the day's views by weight, and keeps only what falls into the hours from begin to end."""
        whole, scale = sum(weights.values()) or 1, full * part
        return {
            name: int(scale * w / whole * after / full) - int(scale * w / whole * before / full)
            for name, w in weights.items()
        }

    articles = share(weights_of_articles(day, published), ARTICLES)
    read = sum(articles.values())
    excluded = share(REASONS, sum(REASONS.values()))
    visitors = int(visits * 0.79)
    rows.daily.append((day, views, visits, visitors, bots, views - read, sum(excluded.values())))
    rows.excluded += [(day, reason, hits) for reason, hits in excluded.items()]
    devices = share(DEVICES, 1)
    devices["phone", "chrome"] += views - sum(devices.values())
    rows.devices += [(day, *kind, count) for kind, count in devices.items()]
    rows.referrers += [(day, host, count) for host, count in share(SOURCES, ENTRIES).items() if count]
    rows.totals.update(articles)
    if with_detail:
        rows.hourly += [
            (day, hour, planned.views[hour], planned.visits[hour], planned.bots[hour]) for hour in range(begin, end)
        ]
        rows.articles += [(day, article, count) for article, count in articles.items() if count]
        rows.missing += [(day, path, count, 0) for path, count in share(LOST_PATHS, 0.012).items() if count]
        rows.missing += [(day, path, 0, count) for path, count in share(SCANNED_PATHS, 0.028).items() if count]
    else:
        rows.months[month_of(day)].update(articles)


def weights_of_articles(day: date, published: list[tuple[int, date]]) -> dict[int, float]:
    """Readers by article: most come in the first days, a few for years; popularity differs from article to article."""
    return {
        pk: Random(pk).lognormvariate(0, 0.8) * ((1 + (day - since).days) ** -1.1 + 0.004)  # noqa: S311
        for pk, since in published
        if since <= day
    }


def store(rows: Rows) -> None:
    add_to_rows(HourlyVisits, ["day", "hour"], ["views", "visits", "bots"], rows.hourly)
    columns = ["views", "visits", "visitors", "bots", "other_views", "excluded"]
    add_to_rows(DailyVisits, ["day"], columns, rows.daily)
    DailyVisits.objects.filter(day__in=[row[0] for row in rows.daily]).update(origin=DailyVisits.Origin.DEMO)
    add_to_rows(ArticleViews, ["day", "article"], ["views"], rows.articles)
    for month, counts in rows.months.items():
        PackedMonth.objects.add(month, +counts)
    add_to_rows(ArticleTotal, ["article"], ["views"], (+rows.totals).items())
    add_to_rows(ReferrerViews, ["day", "host"], ["views"], rows.referrers)
    add_to_rows(DeviceViews, ["day", "device", "browser"], ["views"], rows.devices)
    add_to_rows(ExcludedHits, ["day", "reason"], ["hits"], rows.excluded)
    add_to_rows(NotFoundPath, ["day", "path"], ["views", "bots"], rows.missing)
    views, visits, visitors, bots, _others, excluded = (
        sum(column) for column in list(zip(*rows.daily, strict=True))[1:]
    )
    VisitTotal.objects.update(
        views=F("views") + views,
        visits=F("visits") + visits,
        visitors=F("visitors") + visitors,
        bots=F("bots") + bots,
        excluded=F("excluded") + excluded,
        drained_at=timezone.now(),
    )
