from typing import Any
from xml.etree import ElementTree

import feedparser
from django.core.files.base import ContentFile
from django.test import Client

from news.models import Article, Attachment

FORMATS = ["rss.xml", "atom.xml"]
ATOM = "{http://www.w3.org/2005/Atom}"


def read(client: Client, address: str, **headers: str) -> Any:
    """Parse the feed with feedparser, as feed readers do, and with a strict XML parser."""
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    ElementTree.fromstring(response.content)  # noqa: S314 - our own answer
    feed = feedparser.parse(response.content, sanitize_html=False, resolve_relative_uris=False)
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def attach(article: Article, title: str, name: str, content: bytes = b"%PDF-1.7 mot hai ba") -> Attachment:
    attachment = Attachment(article=article, title=title)
    attachment.file.save(name, ContentFile(content), save=False)
    attachment.size = len(content)
    attachment.save()
    return attachment
