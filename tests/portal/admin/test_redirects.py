import pytest
from django.contrib.redirects.models import Redirect

from tests.news.admin.forms import logged_in

pytestmark = pytest.mark.django_db
REDIRECTS = "/admin/redirects/redirect/"


def text_of(response) -> str:
    return response.content.decode()


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
