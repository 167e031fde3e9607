from .articles import DELETED, ArticleTotal, ArticleViews, PackedDay, PackedMonth, PackedViews
from .counting_state import AgentRule, DaySalt, SpoolOffset, VisitorDay
from .queries import Figures
from .rollups import OTHERS, DailyVisits, DeviceViews, ExcludedHits, HourlyVisits, NotFoundPath, ReferrerViews
from .totals import OpeningTotal, VisitTotal

__all__ = [
    "DELETED",
    "OTHERS",
    "AgentRule",
    "ArticleTotal",
    "ArticleViews",
    "DailyVisits",
    "DaySalt",
    "DeviceViews",
    "ExcludedHits",
    "Figures",
    "HourlyVisits",
    "NotFoundPath",
    "OpeningTotal",
    "PackedDay",
    "PackedMonth",
    "PackedViews",
    "ReferrerViews",
    "SpoolOffset",
    "VisitTotal",
    "VisitorDay",
]
