import pytest
from django.test import Client

from comments.models import Comment, ModerationEvent, Status
from comments.models.redaction import Redaction
from comments.moderation import redaction
from tests.comments.moderation.moderator_client import QUEUE, logged_in, on_page, parsed, said
from tests.factories import make_comment

pytestmark = pytest.mark.django_db
BODY = "Anh Ba ở xóm 4, số 0912 345 678. Gọi 0912 345 678 hoặc nhắn anh Ba."


@pytest.fixture
def moderator() -> Client:
    return logged_in()


def public_body(comment: Comment) -> str:
    comment.refresh_from_db()
    return comment.public_body


def test_typed_words_are_redacted_wherever_they_occur(moderator: Client):
    comment = make_comment(name="Anh Ba", body=BODY, status=Status.PUBLISHED)
    moderator.post(on_page(comment, "redact"), {"version": 1, "words": " 0912 345 678 "})
    assert public_body(comment) == "Anh Ba ở xóm 4, số █████. Gọi █████ hoặc nhắn anh Ba."
    moderator.post(on_page(comment, "redact"), {"version": 2, "words": "ANH BA"})
    assert public_body(comment) == "█████ ở xóm 4, số █████. Gọi █████ hoặc nhắn █████."
    assert comment.public_name == "█████"
    assert (comment.body, comment.name) == (BODY, "Anh Ba")
    assert [event.action for event in ModerationEvent.objects.all()] == ["redact", "redact"]


def test_short_name_is_not_redacted_inside_other_words(moderator: Client):
    comment = make_comment(body="Chị An ở quan lộ, gọi sdt0912345678.")
    moderator.post(on_page(comment, "redact"), {"version": 1, "words": "An"})
    moderator.post(on_page(comment, "redact"), {"version": 2, "words": "0912345678"})
    assert public_body(comment) == "Chị █████ ở quan lộ, gọi sdt█████."


def test_only_the_selected_words_are_redacted(moderator: Client):
    comment = make_comment(body=BODY)
    start = BODY.rindex("0912")
    moderator.post(
        on_page(comment, "redact"),
        {"version": 1, "words": "0912 345 678", "field": "body", "start": start, "end": start + 12},
    )
    assert public_body(comment) == "Anh Ba ở xóm 4, số 0912 345 678. Gọi █████ hoặc nhắn anh Ba."


def test_selection_with_other_words_is_not_trusted(moderator: Client):
    comment = make_comment(body=BODY)
    moderator.post(on_page(comment, "redact"), {"version": 1, "words": "xóm 4", "field": "body", "start": 0, "end": 5})
    assert public_body(comment) == BODY.replace("xóm 4", "█████")


@pytest.mark.parametrize(
    "data",
    [{"words": "không có"}, {"words": ""}, {"words": "zz", "field": "email", "start": "-1", "end": "9" * 30}, {}],
)
def test_words_that_are_not_there_are_answered_with_a_sentence(moderator: Client, data: dict[str, str]):
    comment = make_comment(body=BODY)
    assert "Không thấy" in said(moderator.post(on_page(comment, "redact"), {"version": 1, **data}))
    assert public_body(comment) == BODY


def test_redaction_is_removed(moderator: Client):
    comment = make_comment(body=BODY)
    moderator.post(on_page(comment, "redact"), {"version": 1, "words": "xóm 4"})
    fields = parsed(moderator.get(QUEUE)).css(".menu__masked input[type=hidden]")
    data = {field.attributes["name"]: field.attributes["value"] for field in fields}
    moderator.post(on_page(comment, "unredact"), data)
    assert public_body(comment) == BODY


def test_redaction_of_an_outdated_version_is_refused(moderator: Client):
    comment = make_comment(body=BODY)
    comment.move(Status.PUBLISHED)
    assert "đã được người khác xử lý" in said(
        moderator.post(on_page(comment, "redact"), {"version": 1, "words": "xóm 4"})
    )
    assert public_body(comment) == BODY


def test_closed_opinion_is_not_redacted(moderator: Client):
    comment = make_comment(body=BODY, status=Status.SPAM)
    assert "Không che được" in said(moderator.post(on_page(comment, "redact"), {"version": 1, "words": "xóm 4"}))


def test_moderators_still_read_redacted_words(moderator: Client):
    comment = make_comment(body=BODY)
    moderator.post(on_page(comment, "redact"), {"version": 1, "words": "xóm 4"})
    page = parsed(moderator.get(QUEUE))
    assert page.css_first('[data-field="body"]').text() == BODY
    assert page.css_first(".held-words--redacted").text() == "xóm 4"


def test_overlapping_redactions_become_one():
    comment = make_comment(body=BODY)
    redactions = [
        Redaction(field="body", start=2, end=6),
        Redaction(field="body", start=4, end=9),
        Redaction(field="body", start=9, end=9),
        Redaction(field="x", start=0, end=3),
    ]
    assert redaction.merged(comment, redactions) == [{"field": "body", "start": 2, "end": 9}]
