"""The allow-list of rich text."""

BLOCKS = {"p", "h2", "h3", "h4", "div"}
INLINE = {"strong", "em", "u", "s", "sub", "sup"}  # formatting, all without attributes
TABLE_PARTS = {"caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td"}
TABLE = {"table", *TABLE_PARTS}
BLOCK_TAGS = {*BLOCKS, *TABLE, "figure", "figcaption", "blockquote", "ul", "ol", "li"}
ALLOWED_TAGS = {*BLOCK_TAGS, *INLINE, "img", "br", "hr", "a", "span"}
RENAMED_BLOCKS = {"h1": "h2", "h5": "h4", "h6": "h4", "menu": "ul", "dir": "ul"}
RENAMED_TAGS = {**RENAMED_BLOCKS, "b": "strong", "i": "em", "strike": "s", "del": "s"}
# Blocks that rich text does not have: their words become paragraphs.
PREFORMATTED = {"pre", "listing", "xmp", "plaintext"}  # in which a line break is one
UNWRAPPED_BLOCKS = PREFORMATTED | {
    *("address", "article", "aside", "center", "dd", "details", "dialog", "dl", "dt", "fieldset", "footer", "form"),
    *("header", "hgroup", "legend", "main", "nav", "optgroup", "option", "search", "section", "summary"),
}
# Of all other elements the content stays; these go with what is in them.
DROPPED_WITH_CONTENT = {
    "script",
    "style",
    "title",
    "textarea",
    "noscript",
    "noframes",
    "noembed",
    "template",
    "xml",
    "iframe",
    "object",
    "svg",
    "math",
}

ALLOWED_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"id"},  # where a link of the text leads to; see `links`
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "type", "reversed"},
    "li": {"value"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
    "col": {"span"},
}

ALIGNMENTS = {"text-left", "text-center", "text-right", "text-justify"}
FIGURE_CLASSES = {"image", "align-left", "align-center", "align-right"}
ALLOWED_CLASSES = {
    **dict.fromkeys((*BLOCKS, "td", "th", "li", "h1", "h5", "h6", *UNWRAPPED_BLOCKS), ALIGNMENTS),
    "p": ALIGNMENTS | {"align-center"},
    "figure": FIGURE_CLASSES,
    "div": ALIGNMENTS | FIGURE_CLASSES,
    "img": FIGURE_CLASSES,
    "span": {"credit", "photo-missing"},  # of a picture; in the place of one that is still to be uploaded
}

# In legal texts the numbers are the meaning, so how a list counts is kept.
LIST_TYPES = {
    "decimal": "1",
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
}

URL_SCHEMES = {"http", "https", "mailto", "tel"}
LINK_REL = "noopener nofollow"  # of links to other sites
