"""How a feed is written: Django's RSS 2.0 and Atom 1.0 with the whole article, every file and the site's sign in them."""

from datetime import datetime
from typing import Any

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed, rfc3339_date

from ..text.cleaning import for_xml

CONTENT = "http://purl.org/rss/1.0/modules/content/"


class WellFormed(SyndicationFeed):
    """Nothing that XML forbids reaches the writer, whatever a row holds."""

    def __init__(self, *args: Any, **fields: Any) -> None:
        super().__init__(*args, **well_formed(fields))

    def add_item(self, *args: Any, **fields: Any) -> None:
        super().add_item(*args, **well_formed(fields))

    def latest_post_date(self) -> datetime:
        """Of an empty feed too: Django would say that it has changed just now, each time."""
        return super().latest_post_date() if self.items else self.feed["since"]


def well_formed(value: Any) -> Any:
    if isinstance(value, str):
        return for_xml(value)
    if isinstance(value, list):
        return [well_formed(part) for part in value]
    if isinstance(value, dict):
        return {name: well_formed(part) for name, part in value.items()}
    return value


class Rss(WellFormed, Rss201rev2Feed):
    def rss_attributes(self) -> dict[str, str]:
        return super().rss_attributes() | {"xmlns:content": CONTENT}

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        handler.startElement("image", {})
        handler.addQuickElement("url", self.feed["logo"] or self.feed["icon"])
        handler.addQuickElement("title", self.feed["title"])
        handler.addQuickElement("link", self.feed["link"])
        handler.endElement("image")

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """One enclosure is all that readers of RSS expect; the other files stand beside it as Atom's links do."""
        super().add_item_elements(handler, item | {"enclosures": item["enclosures"][:1]})
        for file in item["enclosures"][1:]:
            link = {"rel": "enclosure", "href": file.url, "length": file.length, "type": file.mime_type}
            handler.addQuickElement("atom:link", None, link)
        if item["origin"]:
            handler.addQuickElement("atom:link", None, {"rel": "via", "href": item["origin"]})
        handler.addQuickElement("atom:updated", rfc3339_date(item["updateddate"]))
        handler.addQuickElement("content:encoded", item["content"])


class Atom(WellFormed, Atom1Feed):
    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("icon", self.feed["icon"])
        if self.feed["logo"]:
            handler.addQuickElement("logo", self.feed["logo"])

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        if item["origin"]:
            handler.addQuickElement("link", "", {"rel": "via", "href": item["origin"]})
        handler.addQuickElement("content", item["content"], {"type": "html"})
