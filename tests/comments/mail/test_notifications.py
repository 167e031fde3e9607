from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from comments.mail.consent import consent_url
from comments.models import Comment, Notice, NoticeRun, OfficialReply, Status
from tests.factories import make_article, make_comment, make_user

pytestmark = pytest.mark.django_db
MODERATOR = "Kiểm duyệt ý kiến"
CITIZEN = "nguoi.dan@vi-du.example"
HOSTILE = "Lê\u202e <script>alert(1)</script> {{ 7|add:7 }}\nBcc: kẻ.lạ@vi-du.example"


def send() -> list[mail.EmailMessage]:
    mail.outbox.clear()
    call_command("opinion_notifications", stdout=StringIO(), stderr=StringIO())
    return mail.outbox


def asking(**fields: object) -> Comment:
    return make_comment(
        **({"email": CITIZEN, "wants_mail": True, "name": HOSTILE, "body": f"{HOSTILE} Nội dung riêng."} | fields)
    )


def path_of(comment: Comment) -> str:
    return consent_url(comment).removeprefix("http://127.0.0.1:8000")


def confirm(comment: Comment) -> None:
    Client().post(path_of(comment), {"action": "confirm"})


def after_undo(comment: Comment) -> None:
    """Moves the decision two minutes into the past, when it can no longer be undone."""
    Comment.objects.filter(pk=comment.pk).update(decided_at=timezone.now() - timedelta(minutes=2))


# ---------------------------------------------------------------- senders


def test_unverified_address_gets_one_question_and_none_of_the_senders_words():
    comment = asking()
    [message] = send()
    assert message.to == [CITIZEN]
    assert comment.code in message.body
    assert "/y-kien/thu/" in message.body
    for words in ("Lê", "script", "kẻ.lạ", "Nội dung riêng", comment.article.title, comment.status_url):
        assert words not in f"{message.subject} {message.body}"
    assert send() == []


def test_nothing_is_sent_to_who_did_not_ask():
    make_comment(email=CITIZEN).move(Status.PUBLISHED)
    asking(email="")
    asking(status=Status.SPAM)
    assert send() == []


def test_unconfirmed_address_is_told_no_decision():
    comment = asking()
    send()
    comment.move(Status.PUBLISHED)
    after_undo(comment)
    assert send() == []


def test_opening_the_link_confirms_nothing_and_the_button_does():
    comment = asking()
    page = Client().get(path_of(comment))
    assert (page["Cache-Control"], page["Referrer-Policy"], page["X-Robots-Tag"]) == (
        "no-store",
        "no-referrer",
        "noindex, nofollow",
    )
    assert "Nội dung riêng" not in page.content.decode()
    comment.refresh_from_db()
    assert comment.mail_confirmed_at is None
    confirm(comment)
    comment.refresh_from_db()
    assert comment.mail_confirmed_at is not None


@pytest.mark.parametrize(
    ("status", "reason", "word"), [("published", "", "được đăng"), ("rejected", "off_topic", "Ngoài phạm vi bài")]
)
def test_confirmed_sender_is_told_the_decision_once_without_the_senders_words(status: str, reason: str, word: str):
    comment = asking()
    confirm(comment)
    comment.move(status, reason=reason)
    assert send() == []  # it can still be taken back
    after_undo(comment)
    [message] = send()
    assert word in message.body
    assert comment.status_url in message.body
    assert "script" not in message.body
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    assert message.extra_headers["List-Unsubscribe"].startswith("<http://127.0.0.1:8000/y-kien/thu/")
    assert send() == []


def test_reply_and_publication_make_one_mail():
    comment = asking()
    confirm(comment)
    comment.move(Status.PUBLISHED)
    OfficialReply.objects.create(comment=comment, agency="Sở Thử", body="Đã tiếp thu.").publish(by=None)
    Comment.objects.update(
        decided_at=timezone.now() - timedelta(minutes=2), replied_at=timezone.now() - timedelta(minutes=2)
    )
    [message] = send()
    assert "trả lời của Sở Thử" in message.body
    assert send() == []


def test_reply_after_publication_makes_a_second_mail():
    comment = asking()
    confirm(comment)
    comment.move(Status.PUBLISHED)
    after_undo(comment)
    assert len(send()) == 1
    OfficialReply.objects.create(comment=comment, agency="Sở Thử", body="Đã tiếp thu.").publish(by=None)
    Comment.objects.update(replied_at=timezone.now() - timedelta(minutes=2))
    assert len(send()) == 1


def test_no_more_mails_after_stop():
    comment = asking()
    confirm(comment)
    Client().post(path_of(comment), {"action": "stop"})
    comment.move(Status.PUBLISHED)
    after_undo(comment)
    assert send() == []


def test_stranger_is_not_flooded_with_questions():
    for _number in range(6):
        asking()
    assert len(send()) == 3
    assert send() == []


def test_old_link_confirms_nothing_but_still_stops():
    comment = asking()
    path = path_of(comment)
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        assert "quá hạn" in Client().get(path).content.decode()
        Client().post(path, {"action": "confirm"})
        comment.refresh_from_db()
        assert comment.mail_confirmed_at is None
        Client().post(path, {"action": "stop"})
        comment.refresh_from_db()
        assert comment.wants_mail is False


@pytest.mark.parametrize("token", ["x", "x:y:z", "%00", "Nw:1abcde:" + "x" * 40])
def test_forged_link_leads_nowhere(token: str):
    make_comment(email=CITIZEN)
    assert Client().get(f"/y-kien/thu/{token}/").status_code in (400, 404)


def test_mail_that_cannot_be_sent_is_sent_by_the_next_run(monkeypatch: pytest.MonkeyPatch):
    asking()
    make_user(role=MODERATOR, email="duyet@vi-du.example")

    def fail(self: EmailBackend, messages: object) -> int:
        raise ConnectionRefusedError

    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", fail)
        assert send() == []
    assert not Notice.objects.exists()
    assert not NoticeRun.objects.exists()
    assert len(send()) == 2


# ---------------------------------------------------------------- moderators


def test_moderators_get_one_digest_in_half_an_hour_without_a_citizens_words():
    for role, email in ((MODERATOR, "duyet@vi-du.example"), ("Phóng viên", "viet@vi-du.example"), (MODERATOR, "")):
        make_user(role=role, email=email)
    with time_machine.travel("2026-03-02T09:00:00+07:00", tick=False) as clock:
        article = make_article("Bài có ý kiến")
        make_comment(article, name=HOSTILE, body=f"{HOSTILE} riêng tư")
        [message] = send()
        assert message.to == ["duyet@vi-du.example"]
        assert "Bài có ý kiến (1)" in message.body
        assert "/admin/comments/comment/" in message.body
        assert "script" not in message.subject + message.body
        clock.shift(timedelta(minutes=1))
        make_comment(article)
        clock.shift(timedelta(minutes=28))
        make_comment(article)
        assert send() == []
        clock.shift(timedelta(minutes=1))
        [message] = send()
        assert "2 ý kiến mới" in message.subject
        clock.shift(timedelta(hours=3))
        assert send() == []  # nothing new
        clock.shift(timedelta(hours=21))
        [message] = send()
        assert "Vẫn còn ý kiến chờ duyệt" in message.subject


def test_alarm_for_overdue_replies_once_a_day():
    make_user(role=MODERATOR, email="duyet@vi-du.example")
    with time_machine.travel("2026-03-02T09:00:00+07:00", tick=False) as clock:
        comment = make_comment(status=Status.PUBLISHED, reply_due_on="2026-02-27", body=f"{HOSTILE} riêng tư")
        [message] = send()
        assert "quá hạn" in message.subject
        assert comment.code in message.body
        assert "riêng tư" not in message.body
        clock.shift(timedelta(hours=23))
        assert send() == []
        clock.shift(timedelta(hours=1))
        assert len(send()) == 1
        Comment.objects.update(replied_at=timezone.now())
        clock.shift(timedelta(days=2))
        assert send() == []


def test_marks_of_an_articles_title_arrive_as_they_are():
    make_user(role=MODERATOR, email="duyet@vi-du.example")
    make_comment(make_article("“Sông La” & <mưa> 100%"))
    [message] = send()
    assert "“Sông La” & <mưa> 100% (1)" in message.body
