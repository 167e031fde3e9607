from .articles import (
    DELETED_ARTICLES,
    ArticleTotal,
    ArticleViews,
    PackedDay,
    PackedMonth,
    PackedViews,
    article_view_rows,
)
from .counting_state import AgentRule, DaySalt, SpoolOffset, VisitorDay
from .metrics import Figures, Metric
from .rollups import OTHERS, DailyVisits, DeviceViews, ExcludedHits, HourlyVisits, NotFoundPath, ReferrerViews
from .totals import VIEW_STATISTICS, OpeningTotal, VisitTotal

__all__ = [
    "DELETED_ARTICLES",
    "OTHERS",
    "VIEW_STATISTICS",
    "AgentRule",
    "ArticleTotal",
    "ArticleViews",
    "DailyVisits",
    "DaySalt",
    "DeviceViews",
    "ExcludedHits",
    "Figures",
    "HourlyVisits",
    "Metric",
    "NotFoundPath",
    "OpeningTotal",
    "PackedDay",
    "PackedMonth",
    "PackedViews",
    "ReferrerViews",
    "SpoolOffset",
    "VisitTotal",
    "VisitorDay",
    "article_view_rows",
]
