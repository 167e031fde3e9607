"""The form without JavaScript. Whatever goes wrong, the response contains everything that was typed."""

import pytest
import time_machine
from captcha.models import CaptchaStore
from django.test import Client
from django.utils import timezone

from comments import deadlines
from comments.models import BlockedTerm, Comment, Status
from tests.comments.submission.opinion_form import (
    WORDS,
    address,
    captcha_for,
    kept,
    message,
    only_comment,
    opinion,
    send,
    tree,
)
from tests.factories import make_article, make_comment, make_site_identity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine_oclock")]

SENT = "Ý kiến của bạn đã được gửi thành công. Cảm ơn bạn!"


def test_article_page_carries_the_form_but_nothing_of_one_reader(client: Client):
    article = make_article()
    make_comment(article, status=Status.PUBLISHED)
    response = client.get(article.get_absolute_url())
    form = tree(response).css_first("form[data-opinion-form]")
    assert form.attributes["action"] == f"/y-kien/{article.pk}/#gui-y-kien"
    assert [field.attributes["name"] for field in form.css("input, textarea")] == [
        "name",
        "email",
        "body",
        "subject",
        "wants_mail",
        "consent",
    ]
    assert "checked" not in form.css_first("[name=consent]").attributes
    assert "Thêm ý kiến góp ý" in response.content.decode()
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert "csrfmiddlewaretoken" not in response.content.decode()
    assert not CaptchaStore.objects.exists()


def test_first_step_shows_text_picture_ticket_and_token(client: Client):
    article = make_article()
    response = client.post(address(article), opinion())
    page = tree(response)
    assert response.status_code == 200
    assert kept(response) == ("Nguyễn Thị Thử", WORDS)
    assert page.css_first("[name=consent]").attributes.keys() >= {"checked"}
    assert page.css_first("[data-picture]").attributes["src"].startswith("data:image/png;base64,")
    assert page.css_first("[data-ticket]").attributes["value"]
    assert page.css_first("[name=csrfmiddlewaretoken]").attributes["value"]
    assert response["Cache-Control"] == "no-store"
    assert not Comment.objects.exists()


def test_second_step_stores_the_opinion_and_leads_to_the_receipt(client: Client):
    make_site_identity(reply_deadline_days=3)
    article = make_article()
    with time_machine.travel("2026-04-28T10:00:00+07:00"):
        article.published_at = timezone.now()
        article.save()
        response = send(client, article, email="Toi@Vi-Du.example", wants_mail="on")
    comment = only_comment()
    assert (response.status_code, response["Location"]) == (303, f"{comment.status_url}?da-gui=1")
    assert (comment.name, comment.body, comment.email, comment.wants_mail) == (
        "Nguyễn Thị Thử",
        WORDS,
        "toi@vi-du.example",
        True,
    )
    assert (comment.status, comment.version) == (Status.PENDING, 1)
    assert comment.reply_due_on.isoformat() == "2026-05-05"  # not 30/4, 1/5, nor the week-end
    assert comment.client_hash
    assert "127.0.0.1" not in str(Comment.objects.values().get())
    page = client.get(response["Location"]).content.decode()
    assert SENT in page
    assert comment.code in page
    assert not CaptchaStore.objects.exists()


@time_machine.travel("2026-03-02T09:00:00+07:00", tick=False)
def test_sender_sees_the_same_answer_for_pending_and_suspect(client: Client):
    BlockedTerm.objects.create(kind=BlockedTerm.Kind.WORD, term="cá độ")
    article = make_article()
    answers = []
    for text in ("Đề nghị sửa đường liên xã.", "Mời chơi cá độ tại https://vi-du.top ngay."):
        response = send(client, article, body=text)
        comment = Comment.objects.latest("pk")
        page = client.get(response["Location"]).content.decode()
        for own in (comment.code, comment.body, comment.status_url, response["Location"]):
            page = page.replace(own, "·")
        answers.append((comment.status, response.status_code, page))
    assert [status for status, *_rest in answers] == [Status.PENDING, Status.SUSPECT]
    assert answers[0][1:] == answers[1][1:]


def test_number_of_working_days_comes_from_the_site_identity():
    make_site_identity(reply_deadline_days=7)
    assert deadlines.reply_days() == 7


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"name": ""}, "name"),
        ({"name": "A"}, "name"),
        ({"name": "A" * 81}, "name"),
        ({"name": "\u200b\u200b\u200b"}, "name"),
        ({"body": ""}, "body"),
        ({"body": "ngắn quá"}, "body"),
        ({"body": "ă" * 2001}, "body"),
        ({"email": "khong-phai"}, "email"),
        ({"wants_mail": "on"}, "email"),
        ({"consent": ""}, "consent"),
    ],
)
def test_wrong_field_is_named_and_everything_stays(client: Client, fields: dict, wrong: str):
    article = make_article()
    response = send(client, article, **fields)
    page = tree(response)
    assert response.status_code == 422
    assert [
        field.attributes["data-field"]
        for field in page.css("[data-field]")
        if field.css_first("[data-error]").text(strip=True)
    ] == [wrong]
    sent = opinion(**fields)
    assert kept(response) == ("" if "\u200b" in sent["name"] else sent["name"], sent["body"])
    assert page.css_first(f"[name={wrong}]").attributes["aria-invalid"] == "true"
    assert not Comment.objects.exists()


def test_missing_csrf_cookie_gives_the_form_back_not_a_bare_403():
    strict = Client(enforce_csrf_checks=True)
    article = make_article()
    code = captcha_for(strict, article)
    response = strict.post(address(article), opinion(**code))
    assert response.status_code == 422
    assert "cookie" in message(response)
    assert kept(response) == ("Nguyễn Thị Thử", WORDS)
    assert not Comment.objects.exists()
    page = tree(response)
    token = page.css_first("[name=csrfmiddlewaretoken]").attributes["value"]
    code = {
        "ticket": page.css_first("[data-ticket]").attributes["value"],
        "captcha": CaptchaStore.objects.latest("pk").response,
    }
    assert strict.post(address(article), opinion(csrfmiddlewaretoken=token, **code)).status_code == 303


def test_form_from_another_site_is_not_taken():
    strict = Client(enforce_csrf_checks=True)
    article = make_article()
    page = tree(strict.post(address(article), opinion()))
    token = page.css_first("[name=csrfmiddlewaretoken]").attributes["value"]
    code = {
        "ticket": page.css_first("[data-ticket]").attributes["value"],
        "captcha": CaptchaStore.objects.latest("pk").response,
    }
    response = strict.post(
        address(article), opinion(csrfmiddlewaretoken=token, **code), HTTP_ORIGIN="https://khac.example"
    )
    assert response.status_code == 422
    assert not Comment.objects.exists()


def test_script_gets_the_same_answers_as_data(client: Client):
    article = make_article()
    ask = {"HTTP_ACCEPT": "application/json"}
    code = captcha_for(client, article)
    wrong = client.post(address(article), opinion(**code | {"captcha": "sai"}), **ask)
    assert wrong.status_code == 422
    assert list(wrong.json()["errors"]) == ["captcha"]
    assert wrong.json()["focus"] == "captcha"
    new = wrong.json()["captcha"]
    assert new["picture"].startswith("data:image/png;base64,")
    right = {"ticket": new["ticket"], "captcha": CaptchaStore.objects.latest("pk").response}
    sent = client.post(address(article), opinion(**right), **ask)
    assert (sent.status_code, sent.json()) == (
        201,
        {"code": only_comment().code, "address": only_comment().status_url, "message": SENT},
    )
    assert client.post(address(article), opinion(body="x" * 300_000), **ask).status_code == 413
