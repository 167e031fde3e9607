"""Two versions of an article beside each other, after two people saved it at the same time."""

from datetime import date
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from ...models import Article
from ...text.html import harmless


class Difference(NamedTuple):
    """A field whose typed value is not the stored one; both values as HTML."""

    label: str
    typed: SafeString | str
    stored: SafeString | str


def stored_value(article: Article, name: str) -> Any:
    field = Article._meta.get_field(name)
    if field.many_to_many:
        return sorted(getattr(article, name).all(), key=lambda row: row.pk)
    value = getattr(article, name)
    return SafeString(harmless(value)) if name == "body" else value


def as_html(value: Any) -> SafeString | str:
    if value in (None, "", []):
        return format_html('<span class="quiet">{}</span>', _("(để trống)"))
    if isinstance(value, bool):
        return str(_("Có") if value else _("Không"))
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if hasattr(value, "tzinfo"):
        return f"{timezone.localtime(value):%H:%M %d/%m/%Y}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return value if isinstance(value, SafeString) else SafeString(linebreaks(str(value), autoescape=True))
