from .blocklist import BlockedTerm
from .comment import Comment
from .counts import OpinionCount, RateCount
from .moderation_event import AppendOnly, ModerationEvent
from .notice import Notice, NoticeRun
from .queries import PER_PAGE, CommentQuerySet, Cursor
from .reply import OfficialReply
from .spam_rule import SpamHit, SpamRule
from .states import CLOSED, TRANSITIONS, WAITING, Reason, ReasonMissing, Status, TransitionError

__all__ = [
    "CLOSED",
    "PER_PAGE",
    "TRANSITIONS",
    "WAITING",
    "AppendOnly",
    "BlockedTerm",
    "Comment",
    "CommentQuerySet",
    "Cursor",
    "ModerationEvent",
    "Notice",
    "NoticeRun",
    "OfficialReply",
    "OpinionCount",
    "RateCount",
    "Reason",
    "ReasonMissing",
    "SpamHit",
    "SpamRule",
    "Status",
    "TransitionError",
]
