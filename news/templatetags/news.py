from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from news.images import picture_html
from news.models import CategoryTree, Photo, TickerItem

register = template.Library()


@register.simple_tag
def picture(photo: Photo, sizes: str, lazy: bool = True, css_class: str = "", alt: str | None = None) -> SafeString:
    """A responsive picture from the library. `alt=""` where the words beside it already say what it shows."""
    text = photo.alt if alt is None else alt
    return mark_safe(picture_html(photo.image.name, text, sizes, lazy=lazy, css_class=css_class))  # noqa: S308 - escaped there


@register.inclusion_tag("news/_ticker.html")
def headline_ticker() -> dict[str, Any]:
    return {"items": TickerItem.objects.current()}


@register.inclusion_tag("news/_menu.html")
def category_menu() -> dict[str, Any]:
    tree = CategoryTree.load()
    roots = [root for root in tree.roots if root.in_menu]
    return {"entries": [(root, [child for child in tree.children[root.pk] if child.in_menu]) for root in roots]}


@register.filter
def news_time(moment: datetime | None) -> str:
    """`07:56 11/08/2022`, Vietnam time, always zero-padded."""
    return f"{timezone.localtime(moment):%H:%M %d/%m/%Y}" if moment else ""


@register.filter
def news_date(moment: datetime | None) -> str:
    """`11/08/2022`, Vietnam time."""
    return f"{timezone.localtime(moment):%d/%m/%Y}" if moment else ""
