from datetime import timedelta
from itertools import product

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.models import (
    AppendOnly,
    Comment,
    ModerationEvent,
    OfficialReply,
    OpinionCount,
    Reason,
    ReasonMissing,
    Status,
    TransitionError,
)
from tests.factories import make_article, make_comment, make_user

pytestmark = pytest.mark.django_db

# Written out again, so that a mistake in TRANSITIONS fails a test.
ALLOWED = {
    ("pending", "published"),
    ("pending", "rejected"),
    ("pending", "spam"),
    ("pending", "withdrawn"),
    ("suspect", "pending"),
    ("suspect", "published"),
    ("suspect", "rejected"),
    ("suspect", "spam"),
    ("suspect", "withdrawn"),
    ("published", "removed"),
    ("published", "withdrawn"),
    ("removed", "published"),
    ("rejected", "pending"),
    ("spam", "pending"),
    ("rejected", "erased"),
    ("spam", "erased"),
    ("removed", "erased"),
    ("withdrawn", "erased"),
}
PAIRS = list(product(Status.values, Status.values))


def reason_for(target: str) -> str:
    return Reason.OFF_TOPIC if target == Status.REJECTED else ""


def log_of(comment: Comment) -> list[tuple[str, str, str]]:
    return list(comment.events.order_by("pk").values_list("action", "from_status", "to_status"))


@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_one_opinion_moves_only_along_the_table(source: str, target: str):
    comment = make_comment(status=source)
    if (source, target) in ALLOWED:
        assert comment.move(target, reason=reason_for(target)) is True
        assert (comment.status, comment.version) == (target, 2)
        assert log_of(comment) == [("move", source, target)]
    else:
        with pytest.raises(TransitionError):
            comment.move(target, reason=reason_for(target))
        comment.refresh_from_db()
        assert (comment.status, comment.version) == (source, 1)
        assert log_of(comment) == []


@pytest.mark.parametrize("target", Status.values)
def test_many_opinions_move_only_along_the_table(target: str):
    comments = {status: make_comment(status=status) for status in Status.values}
    sources = {source for source, to in ALLOWED if to == target}
    if not sources:
        with pytest.raises(TransitionError):
            Comment.objects.all().move(target)
        return
    moved = Comment.objects.all().move(target, reason=reason_for(target))
    assert set(moved) == {comments[source].pk for source in sources}
    for status, comment in comments.items():
        comment.refresh_from_db()
        assert comment.status == (target if status in sources else status)
        assert log_of(comment) == ([("move", status, target)] if status in sources else [])


def test_stale_opinion_is_left_as_somebody_else_made_it():
    mine = make_comment()
    theirs = Comment.objects.get(pk=mine.pk)
    assert theirs.move(Status.SPAM) is True
    assert mine.move(Status.PUBLISHED) is False
    mine.refresh_from_db()
    assert mine.status == Status.SPAM
    assert log_of(mine) == [("move", "pending", "spam")]


def test_bulk_move_skips_versions_that_have_changed():
    seen, changed = make_comment(), make_comment()
    versions = {seen.pk: seen.version, changed.pk: changed.version}
    changed.move(Status.REJECTED, reason=Reason.UNCLEAR)
    changed.move(Status.PENDING)
    assert Comment.objects.at_versions(versions).move(Status.PUBLISHED) == [seen.pk]
    assert Comment.objects.at_versions({}).move(Status.PUBLISHED) == []


@pytest.mark.parametrize(("reason", "note"), [("", ""), ("vi-du", ""), ("other", ""), ("other", "  ")])
def test_rejection_says_why(reason: str, note: str):
    comment = make_comment()
    with pytest.raises(ReasonMissing):
        comment.move(Status.REJECTED, reason=reason, note=note)
    with pytest.raises(ReasonMissing):
        Comment.objects.all().move(Status.REJECTED, reason=reason, note=note)
    assert Comment.objects.get().status == Status.PENDING


def test_decision_is_stored_with_its_moment_person_and_reason():
    moderator = make_user()
    comment = make_comment()
    with time_machine.travel("2026-03-02T09:00:00+07:00", tick=False):
        comment.move(Status.REJECTED, by=moderator, reason=Reason.OTHER, note="Gửi nhầm bài.")
        moment = timezone.now()
    assert (comment.decided_at, comment.decided_by, comment.reason, comment.reason_note) == (
        moment,
        moderator,
        "other",
        "Gửi nhầm bài.",
    )
    comment.move(Status.PENDING, by=moderator)
    assert (comment.decided_at, comment.decided_by, comment.reason, comment.reason_note) == (None, None, "", "")
    first = comment.events.order_by("pk").first()
    assert (first.by, first.reason, first.note) == (moderator, "other", "Gửi nhầm bài.")


def test_removed_opinion_returns_to_its_old_place_in_the_list():
    comment = make_comment(status=Status.PENDING)
    comment.move(Status.PUBLISHED)
    place = comment.published_at
    comment.move(Status.REMOVED)
    comment.move(Status.PUBLISHED)
    assert comment.published_at == place


def test_number_of_published_opinions_follows_every_move():
    first, second = make_article(), make_article()
    comments = [make_comment(article=article) for article in (first, first, first, second)]

    def counted() -> dict[int, int]:
        return dict(OpinionCount.objects.values_list("article", "published"))

    Comment.objects.all().move(Status.PUBLISHED)
    assert counted() == {first.pk: 3, second.pk: 1}
    Comment.objects.filter(pk__in=[comments[0].pk, comments[3].pk]).move(Status.REMOVED)
    assert counted() == {first.pk: 2, second.pk: 0}
    comments[3].refresh_from_db()
    comments[3].move(Status.PUBLISHED)
    assert counted() == {first.pk: 2, second.pk: 1}
    make_comment(article=first).move(Status.SPAM)
    assert counted() == {first.pk: 2, second.pk: 1}


@pytest.mark.parametrize("target", [Status.PUBLISHED, Status.REJECTED, Status.SPAM])
@pytest.mark.parametrize("source", [Status.PENDING, Status.SUSPECT])
def test_decision_can_be_taken_back_for_a_minute_by_who_made_it(source: str, target: str):
    moderator, colleague = make_user(), make_user()
    comment = make_comment(status=source)
    mine = Comment.objects.filter(pk=comment.pk)
    with time_machine.travel("2026-03-02T09:00:00+07:00", tick=False) as clock:
        comment.move(target, by=moderator, reason=reason_for(target))
        assert mine.undo(by=colleague) == []
        clock.shift(timedelta(seconds=60))
        assert mine.undo(by=moderator) == [comment.pk]
        assert mine.undo(by=moderator) == []
        comment.refresh_from_db()
        assert (comment.status, comment.version, comment.published_at, comment.reason) == (source, 3, None, "")
        assert log_of(comment) == [("move", source, target), ("undo", target, source)]
        assert sum(OpinionCount.objects.values_list("published", flat=True)) == 0
        comment.move(target, by=moderator, reason=reason_for(target))
        clock.shift(timedelta(seconds=61))
        assert mine.undo(by=moderator) == []


def test_hundred_opinions_move_in_six_queries():
    articles = [make_article() for _number in range(5)]
    for number in range(100):
        make_comment(article=articles[number % 5])
    versions = dict(Comment.objects.values_list("pk", "version"))
    moderator = make_user()
    with CaptureQueriesContext(connection) as queries:
        moved = Comment.objects.at_versions(versions).move(Status.PUBLISHED, by=moderator)
    assert len(moved) == 100
    assert len(queries) <= 6
    assert ModerationEvent.objects.count() == 100


def test_log_of_moderation_is_append_only():
    comment = make_comment()
    comment.move(Status.SPAM)
    event = comment.events.get()
    event.note = "sửa"
    with pytest.raises(AppendOnly):
        event.save()
    with pytest.raises(AppendOnly):
        event.delete()
    with pytest.raises(AppendOnly):
        ModerationEvent.objects.all().delete()
    with pytest.raises(AppendOnly):
        ModerationEvent.objects.update(note="sửa")


def test_overdue_opinions_are_those_that_still_wait_for_a_reply():
    today = timezone.localdate()
    late = {"reply_due_on": today - timedelta(days=1)}
    waiting = make_comment(**late)
    unanswered = make_comment(status=Status.PUBLISHED, **late)
    make_comment(status=Status.PUBLISHED, reply_due_on=today)
    make_comment(status=Status.PUBLISHED, reply_due_on=None)
    make_comment(status=Status.REJECTED, **late)
    answered = make_comment(status=Status.PUBLISHED, **late)
    OfficialReply.objects.create(comment=answered, agency="Sở Thử", body="Đã tiếp thu.").publish(by=None)
    assert set(Comment.objects.overdue(today)) == {waiting, unanswered}
