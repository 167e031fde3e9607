"""Why an article was returned or withdrawn is asked and kept, and what waits for approval can be taken back."""

import pytest

from news.models import Article
from tests.factories import make_article
from tests.news.admin.forms import change_url, logged_in, typed, user_of

pytestmark = pytest.mark.django_db
Status = Article.Status


def text_of(response) -> str:
    return response.content.decode()


def test_withdrawing_needs_a_reason():
    article = make_article()
    response = logged_in("Biên tập viên").post(change_url(article), typed(article, _withdraw="1"))
    article.refresh_from_db()
    assert article.is_published
    assert "Hãy ghi lý do gỡ" in text_of(response)


def test_reason_of_a_withdrawal_is_read_in_form_and_history():
    editor = logged_in("Biên tập viên")
    article = make_article()
    assert "Lý do gỡ" in text_of(editor.get(change_url(article)))
    editor.post(change_url(article), typed(article, _withdraw="1", return_reason="Số liệu sai."))
    article.refresh_from_db()
    editor.post(change_url(article), typed(article, _publish="1"))
    for address in (change_url(article), f"/admin/news/article/{article.pk}/history/"):
        assert "Số liệu sai." in text_of(editor.get(address))


def test_sender_takes_back_what_waits_for_approval():
    reporter = logged_in("Phóng viên")
    article = make_article(status=Status.SUBMITTED, author=user_of(reporter))
    assert "Rút lại để sửa" in text_of(reporter.get(change_url(article)))
    response = reporter.post(f"/admin/news/article/{article.pk}/rut-lai/", follow=True)
    article.refresh_from_db()
    assert article.status == Status.DRAFT
    assert "Đã rút lại; bài trở về bản nháp." in text_of(response)
    reporter.post(change_url(article), typed(article, title="Sửa rồi"))
    article.refresh_from_db()
    assert article.title == "Sửa rồi"


def test_article_approved_meanwhile_is_not_taken_back():
    reporter = logged_in("Phóng viên")
    article = make_article(author=user_of(reporter))
    response = reporter.post(f"/admin/news/article/{article.pk}/rut-lai/", follow=True)
    article.refresh_from_db()
    assert article.is_published
    assert "Bài đang ở trạng thái “Đang đăng”." in text_of(response)


@pytest.mark.parametrize(("method", "role", "status"), [("get", "author", 302), ("post", "colleague", 404)])
def test_nobody_else_takes_it_back_and_no_link_does(method: str, role: str, status: int):
    author, colleague = logged_in("Phóng viên"), logged_in("Phóng viên")
    article = make_article(status=Status.SUBMITTED, author=user_of(author))
    client = author if role == "author" else colleague
    assert getattr(client, method)(f"/admin/news/article/{article.pk}/rut-lai/").status_code == status
    article.refresh_from_db()
    assert article.status == Status.SUBMITTED
