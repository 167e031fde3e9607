import pytest
from django.contrib.flatpages.models import FlatPage
from django.contrib.redirects.models import Redirect
from django.test import Client, RequestFactory

from portal.wsgi import application
from tests.factories import make_article, make_site_identity

pytestmark = pytest.mark.django_db

EXPECTED_POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "manifest-src 'self'",
}


def test_header_and_footer_show_the_site_identity(client: Client):
    words = {
        "name": "Cổng thông tin xã Mẫu",
        "governing_body": "UBND xã Mẫu",
        "slogan": "Gần dân",
        "address": "Số 1 đường Thử",
        "phone": "0239 000 000",
        "email": "tin@mau.example",
        "responsible_person": "Nguyễn Thị Thử",
        "licence_line": "Giấy phép số 00/GP",
    }
    make_site_identity(**words)
    markup = client.get("/").content.decode()
    for word in words.values():
        assert word in markup, word


def test_site_that_nobody_set_up_yet_has_pages(client: Client):
    assert "Cổng thông tin điện tử" in client.get("/").content.decode()


def test_flat_page_is_shown_with_cleaned_content(client: Client):
    page = FlatPage.objects.create(
        url="/gioi-thieu/", title="Giới thiệu", content='<p onclick="mo()">Chào bạn<script>taiVe()</script></p>'
    )
    page.sites.add(1)
    markup = client.get("/gioi-thieu/").content.decode()
    assert "Chào bạn" in markup
    assert "onclick" not in markup
    assert "<script>" not in markup


def test_flat_page_is_described_by_its_words(client: Client):
    page = FlatPage.objects.create(url="/gioi-thieu/", title="Giới thiệu", content="<p>Sở A &amp; Sở B</p>")
    page.sites.add(1)
    assert '<meta name="description" content="Sở A &amp; Sở B">' in client.get("/gioi-thieu/").content.decode()


def test_moved_address_answers_with_a_permanent_redirect(client: Client):
    Redirect.objects.create(site_id=1, old_path="/tin-cu.html", new_path="/su-kien/")
    response = client.get("/tin-cu.html")
    assert (response.status_code, response["Location"]) == (301, "/su-kien/")


def test_missing_page_is_a_friendly_vietnamese_one(client: Client):
    response = client.get("/khong-co-trang-nay/")
    assert response.status_code == 404
    assert "Không tìm thấy" in response.content.decode()


@pytest.mark.parametrize("path", ["/tim-kiem/?q=%00", "/?x=%00", "/tim-kiem/?%00=1"])
def test_unreadable_address_is_a_friendly_vietnamese_page(client: Client, path: str):
    response = client.get(path)
    assert response.status_code == 400
    assert "Địa chỉ" in response.content.decode()


@pytest.mark.parametrize("codec", ["rot13", "utf-7", "unicode_escape", "hex", "idna"])
def test_form_in_another_codec_than_utf8_is_refused(client: Client, codec: str):
    content_type = f"multipart/form-data; boundary=x; charset={codec}"
    response = client.generic("POST", "/admin/login/", "--x--", content_type)
    assert response.status_code == 400


def test_cookie_with_a_nul_is_refused(client: Client):
    # Written out, because http.cookies of newer Pythons refuses to build such a cookie.
    header = r'sessionid="\000aaaaaaaaaaaa"'
    assert client.get("/admin/login/", headers={"cookie": header}).status_code == 400


def test_unknown_codec_of_a_header_parameter_is_ignored():
    answered: list[str] = []
    environ = RequestFactory().get("/healthz/live").environ | {"CONTENT_TYPE": "text/plain; charset*=nosuch''x"}
    body = application(environ, lambda status, headers: answered.append(status))
    assert (answered, b"".join(body)) == (["200 OK"], b"ok\n")


@pytest.mark.parametrize("path", ["/", "/khong-co/", "/tim-kiem/?q=%00"])
def test_every_public_answer_carries_the_strict_policy(client: Client, path: str):
    response = client.get(path)
    policy = {part.strip() for part in response["Content-Security-Policy"].split(";")}
    assert policy == EXPECTED_POLICY
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Referrer-Policy" in response
    assert "Permissions-Policy" in response


def test_public_pages_have_no_inline_script_or_style(client: Client):
    article = make_article(body='<p style="color:red">a</p>')
    for path in ("/", article.get_absolute_url(), "/su-kien/", "/tim-kiem/", "/khong-co/"):
        markup = client.get(path).content.decode()
        assert "<script>" not in markup, path
        assert "style=" not in markup, path
        assert " onclick=" not in markup, path


def test_health_checks_answer_ok(client: Client):
    assert client.get("/healthz/live").content == b"ok\n"
    assert client.get("/healthz/ready").content == b"ok\n"


def test_media_cannot_run_anything(client: Client, settings):
    settings.MEDIA_ROOT.mkdir()
    (settings.MEDIA_ROOT / "la.html").write_text("<script>alert(1)</script>")
    response = client.get("/media/la.html")
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == "attachment"


@pytest.mark.parametrize(
    "path",
    [
        "/media/../manage.py",
        "/media/%2e%2e/manage.py",
        "/media//etc/passwd",
        "/media/",
        "/media/khong-co.jpg",
        "/media/" + "a" * 300,
    ],
)
def test_media_serves_nothing_outside_its_folder(client: Client, path: str):
    assert client.get(path).status_code in {301, 400, 404}
