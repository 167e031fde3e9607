from .blocklist import BlockedTerm
from .comment import Comment
from .counts import OpinionCount, RateCount
from .moderation_event import AppendOnly, ModerationEvent
from .notice import Notice, NoticeRun
from .queries import PER_PAGE, CommentQuerySet
from .reply import OfficialReply
from .states import CLOSED, DECIDED, TRANSITIONS, WAITING, Reason, ReasonMissing, Status, TransitionError

__all__ = [
    "CLOSED",
    "DECIDED",
    "PER_PAGE",
    "TRANSITIONS",
    "WAITING",
    "AppendOnly",
    "BlockedTerm",
    "Comment",
    "CommentQuerySet",
    "ModerationEvent",
    "Notice",
    "NoticeRun",
    "OfficialReply",
    "OpinionCount",
    "RateCount",
    "Reason",
    "ReasonMissing",
    "Status",
    "TransitionError",
]
