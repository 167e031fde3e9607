"""Until when an article takes opinions is told to editors and readers, and holds for the form that is sent."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django.fixtures import Settings

from comments.models import Comment
from news.models import Article
from tests.comments.submission.opinion_form import address, opinion, send, tree
from tests.factories import make_article
from tests.news.admin.forms import ADD_URL, change_url, logged_in, typed

pytestmark = pytest.mark.django_db
NOW = "2026-11-20T09:00:00+07:00"
BEGUN = datetime.fromisoformat("2026-03-02T08:30:00+07:00")


@pytest.fixture(autouse=True)
def november(settings: Settings):
    settings.COMMENTS = {"close_after_days": 365}
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def line_for_editors(article: Article | None, role: str = "Biên tập viên") -> str:
    page = tree(logged_in(role).get(change_url(article) if article else ADD_URL))
    return page.css_first(".field-opinion_period .readonly").text(strip=True)


def line_for_readers(article: Article) -> str:
    page = tree(Client().get(article.get_absolute_url()))
    return page.css_first(".opinion-form__promise, .opinions__closed").text(strip=True)


@pytest.mark.parametrize(
    ("fields", "editors", "readers"),
    [
        ({}, "Bài đang nhận ý kiến, đến 08:30 ngày 02/03/2027.", "Bài nhận ý kiến đến 08:30 ngày 02/03/2027."),
        (
            {"comments_until": date(2026, 12, 31)},
            "Bài đang nhận ý kiến, đến hết ngày 31/12/2026.",
            "Bài nhận ý kiến đến hết ngày 31/12/2026.",
        ),
        (
            {"comments_until": date(2026, 11, 19)},
            "Bài đã thôi nhận ý kiến từ hết ngày 19/11/2026. Biên tập viên mở lại bằng ô “Nhận ý kiến đến ngày”.",
            "Bài này không còn nhận ý kiến mới: thời hạn là đến hết ngày 19/11/2026.",
        ),
        (
            {"published_at": BEGUN - timedelta(days=365)},
            "Bài đã thôi nhận ý kiến từ 08:30 ngày 02/03/2026. Biên tập viên mở lại bằng ô “Nhận ý kiến đến ngày”.",
            "Bài này không còn nhận ý kiến mới: thời hạn là đến 08:30 ngày 02/03/2026.",
        ),
        (
            {"comments_until": date(2026, 12, 31), "expires_at": datetime.fromisoformat("2026-12-01T10:00:00+07:00")},
            "Bài đang nhận ý kiến, đến 10:00 ngày 01/12/2026.",
            "Bài nhận ý kiến đến 10:00 ngày 01/12/2026.",
        ),
        (
            {"comment_mode": "closed", "comments_until": date(2026, 12, 31)},
            "Bài không nhận ý kiến mới, chỉ hiện ý kiến đã đăng.",
            "Bài này không còn nhận ý kiến mới.",
        ),
    ],
)
def test_editors_and_readers_are_told_the_end(fields: dict[str, Any], editors: str, readers: str):
    article = make_article(**{"published_at": BEGUN} | fields)
    assert line_for_editors(article) == editors
    assert line_for_readers(article).endswith(readers)


def test_reporter_is_told_the_end_too_and_new_articles_say_the_rule(settings: Settings):
    reporter = "Phóng viên"
    assert line_for_editors(make_article(published_at=BEGUN), reporter).startswith("Bài đang nhận ý kiến")
    assert line_for_editors(None, reporter) == "Bài nhận ý kiến trong 365 ngày kể từ giờ đăng."
    settings.COMMENTS = {"close_after_days": 0}
    assert line_for_editors(None, reporter) == "Bài nhận ý kiến không thời hạn."
    assert "Bài nhận ý kiến" not in line_for_readers(make_article(published_at=BEGUN))


def test_editor_opens_an_old_article_again_and_it_closes_at_the_end_of_that_day(november: Any):
    article = make_article(published_at=BEGUN - timedelta(days=2000))
    editor = logged_in("Biên tập viên")
    assert Client().post(address(article), opinion()).status_code == 403
    response = editor.post(change_url(article), typed(article, comments_until="22/11/2026", _save="1"))
    assert response.status_code == 302
    article.refresh_from_db()
    assert article.comments_until == date(2026, 11, 22)
    november.move_to("2026-11-22T23:59:00+07:00")
    assert send(Client(), article).status_code == 303
    november.move_to("2026-11-23T00:00:00+07:00")
    assert Client().post(address(article), opinion()).status_code == 403
    assert Comment.objects.count() == 1


def test_reporter_cannot_set_the_day():
    article = make_article(status=Article.Status.DRAFT, published_at=None)
    page = tree(logged_in("Biên tập viên").get(change_url(article)))
    assert page.css_first("[name=comments_until]")
    assert not tree(logged_in("Phóng viên").get(ADD_URL)).css_first("[name=comments_until]")


@pytest.mark.parametrize("day", [date.min, date(1970, 1, 1), date(9999, 12, 31), date.max])
def test_farthest_days_break_neither_page_nor_form(day: date):
    article = make_article(published_at=BEGUN, comments_until=day)
    assert line_for_editors(article).startswith("Bài đ")
    assert "ý kiến" in line_for_readers(article)


def test_article_planned_for_the_farthest_day_breaks_no_form():
    article = make_article(published_at=datetime.fromisoformat("9999-12-30T00:00:00+00:00"))
    assert line_for_editors(article)


def test_day_that_is_no_day_is_refused_with_a_sentence():
    with pytest.raises(ValidationError):
        make_article(comments_until="hôm nào đó")
