import json
from base64 import b64encode
from datetime import date, datetime, time
from typing import Any
from urllib.parse import quote, urlencode

from django import template
from django.core.paginator import Page
from django.db.models import QuerySet
from django.template import RequestContext
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.media.images import name_from_url, picture_html
from news.models import Article, CategoryTree, Event, Photo, TickerItem
from news.text import addresses
from news.text.html import for_page, to_text

register = template.Library()

WEEKDAYS = [  # Monday first, as date.weekday() counts
    gettext_lazy("Thứ Hai"),
    gettext_lazy("Thứ Ba"),
    gettext_lazy("Thứ Tư"),
    gettext_lazy("Thứ Năm"),
    gettext_lazy("Thứ Sáu"),
    gettext_lazy("Thứ Bảy"),
    gettext_lazy("Chủ Nhật"),
]
COLUMN_SIZES = "(min-width: 64rem) 46rem, 100vw"  # a picture in running text


# ------------------------------------------------------------ pictures


@register.simple_tag
def picture(photo: Photo, sizes: str, lazy: bool = True, css_class: str = "", alt: str | None = None) -> SafeString:
    """A responsive picture. Pass `alt=""` if the text beside it already says what it shows."""
    text = photo.alt if alt is None else alt
    return mark_safe(picture_html(photo.image.name or "", text, sizes, lazy=lazy, css_class=css_class))  # noqa: S308 - escaped there


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of static/img/icons.svg, hidden from screen readers, which read the text beside it."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("img/icons.svg"),
        name,
    )


@register.filter
def web_address(text: str) -> str:
    return addresses.web_address(text)


@register.filter
def own_path(text: str) -> str:
    return addresses.own_path(text)


@register.filter
def rich_text(html: str) -> SafeString:
    return mark_safe(for_page(html, _column_picture, _("Bảng, cuộn ngang được")))  # noqa: S308 - cleaned by for_page


@register.filter
def plain_words(html: str) -> str:
    return to_text(html)


def _column_picture(src: str, alt: str) -> str | None:
    name = name_from_url(src)
    return picture_html(name, alt, COLUMN_SIZES) if name else None


# ------------------------------------------------------------ fragments of every page


@register.inclusion_tag("news/_ticker.html")
def headline_ticker() -> dict[str, Any]:
    return {"items": TickerItem.objects.current()}


@register.inclusion_tag("news/_menu.html", takes_context=True)
def category_menu(context: RequestContext) -> dict[str, Any]:
    tree = context.get("tree") or CategoryTree.load()  # some views have loaded it already
    roots = [root for root in tree.roots if root.in_menu]
    return {"entries": [(root, [child for child in tree.children[root.pk] if child.in_menu]) for root in roots]}


@register.inclusion_tag("_pagination.html", takes_context=True)
def pagination(context: RequestContext, page: Page) -> dict[str, Any]:
    query = context["request"].GET.copy()

    def address(number: int) -> str:
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    last = page.paginator.num_pages
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "number": page.number,
        "last": last,
        "links": [(number, address(number) if isinstance(number, int) else "") for number in shown],
        "first_url": address(1) if page.has_previous() else "",
        "previous_url": address(page.number - 1) if page.has_previous() else "",
        "next_url": address(page.number + 1) if page.has_next() else "",
        "last_url": address(last) if page.has_next() else "",
    }


@register.simple_tag
def newest_articles(limit: int) -> QuerySet[Article]:
    return Article.objects.published().newest_first().for_cards()[:limit]


# ------------------------------------------------------------ addresses


@register.simple_tag(takes_context=True)
def share_links(context: RequestContext, article: Article) -> dict[str, str]:
    """Plain links, so that nothing is loaded from these services into the page."""
    url = context["request"].build_absolute_uri(article.get_absolute_url())
    return {
        "url": url,
        "zalo": "https://button-share.zalo.me/share_external?" + urlencode({"d": _zalo_payload(url)}),
        "facebook": "https://www.facebook.com/sharer/sharer.php?" + urlencode({"u": url}),
        "email": f"mailto:?subject={quote(article.title)}&body={quote(url)}",
    }


def _zalo_payload(url: str) -> str:
    payload = json.dumps({"url": url}, separators=(",", ":")).encode()
    # Padded to a multiple of three bytes, because Zalo decodes the address twice and fails on "=".
    return b64encode(payload + b" " * (-len(payload) % 3)).decode()


# ------------------------------------------------------------ dates


@register.simple_tag
def today() -> date:
    return timezone.localdate()


@register.filter
def long_date(day: date | None) -> str:
    """Such as `Thứ Hai, 23/11/2026`."""
    if isinstance(day, datetime):
        day = timezone.localtime(day).date()
    return f"{WEEKDAYS[day.weekday()]}, {day:%d/%m/%Y}" if day else ""


@register.filter
def event_time(event: Event) -> str:
    """Start and end of an event in the shortest form; a date or time that both share is written once."""
    start, end = (timezone.localtime(moment) if moment else None for moment in (event.starts_at, event.ends_at))
    if start is None:
        return _("đến %(end)s") % {"end": _moment(end)} if end else ""
    if end is None or end == start:
        return _moment(start)
    if start.date() != end.date():
        return f"{_moment(start)} – {_moment(end)}"
    return f"{start:%H:%M}–{end:%H:%M} {start:%d/%m/%Y}"


def _moment(moment: datetime) -> str:
    """Midnight means the whole day, so the time is left out."""
    return f"{moment:%d/%m/%Y}" if moment.time() == time.min else f"{moment:%H:%M} {moment:%d/%m/%Y}"


@register.filter
def event_state(event: Event) -> str:
    """Whether the event is to come, going on or over; "" for an event without a start."""
    now = timezone.now()
    if event.starts_at is None:
        return ""
    if event.starts_at > now:
        return _("Sắp diễn ra")
    return _("Đang diễn ra") if event.ends_at and event.ends_at > now else _("Đã diễn ra")


@register.filter
def news_time(moment: datetime | None) -> str:
    """Such as `07:56 11/08/2022`."""
    return f"{timezone.localtime(moment):%H:%M %d/%m/%Y}" if moment else ""


@register.filter
def iso_time(moment: datetime | None) -> str:
    """ISO 8601. Ten times as fast as Django's `date:"c"`, which matters in lists with many times."""
    return timezone.localtime(moment).isoformat() if moment else ""


@register.filter
def news_date(moment: datetime | None) -> str:
    """Such as `11/08/2022`."""
    return f"{timezone.localtime(moment):%d/%m/%Y}" if moment else ""
