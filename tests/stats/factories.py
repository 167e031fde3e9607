from datetime import date
from typing import Any

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
    ReferrerViews,
    VisitTotal,
)


def make_day(day: date, visits: int = 0, **numbers: Any) -> DailyVisits:
    return DailyVisits.objects.create(day=day, visits=visits, **numbers)


def make_hour(day: date, hour: int, visits: int = 0, views: int = 0, bots: int = 0) -> None:
    HourlyVisits.objects.create(day=day, hour=hour, visits=visits, views=views, bots=bots)


def make_article_views(article: Article, day: date, views: int) -> None:
    """The rows that the drainer writes: the day's and the total of the article."""
    add_to_rows(ArticleViews, ["day", "article"], ["views"], [(day, article.pk, views)])
    add_to_rows(ArticleTotal, ["article"], ["views"], [(article.pk, views)])


def make_referrer(day: date, host: str, views: int) -> None:
    ReferrerViews.objects.create(day=day, host=host, views=views)


def make_device(day: date, device: str, browser: str, views: int) -> None:
    DeviceViews.objects.create(day=day, device=device, browser=browser, views=views)


def make_not_found(day: date, path: str, views: int = 1, bots: int = 0) -> None:
    NotFoundPath.objects.create(day=day, path=path, views=views, bots=bots)


def make_excluded(day: date, reason: str, hits: int) -> None:
    ExcludedHits.objects.create(day=day, reason=reason, hits=hits)


def make_total(**numbers: Any) -> VisitTotal:
    return VisitTotal.objects.update_or_create(pk=1, defaults=numbers)[0]
