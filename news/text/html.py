"""Rich text: what may be stored, and how it is shown. Knows nothing of the editor that wrote it."""

import re
from collections.abc import Callable
from html import escape, unescape
from urllib.parse import unquote

import nh3
from selectolax.lexbor import LexborHTMLParser

from .cleaning import clean_text

MAX_LENGTH = 1_000_000  # characters; the longest real article seen has 60,000
MAX_DEPTH = 256  # nested elements; the parser's time grows with the square of it
MAX_ELEMENTS = 20_000  # elements that can nest: 0.9 s if all of them did, unseen by the count of the depth
MAX_ENTITIES = 50_000  # 0.1 s; in one long text the parser's time grows with the square of them, a million take 20 s
MAX_WORK = 500_000  # depth summed over all tags: <b> left open is opened again in every paragraph after it
MAX_ROUNDS = 10  # dropping a tag can bring two others together that then close each other; two rounds are usual

ALIGNMENTS = {"text-left", "text-center", "text-right", "text-justify"}
FIGURE_CLASSES = {"image", "align-left", "align-center", "align-right"}
BLOCKS = ("p", "h2", "h3", "h4", "div")
ALLOWED_TAGS = {
    *BLOCKS,
    "br",
    "hr",
    "blockquote",
    "ul",
    "ol",
    "li",
    "a",
    "strong",
    "em",
    "u",
    "s",
    "sub",
    "sup",
    "span",
    "figure",
    "figcaption",
    "img",
    "table",
    "caption",
    "colgroup",
    "col",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "th",
    "td",
}
ALLOWED_ATTRIBUTES: dict[str, set[str]] = {
    "*": set(),  # nh3 would let lang and title through everywhere
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "type"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
    "col": {"span"},
}
ALLOWED_CLASSES = {
    **dict.fromkeys((*BLOCKS, "td", "th", "li", "h1", "h5", "h6"), ALIGNMENTS),
    "p": ALIGNMENTS | {"align-center"},
    "figure": FIGURE_CLASSES,
    "div": ALIGNMENTS | FIGURE_CLASSES,
    "img": FIGURE_CLASSES,
    "span": {"credit"},
}
ALIGNED_TAGS = (*BLOCKS, "td", "th", "li", "h1", "h5", "h6")
TRANSLATED_ATTRIBUTES = ALLOWED_ATTRIBUTES | {
    tag: ALLOWED_ATTRIBUTES.get(tag, set()) | {"style", "align"} for tag in ALIGNED_TAGS
}
URL_SCHEMES = {"http", "https", "mailto", "tel"}
LINK_REL = "noopener nofollow"
DROPPED_WITH_CONTENT = {
    "script",
    "style",
    "title",
    "textarea",
    "noscript",
    "template",
    "xml",
    "iframe",
    "object",
    "svg",
    "math",
}
RENAMED_TAGS = {"h1": "h2", "h5": "h4", "h6": "h4", "b": "strong", "i": "em", "strike": "s", "del": "s"}

TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*)>")
TAG_START = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
IMAGE = re.compile(r'<img((?:\s+[\w-]+="[^"]*")*)\s*/?>')
LINK = re.compile(r'(<a\s(?:[^<>]*\s)?href=")([^"]*)')
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
TEXT_ALIGN = re.compile(r"text-align\s*:\s*(left|center|right|justify)", re.IGNORECASE)
NOTHING = r"(?:\s|&nbsp;|<br>)*"
EMPTY_INLINE = re.compile(rf"<(strong|em|u|s|sub|sup)>({NOTHING})</\1>")
EMPTY_PARAGRAPH = re.compile(rf"<(p|h2|h3|h4)[^<>]*>{NOTHING}</\1>\s*")
EMPTY_CAPTION = re.compile(rf"<figcaption>{NOTHING}</figcaption>\s*")
FIGURE = re.compile(r"<figure[^<>]*>((?:(?!</?figure).)*)</figure>", re.DOTALL)
CAPTION = re.compile(r"<figcaption>(.*?)</figcaption>", re.DOTALL)
BLOCK_EDGE = re.compile(
    r"</?(?:p|div|h[1-6]|[uod]l|li|d[td]|t[rhd]|t(?:able|head|body|foot)|caption|br|hr|blockquote|fig(?:ure|caption))\b",
    re.I,
)
# Elements that HTML closes by itself or that hold nothing: they do not nest however often they stand open.
SELF_CLOSING = {"p", "li", "td", "th", "tr", "tbody", "thead", "tfoot", "option", "dt", "dd", "col", "colgroup"} | {
    "br",
    "hr",
    "img",
    "input",
    "meta",
    "link",
    "source",
    "wbr",
    "area",
    "base",
    "embed",
    "param",
    "track",
}


class UnacceptableHTML(ValueError):
    """HTML that is refused before parsing, because parsing it would take too long."""


def refuse_costly(html: str) -> None:
    """Raises UnacceptableHTML for what would keep a parser busy for seconds or fill the memory.

    An estimate by tags alone: a parser is not asked before, and text that only looks like a tag counts as one.
    """
    if len(html) > MAX_LENGTH or html.count("&") + html.count("\xa0") > MAX_ENTITIES:
        raise UnacceptableHTML("too long")
    depth = elements = work = 0
    for closing, name in TAG_START.findall(html):
        work += depth
        if name.lower() not in SELF_CLOSING:
            depth = max(depth - 1, 0) if closing else depth + 1
            elements += not closing
        if depth > MAX_DEPTH or elements > MAX_ELEMENTS or work > MAX_WORK:
            raise UnacceptableHTML("nested too deeply")


def clean_html(html: str) -> str:
    """The allowed part of `html`, in NFC. Cleaning what is clean changes nothing.

    Raises UnacceptableHTML past MAX_LENGTH characters or MAX_DEPTH nested elements.
    """
    html = clean_text(html)
    for _round in range(MAX_ROUNDS):
        refuse_costly(html)
        cleaned = clean_text(clean_once(html))  # again: hidden characters may have come as &#8203;
        if cleaned == html:
            return cleaned
        html = cleaned
    return as_plain_text(html)


def clean_once(html: str) -> str:
    # First everything that gets renamed or translated stays in, and comes out in one canonical spelling, where each
    # "<" begins a tag and each attribute stands in double quotes: only such text is fit for regular expressions.
    html = nh3.clean(
        html,
        tags=ALLOWED_TAGS | RENAMED_TAGS.keys(),
        clean_content_tags=DROPPED_WITH_CONTENT,
        attributes=TRANSLATED_ATTRIBUTES,
        attribute_filter=only_alignment,
        allowed_classes=ALLOWED_CLASSES,
        url_schemes=URL_SCHEMES,
        link_rel=LINK_REL,
    )
    html = without_bare_spans(TAG.sub(translated, html))
    html = nh3.clean(
        html,
        tags=ALLOWED_TAGS,
        clean_content_tags=DROPPED_WITH_CONTENT,
        attributes=ALLOWED_ATTRIBUTES,
        allowed_classes=ALLOWED_CLASSES,
        url_schemes=URL_SCHEMES,
        link_rel=LINK_REL,
    )
    html = IMAGE.sub(
        lambda match: match[0] if image_attributes(match).get("src") else "", html.replace(' class=""', "")
    )
    while (fewer := EMPTY_INLINE.sub(r"\2", html)) != html:
        html = fewer
    html = without_empty_figures(EMPTY_CAPTION.sub("", html))
    return EMPTY_PARAGRAPH.sub("", html).strip()


def harmless(html: str) -> str:
    """The cleaned HTML; of what is too costly to clean, its words. For rows that came in by SQL or from an older version."""
    try:
        return clean_html(html)
    except UnacceptableHTML:
        return as_plain_text(html)


def as_plain_text(html: str) -> str:
    """What is left of HTML that can't be shown as it is."""
    return f"<p>{escape(' '.join(TAG.sub(' ', html[:MAX_LENGTH]).split()), quote=False)}</p>"


def only_alignment(tag: str, name: str, value: str) -> str | None:
    """Of a style nothing but the alignment is looked at; it becomes a class, since the public pages forbid styles."""
    if name == "style":
        found = TEXT_ALIGN.search(value)
        return found[1].lower() if found else None
    if name == "align":
        return value.lower() if f"text-{value.lower()}" in ALIGNMENTS else None
    return value


def translated(match: re.Match[str]) -> str:
    """One canonical tag under the name it is stored by, its alignment as a class."""
    slash, name, rest = match.groups()
    new_name = RENAMED_TAGS.get(name, name)
    if not rest or not (' style="' in rest or ' align="' in rest):
        return f"<{slash}{new_name}{rest}>"
    attributes = dict(ATTRIBUTE.findall(rest))
    align = attributes.pop("style", None) or attributes.get("align")
    attributes.pop("align", None)
    classes = attributes.get("class", "").split()
    if align and not ALIGNMENTS.intersection(classes):
        attributes["class"] = " ".join([*classes, f"text-{align}"])
    written = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<{new_name}{written}>"


def without_bare_spans(html: str) -> str:
    """Word wraps every few words in a span that, cleaned, says nothing. Expects canonical HTML."""
    kept: list[bool] = []

    def keep_marked(match: re.Match[str]) -> str:
        if match[2] != "span":
            return match[0]
        if not match[1]:
            kept.append("class=" in match[3])
            return match[0] if kept[-1] else ""
        return match[0] if kept and kept.pop() else ""

    return TAG.sub(keep_marked, html)


def without_empty_figures(html: str) -> str:
    """A figure whose picture is gone leaves its caption as a paragraph."""

    def keep_full(match: re.Match[str]) -> str:
        if "<img" in match[1] or "<table" in match[1]:
            return match[0]
        caption = CAPTION.search(match[1])
        return f"<p>{caption[1]}</p>" if caption else match[1]

    return FIGURE.sub(keep_full, html)


def to_text(html: str) -> str:
    """The readable words of `html`, blocks apart, entities decoded."""
    root = LexborHTMLParser(BLOCK_EDGE.sub(r" \g<0>", html)).body
    return " ".join(root.text().split()) if root else ""


def image_sources(html: str) -> list[str]:
    """The `src` of every picture, in order, percent-decoded."""
    return [unquote(unescape(attributes.get("src", ""))) for attributes in map(image_attributes, IMAGE.finditer(html))]


def without_foreign_images(html: str, is_own: Callable[[str], bool]) -> tuple[str, int]:
    """`html` without the pictures that are not `is_own`, and how many went; their captions stay as paragraphs.
    Expects cleaned HTML."""
    dropped = 0

    def keep_own(match: re.Match[str]) -> str:
        nonlocal dropped
        if is_own(unquote(unescape(image_attributes(match).get("src", "")))):
            return match[0]
        dropped += 1
        return ""

    html = IMAGE.sub(keep_own, html)
    return (clean_html(html), dropped) if dropped else (html, 0)


def image_attributes(match: re.Match[str]) -> dict[str, str]:
    """Attributes of one `IMAGE` match; values stay escaped."""
    return dict(ATTRIBUTE.findall(match[1]))


def for_feed(html: str, picture: Callable[[str, str], str | None], absolute: Callable[[str], str]) -> str:
    """Stored rich text as it is read away from the site: cleaned again, pictures replaced by `picture(src, alt)`, the
    address of every link passed through `absolute`."""

    def as_picture(match: re.Match[str]) -> str:
        attributes = image_attributes(match)
        return picture(unquote(unescape(attributes.get("src", ""))), unescape(attributes.get("alt", ""))) or ""

    html = without_empty_figures(IMAGE.sub(as_picture, harmless(html)))
    return LINK.sub(lambda match: match[1] + escape(absolute(unescape(match[2]))), html)


def for_page(html: str, picture: Callable[[str, str], str | None], table_label: str) -> str:
    """Stored rich text as the reader's page shows it: cleaned again (rows may have come in by SQL), pictures
    replaced by `picture(src, alt)`, tables in a box of their own that scrolls on a phone."""

    def as_picture(match: re.Match[str]) -> str:
        attributes = image_attributes(match)
        shown = picture(unquote(unescape(attributes.get("src", ""))), unescape(attributes.get("alt", ""))) or ""
        return (
            shown.replace("<picture", f'<picture class="{attributes["class"]}"', 1) if "class" in attributes else shown
        )

    html = without_empty_figures(IMAGE.sub(as_picture, harmless(html)))
    box = f'<div class="table-scroll" role="region" tabindex="0" aria-label="{escape(table_label)}"><table'
    return html.replace("<table", box).replace("</table>", "</table></div>")
