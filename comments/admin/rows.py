from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from news.admin.badges import badge

from ..models import Comment, OfficialReply, Status
from ..moderation import redaction, replies
from ..moderation.decisions import DecisionKind, decisions_from
from .spam_hits import HitSummary, highlighted_text, summarise_hits

BADGES = {
    Status.PENDING: "submitted",
    Status.SUSPECT: "returned",
    Status.PUBLISHED: "approved",
    Status.SPAM: "expired",
    Status.REMOVED: "withdrawn",
    Status.WITHDRAWN: "withdrawn",
}  # the colours of static/css/admin/components.css
DEFAULT_BADGE = "draft"


@dataclass
class OpinionRow:
    """An opinion as the moderators' templates show it. The comment must come from `for_queue()`."""

    comment: Comment
    same_text: list["OpinionRow"] = field(default_factory=list)
    same_text_count: int = 0  # may exceed the number of those listed

    @property
    def pk(self) -> str:
        """For attributes and addresses; templates would format a number as 1.234."""
        return str(self.comment.pk)

    @property
    def version(self) -> str:
        return str(self.comment.version)

    @property
    def pk_and_version(self) -> str:
        return f"{self.comment.pk}:{self.comment.version}"

    @cached_property
    def name(self) -> SafeString:
        return highlighted_text(self.comment, "name")

    @cached_property
    def body(self) -> SafeString:
        return highlighted_text(self.comment, "body")

    @cached_property
    def spam_hits(self) -> list[HitSummary]:
        return summarise_hits(self.comment)

    @property
    def copies(self) -> int:
        return self.same_text_count + 1

    @property
    def copies_listed(self) -> int:
        return len(self.same_text) + 1

    @property
    def is_overdue(self) -> bool:
        due = self.comment.reply_due_on
        return self.comment.awaits_reply and due is not None and due < timezone.localdate()

    @property
    def may_waive_reply(self) -> bool:
        """Offered once the opinion is published or overdue."""
        comment = self.comment
        waits = comment.reply_due_on is not None and comment.replied_at is None
        return waits and (comment.status == Status.PUBLISHED or self.is_overdue)

    @property
    def decisions(self) -> list[DecisionKind]:
        return decisions_from(self.comment.status)

    @property
    def badge(self) -> SafeString:
        return badge(BADGES.get(Status(self.comment.status), DEFAULT_BADGE), self.comment.get_status_display())

    @property
    def redactions(self) -> list[dict[str, Any]]:
        return [
            {**one, "words": getattr(self.comment, one["field"])[one["start"] : one["end"]]}
            for one in redaction.merged(self.comment, self.comment.redactions)
        ]

    @property
    def may_be_redacted(self) -> bool:
        return redaction.may_be_redacted(self.comment)

    @property
    def may_be_answered(self) -> bool:
        return replies.may_be_answered(self.comment)

    @property
    def published_reply(self) -> OfficialReply | None:
        return replies.published_reply(self.comment)

    @property
    def draft_reply(self) -> OfficialReply | None:
        return replies.draft_reply(self.comment)


def masked_email(email: str) -> str:
    """ "n•••@gmail.com": enough to compare two addresses, not enough to write to one."""
    name, at, host = email.partition("@")
    return f"{name[:1]}•••{at}{host}" if email else ""
