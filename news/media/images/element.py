"""The HTML element that shows a stored picture."""

from html import escape

from django.core.files.storage import default_storage

from .names import fallback_name, rendition_name, rendition_widths, size_of


def picture_html(name: str, alt: str, sizes: str, *, lazy: bool = True, css_class: str = "") -> str:
    """A responsive `<picture>`: AVIF in several widths, and one JPEG for old browsers.

    `sizes` is the HTML attribute. Unknown names give "".
    """
    size = size_of(name)
    if size is None:
        return ""
    width, height = size
    srcset = ", ".join(f"{default_storage.url(rendition_name(name, w, 'avif'))} {w}w" for w in rendition_widths(width))
    fallback = default_storage.url(fallback_name(name, width))
    loading = 'loading="lazy" decoding="async"' if lazy else 'fetchpriority="high"'
    class_attribute = f' class="{escape(css_class)}"' if css_class else ""
    return (
        f'<picture><source type="image/avif" srcset="{escape(srcset)}" sizes="{escape(sizes)}">'
        f'<img{class_attribute} src="{escape(fallback)}" alt="{escape(alt)}" '
        f'width="{width}" height="{height}" {loading}></picture>'
    )
