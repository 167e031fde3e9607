from typing import Any

from django import template
from django.conf import settings
from django.template import RequestContext
from django.utils import timezone

from news.models import Article
from stats.caching import CachedValue
from stats.conf import StatsMode
from stats.models import Metric
from stats.periods import Period
from stats.reports.ranking import most_read_ids
from stats.reports.visit_counter import read_counter

register = template.Library()

MOST_READ_DAYS = 7
CANDIDATES = 40  # more than are shown: some may have been withdrawn since the ids were cached

cached_counter = CachedValue(read_counter)
cached_most_read_ids = CachedValue(lambda: most_read_ids(Period.last_days(MOST_READ_DAYS), CANDIDATES))


@register.inclusion_tag("stats/_visit_counter.html")
def visit_counter(style: str = "panel") -> dict[str, Any]:
    """“Thống kê trong ngày”. `style` is "panel" in the side column or "strip" above the footer."""
    if settings.STATS_MODE == StatsMode.OFF:
        return {"counter": None}
    counter = cached_counter.get(timezone.localdate(), settings.STATS_WIDGET_SECONDS)
    return {"counter": counter, "style": style, "counts_views": settings.STATS_WIDGET_WORD == Metric.VIEWS}


@register.inclusion_tag("stats/_most_read.html")
def most_read(limit: int = 5) -> dict[str, Any]:
    """The articles most read by people in seven days. Only the ids are cached: withdrawn articles vanish at once."""
    if settings.STATS_MODE == StatsMode.OFF:
        return {"articles": []}
    ids = cached_most_read_ids.get(timezone.localdate(), settings.STATS_MOST_READ_SECONDS)
    published = Article.objects.published().filter(pk__in=ids).for_cards()
    by_id = {article.pk: article for article in published} if ids else {}
    return {"articles": [by_id[pk] for pk in ids if pk in by_id][:limit]}


@register.inclusion_tag("stats/_beacon.html", takes_context=True)
def visit_beacon(context: RequestContext, status: int = 200) -> dict[str, Any]:
    is_active = settings.STATS_MODE == StatsMode.BEACON and not context.get("is_preview")
    return {"is_active": is_active, "status": status}
