from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class PortalAdminSite(AdminSite):
    site_title = _("Cổng Tin")
    site_header = _("Cổng Tin – quản trị")
    index_title = _("Bàn làm việc")
    enable_nav_sidebar = True
