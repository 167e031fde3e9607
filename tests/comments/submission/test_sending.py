"""The form without JavaScript: whatever goes wrong, every word comes back."""

from datetime import timedelta

import pytest
import time_machine
from captcha.models import CaptchaStore
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from comments import deadlines
from comments.models import BlockedTerm, Comment, RateCount, Status
from news.models import Article
from tests.comments.submission.opinion_form import (
    WORDS,
    address,
    code_for,
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


# ---------------------------------------------------------------- the way


def test_article_page_carries_the_form_but_nothing_of_one_reader(client: Client):
    article = make_article()
    make_comment(article, status=Status.PUBLISHED)
    response = client.get(article.get_absolute_url())
    form = tree(response).css_first("form[data-opinion-form]")
    assert form.attributes["action"] == f"/y-kien/{article.pk}/#gui-y-kien"
    assert [field.attributes["name"] for field in form.css("input, textarea")] == [
        "ho_ten",
        "email",
        "noi_dung",
        "tieu_de_phu",
        "nhan_thu",
        "dong_y",
    ]
    assert "checked" not in form.css_first("[name=dong_y]").attributes
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
    assert page.css_first("[name=dong_y]").attributes.keys() >= {"checked"}
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
        response = send(client, article, email="Toi@Vi-Du.example", nhan_thu="on")
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
        response = send(client, article, noi_dung=text)
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


# ---------------------------------------------------------------- nothing typed is lost


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"ho_ten": ""}, "ho_ten"),
        ({"ho_ten": "A"}, "ho_ten"),
        ({"ho_ten": "A" * 81}, "ho_ten"),
        ({"ho_ten": "\u200b\u200b\u200b"}, "ho_ten"),
        ({"noi_dung": ""}, "noi_dung"),
        ({"noi_dung": "ngắn quá"}, "noi_dung"),
        ({"noi_dung": "ă" * 2001}, "noi_dung"),
        ({"email": "khong-phai"}, "email"),
        ({"nhan_thu": "on"}, "email"),
        ({"dong_y": ""}, "dong_y"),
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
    assert kept(response) == ("" if "\u200b" in sent["ho_ten"] else sent["ho_ten"], sent["noi_dung"])
    assert page.css_first(f"[name={wrong}]").attributes["aria-invalid"] == "true"
    assert not Comment.objects.exists()


def test_code_already_typed_stays_good_while_another_field_is_mended(client: Client):
    article = make_article()
    code = code_for(client, article)
    response = client.post(address(article), opinion(dong_y="", **code))
    assert tree(response).css_first("[name=ma]").attributes["value"] == code["ma"]
    assert tree(response).css_first("[data-ticket]").attributes["value"] == code["phieu"]
    assert client.post(address(article), opinion(**code)).status_code == 303


@pytest.mark.parametrize("typed", ["sai", "", "\x00", "日本"])
def test_wrong_code_keeps_the_text_and_gives_another(client: Client, typed: str):
    article = make_article()
    code = code_for(client, article)
    response = client.post(address(article), opinion(**code | {"ma": typed}))
    assert response.status_code == 422
    assert kept(response) == ("Nguyễn Thị Thử", WORDS)
    assert tree(response).css_first("[name=ma]").attributes["value"] == ""
    assert tree(response).css_first("[data-ticket]").attributes["value"] != code["phieu"]
    again = client.post(address(article), opinion(**code))  # the first code is burnt, even with its right answer
    assert again.status_code == 422
    assert not Comment.objects.exists()


@pytest.mark.parametrize(("button", "shows"), [("hinh", "data-picture"), ("cau-hoi", "data-question")])
def test_new_code_keeps_the_text_and_complains_about_nothing(client: Client, button: str, shows: str):
    article = make_article()
    response = client.post(address(article), {"noi_dung": "nửa chừng", "viec": button})
    page = tree(response)
    assert response.status_code == 200
    assert page.css_first("textarea").text().strip() == "nửa chừng"
    assert "hidden" not in page.css_first(f"[data-code] [{shows}]").attributes
    assert not page.css("[aria-invalid]")
    assert page.css_first("[data-kind]").attributes["value"] == button


def test_question_can_be_answered_in_digits_or_in_words(client: Client):
    article = make_article()
    words = {"7": "Bảy", "0": "không", "15": "mười lăm"}
    for answer, word in words.items():
        for typed in (answer, word, word.upper()):
            code = code_for(client, article)
            CaptchaStore.objects.update(challenge="?+:3:4", response=answer)
            response = client.post(
                address(article), opinion(**code | {"ma": typed}, noi_dung=f"Ý kiến với câu trả lời {typed}")
            )
            assert response.status_code == 303, typed


@pytest.mark.parametrize("ticket", ["", "rác", "a:b:c", "\x00"])
def test_unreadable_ticket_gives_a_new_code(client: Client, ticket: str):
    article = make_article()
    response = client.post(address(article), opinion(phieu=ticket, ma="x"))
    assert response.status_code == 422
    assert kept(response) == ("Nguyễn Thị Thử", WORDS)


def test_ticket_of_another_article_or_of_yesterday_is_not_taken(client: Client):
    article, other = make_article(), make_article()
    assert client.post(address(article), opinion(**code_for(client, other))).status_code == 422
    code = code_for(client, article)
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        response = client.post(address(article), opinion(**code))
    assert response.status_code == 422
    assert "hết hạn" in message(response)
    assert kept(response) == ("Nguyễn Thị Thử", WORDS)
    assert not Comment.objects.exists()


def test_missing_csrf_cookie_gives_the_form_back_not_a_bare_403():
    strict = Client(enforce_csrf_checks=True)
    article = make_article()
    code = code_for(strict, article)
    response = strict.post(address(article), opinion(**code))
    assert response.status_code == 422
    assert "cookie" in message(response)
    assert kept(response) == ("Nguyễn Thị Thử", WORDS)
    assert not Comment.objects.exists()
    page = tree(response)
    token = page.css_first("[name=csrfmiddlewaretoken]").attributes["value"]
    code = {
        "phieu": page.css_first("[data-ticket]").attributes["value"],
        "ma": CaptchaStore.objects.latest("pk").response,
    }
    assert strict.post(address(article), opinion(csrfmiddlewaretoken=token, **code)).status_code == 303


def test_form_from_another_site_is_not_taken():
    strict = Client(enforce_csrf_checks=True)
    article = make_article()
    page = tree(strict.post(address(article), opinion()))
    token = page.css_first("[name=csrfmiddlewaretoken]").attributes["value"]
    code = {
        "phieu": page.css_first("[data-ticket]").attributes["value"],
        "ma": CaptchaStore.objects.latest("pk").response,
    }
    response = strict.post(
        address(article), opinion(csrfmiddlewaretoken=token, **code), HTTP_ORIGIN="https://khac.example"
    )
    assert response.status_code == 422
    assert not Comment.objects.exists()


def test_same_sender_and_text_get_the_same_receipt(client: Client):
    article = make_article()
    first = send(client, article)
    again = send(client, article)
    assert (again.status_code, again["Location"]) == (303, first["Location"])
    other = send(client, article, ho_ten="Người Khác")
    assert other["Location"] != first["Location"]
    assert Comment.objects.count() == 2


def test_code_serves_one_opinion_only(client: Client):
    article = make_article()
    code = code_for(client, article)
    client.post(address(article), opinion(**code))
    second_press = client.post(address(article), opinion(**code))
    assert (second_press.status_code, second_press["Location"]) == (303, f"{only_comment().status_url}?da-gui=1")
    response = client.post(address(article), opinion(noi_dung="Một ý kiến khác hẳn.", **code))
    assert response.status_code == 422
    assert kept(response) == ("Nguyễn Thị Thử", "Một ý kiến khác hẳn.")
    assert Comment.objects.count() == 1


# ---------------------------------------------------------------- closed, too long, gone


@pytest.mark.parametrize("how", ["mode", "age"])
def test_closed_article_shows_opinions_but_takes_none(client: Client, settings: Settings, how: str):
    article = make_article(published_at=timezone.now() - timedelta(days=3))
    make_comment(article, status=Status.PUBLISHED, body="Ý kiến đã đăng từ trước.")
    code = code_for(client, article)
    if how == "mode":
        Article.objects.update(comment_mode=Article.CommentMode.CLOSED)
    else:
        settings.COMMENTS = {"close_after_days": 2}
    response = client.post(address(article), opinion(**code))
    assert response.status_code == 403
    assert tree(response).css_first("textarea").text().strip() == WORDS
    assert client.post(f"{address(article)}ma/").status_code == 403
    page = client.get(article.get_absolute_url()).content.decode()
    assert "Ý kiến đã đăng từ trước." in page
    assert "data-opinion-form" not in page
    assert "không còn nhận ý kiến" in page
    assert Comment.objects.count() == 1


def test_article_never_closes_when_the_days_are_zero(client: Client, settings: Settings):
    settings.COMMENTS = {"close_after_days": 0}
    article = make_article(published_at=timezone.now() - timedelta(days=4000))
    assert send(client, article).status_code == 303


def test_hidden_opinions_leave_no_trace_on_the_article(client: Client):
    article = make_article(comment_mode=Article.CommentMode.HIDDEN)
    make_comment(article, status=Status.PUBLISHED, body="Ý kiến nay đã ẩn.")
    page = client.get(article.get_absolute_url()).content.decode()
    assert "góp ý" not in page
    assert "Ý kiến nay đã ẩn." not in page
    assert client.get(address(article)).status_code == 404
    assert client.get(Comment.objects.get().get_absolute_url()).status_code == 404


@pytest.mark.parametrize("state", [{"status": Article.Status.WITHDRAWN}, {"comment_mode": Article.CommentMode.HIDDEN}])
def test_text_comes_back_even_when_the_article_has_gone(client: Client, state: dict):
    article = make_article(**state)
    response = client.post(address(article), opinion())
    assert response.status_code == 404
    assert kept(response) == ("Nguyễn Thị Thử", WORDS)


def test_ten_thousand_characters_come_back_and_megabytes_are_refused(client: Client):
    article = make_article()
    long = "Chữ." * 2500
    response = client.post(address(article), opinion(noi_dung=long))
    assert response.status_code == 422
    assert kept(response)[1] == long
    assert "10.000 ký tự" in response.content.decode()
    response = client.post(address(article), opinion(noi_dung="x" * 300_000))
    assert response.status_code == 413
    assert "Ý kiến quá dài" in response.content.decode()


@pytest.mark.parametrize("path", ["", "ma/"])
def test_nothing_is_written_on_get(client: Client, path: str):
    article = make_article()
    assert client.get(f"{address(article)}{path}").status_code == (405 if path else 200)
    assert not CaptchaStore.objects.exists()
    assert not RateCount.objects.exists()


@pytest.mark.parametrize("number", ["0", "-1", "999999999999999999", "10000000000000000000000000", "abc"])
def test_strange_article_numbers_are_not_found(client: Client, number: str):
    assert client.get(f"/y-kien/{number}/").status_code == 404


# ---------------------------------------------------------------- for the script of the form


def test_script_gets_the_same_answers_as_data(client: Client):
    article = make_article()
    ask = {"HTTP_ACCEPT": "application/json"}
    code = code_for(client, article)
    wrong = client.post(address(article), opinion(**code | {"ma": "sai"}), **ask)
    assert wrong.status_code == 422
    assert list(wrong.json()["errors"]) == ["ma"]
    assert wrong.json()["focus"] == "ma"
    new = wrong.json()["confirmation"]
    assert new["picture"].startswith("data:image/png;base64,")
    right = {"phieu": new["ticket"], "ma": CaptchaStore.objects.latest("pk").response}
    sent = client.post(address(article), opinion(**right), **ask)
    assert (sent.status_code, sent.json()) == (
        201,
        {"code": only_comment().code, "address": only_comment().status_url, "message": SENT},
    )
    assert client.post(address(article), opinion(noi_dung="x" * 300_000), **ask).status_code == 413
