from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _

from . import checks  # noqa: F401 - registers the checks
from .db.collation import register_collation


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = _("Tin tức")

    def ready(self) -> None:
        connection_created.connect(register_collation, dispatch_uid="news.vietnamese_order")
        from .search.index import sync  # noqa: PLC0415 - models can only be imported once all apps are loaded

        sync.connect()
