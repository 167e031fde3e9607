from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from news.admin.badges import badge

from ..models import Comment, OfficialReply, Status
from ..moderation import redaction
from .chips import Chip, chips, marked_text
from .decisions import VERBS, Verb

BADGES = {
    "pending": "submitted",
    "suspect": "returned",
    "published": "approved",
    "spam": "expired",
    "removed": "withdrawn",
    "withdrawn": "withdrawn",
}  # the colours of static/css/admin/components.css


@dataclass
class Row:
    """One opinion as a moderator sees it."""

    comment: Comment
    same: list["Row"] = field(default_factory=list)  # others with the same text
    same_total: int = 0  # how many there are, listed or not

    @property
    def number(self) -> str:
        """For attributes and addresses, where a template must not write 1.234."""
        return str(self.comment.pk)

    @property
    def version(self) -> str:
        return str(self.comment.version)

    @cached_property
    def name(self) -> SafeString:
        return marked_text(self.comment, "name")

    @cached_property
    def body(self) -> SafeString:
        return marked_text(self.comment, "body")

    @cached_property
    def chips(self) -> list[Chip]:
        return chips(self.comment)

    @property
    def seen(self) -> str:
        return f"{self.comment.pk}:{self.comment.version}"

    @property
    def copies(self) -> int:
        """How often the text is there, this one included."""
        return self.same_total + 1

    @property
    def listed(self) -> int:
        return len(self.same) + 1

    @property
    def is_overdue(self) -> bool:
        due = self.comment.reply_due_on
        return (
            self.may_be_answered and self.comment.replied_at is None and due is not None and due < timezone.localdate()
        )

    @property
    def may_be_excused(self) -> bool:
        """Whether to offer “Không cần trả lời”: not before the opinion is published or its deadline is past."""
        comment = self.comment
        waits = comment.reply_due_on is not None and comment.replied_at is None
        return waits and (comment.status == Status.PUBLISHED or self.is_overdue)

    @property
    def verbs(self) -> list[Verb]:
        return verbs_from({self.comment.status})

    @property
    def badge(self) -> SafeString:
        return badge(BADGES.get(self.comment.status, "draft"), self.comment.get_status_display())

    @property
    def masks(self) -> list[dict[str, Any]]:
        comment = self.comment
        return [
            {**mask, "words": getattr(comment, mask["field"])[mask["start"] : mask["end"]]}
            for mask in redaction.tidy(comment, comment.masks)
        ]

    @property
    def may_be_masked(self) -> bool:
        return self.comment.is_waiting or self.comment.status in (Status.PUBLISHED, Status.REMOVED)

    @property
    def may_be_answered(self) -> bool:
        return self.comment.is_waiting or self.comment.status == Status.PUBLISHED

    @property
    def published_reply(self) -> OfficialReply | None:
        return self._reply(OfficialReply.Status.PUBLISHED)

    @property
    def draft_reply(self) -> OfficialReply | None:
        return self._reply(OfficialReply.Status.DRAFT)

    def _reply(self, status: str) -> OfficialReply | None:
        """From what `for_queue()` has loaded."""
        return next((reply for reply in self.comment.replies.all() if reply.status == status), None)


def verbs_from(statuses: set[str]) -> list[Verb]:
    """What can be done from every one of these states."""
    targets = (
        set.intersection(*(set(Comment(status=status).next_statuses) for status in statuses)) if statuses else set()
    )
    return [verb for verb in VERBS.values() if verb.target in targets]


def hidden_email(email: str) -> str:
    """ "n•••@gmail.com": enough to compare two opinions, not enough to write to anybody."""
    name, at, host = email.partition("@")
    return f"{name[:1]}•••{at}{host}" if email else ""
