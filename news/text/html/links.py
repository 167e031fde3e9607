"""Where links lead: to a place in the same text, to this site, or away."""

import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host
from selectolax.lexbor import LexborNode

from ..folding import slugify

IGNORED_BY_BROWSERS = re.compile(r"[\t\n\r]")
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
WEB = {"http", "https"}
# Identifiers of a text have a beginning that no other part of a page uses, so a text cannot pose as one.
ANCHOR = re.compile(r"fn-[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_ANCHOR_LENGTH = 60


def leads_away(address: str) -> bool:
    """Whether the address is a page of another site; read as browsers do, to whom "/\\a.vn" is another host."""
    address = IGNORED_BY_BROWSERS.sub("", address).strip("".join(map(chr, range(0x21)))).replace("\\", "/")
    scheme = SCHEME.match(address)
    if not scheme and not address.startswith("//"):
        return False
    if scheme and scheme[1].lower() not in WEB:
        return False
    try:
        host = split_domain_port(urlsplit(address).netloc.rpartition("@")[2])[0]
        own_host = urlsplit(settings.SITE_URL).hostname or ""
    except ValueError:
        return True
    return not validate_host(host, [*settings.ALLOWED_HOSTS, own_host])


class Anchors(dict[str, str]):
    """Identifiers in a text that one of its links leads to → how they are written."""

    def __init__(self, root: LexborNode) -> None:
        super().__init__()
        wanted = {target for link in root.css("a[href^='#']") if (target := fragment(link.attributes["href"]))}
        found = dict.fromkeys(name for name in names_in(root) if name in wanted) if wanted else {}
        self.update((name, name) for name in found if ANCHOR.fullmatch(name))
        taken = set(self)
        for name in found:
            if name not in self:
                self[name] = free_anchor(name, taken)
                taken.add(self[name])
        self.placed: set[str] = set()

    def place(self, attributes: dict[str, str | None]) -> str | None:
        """The identifier to write at an element with these attributes; each is written once."""
        anchor = next((self[name] for name in names_of(attributes) if name in self), None)
        if anchor is None or anchor in self.placed:
            return None
        self.placed.add(anchor)
        return anchor

    def address(self, href: str) -> str | None:
        """The address of a link inside the text; None if it leads nowhere."""
        anchor = self.get(fragment(href))
        return f"#{anchor}" if anchor else None


def fragment(href: str | None) -> str:
    return unquote((href or "").strip().removeprefix("#"))


def names_in(root: LexborNode) -> Iterable[str]:
    for node in root.css("[id], a[name]"):
        yield from names_of(node.attributes)


def names_of(attributes: dict[str, str | None]) -> Iterable[str]:
    return (name for name in (attributes.get("id"), attributes.get("name")) if name)


def free_anchor(name: str, taken: set[str]) -> str:
    base = f"fn-{slugify(name, MAX_ANCHOR_LENGTH)}"
    anchor, number = base, 2
    while anchor in taken:
        anchor, number = f"{base}-{number}", number + 1
    return anchor
