"""Opinions in every state of moderation. Opinions that exist already are left alone."""

from collections import Counter
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import pairwise
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from comments import conf, deadlines
from comments.models import CLOSED, BlockedTerm, Comment, ModerationEvent, OfficialReply, OpinionCount, Status
from comments.models.comment import CODE_LENGTH, CODE_LETTERS
from comments.moderation import redaction
from comments.submission.spam_score import IncomingOpinion, find_hits, text_key, total_points
from news.models import Article

from . import content

BLOCKED = (
    ("domain", "nhacai-vidu.bet", "Trang cá cược"),
    ("word", "nạp đầu", "Cá cược"),
    ("word", "không thế chấp", "Tín dụng đen"),
    ("watched", "căn cước", "Hay bị lợi dụng để lừa đảo"),
    ("name", "hotline", "Không phải tên người"),
)
MODERATOR = "kiemduyet"
DECISION_TAKES = timedelta(hours=2)  # from sending to a moderator's decision


def make_opinions() -> None:
    """Only on the demo's own articles. A second run recognises every opinion by its code and makes nothing."""
    for kind, term, note in BLOCKED:
        BlockedTerm.objects.get_or_create(kind=kind, term=term, defaults={"note": note})
    titles = {entry["key"]: entry["title"] for entry in content.articles()}
    articles = {
        article.title: article
        for article in Article.objects.published().filter(title__in=titles.values()).defer("body")
    }
    known = set(Comment.objects.filter(is_demo=True).values_list("code", flat=True))
    moderator = User.objects.filter(username=MODERATOR).first()
    now = timezone.now()
    events: list[ModerationEvent] = []
    with transaction.atomic():
        for number, entry in enumerate(content.opinions()):
            article = articles.get(titles.get(entry["article"], ""))
            if article and code_of(number) not in known:
                events += make_opinion(entry, code_of(number), article, moderator, now)
        # The log is shown in the order of its primary keys.
        ModerationEvent.objects.bulk_create(sorted(events, key=lambda event: event.at))


def code_of(number: int) -> str:
    digest = sha256(f"demo opinion {number}".encode()).digest()
    return "GY-" + "".join(CODE_LETTERS[byte % len(CODE_LETTERS)] for byte in digest[:CODE_LENGTH])


def make_opinion(
    entry: dict[str, Any], code: str, article: Article, moderator: User | None, now: datetime
) -> list[ModerationEvent]:
    """Stores the opinion and its replies; returns the log entries, which the caller stores."""
    status = Status(entry["status"])
    sent_at = moment_of(entry, article, now)
    decided_at = None if status in (Status.PENDING, Status.SUSPECT) else min(sent_at + DECISION_TAKES, now)
    by = None if status == Status.WITHDRAWN else moderator
    comment = Comment(
        code=code,
        article=article,
        name=entry["name"],
        body=entry["text"].strip(),
        email=entry.get("email", ""),
        status=status,
        wants_mail=entry.get("wants_mail", False),
        created_at=sent_at,
        consent_at=sent_at,
        decided_at=decided_at,
        decided_by=by if decided_at else None,
        reason=entry.get("reason", ""),
        reason_note=entry.get("note", ""),
        is_demo=True,
        published_at=decided_at if status in (Status.PUBLISHED, Status.REMOVED) else None,
        reply_due_on=due_on(entry, sent_at, now) if status not in CLOSED else None,
    )
    weigh(comment, entry)
    comment.redactions = redaction.merged(
        comment, [span for words in entry.get("redact", []) for span in redaction.find_words(comment, words)]
    )
    comment.previous_status = path_to(comment)[-2] if decided_at else ""
    comment.save()
    events = moves(comment, by)
    if status == Status.PUBLISHED:
        OpinionCount.objects.change(Counter({article.pk: 1}))
        events += answer(comment, entry, article, moderator)
    return events


def moment_of(entry: dict[str, Any], article: Article, now: datetime) -> datetime:
    if "hours_after" in entry:
        return min(after(article, entry["hours_after"]), now - DECISION_TAKES)
    return now - timedelta(minutes=entry.get("minutes_ago", 0), days=entry.get("days_ago", 0))


def after(article: Article, hours: int) -> datetime:
    return (article.published_at or timezone.now()) + timedelta(hours=hours)


def due_on(entry: dict[str, Any], sent_at: datetime, now: datetime) -> Any:
    if not entry.get("wants_reply", True):
        return None
    if "overdue_days" in entry:
        return timezone.localdate(now) - timedelta(days=entry["overdue_days"])
    return deadlines.reply_due(timezone.localdate(sent_at), deadlines.reply_days())


def weigh(comment: Comment, entry: dict[str, Any]) -> None:
    if not comment.body:
        return
    terms = tuple((kind, term) for kind, term, _note in BLOCKED)
    incoming = IncomingOpinion(
        name=comment.name,
        body=comment.body,
        honeypot=entry.get("honeypot", False),
        seconds_taken=entry.get("seconds", 90),
        many_from_client=entry.get("many_from_client", False),
        terms=terms,
    )
    comment.hits = find_hits(incoming)
    comment.score = total_points(comment.hits)
    comment.text_hash = text_key(comment.body)


def path_to(comment: Comment) -> list[str]:
    first = Status.SUSPECT if comment.score >= conf.get("suspect_from") else Status.PENDING
    between = {Status.REMOVED: [Status.PUBLISHED], Status.ERASED: [Status.WITHDRAWN]}.get(Status(comment.status), [])
    return [first, *between, Status(comment.status)]


def moves(comment: Comment, by: User | None) -> list[ModerationEvent]:
    path = path_to(comment) if comment.decided_at else []
    return [
        ModerationEvent(
            comment=comment,
            from_status=old,
            to_status=new,
            by=by,
            at=comment.decided_at or comment.created_at,
            reason=comment.reason if new == comment.status else "",
            note=comment.reason_note if new == comment.status else "",
        )
        for old, new in pairwise(path)
    ]


def answer(comment: Comment, entry: dict[str, Any], article: Article, author: User | None) -> list[ModerationEvent]:
    if draft := entry.get("draft"):
        OfficialReply.objects.create(comment=comment, agency=draft["agency"], body=draft["text"], author=author)
    reply = entry.get("reply")
    if reply is None:
        return []
    said_at = min(after(article, reply["hours_after"]), timezone.now())
    OfficialReply.objects.create(
        comment=comment,
        agency=reply["agency"],
        body=reply["text"].strip(),
        author=author,
        status=OfficialReply.Status.PUBLISHED,
        published_at=said_at,
    )
    Comment.objects.filter(pk=comment.pk).update(replied_at=said_at)
    reply_said = ModerationEvent.Action.REPLY
    return [
        ModerationEvent(
            comment=comment,
            action=reply_said,
            from_status=comment.status,
            to_status=comment.status,
            by=author,
            at=said_at,
        )
    ]
