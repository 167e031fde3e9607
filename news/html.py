"""Rich text: what may be stored, and how it is shown. Knows nothing of the editor that wrote it."""

import re
from collections.abc import Callable
from html import escape, unescape
from urllib.parse import unquote

import nh3
from selectolax.lexbor import LexborHTMLParser

from .text import clean_text

MAX_LENGTH = 1_000_000  # characters; the longest real article seen has 60,000
MAX_DEPTH = 256  # nested elements; the parser's time grows with the square of it

ALIGNMENTS = {"text-left", "text-center", "text-right", "text-justify"}
FIGURE_CLASSES = {"image", "align-left", "align-center", "align-right"}
BLOCKS = ("p", "h2", "h3", "h4", "div")
ALLOWED_TAGS = {
    *BLOCKS, "br", "hr", "blockquote", "ul", "ol", "li", "a", "strong", "em", "u", "s", "sub", "sup", "span",
    "figure", "figcaption", "img", "table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td",
}  # fmt: skip
ALLOWED_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "type"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
    "col": {"span"},
}
ALLOWED_CLASSES = {
    **dict.fromkeys((*BLOCKS, "td", "th", "li"), ALIGNMENTS),
    "figure": FIGURE_CLASSES,
    "div": ALIGNMENTS | FIGURE_CLASSES,
    "img": FIGURE_CLASSES,
    "span": {"credit"},
}
DROPPED_WITH_CONTENT = {"script", "style", "title", "textarea", "noscript", "template", "xml", "iframe", "object", "svg", "math"}
RENAMED_TAGS = {"h1": "h2", "h5": "h4", "h6": "h4", "b": "strong", "i": "em", "strike": "s", "del": "s"}

TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*)>")
IMAGE = re.compile(r'<img((?:\s+[\w-]+="[^"]*")*)\s*/?>')
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
STYLE_ATTRIBUTE = re.compile(r"""<(p|h2|h3|h4|div|td|th|li)\b([^<>]*?)\sstyle=(["'])([^<>]*?)\3([^<>]*)>""", re.IGNORECASE)
TEXT_ALIGN = re.compile(r"text-align\s*:\s*(left|center|right|justify)", re.IGNORECASE)
EMPTY_PARAGRAPHS = re.compile(r"(?:<p[^>]*>(?:\s|&nbsp;|\xa0|<br ?/?>)*</p>\s*){2,}")
# Elements that HTML closes by itself or that hold nothing: they do not nest however often they stand open.
SELF_CLOSING = {"p", "li", "td", "th", "tr", "tbody", "thead", "tfoot", "option", "dt", "dd", "col", "colgroup"} | {
    "br", "hr", "img", "input", "meta", "link", "source", "wbr", "area", "base", "embed", "param", "track",
}  # fmt: skip


class UnacceptableHTML(ValueError):
    """HTML that is refused before parsing, because parsing it would take too long."""


def nesting_depth(html: str) -> int:
    depth = deepest = 0
    for closing, name, rest in TAG.findall(html):
        if name.lower() in SELF_CLOSING or rest.endswith("/"):
            continue
        depth = max(depth - 1, 0) if closing else depth + 1
        deepest = max(deepest, depth)
    return deepest


def clean_html(html: str) -> str:
    """The allowed part of `html`, in NFC. Cleaning what is clean changes nothing.

    Raises UnacceptableHTML past MAX_LENGTH characters or MAX_DEPTH nested elements.
    """
    if len(html) > MAX_LENGTH:
        raise UnacceptableHTML("too long")
    if nesting_depth(html) > MAX_DEPTH:
        raise UnacceptableHTML("nested too deeply")
    html = STYLE_ATTRIBUTE.sub(alignment_as_class, clean_text(html))
    html = TAG.sub(renamed, html)
    html = nh3.clean(
        html,
        tags=ALLOWED_TAGS,
        clean_content_tags=DROPPED_WITH_CONTENT,
        attributes=ALLOWED_ATTRIBUTES,
        allowed_classes=ALLOWED_CLASSES,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener nofollow",
        strip_comments=True,
    )
    return EMPTY_PARAGRAPHS.sub("", html.replace(' class=""', "")).strip()


def alignment_as_class(match: re.Match[str]) -> str:
    """The public pages forbid style attributes, so an alignment pasted from Word becomes a class."""
    tag, before, _quote, style, after = match.groups()
    align = TEXT_ALIGN.search(style)
    if not align or "class=" in before + after:
        return f"<{tag}{before}{after}>"
    return f'<{tag}{before} class="text-{align[1].lower()}"{after}>'


def renamed(match: re.Match[str]) -> str:
    slash, name, rest = match.groups()
    new_name = RENAMED_TAGS.get(name.lower())
    return f"<{slash}{new_name}{rest}>" if new_name else match[0]


def to_text(html: str) -> str:
    """The readable words of `html`, blocks apart, entities decoded."""
    root = LexborHTMLParser(html).body
    return " ".join(root.text(separator=" ").split()) if root else ""


def image_sources(html: str) -> list[str]:
    """The `src` of every picture, in order, percent-decoded."""
    return [unquote(unescape(attributes.get("src", ""))) for attributes in map(image_attributes, IMAGE.finditer(html))]


def without_foreign_images(html: str, is_own: Callable[[str], bool]) -> tuple[str, int]:
    """`html` without the pictures that are not `is_own`, and how many went. Expects cleaned HTML."""
    dropped = 0

    def keep_own(match: re.Match[str]) -> str:
        nonlocal dropped
        if is_own(unquote(unescape(image_attributes(match).get("src", "")))):
            return match[0]
        dropped += 1
        return ""

    return IMAGE.sub(keep_own, html), dropped


def image_attributes(match: re.Match[str]) -> dict[str, str]:
    """Attributes of one `IMAGE` match; values stay escaped."""
    return dict(ATTRIBUTE.findall(match[1]))


def for_page(html: str, picture: Callable[[str, str], str | None], table_label: str) -> str:
    """Stored rich text as the reader's page shows it: cleaned again (rows may have come in by SQL), pictures
    replaced by `picture(src, alt)`, tables in a box of their own that scrolls on a phone."""

    def as_picture(match: re.Match[str]) -> str:
        attributes = image_attributes(match)
        return picture(unquote(unescape(attributes.get("src", ""))), unescape(attributes.get("alt", ""))) or ""

    html = IMAGE.sub(as_picture, clean_html(html))
    box = f'<div class="table-scroll" role="region" tabindex="0" aria-label="{escape(table_label)}"><table'
    return html.replace("<table", box).replace("</table>", "</table></div>")
