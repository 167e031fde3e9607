"""Hiding personal data in an opinion from the public, and showing it again. The stored text does not change."""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F

from ..models import Comment, ModerationEvent, Status
from ..models.redaction import Redaction, find_spans, merge_spans

FIELDS = ("name", "body")


def may_be_redacted(comment: Comment) -> bool:
    return comment.is_waiting or comment.status in (Status.PUBLISHED, Status.REMOVED)


def find_words(comment: Comment, words: str) -> list[Redaction]:
    """Every occurrence of the words in name and body. Occurrences inside longer words ("an" in "quan") count only if
    there are no others."""
    found = [
        Redaction(field=field, start=start, end=end)
        for field in FIELDS
        for start, end in find_spans(words, getattr(comment, field))
    ]
    return [span for span in found if _is_whole_word(getattr(comment, span["field"]), span)] or found


def _is_whole_word(text: str, span: Redaction) -> bool:
    start, end = span["start"], span["end"]
    cuts_before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    cuts_after = end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    return not cuts_before and not cuts_after


def find_selection(comment: Comment, field: str, start: int, end: int, words: str) -> list[Redaction]:
    """The selected span if it contains the selected words, otherwise every occurrence of the words."""
    if field in FIELDS and 0 <= start < end and getattr(comment, field)[start:end] == words:
        return [Redaction(field=field, start=start, end=end)]
    return find_words(comment, words)


def redact(comment: Comment, added: Iterable[Redaction], *, by: User) -> bool:
    """Returns False when somebody else has changed the opinion since it was read."""
    return _store(comment, [*comment.redactions, *added], by)


def unredact(comment: Comment, removed: Redaction, *, by: User) -> bool:
    """Returns False when somebody else has changed the opinion since it was read."""
    return _store(comment, [one for one in merged(comment, comment.redactions) if one != removed], by)


def merged(comment: Comment, redactions: Iterable[Redaction]) -> list[Redaction]:
    listed = list(redactions)
    return [
        Redaction(field=field, start=start, end=end)
        for field in FIELDS
        for start, end in merge_spans(listed, field, len(getattr(comment, field)))
    ]


def _store(comment: Comment, redactions: list[Redaction], by: User) -> bool:
    redactions = merged(comment, redactions)
    with transaction.atomic():
        unchanged = Comment.objects.filter(pk=comment.pk, version=comment.version)
        if not unchanged.update(redactions=redactions, version=F("version") + 1):
            return False
        ModerationEvent.objects.create(
            comment=comment,
            action=ModerationEvent.Action.REDACT,
            from_status=comment.status,
            to_status=comment.status,
            by=by,
        )
    comment.redactions = redactions
    comment.version += 1
    return True
