from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from comments.models import Comment, ModerationEvent, OfficialReply, Status
from tests.comments.moderation.moderator_client import logged_in, on_page, parsed, said, state
from tests.factories import make_comment, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator() -> Client:
    return logged_in(username="duyet")


def typed(client: Client, comment: Comment, action: str, **changes: Any) -> dict[str, Any]:
    hidden = parsed(client.get(on_page(comment, "reply"))).css_first("[name=seen]").attributes["value"]
    return {"seen": hidden, "agency": "Sở Thử nghiệm", "body": "Đã tiếp thu.", "action": action, **changes}


def visible(comment: Comment) -> list[str]:
    return list(comment.replies.published().values_list("body", flat=True))


def test_opinion_and_reply_go_out_together(moderator: Client):
    comment = make_comment(status=Status.SUSPECT)
    response = moderator.post(on_page(comment, "reply"), typed(moderator, comment, "approve-and-publish"))
    assert response.url == on_page(comment, "change")
    assert (state(comment), visible(comment)) == ("published", ["Đã tiếp thu."])
    assert comment.replied_at is not None
    assert list(ModerationEvent.objects.order_by("pk").values_list("action", flat=True)) == ["move", "reply"]


def test_draft_is_kept_and_published_later(moderator: Client):
    comment = make_comment(status=Status.PUBLISHED)
    moderator.post(on_page(comment, "reply"), typed(moderator, comment, "save-draft", body="Bản đầu."))
    assert visible(comment) == []
    assert "Bản đầu." in moderator.get(on_page(comment, "reply")).content.decode()
    moderator.post(on_page(comment, "reply"), typed(moderator, comment, "publish", body="Bản sau."))
    assert visible(comment) == ["Bản sau."]
    assert OfficialReply.objects.count() == 1


def test_new_reply_takes_the_place_of_the_old_one(moderator: Client):
    comment = make_comment(status=Status.PUBLISHED)
    for body in ("Trả lời một.", "Trả lời hai."):
        moderator.post(on_page(comment, "reply"), typed(moderator, comment, "publish", body=body))
    assert visible(comment) == ["Trả lời hai."]
    comment.refresh_from_db()
    assert comment.replied_at is not None
    moderator.post(on_page(comment, "reply"), typed(moderator, comment, "withdraw"))
    assert visible(comment) == []
    comment.refresh_from_db()
    assert comment.replied_at is None


def test_reply_to_an_opinion_that_is_not_published_stays_a_draft(moderator: Client):
    comment = make_comment()
    response = moderator.post(on_page(comment, "reply"), typed(moderator, comment, "publish", body="Chữ tôi gõ."))
    assert response.status_code == 409
    assert "Chữ tôi gõ." in response.content.decode()
    assert (state(comment), OfficialReply.objects.count()) == ("pending", 0)


@pytest.mark.parametrize("action", ["save-draft", "publish", "approve-and-publish"])
def test_writer_who_was_overtaken_keeps_his_words(moderator: Client, action: str):
    comment = make_comment(status=Status.PENDING if action == "approve-and-publish" else Status.PUBLISHED)
    mine = typed(moderator, comment, action, body="Chữ tôi gõ.")
    colleague = logged_in(username="dong-nghiep", first_name="Trần Nhanh Tay")
    colleague.post(on_page(comment, "reply"), typed(colleague, comment, "approve-and-publish", body="Chữ đồng nghiệp."))
    response = moderator.post(on_page(comment, "reply"), mine)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Trần Nhanh Tay" in page
    assert "Chữ tôi gõ." in page
    assert "Chữ đồng nghiệp." in page
    assert visible(comment) == ["Chữ đồng nghiệp."]
    again = parsed(response).css_first("[name=seen]").attributes["value"]
    moderator.post(on_page(comment, "reply"), mine | {"seen": again, "action": "publish"})
    assert visible(comment) == ["Chữ tôi gõ."]


@pytest.mark.parametrize(
    "changes",
    [{"body": ""}, {"agency": " "}, {"body": "x" * 4001}, {"agency": "x" * 161}, {"body": "\x00"}, {"action": "x"}],
)
def test_incomplete_reply_comes_back_with_what_was_typed(moderator: Client, changes: dict[str, str]):
    comment = make_comment(status=Status.PUBLISHED)
    response = moderator.post(
        on_page(comment, "reply"), typed(moderator, comment, **{"action": "publish", "agency": "Sở Giữ Lại", **changes})
    )
    assert response.status_code == 200
    assert "Sở Giữ Lại" in response.content.decode() or "agency" in changes
    assert not OfficialReply.objects.exists()


def test_one_who_only_answers_does_not_decide():
    user = make_user()
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_comment", "add_officialreply"]))
    client = Client()
    client.force_login(user)
    comment = make_comment()
    assert "approve-and-publish" not in client.get(on_page(comment, "reply")).content.decode()
    assert client.post(on_page(comment, "reply"), typed(client, comment, "approve-and-publish")).status_code == 403
    assert client.post(on_page(comment, "reply"), typed(client, comment, "save-draft")).status_code == 302
    assert state(comment) == "pending"


def test_opinion_without_need_of_a_reply_leaves_the_list(moderator: Client):
    comment = make_comment(status=Status.PUBLISHED, reply_due_on="2026-01-01")
    moderator.post(on_page(comment, "waive_reply"), {"version": 1})
    comment.refresh_from_db()
    assert comment.reply_due_on is None
    assert ModerationEvent.objects.get().action == "no_reply"
    assert "đã được người khác xử lý" in said(moderator.post(on_page(comment, "waive_reply"), {"version": 1}))
