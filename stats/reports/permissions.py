from news.staff import staff_with_permission

from ..models import VIEW_STATISTICS

may_view_statistics = staff_with_permission(VIEW_STATISTICS)
