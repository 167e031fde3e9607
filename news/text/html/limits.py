"""What is refused before parsing, because a parser would need too long for it."""

import re

MAX_LENGTH = 1_000_000  # characters; the longest real article seen has 60,000
MAX_DEPTH = 256  # nested elements; the parser's time grows with the square of it
MAX_ELEMENTS = 20_000  # elements that can nest: 0.9 s if all of them did, unseen by the count of the depth
MAX_ENTITIES = 50_000  # 0.1 s; in one long text the parser's time grows with the square of them, a million take 20 s
MAX_WORK = 500_000  # depth summed over all tags: <b> left open is opened again in every paragraph after it

TAG_START = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# Elements that the parser closes by itself or that hold nothing: they do not nest, however often they are opened.
CLOSED_BY_THE_PARSER = {"p", "li", "td", "th", "tr", "tbody", "thead", "tfoot", "option", "dt", "dd", "colgroup"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
NOT_NESTING = CLOSED_BY_THE_PARSER | VOID


class UnacceptableHTML(ValueError):
    """HTML that is refused before parsing, because parsing it would take too long."""


def refuse_costly(html: str) -> None:
    """Raises UnacceptableHTML for what would keep a parser busy for seconds or fill the memory.

    This is an estimate from the tags alone, made without a parser; text that only looks like a tag counts as one.
    """
    if len(html) > MAX_LENGTH or html.count("&") + html.count("\xa0") > MAX_ENTITIES:
        raise UnacceptableHTML("too long")
    depth = elements = work = 0
    for closing, name in TAG_START.findall(html):
        work += depth
        if name.lower() not in NOT_NESTING:
            depth = max(depth - 1, 0) if closing else depth + 1
            elements += not closing
        if depth > MAX_DEPTH or elements > MAX_ELEMENTS or work > MAX_WORK:
            raise UnacceptableHTML("nested too deeply")
