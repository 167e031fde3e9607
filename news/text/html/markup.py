"""What can be told of markup without a parser: where its tags are, and what in it nobody reads.

The expressions follow https://html.spec.whatwg.org/multipage/parsing.html#tokenization and pass over each character
once, also where a comment, a tag or a quotation mark has no end.
"""

import re
from html import unescape

from ..cleaning import clean_text
from .allowed import BLOCK_TAGS, DROPPED_WITH_CONTENT, RENAMED_BLOCKS, TABLE_PARTS, UNWRAPPED_BLOCKS

VALUE = r"""(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+)"""
ATTRIBUTES = rf"(?:[\s/]++|(?:=[^\s/>=]*+|[^\s/>=]++)(?:\s*+=\s*+{VALUE}?)?+)*+"
# Elements whose content the parser takes for text, whatever looks like a tag in it.
RAW = "script|style|textarea|title|noscript|noframes|noembed|iframe|xmp"
PIECE = re.compile(
    rf"""
    <!--(?:-?>|.*?(?:--!?>|\Z))
    | <(?P<raw>{RAW})(?=[\s/>]){ATTRIBUTES}(?:>|\Z).*?(?:</(?P=raw)(?=[\s/>]){ATTRIBUTES}(?:>|\Z)|\Z)
    | <plaintext(?=[\s/>]).*
    | <(?P<closing>/?)(?P<name>[a-zA-Z][^\s/>]*+){ATTRIBUTES}(?:>|\Z)
    | <(?:[!?]|/(?![a-zA-Z]))[^>]*+(?:>|\Z)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
# Parsers pass over these tags or read them in a way of their own, and the words beside them would run together.
PASSED_OVER = {"html", "head", "body", "frameset", "form"}
SHORTENED = re.compile(
    rf"<(?:!--|(?:{RAW})|/?(?:{'|'.join(sorted(TABLE_PARTS | PASSED_OVER))}))(?![a-z])", re.IGNORECASE
)
EMPTY_COMMENT = "<!-->"  # keeps apart what the comment kept apart: "&am" and "p;"
EDGES = BLOCK_TAGS | UNWRAPPED_BLOCKS | {*RENAMED_BLOCKS, "br", "hr", "button"}


def without_unread(html: str) -> str:
    """The markup without the content of comments, scripts and the like, which may hold any number of tags.

    Cells and rows without a table, as spreadsheets put them on the clipboard, become spaces; a parser leaves them out
    and joins the words in them.
    """
    if not SHORTENED.search(html):  # as in most articles, which are cleaned whenever they are shown
        return html
    tables = 0

    def shortened(match: re.Match[str]) -> str:
        nonlocal tables
        if raw := match["raw"]:
            return EMPTY_COMMENT if raw.lower() in DROPPED_WITH_CONTENT else match[0]
        if match["name"] is None:
            return EMPTY_COMMENT if match[0].startswith("<!--") else match[0]
        name = match["name"].lower()
        if name == "table":
            tables = max(tables - 1, 0) if match["closing"] else tables + 1
        if name == "form":
            return f"<{match['closing']}div{match[0][len(match['closing']) + 5 :]}"
        return " " if name in PASSED_OVER or (name in TABLE_PARTS and not tables) else match[0]

    return PIECE.sub(shortened, html)


def words_of(markup: str) -> str:
    """The words of HTML that cannot be parsed because it would take too long."""

    def gap(match: re.Match[str]) -> str:
        raw, name = match["raw"], match["name"]
        if raw and raw.lower() not in DROPPED_WITH_CONTENT:
            return f" {match[0].partition('>')[2].rpartition('<')[0]} "
        return " " if name and name.lower() in EDGES else ""

    return " ".join(clean_text(unescape(PIECE.sub(gap, markup))).split())
