"""Why the rules held an opinion: chips with their points, and the words they mean marked in the text."""

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from ..models import Comment
from ..models.redaction import merged

LABELS: dict[str, Promise] = {
    "honeypot": _("Điền ô ẩn"),
    "too_fast": _("Gửi quá nhanh"),
    "many_links": _("Nhiều đường dẫn"),
    "one_link": _("Có đường dẫn"),
    "blocked_word": _("Từ chặn"),
    "blocked_domain": _("Tên miền chặn"),
    "impersonation": _("Tên dễ mạo danh"),
    "watched_word": _("Từ cần chú ý"),
    "repeated": _("Lặp ký tự"),
    "capitals": _("Viết hoa nhiều"),
    "many_from_client": _("Gửi nhiều lần"),
}


class Chip(NamedTuple):
    label: str
    points: int
    is_marked: bool  # some words of the text are marked for it


def chips(comment: Comment) -> list[Chip]:
    """One for each rule, the weightiest first."""
    points: dict[str, int] = {}
    marked: set[str] = set()
    for hit in comment.hits:
        points[hit["rule"]] = points.get(hit["rule"], 0) + hit["points"]
        if hit["end"] > hit["start"]:
            marked.add(hit["rule"])
    ordered = sorted(points.items(), key=lambda item: -item[1])
    return [Chip(str(LABELS.get(rule, rule)), value, rule in marked) for rule, value in ordered]


def marked_text(comment: Comment, field: str) -> SafeString:
    """The whole text with nothing added to it but <mark>: scripts count its letters. Masked words stay readable here."""
    text = getattr(comment, field)
    hits = [
        (hit["start"], min(hit["end"], len(text)), str(LABELS.get(hit["rule"], hit["rule"])))
        for hit in comment.hits
        if hit.get("field", "body") == field and 0 <= hit["start"] < min(hit["end"], len(text))
    ]
    masks = merged(comment.masks, field, len(text))
    borders = sorted(
        {
            0,
            len(text),
            *(place for start, end, _label in hits for place in (start, end)),
            *(place for span in masks for place in span),
        }
    )
    return mark_safe("".join(_pieces(text, borders, hits, masks)))  # noqa: S308 - each piece is escaped


def _pieces(
    text: str, borders: list[int], hits: list[tuple[int, int, str]], masks: list[tuple[int, int]]
) -> Iterable[SafeString]:
    for start, end in pairwise(borders):
        words = text[start:end]
        rules = ", ".join(dict.fromkeys(label for first, last, label in hits if first <= start and end <= last))
        is_masked = any(first <= start and end <= last for first, last in masks)
        if not rules and not is_masked:
            yield format_html("{}", words)
            continue
        kinds = " ".join(f"held-words--{kind}" for kind, fires in (("rule", rules), ("masked", is_masked)) if fires)
        title = "; ".join(str(part) for part in (rules, _("Đã che với người đọc") if is_masked else "") if part)
        yield format_html('<mark class="held-words {}" title="{}">{}</mark>', kinds, title, words)
