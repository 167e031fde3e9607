import mimetypes
from dataclasses import dataclass
from html import escape
from urllib.parse import urljoin

from django.core.files.storage import default_storage
from django.utils.feedgenerator import Enclosure
from django.utils.text import Truncator

from ..media.images import FALLBACK_WIDTH, bytes_of, name_from_url, size_of, thumbnail_name, thumbnail_url
from ..models import Article, Attachment, Photo
from ..text.html import for_feed, to_text

DESCRIPTION_WORDS = 40  # of the body, for an article without a summary


@dataclass(frozen=True)
class Entry:
    """An article as a feed shows it."""

    article: Article
    url: str  # absolute

    def absolute(self, address: str) -> str:
        try:
            return urljoin(self.url, address)
        except ValueError:  # such as "http://[", which is a broken link on the page too
            return address

    def picture_html(self, name: str, alt: str) -> str:
        width, height = size_of(name) or (0, 0)
        shown = min(width, FALLBACK_WIDTH)
        size = f' width="{shown}" height="{round(height * shown / width)}"' if width else ""
        return f'<img src="{escape(self.absolute(thumbnail_url(name)))}" alt="{escape(alt)}"{size}>'

    def body_picture_html(self, src: str, alt: str) -> str | None:
        name = name_from_url(src)
        return self.picture_html(name, alt) if name else None

    def lead_figure(self, photo: Photo) -> str:
        credit = f"Ảnh: {photo.credit}" if photo.credit else ""
        caption = escape(" ".join(part for part in (self.article.caption, credit) if part), quote=False)
        below = f"<figcaption>{caption}</figcaption>" if caption else ""
        return f"<figure>{self.picture_html(photo.name, photo.alt)}{below}</figure>"

    @property
    def content(self) -> str:
        summary = f"<p><strong>{self.summary}</strong></p>" if self.article.summary else ""
        photo = self.article.lead_photo if self.article.show_lead_photo else None
        return (
            summary
            + (self.lead_figure(photo) if photo else "")
            + for_feed(self.article.body, self.body_picture_html, self.absolute)
        )

    @property
    def summary(self) -> str:
        """As HTML, which is what feed readers expect in a description."""
        return escape(self.article.summary, quote=False).replace("\n", "<br>")

    @property
    def description(self) -> str:
        return self.summary or escape(Truncator(to_text(self.article.body)).words(DESCRIPTION_WORDS), quote=False)

    @property
    def enclosures(self) -> list[Enclosure]:
        photo = self.article.lead_photo
        pictures = [enclosure] if photo and (enclosure := self.picture_enclosure(photo)) else []
        return pictures + [self.attachment_enclosure(attachment) for attachment in self.article.attachments.all()]

    def picture_enclosure(self, photo: Photo) -> Enclosure | None:
        name = thumbnail_name(photo.name)
        try:
            length = bytes_of(name)
        except Exception:  # a missing file, or any error of an object store: the entry appears without its picture
            return None
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return Enclosure(self.absolute(default_storage.url(name)), str(length), kind)

    def attachment_enclosure(self, attachment: Attachment) -> Enclosure:
        return Enclosure(self.absolute(attachment.file.url), str(attachment.size), attachment.media_type)
