"""Cleaning: from HTML of any origin to rich text that may be stored and shown."""

from html import escape

import nh3

from ..cleaning import clean_text
from .allowed import (
    ALLOWED_ATTRIBUTES,
    ALLOWED_CLASSES,
    ALLOWED_TAGS,
    DROPPED_WITH_CONTENT,
    LINK_REL,
    URL_SCHEMES,
)
from .limits import MAX_LENGTH, UnacceptableHTML, refuse_costly
from .links import ANCHOR
from .markup import without_unread, words_of
from .normalizer import normalize

MAX_ROUNDS = 10  # an element left out can bring two others together that then close each other; two rounds are usual


def only_own_ids(_tag: str, name: str, value: str) -> str | None:
    return value if name != "id" or ANCHOR.fullmatch(value) else None


SANITIZER = nh3.Cleaner(
    tags=ALLOWED_TAGS,
    clean_content_tags=DROPPED_WITH_CONTENT,
    attributes=ALLOWED_ATTRIBUTES,
    allowed_classes=ALLOWED_CLASSES,
    attribute_filter=only_own_ids,
    url_schemes=URL_SCHEMES,
    link_rel=None,  # the normaliser knows which links lead away
    tag_attribute_values={"a": {"rel": {LINK_REL}}},
)


def clean_html(html: str) -> str:
    """The allowed part of `html`, in NFC. Cleaning what is clean changes nothing.

    Raises UnacceptableHTML for what is too long or nested too deeply; see `limits`.
    """
    for _round in range(MAX_ROUNDS):
        html = without_unread(clean_text(html))  # in every round: hidden characters may have been written as &#8203;
        refuse_costly(html)
        # Two parsers may read the same markup differently. So what is returned was written by the sanitiser, from
        # the very text that is returned, and nothing touches it afterwards.
        cleaned = SANITIZER.clean(normalize(html))
        if cleaned == html:
            return cleaned
        html = cleaned
    return as_plain_text(html)


def harmless(html: str) -> str:
    """The cleaned HTML; of what is too costly to clean, its words.

    For rows that came in by SQL or were written by an older version.
    """
    try:
        return clean_html(html)
    except UnacceptableHTML:
        return as_plain_text(html)


def as_plain_text(html: str) -> str:
    """One paragraph with the words of HTML that cannot be shown as it is."""
    return f"<p>{escape(words_of(html)[:MAX_LENGTH], quote=False)}</p>"
