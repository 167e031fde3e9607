from datetime import timedelta

import pytest
from captcha.models import CaptchaStore
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from comments.models import Comment, RateCount, Status
from news.models import Article
from tests.comments.submission.opinion_form import (
    WORDS,
    address,
    captcha_for,
    kept,
    opinion,
    send,
    tree,
)
from tests.factories import make_article, make_comment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine_oclock")]


@pytest.mark.parametrize("how", ["mode", "age"])
def test_closed_article_shows_opinions_but_takes_none(client: Client, settings: Settings, how: str):
    article = make_article(published_at=timezone.now() - timedelta(days=3))
    make_comment(article, status=Status.PUBLISHED, body="Ý kiến đã đăng từ trước.")
    code = captcha_for(client, article)
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
    response = client.post(address(article), opinion(body=long))
    assert response.status_code == 422
    assert kept(response)[1] == long
    assert "10.000 ký tự" in response.content.decode()
    response = client.post(address(article), opinion(body="x" * 300_000))
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
