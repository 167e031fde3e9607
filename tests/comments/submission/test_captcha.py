from datetime import timedelta

import pytest
import time_machine
from captcha.models import CaptchaStore
from django.test import Client
from django.utils import timezone

from comments.models import Comment
from tests.comments.submission.opinion_form import (
    WORDS,
    address,
    captcha_for,
    kept,
    message,
    only_comment,
    opinion,
    tree,
)
from tests.factories import make_article

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine_oclock")]


def test_captcha_already_answered_stays_valid_while_another_field_is_corrected(client: Client):
    article = make_article()
    code = captcha_for(client, article)
    response = client.post(address(article), opinion(consent="", **code))
    assert tree(response).css_first("[name=captcha]").attributes["value"] == code["captcha"]
    assert tree(response).css_first("[data-ticket]").attributes["value"] == code["ticket"]
    assert client.post(address(article), opinion(**code)).status_code == 303


@pytest.mark.parametrize("typed", ["sai", "", "\x00", "日本"])
def test_wrong_answer_keeps_the_text_and_gives_another_captcha(client: Client, typed: str):
    article = make_article()
    code = captcha_for(client, article)
    response = client.post(address(article), opinion(**code | {"captcha": typed}))
    assert response.status_code == 422
    assert kept(response) == ("Nguyễn Thị Thử", WORDS)
    assert tree(response).css_first("[name=captcha]").attributes["value"] == ""
    assert tree(response).css_first("[data-ticket]").attributes["value"] != code["ticket"]
    again = client.post(address(article), opinion(**code))  # the first captcha is used up, even with the right answer
    assert again.status_code == 422
    assert not Comment.objects.exists()


@pytest.mark.parametrize(("kind", "shows"), [("picture", "data-picture"), ("question", "data-question")])
def test_new_captcha_keeps_the_text_and_reports_no_error(client: Client, kind: str, shows: str):
    article = make_article()
    response = client.post(address(article), {"body": "nửa chừng", "action": f"new-{kind}"})
    page = tree(response)
    assert response.status_code == 200
    assert page.css_first("textarea").text().strip() == "nửa chừng"
    assert "hidden" not in page.css_first(f"[data-captcha] [{shows}]").attributes
    assert not page.css("[aria-invalid]")
    assert page.css_first("[data-kind]").attributes["value"] == kind


def test_question_can_be_answered_in_digits_or_in_words(client: Client):
    article = make_article()
    words = {"7": "Bảy", "0": "không", "15": "mười lăm"}
    for answer, word in words.items():
        for typed in (answer, word, word.upper()):
            code = captcha_for(client, article)
            CaptchaStore.objects.update(challenge="?+:3:4", response=answer)
            response = client.post(
                address(article), opinion(**code | {"captcha": typed}, body=f"Ý kiến với câu trả lời {typed}")
            )
            assert response.status_code == 303, typed


@pytest.mark.parametrize("ticket", ["", "rác", "a:b:c", "\x00"])
def test_unreadable_ticket_gives_a_new_captcha(client: Client, ticket: str):
    article = make_article()
    response = client.post(address(article), opinion(ticket=ticket, captcha="x"))
    assert response.status_code == 422
    assert kept(response) == ("Nguyễn Thị Thử", WORDS)


def test_ticket_of_another_article_or_of_yesterday_is_not_taken(client: Client):
    article, other = make_article(), make_article()
    assert client.post(address(article), opinion(**captcha_for(client, other))).status_code == 422
    code = captcha_for(client, article)
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        response = client.post(address(article), opinion(**code))
    assert response.status_code == 422
    assert "hết hạn" in message(response)
    assert kept(response) == ("Nguyễn Thị Thử", WORDS)
    assert not Comment.objects.exists()


def test_captcha_is_good_for_one_opinion_only(client: Client):
    article = make_article()
    code = captcha_for(client, article)
    client.post(address(article), opinion(**code))
    second_press = client.post(address(article), opinion(**code))
    assert (second_press.status_code, second_press["Location"]) == (303, f"{only_comment().status_url}?da-gui=1")
    response = client.post(address(article), opinion(body="Một ý kiến khác hẳn.", **code))
    assert response.status_code == 422
    assert kept(response) == ("Nguyễn Thị Thử", "Một ý kiến khác hẳn.")
    assert Comment.objects.count() == 1
