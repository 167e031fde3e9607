"""What a browser would send from a form of the admin that it has opened."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client


class _HiddenFields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "input" and values.get("type") == "hidden" and values.get("name"):
            self.fields[values["name"] or ""] = values.get("value") or ""


def hidden_fields(html: str) -> dict[str, str]:
    parser = _HiddenFields()
    parser.feed(html)
    return parser.fields


def opened(client: Client, address: str) -> dict[str, str]:
    """The hidden fields of the form at `address`, opened by this client."""
    return hidden_fields(client.get(address).content.decode())


def text_of(response: Any) -> str:
    return response.content.decode()
