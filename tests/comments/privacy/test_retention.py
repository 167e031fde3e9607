from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from captcha.models import CaptchaStore
from django.core.management import call_command
from django.utils import timezone

from comments.models import Comment, RateCount, Status
from tests.comments.moderation.moderator_client import state
from tests.factories import make_comment
from tests.poison import unchangeable

pytestmark = pytest.mark.django_db
EMAIL = "nguyen.van.kiem@vi-du.example"


def days_ago(number: float) -> Any:
    return timezone.now() - timedelta(days=number)


def test_daily_command_keeps_what_is_young_and_lets_go_what_is_old():
    def pair(days: int, **fields: Any) -> tuple[Comment, Comment]:
        return make_comment(**fields, decided_at=days_ago(days - 0.5)), make_comment(
            **fields, decided_at=days_ago(days + 0.5)
        )

    for status, days in ((Status.SPAM, 15), (Status.WITHDRAWN, 15), (Status.REJECTED, 90), (Status.REMOVED, 90)):
        young, old = pair(days, status=status)
        call_command("opinion_retention", stdout=StringIO())
        assert (state(young), state(old)) == (status, "erased")
    waiting = [make_comment(status=status, created_at=days_ago(2000)) for status in (Status.PENDING, Status.SUSPECT)]
    published = make_comment(status=Status.PUBLISHED, decided_at=days_ago(2000))
    call_command("opinion_retention", stdout=StringIO())
    assert [state(comment) for comment in (*waiting, published)] == ["pending", "suspect", "published"]


def test_hash_of_an_address_goes_after_a_week():
    young = make_comment(client_hash="a" * 64, repeat_key="b" * 64, created_at=days_ago(6.9))
    old = make_comment(client_hash="a" * 64, repeat_key="c" * 64, created_at=days_ago(7.1))
    RateCount.objects.create(key="client_limit:" + "a" * 64, window_start=days_ago(7.1), count=3)
    RateCount.objects.create(key="site", window_start=days_ago(1), count=3)
    CaptchaStore.objects.create(challenge="x", response="x", expiration=days_ago(1))
    call_command("opinion_retention", stdout=StringIO())
    for comment in (young, old):
        comment.refresh_from_db()
    assert (young.client_hash, young.repeat_key) == ("a" * 64, "b" * 64)
    assert (old.client_hash, old.repeat_key) == (None, None)
    assert list(RateCount.objects.values_list("key", flat=True)) == ["site"]
    assert not CaptchaStore.objects.exists()


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"replied_at": 181, "decided_at": 400}, False),
        ({"replied_at": 179, "decided_at": 400}, True),
        ({"decided_at": 181}, False),
        ({"decided_at": 179}, True),
    ],
)
def test_address_goes_half_a_year_after_the_last_reply(fields: dict[str, int], kept: bool):
    moments = {name: days_ago(days) for name, days in fields.items()}
    comment = make_comment(
        status=Status.PUBLISHED, email=EMAIL, wants_mail=True, mail_confirmed_at=days_ago(500), **moments
    )
    waiting = make_comment(email=EMAIL, created_at=days_ago(500))
    call_command("opinion_retention", stdout=StringIO())
    comment.refresh_from_db()
    waiting.refresh_from_db()
    assert (comment.email == EMAIL, comment.wants_mail, comment.mail_confirmed_at is not None) == (kept, kept, kept)
    assert (waiting.email, bool(comment.body)) == (EMAIL, True)


def test_second_run_of_the_day_finds_nothing():
    make_comment(status=Status.SPAM, decided_at=days_ago(16), client_hash="a" * 64, created_at=days_ago(20))
    first, second = StringIO(), StringIO()
    call_command("opinion_retention", stdout=first)
    call_command("opinion_retention", stdout=second)
    assert (bool(first.getvalue()), second.getvalue()) == (True, "")


def test_opinion_that_cannot_be_erased_keeps_no_other_one():
    spam = [make_comment(status=Status.SPAM, decided_at=days_ago(16), email=EMAIL) for _number in range(3)]
    old = make_comment(client_hash="a" * 64, created_at=days_ago(8))
    errors = StringIO()
    with unchangeable(spam[1]):
        call_command("opinion_retention", stdout=StringIO(), stderr=errors)
    assert [state(comment) for comment in spam] == ["erased", "spam", "erased"]
    old.refresh_from_db()
    assert old.client_hash is None
    assert "1 ý kiến chưa bỏ được dữ liệu cá nhân" in errors.getvalue()
    call_command("opinion_retention", stdout=StringIO())
    assert state(spam[1]) == "erased"
