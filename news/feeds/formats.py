"""Django's RSS 2.0 and Atom 1.0 with full texts, all enclosures and the logo of the site."""

from datetime import datetime
from typing import Any

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed, rfc3339_date

from ..text.cleaning import for_xml

CONTENT_NAMESPACE = "http://purl.org/rss/1.0/modules/content/"


class WellFormedFeed(SyndicationFeed):
    """Removes characters that XML 1.0 forbids, whatever the database contains."""

    def __init__(self, *args: Any, **fields: Any) -> None:
        super().__init__(*args, **remove_forbidden(fields))

    def add_item(self, *args: Any, **fields: Any) -> None:
        super().add_item(*args, **remove_forbidden(fields))

    def latest_post_date(self) -> datetime:
        """For an empty feed Django returns the current time, so that it would change with every request."""
        return super().latest_post_date() if self.items else self.feed["last_modified"]


def remove_forbidden(value: Any) -> Any:
    if isinstance(value, str):
        return for_xml(value)
    if isinstance(value, list):
        return [remove_forbidden(part) for part in value]
    if isinstance(value, dict):
        return {name: remove_forbidden(part) for name, part in value.items()}
    return value


class Rss(WellFormedFeed, Rss201rev2Feed):
    def rss_attributes(self) -> dict[str, str]:
        return super().rss_attributes() | {"xmlns:content": CONTENT_NAMESPACE}

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        handler.startElement("image", {})
        handler.addQuickElement("url", self.feed["logo"] or self.feed["icon"])
        handler.addQuickElement("title", self.feed["title"])
        handler.addQuickElement("link", self.feed["link"])
        handler.endElement("image")

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """RSS allows one enclosure; the other files are added as Atom links."""
        super().add_item_elements(handler, item | {"enclosures": item["enclosures"][:1]})
        for file in item["enclosures"][1:]:
            link = {"rel": "enclosure", "href": file.url, "length": file.length, "type": file.mime_type}
            handler.addQuickElement("atom:link", None, link)
        if item["origin"]:
            handler.addQuickElement("atom:link", None, {"rel": "via", "href": item["origin"]})
        handler.addQuickElement("atom:updated", rfc3339_date(item["updateddate"]))
        handler.addQuickElement("content:encoded", item["content"])


class Atom(WellFormedFeed, Atom1Feed):
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
