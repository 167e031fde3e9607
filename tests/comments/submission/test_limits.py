import pytest
from captcha.models import CaptchaStore
from django.test import Client
from pytest_django.fixtures import Settings
from time_machine import TimeMachineFixture

from comments.models import Comment, RateCount
from tests.comments.submission.opinion_form import WORDS, address, captcha_for, kept, message, opinion, send
from tests.factories import make_article

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine_oclock")]


def test_hard_limit_answers_429_with_the_text_and_when_to_come_back(client: Client, settings: Settings):
    settings.COMMENTS = {"client_limit": (2, 600)}
    article = make_article()
    codes = [captcha_for(client, article) for _number in range(3)]
    answers = [
        client.post(address(article), opinion(body=f"Ý kiến riêng số {number}", **code))
        for number, code in enumerate(codes)
    ]
    assert [answer.status_code for answer in answers] == [303, 303, 429]
    assert 0 < int(answers[2]["Retry-After"]) <= 601
    assert kept(answers[2]) == ("Nguyễn Thị Thử", "Ý kiến riêng số 2")
    elsewhere = send(client, article, extra={"REMOTE_ADDR": "203.0.113.9"}, body="Từ một mạng khác.")
    assert elsewhere.status_code == 303


def test_limit_of_a_day_lasts_from_midnight_to_midnight(
    client: Client, settings: Settings, time_machine: TimeMachineFixture
):
    settings.COMMENTS = {"client_day_limit": (1, 24 * 3600)}
    article = make_article()
    answers = []
    for moment in ("24T00:00:00", "24T06:59:59", "24T07:00:00", "24T23:59:00", "25T00:00:00"):
        time_machine.move_to(f"2026-11-{moment}+07:00", tick=False)
        answers.append(send(client, article, body=f"Ý kiến lúc {moment}."))
    assert [answer.status_code for answer in answers] == [303, 429, 429, 429, 303]
    assert answers[3]["Retry-After"] == "61"


def test_refused_opinions_are_not_counted(client: Client, settings: Settings):
    settings.COMMENTS = {"client_limit": (1, 600)}
    article = make_article()
    for number in range(4):
        send(client, article, body=f"Ý kiến riêng số {number}")
    assert RateCount.objects.get(key__startswith="client_limit:").count == 1


def test_soft_limit_only_adds_points(client: Client, settings: Settings):
    settings.COMMENTS = {"soft_limit": (1, 600), "too_fast_seconds": 0}
    article = make_article()
    for number in range(2):
        assert send(client, article, body=f"Ý kiến riêng số {number}").status_code == 303
    assert [
        [hit["rule"] for hit in hits] for hits in Comment.objects.order_by("pk").values_list("hits", flat=True)
    ] == [[], ["many_from_client"]]


def test_full_site_closes_politely(client: Client, settings: Settings):
    settings.COMMENTS = {"site_limit": (0, 3600)}
    article = make_article()
    response = send(client, article)
    assert response.status_code == 429
    assert "quá nhiều ý kiến" in message(response)
    assert client.get(article.get_absolute_url()).status_code == 200


def test_captchas_are_limited_too(client: Client, settings: Settings):
    settings.COMMENTS = {"captcha_limit": (1, 600)}
    article = make_article()
    answers = [client.post(f"{address(article)}ma/") for _number in range(2)]
    assert [answer.status_code for answer in answers] == [200, 429]
    response = client.post(address(article), opinion())
    assert response.status_code == 429
    assert kept(response) == ("Nguyễn Thị Thử", WORDS)
    assert CaptchaStore.objects.count() == 1


@pytest.mark.parametrize(
    ("proxies", "headers", "same"),
    [
        ([], {"HTTP_X_FORWARDED_FOR": "203.0.113.7"}, True),  # invented by the sender
        (["127.0.0.0/8"], {"HTTP_X_FORWARDED_FOR": "203.0.113.7"}, False),
        (["127.0.0.0/8"], {"HTTP_X_FORWARDED_FOR": "203.0.113.7, 127.0.0.1"}, False),
        (["127.0.0.0/8"], {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}, True),
    ],
)
def test_forwarded_address_counts_only_from_trusted_proxies(
    client: Client, settings: Settings, proxies: list, headers: dict, same: bool
):
    settings.TRUSTED_PROXIES = proxies
    article = make_article()
    send(client, article, body="Gửi thẳng không qua đâu.")
    send(client, article, extra=headers, body="Gửi qua một máy khác.")
    first, second = Comment.objects.order_by("pk").values_list("client_hash", flat=True)
    assert (first == second) is same


def test_one_household_of_ipv6_is_one_client(client: Client):
    article = make_article()
    for number, last in enumerate(("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1")):
        send(client, article, extra={"REMOTE_ADDR": last}, body=f"Ý kiến riêng số {number}")
    first, second, third = Comment.objects.order_by("pk").values_list("client_hash", flat=True)
    assert first == second != third
