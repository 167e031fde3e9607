from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comments.models import Comment, ModerationEvent, Reason, Status
from tests.comments.moderation.moderator_client import (
    DECIDE,
    QUEUE,
    UNDO,
    logged_in,
    on_page,
    parsed,
    said,
    seen,
    state,
)
from tests.factories import make_article, make_comment, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator() -> Client:
    return logged_in(username="duyet", first_name="Lê Kiểm Duyệt")


@pytest.mark.parametrize(
    ("source", "action", "target"),
    [
        ("pending", "publish", "published"),
        ("suspect", "publish", "published"),
        ("pending", "reject", "rejected"),
        ("suspect", "spam", "spam"),
        ("suspect", "requeue", "pending"),
        ("rejected", "requeue", "pending"),
        ("spam", "requeue", "pending"),
        ("published", "remove", "removed"),
        ("removed", "publish", "published"),
    ],
)
def test_button_of_a_row_moves_its_opinion(moderator: Client, source: str, action: str, target: str):
    comment, other = make_comment(status=source), make_comment(status=source)
    value = f"{action} {seen(comment)}" + (" insult" if action == "reject" else "")
    slug = {"pending": "cho-duyet", "suspect": "nghi-rac", "published": "da-dang", "spam": "rac"}.get(
        source, "khong-dang"
    )
    buttons = [
        button.attributes.get("value")
        for button in parsed(moderator.get(QUEUE, {"hang": slug})).css("button[name=action]")
    ]
    assert value in buttons
    response = moderator.post(DECIDE, {"action": value, "back": f"{QUEUE}?hang={slug}"})
    assert (response.status_code, response.url) == (302, f"{QUEUE}?hang={slug}")
    assert (state(comment), state(other)) == (target, source)
    event = ModerationEvent.objects.get()
    assert (event.from_status, event.to_status, event.by, event.reason) == (
        source,
        target,
        User.objects.get(),
        comment.reason,
    )


def test_ticked_opinions_and_whole_groups_move_together(moderator: Client):
    ticked, first, second, untouched = (make_comment() for _number in range(4))
    group = {
        "group": first.pk,
        f"same-{first.pk}": f"{seen(first)},{seen(second)}",
        f"same-{untouched.pk}": seen(untouched),
    }
    response = moderator.post(DECIDE, {"action": "spam", "selected": [seen(ticked)], **group})
    assert [state(comment) for comment in (ticked, first, second, untouched)] == ["spam", "spam", "spam", "pending"]
    assert "3 ý kiến" in said(response)


@pytest.mark.parametrize("reason", [value for value in Reason.values if value != Reason.OTHER])
def test_rejection_in_bulk_keeps_its_reason(moderator: Client, reason: str):
    comment = make_comment()
    moderator.post(DECIDE, {"action": "reject", "selected": seen(comment), "reason": reason})
    assert (state(comment), comment.reason) == ("rejected", reason)


def test_other_reason_needs_words(moderator: Client):
    comment = make_comment()
    for data in (
        {"action": f"reject {seen(comment)} other"},
        {"action": "reject", "selected": seen(comment), "reason": "other", "note": " "},
        {"action": "reject", "selected": seen(comment)},
        {"action": "reject", "selected": seen(comment), "reason": "vi-du"},
    ):
        assert "lý do" in said(moderator.post(DECIDE, data)).lower()
        assert state(comment) == "pending"
    moderator.post(DECIDE, {"action": f"reject {seen(comment)} other", f"note-{comment.pk}": "Gửi nhầm bài. " * 100})
    assert state(comment) == "rejected"
    assert comment.reason_note == ("Gửi nhầm bài. " * 100)[:500].strip()


@pytest.mark.parametrize(
    "action",
    [
        "",
        "xoa",
        "erased 1:1",
        "publish",
        "publish x",
        "publish 1:99999999999999",
        "publish " + "9" * 40 + ":1",
        "publish\x00 1:1",
    ],
)
def test_nonsense_changes_nothing(moderator: Client, action: str):
    comment = make_comment()
    assert moderator.post(DECIDE, {"action": action, "selected": ["x", "1", "1:", f"{'9' * 30}:1"]}).status_code == 302
    assert state(comment) == "pending"
    assert not ModerationEvent.objects.exists()


def test_moderator_with_a_stale_page_is_told_who_was_faster(moderator: Client):
    mine = make_comment()
    stale = seen(mine)
    colleague = make_user("dong-nghiep", first_name="Trần Nhanh Tay")
    Comment.objects.get(pk=mine.pk).move(Status.SPAM, by=colleague)
    words = said(moderator.post(DECIDE, {"action": f"publish {stale}"}))
    assert "đã được người khác xử lý" in words
    assert f"{mine.code}: Rác (Trần Nhanh Tay" in words
    assert state(mine) == "spam"
    assert ModerationEvent.objects.count() == 1


def test_opinion_that_was_redacted_meanwhile_is_not_published_unseen(moderator: Client):
    comment = make_comment(body="Gọi số 0912 345 678 giúp tôi.")
    stale = seen(comment)
    moderator.post(on_page(comment, "redact"), {"version": comment.version, "words": "0912 345 678"})
    assert "đã được người khác xử lý" in said(moderator.post(DECIDE, {"action": f"publish {stale}"}))
    assert state(comment) == "pending"


def test_decision_that_does_not_fit_the_state_is_refused(moderator: Client):
    comment = make_comment(status=Status.PUBLISHED)
    assert "Không làm được" in said(moderator.post(DECIDE, {"action": f"spam {seen(comment)}"}))
    assert state(comment) == "published"


@pytest.mark.parametrize(
    "back",
    ["https://vi-du.example/", "//vi-du.example", "/admin/", "javascript:alert(1)", "/admin/comments/comment/\r\nX: y"],
)
def test_button_leads_back_only_to_a_page_of_the_moderators(moderator: Client, back: str):
    assert moderator.post(DECIDE, {"action": "publish", "back": back}).url.startswith(QUEUE)


# ---------------------------------------------------------------- taking back


def test_last_decision_can_be_taken_back_once_and_only_as_a_whole(moderator: Client):
    first, second, third = (make_comment() for _number in range(3))
    moderator.post(DECIDE, {"action": "spam", "selected": seen(first)})
    moderator.post(DECIDE, {"action": "publish", "selected": [seen(second), seen(third)]})
    moment = parsed(moderator.get(QUEUE)).css_first("[data-undo] [name=moment]").attributes["value"]
    assert "2 ý kiến" in said(moderator.post(UNDO, {"moment": moment}))
    assert [state(comment) for comment in (first, second, third)] == ["spam", "pending", "pending"]
    assert "Không hoàn tác được" in said(moderator.post(UNDO, {"moment": moment}))
    assert state(first) == "spam"
    assert list(ModerationEvent.objects.order_by("-pk").values_list("action", flat=True)[:2]) == ["undo", "undo"]


def test_nothing_is_taken_back_after_a_minute(moderator: Client):
    comment = make_comment()
    with time_machine.travel("2026-03-02T09:00:00+07:00", tick=False) as clock:
        moderator.post(DECIDE, {"action": f"publish {seen(comment)}"})
        moment = parsed(moderator.get(QUEUE)).css_first("[data-undo] [name=moment]").attributes["value"]
        clock.shift(timedelta(seconds=61))
        assert parsed(moderator.get(QUEUE)).css_first("[data-undo]") is None
        assert "Không hoàn tác được" in said(moderator.post(UNDO, {"moment": moment}))
    assert state(comment) == "published"


def test_colleagues_decision_is_not_mine_to_take_back(moderator: Client):
    comment = make_comment()
    colleague = logged_in()
    colleague.post(DECIDE, {"action": f"publish {seen(comment)}"})
    moment = Comment.objects.get().decided_at.isoformat()
    moderator.post(UNDO, {"moment": moment})
    assert state(comment) == "published"


@pytest.mark.parametrize("moment", ["", "x", "2026-99-99T99:99:99", "2026-01-01T00:00:00", "9999-12-31T23:59:59-12:00"])
def test_forged_moment_takes_nothing_back(moderator: Client, moment: str):
    assert "Không hoàn tác được" in said(moderator.post(UNDO, {"moment": moment}))


# ---------------------------------------------------------------- what never happens


def test_nothing_changes_on_a_get_or_without_a_token(moderator: Client):
    comment = make_comment(body="Gọi số 0912 345 678 giúp tôi.", reply_due_on="2026-01-01")
    addresses = [DECIDE, UNDO, *(on_page(comment, page) for page in ("redact", "unredact", "waive_reply"))]
    data = {"action": f"publish {seen(comment)}", "version": 1, "words": "0912"}
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get())
    for address in addresses:
        assert moderator.get(address, data).status_code == 405
        assert strict.post(address, data).status_code == 403
    moderator.get(on_page(comment, "reply"), {"action": "approve-and-publish", "body": "x", "agency": "y"})
    moderator.get(on_page(comment, "change"), data)
    comment.refresh_from_db()
    assert (comment.status, comment.version, comment.redactions) == ("pending", 1, [])
    assert not ModerationEvent.objects.exists()


@pytest.mark.parametrize("role", ["Kiểm duyệt ý kiến", "Quản trị", "superuser"])
def test_nobody_deletes_or_rewrites_an_opinion(role: str, admin_client: Client):
    client = admin_client if role == "superuser" else logged_in(role)
    comment = make_comment()
    comment.move(Status.SPAM)
    for address in (
        f"/admin/comments/comment/{comment.pk}/delete/",
        f"/admin/comments/moderationevent/{comment.events.get().pk}/delete/",
    ):
        assert client.post(address, {"post": "yes"}).status_code == 403
    client.post(QUEUE, {"action": "delete_selected", "_selected_action": [comment.pk], "post": "yes"})
    assert client.post(on_page(comment, "change"), {"body": "Lời khác"}).status_code == 403
    assert client.get("/admin/comments/comment/add/").status_code == 403
    assert Comment.objects.get().body == comment.body


def test_article_with_opinions_is_not_deleted(admin_client: Client):
    comment = make_comment(make_article(status="draft"))
    admin_client.post(f"/admin/news/article/{comment.article_id}/delete/", {"post": "yes"})
    assert Comment.objects.exists()


def test_hundred_decisions_in_one_go_cost_six_queries(moderator: Client):
    articles = [make_article() for _number in range(5)]
    comments = [make_comment(article=articles[number % 5]) for number in range(100)]
    moderator.get(QUEUE)
    with CaptureQueriesContext(connection) as queries:
        moderator.post(DECIDE, {"action": "publish", "selected": [seen(comment) for comment in comments]})
    about_opinions = [query["sql"] for query in queries if "comments_" in query["sql"] or "SAVEPOINT" in query["sql"]]
    assert Comment.objects.published().count() == 100
    assert len([sql for sql in about_opinions if "auth_permission" not in sql]) <= 6
    assert len(queries) <= 12
