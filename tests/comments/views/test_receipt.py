import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from comments.models import Comment, OfficialReply, Reason, Status
from comments.receipts import hash_of, token_for
from tests.factories import make_comment

pytestmark = pytest.mark.django_db


def page(client: Client, comment: Comment) -> str:
    response = client.get(comment.status_url)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    ("status", "label", "may_withdraw"),
    [
        ("pending", "Đang chờ duyệt", True),
        ("suspect", "Đang chờ duyệt", True),
        ("published", "Đã đăng", True),
        ("rejected", "Không đăng", False),
        ("spam", "Không đăng", False),
        ("removed", "Đã gỡ khỏi trang", False),
        ("withdrawn", "Bạn đã rút ý kiến này", False),
        ("erased", "Dữ liệu đã được xóa", False),
    ],
)
def test_sender_sees_where_the_opinion_stands(client: Client, status: str, label: str, may_withdraw: bool):
    comment = make_comment(status=status)
    markup = page(client, comment)
    assert label in markup
    assert comment.code in markup
    assert ("Rút ý kiến này" in markup) is may_withdraw
    assert "Nghi rác" not in markup


def test_sender_reads_why_the_opinion_is_not_published(client: Client):
    comment = make_comment()
    comment.move(Status.REJECTED, reason=Reason.PERSONAL_DATA, note="Có số căn cước.")
    assert "Lý do: Thông tin cá nhân: Có số căn cước." in page(client, comment)
    other = make_comment()
    other.move(Status.REJECTED, reason=Reason.OTHER, note="Gửi nhầm bài.")
    assert "Lý do: Gửi nhầm bài." in page(client, other)


def test_sender_reads_the_official_reply_once_both_are_public(client: Client):
    comment = make_comment(status=Status.PUBLISHED)
    reply = OfficialReply.objects.create(comment=comment, agency="Sở Thử", body="Đã tiếp thu ý kiến.")
    assert "Đã tiếp thu ý kiến." not in page(client, comment)
    reply.publish(by=None)
    assert "Đã tiếp thu ý kiến." in page(client, comment)


@pytest.mark.parametrize("status", [Status.PENDING, Status.SUSPECT, Status.PUBLISHED])
def test_sender_can_take_the_opinion_back(client: Client, status: str):
    comment = make_comment(status=status)
    strict = Client(enforce_csrf_checks=True)  # under no-referrer a browser sends "Origin: null"
    response = strict.post(f"{comment.status_url}rut/", HTTP_ORIGIN="null")
    assert (response.status_code, response["Location"]) == (302, comment.status_url)
    comment.refresh_from_db()
    assert comment.status == Status.WITHDRAWN
    assert [(event.from_status, event.to_status, event.by) for event in comment.events.all()] == [
        (status, "withdrawn", None)
    ]
    assert client.get(comment.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("status", [Status.REJECTED, Status.SPAM, Status.REMOVED, Status.WITHDRAWN, Status.ERASED])
def test_closed_opinion_stays_as_it_is(client: Client, status: str):
    comment = make_comment(status=status)
    assert client.post(f"{comment.status_url}rut/").status_code == 302
    assert Comment.objects.get().status == status
    assert not comment.events.exists()


def test_looking_at_the_receipt_changes_nothing(client: Client):
    comment = make_comment()
    assert client.get(f"{comment.status_url}rut/").status_code == 405
    before = Comment.objects.values().get()
    page(client, comment)
    assert Comment.objects.values().get() == before


def test_receipt_is_kept_by_nobody_and_its_address_goes_nowhere(client: Client):
    response = client.get(make_comment().status_url)
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert not response.cookies
    assert "canonical" not in response.content.decode()


def test_database_keeps_the_hash_of_the_token_only(client: Client):
    comment = make_comment()
    token = comment.status_url.strip("/").split("/")[-1]
    assert len(token) == 32
    assert comment.token_hash == hash_of(token)
    assert token not in str(Comment.objects.values().get())


@pytest.mark.parametrize("token", ["0" * 32, "a" * 31, "A" * 32, "x" * 32, "0" * 64])
def test_guessed_token_leads_nowhere(client: Client, token: str):
    make_comment()
    assert client.get(f"/y-kien/bien-nhan/{token}/").status_code == 404
    assert client.post(f"/y-kien/bien-nhan/{token}/rut/").status_code == 404


def test_receipt_outlives_a_change_of_the_secret_key(client: Client, settings: Settings):
    comment = make_comment()
    address = comment.status_url
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "một khoá mới, dài và khác hẳn khoá trước đó của trang"
    assert token_for(comment.code).hash != comment.token_hash
    assert comment.status_url == address
    assert client.get(address).status_code == 200
