from typing import Any

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.utils.translation import gettext_lazy as _

from comments import deadlines


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("Cổng thông tin")

    def ready(self) -> None:
        identity: Any = self.get_model("SiteIdentity")
        deadlines.ask(lambda: identity.current().reply_deadline_days)


class PortalAdminConfig(AdminConfig):
    default_site = "portal.admin_site.PortalAdminSite"


class PortalStaticFilesConfig(StaticFilesConfig):
    """Leaves out what the editor never loads: samples, other languages, plugins that are switched off."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "ckeditor/galleriffic",
        "samples",
        "*.md",
        "moono-*.psd",
    ]
