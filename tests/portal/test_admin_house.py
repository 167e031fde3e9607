"""Site identity, flat pages and moved addresses in the admin."""

import pytest
from django.contrib.flatpages.models import FlatPage
from django.contrib.redirects.models import Redirect

from news.models import SiteIdentity
from tests.factories import make_photo
from tests.news.admin.forms import logged_in

pytestmark = pytest.mark.django_db
IDENTITY = "/admin/news/siteidentity/1/change/"
PAGES = "/admin/flatpages/flatpage/"
REDIRECTS = "/admin/redirects/redirect/"


def text_of(response) -> str:
    return response.content.decode()


def test_site_identity_is_one_form_reached_from_the_menu(client):
    administrator = logged_in("Quản trị")
    assert administrator.get("/admin/news/siteidentity/")["Location"] == IDENTITY
    assert administrator.get(IDENTITY).status_code == 200  # also before anything was stored
    assert not SiteIdentity.objects.exists()
    photo = make_photo()
    data = {"name": "Cổng tin xã Cẩm Lạc", "logo": photo.pk, "reply_deadline_days": 15, "phone": "0239 123 456"}
    for slogan in ("Một", "Hai"):
        administrator.post(IDENTITY, {**data, "slogan": slogan})
    identity = SiteIdentity.objects.get()
    assert (identity.name, identity.slogan, identity.logo) == ("Cổng tin xã Cẩm Lạc", "Hai", photo)
    assert "Cổng tin xã Cẩm Lạc" in text_of(client.get("/"))


def test_site_identity_form_offers_neither_adding_nor_deleting():
    page = text_of(logged_in("Quản trị").get(IDENTITY))
    assert "_addanother" not in page
    assert "deletelink" not in page


def test_wrong_telephone_number_is_refused_with_a_sentence():
    page = text_of(
        logged_in("Quản trị").post(IDENTITY, {"name": "Cổng", "phone": "gọi anh Ba", "reply_deadline_days": 15})
    )
    assert "Số điện thoại chỉ gồm chữ số" in page


def test_flat_page_is_written_cleaned_and_read(client):
    data = {
        "title": "Sơ đồ cổng",
        "url": "/so-do-cong/",
        "content": '<h2>Mục</h2><p onclick="x()">Chữ</p><script>alert(1)</script>',
    }
    logged_in("Quản trị").post(f"{PAGES}add/", data)
    page = FlatPage.objects.get(url="/so-do-cong/")
    assert page.content == "<h2>Mục</h2><p>Chữ</p>"
    shown = text_of(client.get("/so-do-cong/"))
    assert "<h2>Mục</h2>" in shown
    assert "Sơ đồ cổng" in shown


def test_flat_page_drops_foreign_pictures_and_says_so():
    data = {"title": "a", "url": "/trang-a/", "content": '<p>x<img src="https://khac.example/a.jpg" alt=""></p>'}
    response = logged_in("Quản trị").post(f"{PAGES}add/", data, follow=True)
    assert "Đã bỏ 1 ảnh lấy từ trang khác." in text_of(response)
    assert FlatPage.objects.get(url="/trang-a/").content == "<p>x</p>"


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("khong-gach/", "Địa chỉ phải bắt đầu bằng dấu /."),
        ("/khong-gach", "Địa chỉ phải kết thúc bằng dấu /."),
        ("/có dấu cách/", "Địa chỉ chỉ gồm chữ"),
        ("/su-kien/", "Địa chỉ này đã là của một trang khác trên cổng."),
        ("/co-roi/", "Đã có trang ở địa chỉ này."),
    ],
)
def test_wrong_address_of_a_flat_page_is_refused_with_a_sentence(url, sentence):
    FlatPage.objects.create(title="a", url="/co-roi/")
    response = logged_in("Quản trị").post(
        f"{PAGES}add/", {"title": "Tiêu đề còn nguyên", "url": url, "content": "<p>x</p>"}
    )
    assert sentence in text_of(response)
    assert "Tiêu đề còn nguyên" in text_of(response)
    assert FlatPage.objects.count() == 1


def test_moved_address_leads_on(client):
    logged_in("Quản trị").post(f"{REDIRECTS}add/", {"old_path": "/tin-cu/1.html", "new_path": "/su-kien/"})
    answer = client.get("/tin-cu/1.html")
    assert (answer.status_code, answer["Location"]) == (301, "/su-kien/")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("tin-cu", "/a/", "Địa chỉ cũ phải bắt đầu bằng một dấu /."),
        ("//khac.example/", "/a/", "Địa chỉ cũ phải bắt đầu bằng một dấu /."),
        ("/tin-cu/", "a", "Hãy ghi địa chỉ bắt đầu bằng dấu / hoặc bằng https://."),
        ("/tin-cu/", "javascript:alert(1)", "Hãy ghi địa chỉ bắt đầu bằng dấu / hoặc bằng https://."),
        ("/tin-cu/", "//khac.example/", "Hãy ghi địa chỉ bắt đầu bằng dấu / hoặc bằng https://."),
        ("/tin-cu/", "/tin-cu/", "Địa chỉ mới trùng địa chỉ cũ."),
        ("/co-roi/", "/a/", "Địa chỉ cũ này đã được dẫn sang nơi khác."),
    ],
)
def test_wrong_redirect_is_refused_with_a_sentence(old, new, sentence):
    Redirect.objects.create(site_id=1, old_path="/co-roi/", new_path="/b/")
    response = logged_in("Quản trị").post(f"{REDIRECTS}add/", {"old_path": old, "new_path": new})
    assert sentence in text_of(response)
    assert Redirect.objects.count() == 1


def test_stored_page_is_cleaned_before_it_enters_the_editor():
    page = FlatPage.objects.create(
        url="/lien-he/", title="Liên hệ", content='<p onclick="mo()">Chào</p><script>taiVe()</script>'
    )
    shown = text_of(logged_in("Quản trị").get(f"{PAGES}{page.pk}/change/"))
    assert "Chào" in shown
    assert "taiVe()" not in shown
    assert "mo()" not in shown
