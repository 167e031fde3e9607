"""Stored rich text as readers see it. It is cleaned again each time, because rows may have come in by SQL."""

import re
from collections.abc import Callable
from html import escape, unescape

from .images import Image, images_of, replace_images, without_images
from .sanitizer import harmless

LINK = re.compile(r'(<a\s(?:[^<>]*\s)?href=")([^"]*)')

Picture = Callable[[str, str], str | None]  # HTML of the picture with this src and alt; None leaves the picture out


def for_feed(html: str, picture: Picture, absolute: Callable[[str], str]) -> str:
    """As it is read away from the site: the address of every link is passed through `absolute`."""
    shown = with_pictures(html, lambda image: picture(image.src, image.alt))
    return LINK.sub(lambda match: match[1] + escape(absolute(unescape(match[2]))), shown)


def for_page(html: str, picture: Picture, table_label: str) -> str:
    """As the site shows it: every table stands in a box of its own that scrolls on a telephone."""

    def picture_with_class(image: Image) -> str | None:
        shown = picture(image.src, image.alt)
        if shown and image.css_class:
            return shown.replace("<picture", f'<picture class="{escape(image.css_class)}"', 1)
        return shown

    box = f'<div class="table-scroll" role="region" tabindex="0" aria-label="{escape(table_label)}"><table'
    return with_pictures(html, picture_with_class).replace("<table", box).replace("</table>", "</table></div>")


def with_pictures(html: str, picture: Callable[[Image], str | None]) -> str:
    html = harmless(html)
    pictures = {image: picture(image) for image in images_of(html)}
    unshown = {image for image, shown in pictures.items() if not shown}
    if unshown:
        html = without_images(html, unshown)
    return replace_images(html, pictures.__getitem__)
