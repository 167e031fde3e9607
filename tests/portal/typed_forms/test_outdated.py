"""What was typed survives an outdated token and an expired session."""

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from news.models import Article
from tests.factories import make_article, make_user
from tests.news.admin.forms import ADD_URL, change_url, typed
from tests.portal.typed_forms.forms import hidden_fields, opened, text_of

pytestmark = pytest.mark.django_db

PASSWORD = "mat-khau-de-thu"


@pytest.fixture
def reporter() -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("lan", role="Phóng viên"))
    return client


def form_of(client: Client, **changes: str) -> dict[str, str]:
    return opened(client, ADD_URL) | typed(title="Bài gõ suốt buổi sáng", **changes)


def log_in(client: Client, page: str, username: str):
    data = hidden_fields(page) | {"username": username, "password": PASSWORD}
    return client.post(reverse("admin:login") + f"?next={ADD_URL}", data, follow=True)


# ---------------------------------------------------------------- outdated token


def test_text_is_offered_back_and_sent_again_with_a_fresh_token(reporter: Client):
    form = form_of(reporter, body="<p>Dòng một</p>\r\n<p>“Dòng” hai</p>", _submit="1")
    response = reporter.post(ADD_URL, form | {"csrfmiddlewaretoken": "a" * 64})
    assert response.status_code == 403
    assert "những gì bạn gõ vẫn còn" in text_of(response)
    assert response.headers["Cache-Control"] == "no-store, private"
    offered = hidden_fields(text_of(response))
    assert {name: offered[name] for name in ("title", "body", "_submit")} == {
        name: form[name] for name in ("title", "body", "_submit")
    }
    reporter.post(ADD_URL, offered)
    article = Article.objects.get()
    assert (article.title, article.status) == ("Bài gõ suốt buổi sáng", Article.Status.SUBMITTED)


def test_files_are_named_as_lost_and_the_form_is_opened_first(reporter: Client):
    form = form_of(reporter) | {
        "attachments-TOTAL_FORMS": "1",
        "attachments-0-file": SimpleUploadedFile("Nghị quyết 15.pdf", b"%PDF-1.4"),
        "csrfmiddlewaretoken": "a" * 64,
    }
    page = text_of(reporter.post(ADD_URL, form))
    assert "“Nghị quyết 15.pdf”" in page
    assert "Gửi lại" not in page
    again = text_of(reporter.post(ADD_URL, hidden_fields(page) | {"_refill": "1"}))
    assert "Dưới đây là những gì bạn đã gõ" in again
    assert 'value="Bài gõ suốt buổi sáng"' in again
    assert not Article.objects.exists()


@pytest.mark.parametrize("header", [{"HTTP_ORIGIN": "https://ke-xau.example"}, {"HTTP_SEC_FETCH_SITE": "cross-site"}])
def test_form_that_another_site_sent_is_not_offered(reporter: Client, header: dict[str, str]):
    response = reporter.post(ADD_URL, typed(title="Tin giả của trang khác") | {"csrfmiddlewaretoken": ""}, **header)
    assert response.status_code == 403
    assert "Tin giả của trang khác" not in text_of(response)


def test_form_of_somebody_else_is_not_offered(reporter: Client):
    form = form_of(reporter)
    other = Client(enforce_csrf_checks=True)
    other.force_login(make_user("minh", role="Phóng viên"))
    response = other.post(ADD_URL, form)
    assert response.status_code == 403
    assert "Bài gõ suốt buổi sáng" not in text_of(response)


def test_passwords_are_not_offered(reporter: Client):
    User.objects.update(is_superuser=True)
    address = reverse("admin:auth_user_add")
    form = opened(reporter, address) | {"username": "nguoi-moi", "password1": "rat-bi-mat-1", "password2": "khac-han-2"}
    page = text_of(reporter.post(address, form | {"csrfmiddlewaretoken": ""}))
    assert hidden_fields(page)["username"] == "nguoi-moi"
    assert "rat-bi-mat-1" not in page
    assert "khac-han-2" not in page


def test_outdated_log_in_page_leads_to_a_fresh_one():
    client = Client(enforce_csrf_checks=True)
    response = client.post("/admin/login/", {"username": "lan", "password": "rat-bi-mat-1"})
    assert response.status_code == 403
    assert 'href="/admin/login/"' in text_of(response)
    assert "rat-bi-mat-1" not in text_of(response)


# ---------------------------------------------------------------- expired session


def test_form_comes_back_filled_after_the_log_in(reporter: Client):
    form = form_of(reporter, _submit="1")
    Session.objects.all().delete()
    reporter.cookies[settings.SESSION_COOKIE_NAME] = "het-han"
    login_page = reporter.post(ADD_URL, form, follow=True)
    assert "những gì bạn vừa gõ được giữ" in text_of(login_page)
    assert "Bài gõ suốt buổi sáng" not in text_of(login_page)
    response = log_in(reporter, text_of(login_page), "lan")
    assert response.redirect_chain[-1][0] == ADD_URL
    assert 'value="Bài gõ suốt buổi sáng"' in text_of(response)
    assert "Nhà vườn bắt đầu hái cam." in text_of(response)
    assert not Article.objects.exists()
    reporter.post(ADD_URL, form | hidden_fields(text_of(response)))
    assert Article.objects.get().title == "Bài gõ suốt buổi sáng"
    assert 'value="Bài gõ suốt buổi sáng"' not in text_of(reporter.get(ADD_URL))


def test_changed_article_comes_back_too_and_a_newer_version_is_not_overwritten(reporter: Client):
    article = make_article(status=Article.Status.DRAFT, author=User.objects.get())
    form = opened(reporter, change_url(article)) | typed(article, title="Tên gõ trước khi hết phiên")
    Session.objects.all().delete()
    reporter.cookies[settings.SESSION_COOKIE_NAME] = "het-han"
    login_page = reporter.post(change_url(article), form, follow=True)
    Article.objects.update(version=7)
    data = hidden_fields(text_of(login_page)) | {"username": "lan", "password": PASSWORD}
    response = reporter.post(login_page.redirect_chain[-1][0], data, follow=True)
    assert 'value="Tên gõ trước khi hết phiên"' in text_of(response)
    assert "So sánh hai bản" in text_of(response)


def test_next_person_at_the_computer_does_not_see_it(reporter: Client):
    form = form_of(reporter)
    make_user("minh", role="Phóng viên")
    Session.objects.all().delete()
    reporter.cookies[settings.SESSION_COOKIE_NAME] = "het-han"
    login_page = reporter.post(ADD_URL, form, follow=True)
    response = log_in(reporter, text_of(login_page), "minh")
    assert response.redirect_chain[-1][0] == ADD_URL
    assert "Bài gõ suốt buổi sáng" not in text_of(response)
    assert not any("Bài gõ suốt" in str(session.get_decoded()) for session in Session.objects.all())


def test_stranger_without_a_key_fills_no_session():
    client = Client()
    client.post(ADD_URL, {"title": "x" * 100_000, "_form_key": "x"})
    assert not Session.objects.exists()


@pytest.mark.parametrize("target", ["", "//x", "https://ke-xau.example/", "javascript:alert(1)", "/\\x"])
def test_log_in_never_leads_to_another_site_or_a_missing_page(target: str):
    make_user("lan", role="Phóng viên")
    client = Client()
    page = text_of(client.get("/admin/login/", {"next": target}))
    for data in ({}, hidden_fields(page)):
        response = Client().post(
            f"/admin/login/?next={target}", data | {"username": "lan", "password": PASSWORD}, follow=True
        )
        assert response.redirect_chain == [("/admin/", 302)]
        assert response.status_code == 200
