"""HTML of any origin, written anew in the elements that rich text has.

One pass over the parsed tree renames elements, turns alignment into classes and leaves out what says nothing. Its
output is not safe by itself; `sanitizer` has the last word.
"""

import re
from html import escape

from selectolax.lexbor import LexborHTMLParser, LexborNode

from .allowed import (
    ALIGNMENTS,
    ALLOWED_ATTRIBUTES,
    ALLOWED_CLASSES,
    ALLOWED_TAGS,
    DROPPED_WITH_CONTENT,
    INLINE,
    RENAMED_TAGS,
)

VOID = {"br", "hr", "img", "col"}
LEFT_OUT_IF_BLANK = {"p", "h2", "h3", "h4", "figcaption"}  # left out when there is nothing in them
TEXT_ALIGN = re.compile(r"text-align\s*:\s*(left|center|right|justify)", re.IGNORECASE)
NONE: frozenset[str] = frozenset()


def normalize(html: str) -> str:
    # The sanitiser, too, reads the content of <noscript> as text, as browsers that run scripts do.
    return Normalizer().run(LexborHTMLParser(html, is_fragment=True, scripting=True).root)


class Element:
    """An element whose end has not been reached."""

    __slots__ = ("attributes", "caption", "content", "is_blank", "node", "tag")

    def __init__(self, node: LexborNode | None, tag: str, attributes: str = "") -> None:
        self.node = node
        self.tag = tag  # as it will be written; "" where only the content stays
        self.attributes = attributes
        self.content: list[str] = []
        self.is_blank = True  # nothing but white space and line breaks so far
        self.caption: str | None = None  # content of a figure's first caption


class Normalizer:
    def __init__(self) -> None:
        self.root = self.current = Element(None, "")
        self.ancestors: list[Element] = []  # of the current element, the root first
        self.skips_space = False  # after an element that was left out

    def run(self, node: LexborNode | None) -> str:
        # Not recursive: a table in a table is four levels deeper, and the limit on depth counts only one of them.
        while node is not None or self.ancestors:
            if node is None:
                node = self.close()
                continue
            tag = node.tag
            if tag == "-text":
                self.add_text(node.text_content or "")
                node = node.next
            elif tag is None or tag in DROPPED_WITH_CONTENT or not node.is_element_node:  # “-comment”
                node = node.next
            else:
                node = self.open(node, tag)
        return "".join(self.root.content).strip()

    def add_text(self, text: str) -> None:
        if self.current.is_blank and not text.isspace():
            self.current.is_blank = False
        written = escape(text, quote=False).replace("\xa0", "&nbsp;")
        if self.skips_space:
            written = written.lstrip()
            self.skips_space = not written
        self.current.content.append(written)

    def open(self, node: LexborNode, tag: str) -> LexborNode | None:
        """Returns the node to go on with."""
        name = RENAMED_TAGS.get(tag, tag)
        if name not in ALLOWED_TAGS:
            return self.enter(Element(node, ""))
        attributes = attributes_of(node, tag)
        if name == "img" and not attributes.get("src"):
            return node.next
        if name == "span" and not attributes:  # Word puts one around every few words
            return self.enter(Element(node, ""))
        written = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
        self.skips_space = False
        if name in VOID:
            self.current.content.append(f"<{name}{written}>")
            self.current.is_blank = self.current.is_blank and name == "br"
            return node.next
        return self.enter(Element(node, name, written))

    def enter(self, element: Element) -> LexborNode | None:
        self.ancestors.append(self.current)
        self.current = element
        return element.node.first_child if element.node else None

    def close(self) -> LexborNode | None:
        """Writes the current element into its parent; returns the node that follows it."""
        element, self.current = self.current, self.ancestors.pop()
        content = "".join(element.content)
        if element.is_blank and element.tag in LEFT_OUT_IF_BLANK:
            self.skips_space = True
        elif not element.tag or (element.is_blank and element.tag in INLINE):
            self.add(content, element.is_blank)
        elif element.tag == "figure" and not ("<img" in content or "<table" in content):
            self.add_figure_without_picture(element, content)
        else:
            if element.tag == "figcaption":
                self.set_caption(content)
            self.skips_space = False
            self.add(f"<{element.tag}{element.attributes}>{content}</{element.tag}>", is_blank=False)
        return element.node.next if element.node else None

    def add(self, written: str, is_blank: bool) -> None:
        self.current.content.append(written)
        self.current.is_blank = self.current.is_blank and is_blank

    def add_figure_without_picture(self, figure: Element, content: str) -> None:
        """The caption stays as a paragraph."""
        if figure.caption is None:
            self.add(content, figure.is_blank)
        else:
            self.add(f"<p>{figure.caption}</p>", is_blank=False)

    def set_caption(self, content: str) -> None:
        """Of the nearest figure, unless the caption stands in another one or is the figure's second."""
        for element in (self.current, *reversed(self.ancestors)):
            if element.tag == "figcaption":
                return
            if element.tag == "figure":
                element.caption = content if element.caption is None else element.caption
                return


def attributes_of(node: LexborNode, tag: str) -> dict[str, str]:
    """The allowed ones; alignment as a class, because the public pages forbid styles."""
    allowed = ALLOWED_ATTRIBUTES.get(tag, NONE)
    classes = ALLOWED_CLASSES.get(tag, NONE)
    found = node.attributes if allowed or classes else {}
    if not found:
        return {}
    attributes = {}
    for name, value in found.items():
        if name in allowed:
            attributes[name] = value or ""
        elif name == "class" and (kept := [word for word in (value or "").split() if word in classes]):
            attributes[name] = " ".join(kept)
    if classes >= ALIGNMENTS and (alignment := alignment_of(found)):
        own = attributes.get("class", "").split()
        if not ALIGNMENTS.intersection(own):
            attributes["class"] = " ".join([*own, alignment])
    return attributes


def alignment_of(attributes: dict[str, str | None]) -> str | None:
    """The class for what `style` or `align` say; `style` wins, as in browsers."""
    styled = TEXT_ALIGN.search(attributes.get("style") or "")
    alignment = f"text-{styled[1] if styled else attributes.get('align') or ''}".lower()
    return alignment if alignment in ALIGNMENTS else None
