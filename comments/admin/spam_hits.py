"""Which rules of the spam score matched an opinion, and which words they matched."""

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from ..models import Comment, SpamRule
from ..models.redaction import merge_spans


class HitSummary(NamedTuple):
    label: str
    points: int
    is_highlighted: bool  # the text has highlighted words of this rule


def rule_label(rule: str) -> str:
    """A rule that no longer exists, in an old row, is its own label."""
    return str(SpamRule(rule).label) if rule in SpamRule.values else rule


def summarise_hits(comment: Comment) -> list[HitSummary]:
    """One per rule, the one with the most points first."""
    points: dict[str, int] = {}
    highlighted: set[str] = set()
    for hit in comment.hits:
        points[hit["rule"]] = points.get(hit["rule"], 0) + hit["points"]
        if hit["end"] > hit["start"]:
            highlighted.add(hit["rule"])
    ordered = sorted(points.items(), key=lambda item: -item[1])
    return [HitSummary(rule_label(rule), value, rule in highlighted) for rule, value in ordered]


def highlighted_text(comment: Comment, field: str) -> SafeString:
    """The stored text with <mark> around matched and redacted words.

    Nothing else is added, because the script of the page counts characters to find the selected words."""
    text = getattr(comment, field)
    hits = [
        (hit["start"], min(hit["end"], len(text)), rule_label(hit["rule"]))
        for hit in comment.hits
        if hit.get("field", "body") == field and 0 <= hit["start"] < min(hit["end"], len(text))
    ]
    redacted = merge_spans(comment.redactions, field, len(text))
    borders = sorted(
        {
            0,
            len(text),
            *(place for start, end, _label in hits for place in (start, end)),
            *(place for span in redacted for place in span),
        }
    )
    return mark_safe("".join(_pieces(text, borders, hits, redacted)))  # noqa: S308 - each piece is escaped


def _pieces(
    text: str, borders: list[int], hits: list[tuple[int, int, str]], redacted: list[tuple[int, int]]
) -> Iterable[SafeString]:
    for start, end in pairwise(borders):
        words = text[start:end]
        rules = ", ".join(dict.fromkeys(label for first, last, label in hits if first <= start and end <= last))
        is_redacted = any(first <= start and end <= last for first, last in redacted)
        if not rules and not is_redacted:
            yield format_html("{}", words)
            continue
        kinds = " ".join(f"held-words--{kind}" for kind, shown in (("rule", rules), ("redacted", is_redacted)) if shown)
        title = "; ".join(str(part) for part in (rules, _("Đã che với người đọc") if is_redacted else "") if part)
        yield format_html('<mark class="held-words {}" title="{}">{}</mark>', kinds, title, words)
