from .machinery import AgentRule, DaySalt, SpoolOffset, VisitorDay
from .queries import Figures
from .rollups import (
    OTHERS,
    ArticleMonth,
    ArticleViews,
    DailyVisits,
    DeviceViews,
    ExcludedHits,
    HourlyVisits,
    NotFoundPath,
    ReferrerViews,
)
from .totals import OpeningTotal, VisitTotal

__all__ = [
    "OTHERS",
    "AgentRule",
    "ArticleMonth",
    "ArticleViews",
    "DailyVisits",
    "DaySalt",
    "DeviceViews",
    "ExcludedHits",
    "Figures",
    "HourlyVisits",
    "NotFoundPath",
    "OpeningTotal",
    "ReferrerViews",
    "SpoolOffset",
    "VisitTotal",
    "VisitorDay",
]
