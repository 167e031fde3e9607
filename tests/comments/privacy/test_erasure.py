from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test import Client

from comments.models import Comment, ModerationEvent, OfficialReply, OpinionCount, Status
from comments.privacy.erasure import ERASED_VALUES, erase
from tests.comments.moderation.moderator_client import DECIDE, PERSON, logged_in, on_page, seen, state
from tests.comments.submission.opinion_form import address, captcha_for, opinion
from tests.factories import make_article, make_comment

pytestmark = pytest.mark.django_db
EMAIL = "nguyen.van.kiem@vi-du.example"
NAME = "Nguyễn Văn Kiểm"
BODY = "Nhà tôi ở xóm Đông Kiểm Thử, mong sớm có nước sạch."
ADDRESS = "203.0.113.77"


def everything_stored() -> str:
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - names from the database itself
            found += [f"{table}: {row}" for row in cursor.fetchall()]
    return "\n".join(found)


def sent_by_person(client: Client) -> Comment:
    article = make_article()
    data = opinion(name=NAME, body=BODY, email=EMAIL, wants_mail="on", **captcha_for(client, article))
    assert client.post(address(article), data, REMOTE_ADDR=ADDRESS).status_code == 303
    return Comment.objects.get()


def test_after_erasing_no_table_holds_the_person(client: Client):
    comment = sent_by_person(client)
    client_hash, text_hash, repeat_key = comment.client_hash, comment.text_hash, comment.repeat_key
    moderator = logged_in("Quản trị")
    moderator.post(on_page(comment, "redact"), {"version": comment.version, "words": "xóm Đông Kiểm Thử"})
    comment.refresh_from_db()
    moderator.post(DECIDE, {"action": f"reject {seen(comment)} other", f"note-{comment.pk}": f"{NAME} nên gọi điện."})
    comment.refresh_from_db()
    moderator.post(DECIDE, {"action": f"requeue {seen(comment)}"})
    comment.refresh_from_db()
    comment.move(Status.PUBLISHED)
    OfficialReply.objects.create(comment=comment, agency="Sở Thử", body=f"Trả lời {NAME}: {BODY}").publish(by=None)
    call_command("opinion_notifications", stdout=StringIO())
    moderator.post(PERSON, {"query": EMAIL})
    moderator.post(PERSON, {"query": EMAIL, "action": "csv"})
    traces = [EMAIL, NAME, BODY, "Kiểm Thử", "nguyen.van.kiem", ADDRESS, client_hash, text_hash, repeat_key]
    before = everything_stored()
    assert [trace for trace in traces if trace not in before] == [ADDRESS]  # the address itself never was there

    moderator.post(PERSON, {"query": EMAIL, "action": "erase", "selected": comment.pk, "sure": "1"})

    assert state(comment) == "erased"
    after = everything_stored()
    assert [trace for trace in traces if trace in after] == []
    assert list(ModerationEvent.objects.order_by("-pk").values_list("from_status", "to_status")[:2]) == [
        ("withdrawn", "erased"),
        ("published", "withdrawn"),
    ]
    assert OpinionCount.objects.get().published == 0
    assert comment.code in client.get(comment.status_url).content.decode()


@pytest.mark.parametrize("status", [status for status in Status.values if status != "erased"])
def test_erasing_works_from_every_state(status: str):
    comment = make_comment(status=status, email=EMAIL, name=NAME, body=BODY)
    other = make_comment(status=status)
    assert erase([comment.pk]) == [comment.pk]
    assert (state(comment), comment.name, comment.body, comment.email) == ("erased", "", "", "")
    assert (state(other), bool(other.body)) == (status, True)
    assert erase([comment.pk]) == []


def test_erasing_needs_the_tick_and_takes_only_what_was_shown():
    owner = logged_in("Quản trị")
    shown, newer, stranger = (
        make_comment(email=EMAIL),
        make_comment(email=EMAIL),
        make_comment(email="khac@vi-du.example"),
    )
    owner.post(PERSON, {"query": EMAIL, "action": "erase", "selected": [shown.pk]})
    assert state(shown) == "pending"
    owner.post(
        PERSON, {"query": EMAIL, "action": "erase", "sure": "1", "selected": [shown.pk, stranger.pk, "x", "9" * 30]}
    )
    assert [state(comment) for comment in (shown, newer, stranger)] == ["erased", "pending", "pending"]


def test_every_text_of_an_opinion_is_either_emptied_or_known_to_be_harmless():
    """A new column fails this test until it is listed as harmless or in ERASED_VALUES."""
    harmless = {
        "id",
        "article",
        "code",
        "token_hash",
        "status",
        "previous_status",
        "version",
        "created_at",
        "published_at",
        "decided_at",
        "decided_by",
        "reason",
        "consent_at",
        "replied_at",
        "is_demo",
    }
    fields = {field.name for field in apps.get_model("comments", "Comment")._meta.concrete_fields}
    assert fields == harmless | set(ERASED_VALUES)
