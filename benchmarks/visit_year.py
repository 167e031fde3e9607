"""Test data: the rollups of a year with 100 million hits."""

import random
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection
from django.utils import timezone
from rich.progress import track

if TYPE_CHECKING:
    from stats.periods import Period

ARTICLE_DAYS = 1_200_000
ARTICLES = 50_000
REPORTERS = 40
HOSTS = 500  # a day, the maximum of referrers and of paths not found
VISITORS = 150_000  # of two days
REASONS = ("redirect", "missing", "staff", "prefetch", "nothtml", "method", "embedded", "error", "static", "admin")
DEVICES = [
    (device, browser)
    for device in ("phone", "tablet", "desktop")
    for browser in ("chrome", "safari", "coccoc", "edge", "zalo", "facebook")
]


def make_articles() -> None:
    from news.models import Article, Category  # noqa: PLC0415

    if Article.objects.count() >= ARTICLES:
        return
    categories = [Category.objects.get_or_create(name=f"Chuyên mục {number}")[0] for number in range(20)]
    now = timezone.now()
    for start in track(range(1, ARTICLES + 1, 2000), "Making articles"):
        Article.objects.bulk_create(
            [
                Article(
                    pk=pk,
                    title=f"Bài {pk}",
                    slug="mot-bai-viet",
                    category=categories[pk % 20],
                    status="approved",
                    published_at=now - timedelta(hours=pk),
                )
                for pk in range(start, start + 2000)
            ],
            ignore_conflicts=True,
        )


def make_year() -> None:
    """Writes 1.2 million rows of articles by day and packs the closed days."""
    from news.db.upsert import add_to_rows  # noqa: PLC0415
    from stats.ingest.retention import OPEN_DAYS, pack_day  # noqa: PLC0415
    from stats.models import (  # noqa: PLC0415
        ArticleTotal,
        ArticleViews,
        DailyVisits,
        HourlyVisits,
        OpeningTotal,
        PackedDay,
        PackedMonth,
        VisitTotal,
    )
    from stats.periods import ONE_DAY, Period  # noqa: PLC0415

    make_articles()
    for model in (ArticleViews, ArticleTotal, PackedDay, PackedMonth, DailyVisits, HourlyVisits, VisitTotal):
        model.objects.all().delete()
    chance = random.Random(11)  # noqa: S311
    per_day = ARTICLE_DAYS // 365 + 1
    for age, day in enumerate(track(list(Period.last_days(365)), "Making a year")):
        newest = max(ARTICLES - age * 100, 1)  # a hundred new articles a day
        read = {max(newest - int(chance.paretovariate(0.35)), 1) for _ in range(per_day * 2)}
        read |= {chance.randrange(1, ARTICLES + 1) for _ in range(max(per_day - len(read), 0))}
        chosen = sorted(read)[-per_day:]
        rows = [(day, article, chance.randrange(1, 60)) for article in chosen]
        add_to_rows(ArticleViews, ["day", "article"], ["views"], rows)
        add_to_rows(ArticleTotal, ["article"], ["views"], [row[1:] for row in rows])
        add_to_rows(
            DailyVisits, ["day"], ["views", "visits", "visitors", "bots"], [(day, 150_000, 60_000, 45_000, 100_000)]
        )
        add_to_rows(
            HourlyVisits, ["day", "hour"], ["views", "visits"], [(day, hour, 6_000, 2_500) for hour in range(24)]
        )
        if day <= Period.today().first - OPEN_DAYS * ONE_DAY:
            pack_day(day)
        if day.day == 1:
            analyze()  # lets PostgreSQL reuse the space of packed rows
    make_details()
    VisitTotal.objects.update(visits=DailyVisits.objects.total("visits"))
    OpeningTotal.objects.record(312_343_234)
    analyze()


def make_details() -> None:
    from django.contrib.auth.models import User  # noqa: PLC0415
    from django.db.models import F  # noqa: PLC0415

    from news.db.upsert import add_to_rows  # noqa: PLC0415
    from news.models import Article  # noqa: PLC0415
    from stats.models import DeviceViews, ExcludedHits, NotFoundPath, ReferrerViews, VisitorDay  # noqa: PLC0415
    from stats.periods import Period  # noqa: PLC0415

    for number in range(REPORTERS):
        User.objects.get_or_create(username=f"phong-vien-{number}")
    first = User.objects.get(username="phong-vien-0").pk
    Article.objects.update(author_id=first + F("pk") % REPORTERS)
    for model in (ReferrerViews, DeviceViews, ExcludedHits, NotFoundPath, VisitorDay):
        model.objects.all().delete()
    for age, day in enumerate(track(list(Period.last_days(365)), "Making hosts and addresses")):
        # Half of them are new every day, like those of referrer spam and scanners.
        numbers = [number if number < HOSTS // 2 else number + age * HOSTS for number in range(HOSTS)]
        add_to_rows(
            ReferrerViews, ["day", "host"], ["views"], [(day, f"trang{number}.example", 5) for number in numbers]
        )
        add_to_rows(
            NotFoundPath,
            ["day", "path"],
            ["views", "bots"],
            [(day, f"/tin-cu/{number}/bai-viet.html", 3, 2) for number in numbers],
        )
        add_to_rows(DeviceViews, ["day", "device", "browser"], ["views"], [(day, *kind, 8_000) for kind in DEVICES])
        add_to_rows(ExcludedHits, ["day", "reason"], ["hits"], [(day, reason, 4_000) for reason in REASONS])
    now, today = int(timezone.now().timestamp()), timezone.localdate()
    VisitorDay.objects.bulk_create(
        [
            VisitorDay(day=today, hash=number, views=2, last_seen=now - number % 86_400, visits="36000-36600")
            for number in range(VISITORS)
        ],
        batch_size=5_000,
    )


def worst_edges() -> "Period":
    """Almost a year, with as many days as possible outside of whole months."""
    from stats.periods import ONE_DAY, Period, month_of  # noqa: PLC0415

    whole = Period.last_months(12).first
    return Period(whole + ONE_DAY, month_of(timezone.localdate()) - 2 * ONE_DAY)


def article_days() -> int:
    from stats.models import ArticleViews, PackedDay  # noqa: PLC0415

    return ArticleViews.objects.count() + sum(len(row.views) for row in PackedDay.objects.iterator())


def analyze() -> None:
    """Does what autovacuum does on a real site."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
