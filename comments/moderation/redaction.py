"""Blacking out personal data in an opinion, and taking it back. The citizen's words stay stored as they came."""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F

from ..models import Comment, ModerationEvent
from ..models.redaction import Mask, merged, places_of

FIELDS = ("name", "body")


def places(comment: Comment, words: str) -> list[Mask]:
    """Every place in name and text that has these words; as parts of longer words ("an" in "quan") only where nothing else has them."""
    found = [
        Mask(field=field, start=start, end=end)
        for field in FIELDS
        for start, end in places_of(words, getattr(comment, field))
    ]
    return [one for one in found if _is_whole(getattr(comment, one["field"]), one["start"], one["end"])] or found


def _is_whole(text: str, start: int, end: int) -> bool:
    cuts_before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    cuts_after = end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    return not cuts_before and not cuts_after


def selected(comment: Comment, field: str, start: int, end: int, words: str) -> list[Mask]:
    """The selected place, if it still has the selected words; otherwise wherever the words are."""
    if field in FIELDS and 0 <= start < end and getattr(comment, field)[start:end] == words:
        return [Mask(field=field, start=start, end=end)]
    return places(comment, words)


def mask(comment: Comment, added: Iterable[Mask], *, by: User) -> bool:
    """Whether this call masked them; False means: somebody else has changed the opinion since it was read."""
    return _store(comment, [*comment.masks, *added], by)


def unmask(comment: Comment, field: str, start: int, end: int, *, by: User) -> bool:
    return _store(
        comment,
        [
            one
            for one in tidy(comment, comment.masks)
            if (one["field"], one["start"], one["end"]) != (field, start, end)
        ],
        by,
    )


def tidy(comment: Comment, masks: Iterable[Mask]) -> list[Mask]:
    """Overlapping and touching masks as one."""
    listed = list(masks)
    return [
        Mask(field=field, start=start, end=end)
        for field in FIELDS
        for start, end in merged(listed, field, len(getattr(comment, field)))
    ]


def _store(comment: Comment, masks: list[Mask], by: User) -> bool:
    masks = tidy(comment, masks)
    with transaction.atomic():
        unchanged = Comment.objects.filter(pk=comment.pk, version=comment.version)
        if not unchanged.update(masks=masks, version=F("version") + 1):
            return False
        ModerationEvent.objects.create(
            comment=comment,
            action=ModerationEvent.Action.MASK,
            from_status=comment.status,
            to_status=comment.status,
            by=by,
        )
    comment.masks = masks
    comment.version += 1
    return True
