"""Cleaning: from HTML of any origin to rich text that may be stored and shown."""

import re
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
from .normalizer import normalize

MAX_ROUNDS = 10  # an element left out can bring two others together that then close each other; two rounds are usual
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")

SANITIZER = nh3.Cleaner(
    tags=ALLOWED_TAGS,
    clean_content_tags=DROPPED_WITH_CONTENT,
    attributes=ALLOWED_ATTRIBUTES,
    allowed_classes=ALLOWED_CLASSES,
    url_schemes=URL_SCHEMES,
    link_rel=LINK_REL,
)


def clean_html(html: str) -> str:
    """The allowed part of `html`, in NFC. Cleaning what is clean changes nothing.

    Raises UnacceptableHTML for what is too long or nested too deeply; see `limits`.
    """
    for _round in range(MAX_ROUNDS):
        html = clean_text(html)  # in every round: hidden characters may have been written as &#8203;
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
    return f"<p>{escape(' '.join(TAG.sub(' ', html[:MAX_LENGTH]).split()), quote=False)}</p>"
