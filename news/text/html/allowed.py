"""The allow-list of rich text."""

BLOCKS = {"p", "h2", "h3", "h4", "div"}
INLINE = {"strong", "em", "u", "s", "sub", "sup"}  # formatting, all without attributes
TABLE = {"table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td"}
FIGURE = {"figure", "figcaption", "img"}
ALLOWED_TAGS = {*BLOCKS, *INLINE, *TABLE, *FIGURE, "blockquote", "ul", "ol", "li", "br", "hr", "a", "span"}
RENAMED_TAGS = {"h1": "h2", "h5": "h4", "h6": "h4", "b": "strong", "i": "em", "strike": "s", "del": "s"}
# Of all other elements the content stays; these go with what is in them.
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

ALLOWED_ATTRIBUTES: dict[str, set[str]] = {
    "*": set(),  # nh3 would let lang and title through everywhere
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "type"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
    "col": {"span"},
}

ALIGNMENTS = {"text-left", "text-center", "text-right", "text-justify"}
FIGURE_CLASSES = {"image", "align-left", "align-center", "align-right"}
ALLOWED_CLASSES = {
    **dict.fromkeys((*BLOCKS, "td", "th", "li", "h1", "h5", "h6"), ALIGNMENTS),
    "p": ALIGNMENTS | {"align-center"},
    "figure": FIGURE_CLASSES,
    "div": ALIGNMENTS | FIGURE_CLASSES,
    "img": FIGURE_CLASSES,
    "span": {"credit"},
}

URL_SCHEMES = {"http", "https", "mailto", "tel"}
LINK_REL = "noopener nofollow"
