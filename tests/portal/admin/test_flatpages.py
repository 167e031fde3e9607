import pytest
from django.contrib.flatpages.models import FlatPage

from tests.news.admin.forms import logged_in

pytestmark = pytest.mark.django_db
PAGES = "/admin/flatpages/flatpage/"


def text_of(response) -> str:
    return response.content.decode()


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


def test_stored_page_is_cleaned_before_it_enters_the_editor():
    page = FlatPage.objects.create(
        url="/lien-he/", title="Liên hệ", content='<p onclick="mo()">Chào</p><script>taiVe()</script>'
    )
    shown = text_of(logged_in("Quản trị").get(f"{PAGES}{page.pk}/change/"))
    assert "Chào" in shown
    assert "taiVe()" not in shown
    assert "mo()" not in shown
