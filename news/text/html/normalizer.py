"""HTML of any origin, written anew in the elements that rich text has.

One pass over the parsed tree renames elements, turns alignment into classes and leaves out what says nothing. Words
stay in their order, and where a block was left out the words around it stay apart. The output is not safe by itself;
`sanitizer` has the last word.
"""

import re
from html import escape

from selectolax.lexbor import LexborHTMLParser, LexborNode

from .allowed import (
    ALIGNMENTS,
    ALLOWED_ATTRIBUTES,
    ALLOWED_CLASSES,
    ALLOWED_TAGS,
    BLOCK_TAGS,
    DROPPED_WITH_CONTENT,
    INLINE,
    LINK_REL,
    LIST_TYPES,
    PREFORMATTED,
    RENAMED_TAGS,
    UNWRAPPED_BLOCKS,
)
from .links import Anchors, leads_away

VOID = {"br", "hr", "img", "col"}
HEADINGS = {"h2", "h3", "h4"}
LEFT_OUT_IF_BLANK = {"p", *HEADINGS, "figcaption"}  # left out when there is nothing in them
WITHOUT_BLOCKS = {"p", *HEADINGS}  # a block that becomes a paragraph has no place in them
TEXT_ALIGN = re.compile(r"text-align\s*:\s*(left|center|right|justify)", re.IGNORECASE)
LIST_STYLE = re.compile(rf"list-style(?:-type)?\s*:\s*({'|'.join(LIST_TYPES)})", re.IGNORECASE)
BLOCK_STARTS = tuple(f"<{tag}{end}" for tag in (*BLOCK_TAGS, "hr") for end in (">", " "))
BLOCK_ENDS = ("<hr>", *(f"</{tag}>" for tag in BLOCK_TAGS))
NONE: frozenset[str] = frozenset()


def normalize(html: str) -> str:
    # The sanitiser, too, reads the content of <noscript> as text, as browsers that run scripts do.
    root = LexborHTMLParser(html, is_fragment=True, scripting=True).root
    return Normalizer(Anchors(root)).run(root) if root else ""


class Element:
    """An element whose end has not been reached."""

    __slots__ = ("attributes", "content", "follows_word", "has_block", "is_blank", "node", "source", "tag")

    def __init__(self, node: LexborNode | None, source: str, tag: str, attributes: str = "") -> None:
        self.node = node
        self.source = source  # as it was written
        self.tag = tag  # as it will be written; "" where only the content stays
        self.attributes = attributes
        self.content: list[str] = []
        self.is_blank = True  # nothing but white space and line breaks so far
        self.has_block = False  # a block is in it
        self.follows_word = False  # nothing separates its beginning from the word before it


class Normalizer:
    def __init__(self, anchors: Anchors) -> None:
        self.anchors = anchors
        self.root = self.current = Element(None, "", "")
        self.ancestors: list[Element] = []  # of the current element, the root first
        self.skips_space = False  # after an element that was left out
        self.is_after_word = False  # what has been written ends with a word that more letters would continue
        self.preformatted = 0  # open elements in which a line break is one

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
        if written:
            self.is_after_word = not text[-1].isspace()
        self.current.content.append(written.replace("\n", "<br>") if self.preformatted else written)

    def open(self, node: LexborNode, tag: str) -> LexborNode | None:
        """Returns the node to go on with."""
        name = RENAMED_TAGS.get(tag, tag)
        attributes = self.attributes_of(node, tag)
        if name in UNWRAPPED_BLOCKS:
            self.preformatted += name in PREFORMATTED
            return self.enter(Element(node, tag, "", written(attributes)), is_block=True)
        if name == "button":
            self.separate()
        if name not in ALLOWED_TAGS and "id" in attributes:
            name = "span"
        if name not in ALLOWED_TAGS:
            return self.enter(Element(node, tag, ""))
        if name == "img" and not attributes.get("src"):
            return node.next
        if name in ("a", "span") and not attributes:  # Word puts one around every few words
            return self.enter(Element(node, tag, ""))
        self.skips_space = False
        if name in VOID:
            self.current.content.append(f"<{name}{written(attributes)}>")
            self.current.is_blank = self.current.is_blank and name == "br"
            self.current.has_block = self.current.has_block or name == "hr"
            self.is_after_word = self.is_after_word and name not in ("br", "hr")
            return node.next
        return self.enter(Element(node, tag, name, written(attributes)), is_block=name in BLOCK_TAGS)

    def enter(self, element: Element, is_block: bool = False) -> LexborNode | None:
        element.follows_word = self.is_after_word
        self.is_after_word = self.is_after_word and not is_block
        self.ancestors.append(self.current)
        self.current = element
        return element.node.first_child if element.node else None

    def close(self) -> LexborNode | None:
        """Writes the current element into its parent; returns the node that follows it."""
        element, self.current = self.current, self.ancestors.pop()
        content = "".join(element.content)
        if element.source in PREFORMATTED:
            self.preformatted -= 1
        is_unwrapped = element.source in UNWRAPPED_BLOCKS or (
            element.tag == "figure" and not ("<img" in content or "<table" in content)
        )
        if element.is_blank and (is_unwrapped or element.tag in LEFT_OUT_IF_BLANK):
            self.is_after_word = element.follows_word
            self.separate()
            self.skips_space = True
        elif is_unwrapped:
            self.add_unwrapped(element, content)
        elif not element.tag or (element.is_blank and element.tag in INLINE):
            self.add(content, element.is_blank, element.has_block)
            if element.source == "button":
                self.separate()
        else:
            is_block = element.tag in BLOCK_TAGS
            self.skips_space = False
            self.is_after_word = self.is_after_word and not is_block
            self.add(
                f"<{element.tag}{element.attributes}>{content}</{element.tag}>", False, is_block or element.has_block
            )
        return element.node.next if element.node else None

    def add(self, markup: str, is_blank: bool, has_block: bool) -> None:
        self.current.content.append(markup)
        self.current.is_blank = self.current.is_blank and is_blank
        self.current.has_block = self.current.has_block or has_block

    def add_unwrapped(self, element: Element, content: str) -> None:
        """The content of a block that rich text does not have, or of a figure without a picture."""
        attributes = element.attributes
        if element.tag == "figure":
            attributes = ""  # on which side it stood
            content = content.replace("<figcaption", "<p").replace("</figcaption>", "</p>")
        inner = content.strip()
        if not element.has_block and self.current.tag in WITHOUT_BLOCKS:
            self.is_after_word = element.follows_word
            self.separate()
            self.add(f"{inner} ", is_blank=False, has_block=False)
        elif not element.has_block:
            self.add(f"<p{attributes}>{inner}</p>", is_blank=False, has_block=True)
        elif not attributes and inner.startswith(BLOCK_STARTS) and inner.endswith(BLOCK_ENDS):
            self.add(inner, is_blank=False, has_block=True)
        else:
            self.add(f"<div{attributes}>{inner}</div>", is_blank=False, has_block=True)
        self.skips_space = self.is_after_word = False

    def separate(self) -> None:
        """Keeps the next word apart from the last one."""
        if self.is_after_word:
            self.current.content.append(" ")
            self.is_after_word = False

    def attributes_of(self, node: LexborNode, tag: str) -> dict[str, str]:
        """The allowed ones; alignment as a class, because the public pages forbid styles."""
        allowed = ALLOWED_ATTRIBUTES.get(tag, NONE)
        classes = ALLOWED_CLASSES.get(tag, NONE)
        found = node.attributes if allowed or classes or self.anchors else {}
        attributes = {}
        for name, value in found.items():
            if name in allowed:
                attributes[name] = value or ""
            elif name == "class" and (kept := [word for word in (value or "").split() if word in classes]):
                attributes[name] = " ".join(kept)
        if tag == "center":
            found = {"align": "center", **found}
        if classes >= ALIGNMENTS and (alignment := alignment_of(found)):
            own = attributes.get("class", "").split()
            if not ALIGNMENTS.intersection(own):
                attributes["class"] = " ".join([*own, alignment])
        if tag == "ol" and "type" not in attributes and (style := LIST_STYLE.search(found.get("style") or "")):
            attributes["type"] = LIST_TYPES[style[1].lower()]
        if tag == "a" and "href" in attributes:
            self.set_link(attributes)
        if self.anchors and tag not in VOID and (anchor := self.anchors.place(found)):
            attributes["id"] = anchor
        return attributes

    def set_link(self, attributes: dict[str, str]) -> None:
        href = attributes["href"].strip()
        if href.startswith("#"):
            address = self.anchors.address(href)
            if address is None:
                attributes.clear()
            else:
                attributes["href"] = address
        elif leads_away(href):
            attributes["rel"] = LINK_REL


def written(attributes: dict[str, str]) -> str:
    return "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())


def alignment_of(attributes: dict[str, str | None]) -> str | None:
    """The class for what `style` or `align` say; `style` wins, as in browsers."""
    styled = TEXT_ALIGN.search(attributes.get("style") or "")
    alignment = f"text-{styled[1] if styled else attributes.get('align') or ''}".lower()
    return alignment if alignment in ALIGNMENTS else None
