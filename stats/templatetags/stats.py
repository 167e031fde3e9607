from typing import Any

from django import template
from django.conf import settings
from django.template import RequestContext
from django.utils import timezone

from news.models import Article
from stats.caching import Remembered
from stats.periods import Period
from stats.reports.figures import counter, in_order, most_read_ids

register = template.Library()

MOST_READ_DAYS = 7
# More than are shown: some may have been withdrawn since the order was made.
CANDIDATES = 40

remembered_counter = Remembered(counter)
remembered_order = Remembered(lambda: most_read_ids(Period.last_days(MOST_READ_DAYS), CANDIDATES))


@register.inclusion_tag("stats/_visit_counter.html")
def visit_counter(style: str = "panel") -> dict[str, Any]:
    """“Thống kê trong ngày”, as a panel of the side column or as a strip above the foot of the page."""
    if settings.STATS_MODE == "off":
        return {"counter": None}
    numbers = remembered_counter.get(timezone.localdate(), settings.STATS_WIDGET_SECONDS)
    return {"counter": numbers, "style": style, "word": settings.STATS_WIDGET_WORD}


@register.inclusion_tag("stats/_most_read.html")
def most_read(limit: int = 5) -> dict[str, Any]:
    """What people, not robots, have read most in seven days; whatever is withdrawn is gone with the next look at the database."""
    if settings.STATS_MODE == "off":
        return {"articles": []}
    ids = remembered_order.get(timezone.localdate(), settings.STATS_MOST_READ_SECONDS)
    articles = in_order(Article.objects.published().filter(pk__in=ids).for_cards(), ids) if ids else []
    return {"articles": articles[:limit]}


@register.inclusion_tag("stats/_beacon.html", takes_context=True)
def visit_beacon(context: RequestContext, status: int = 200) -> dict[str, Any]:
    """The script that reports a page where STATS_MODE is "beacon"; nothing otherwise."""
    return {"is_active": settings.STATS_MODE == "beacon" and not context.get("is_preview"), "status": status}
