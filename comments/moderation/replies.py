from dataclasses import dataclass
from enum import StrEnum

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F

from ..models import Comment, ModerationEvent, OfficialReply, Status


class ReplyAction(StrEnum):
    """The values of the buttons of the reply form."""

    SAVE_DRAFT = "save-draft"
    PUBLISH = "publish"
    APPROVE_AND_SAVE_DRAFT = "approve-and-save-draft"
    APPROVE_AND_PUBLISH = "approve-and-publish"
    WITHDRAW = "withdraw"

    @property
    def approves_opinion(self) -> bool:
        return self in (self.APPROVE_AND_SAVE_DRAFT, self.APPROVE_AND_PUBLISH)

    @property
    def publishes_reply(self) -> bool:
        return self in (self.PUBLISH, self.APPROVE_AND_PUBLISH)


class ReplyConflict(Exception):
    """Somebody else has changed the opinion or its replies since the author opened the form."""


class OpinionNotPublished(Exception):
    """A reply cannot be published before its opinion."""


@dataclass
class SavedReply:
    approved_opinion: bool
    published: bool


def may_be_answered(comment: Comment) -> bool:
    return comment.is_waiting or comment.status == Status.PUBLISHED


def draft_reply(comment: Comment) -> OfficialReply | None:
    return _reply_with(comment, OfficialReply.Status.DRAFT)


def published_reply(comment: Comment) -> OfficialReply | None:
    return _reply_with(comment, OfficialReply.Status.PUBLISHED)


def _reply_with(comment: Comment, status: str) -> OfficialReply | None:
    """Uses the replies prefetched by `for_queue()`, without a query."""
    return next((reply for reply in comment.replies.all() if reply.status == status), None)


def reply_state(comment: Comment) -> str:
    replies = sorted((reply.pk, reply.status, reply.updated_at.isoformat()) for reply in comment.replies.all())
    return " ".join([str(comment.version), *(f"{pk}/{status}/{moment}" for pk, status, moment in replies)])


@transaction.atomic
def save_reply(pk: int, action: ReplyAction, *, state: str, agency: str, body: str, by: User) -> SavedReply:
    """Saves the draft of the opinion `pk`, and publishes opinion and reply as the action says.

    `state` is the `reply_state` that the author saw. Raises ReplyConflict, OpinionNotPublished."""
    comment = Comment.objects.select_for_update(of=("self",)).prefetch_related("replies").get(pk=pk)
    if state != reply_state(comment):
        raise ReplyConflict
    approves = action.approves_opinion and comment.status != Status.PUBLISHED
    if approves and not (Status.PUBLISHED in comment.next_statuses and comment.move(Status.PUBLISHED, by=by)):
        raise ReplyConflict
    draft = draft_reply(comment) or OfficialReply(comment=comment)
    draft.agency, draft.body, draft.author = agency, body, by
    draft.save()
    if action.publishes_reply:
        if comment.status != Status.PUBLISHED:
            raise OpinionNotPublished
        if previous := published_reply(comment):
            previous.withdraw(by=by)
        draft.publish(by=by)
    return SavedReply(approves, action.publishes_reply)


@transaction.atomic
def waive_reply(comment: Comment, *, by: User) -> bool:
    """Removes the reply deadline. Returns False if there is none, or if the opinion was changed since it was read."""
    unchanged = Comment.objects.filter(pk=comment.pk, version=comment.version, reply_due_on__isnull=False)
    if not unchanged.update(reply_due_on=None, version=F("version") + 1):
        return False
    ModerationEvent.objects.create(
        comment=comment,
        action=ModerationEvent.Action.NO_REPLY,
        from_status=comment.status,
        to_status=comment.status,
        by=by,
    )
    return True
