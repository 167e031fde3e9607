from django.utils.html import format_html
from django.utils.safestring import SafeString


def badge(kind: str, label: object) -> SafeString:
    """A coloured label. The kinds are the modifiers of `.state` in static/css/admin/components.css."""
    return format_html('<span class="state state--{}">{}</span>', kind, label)
