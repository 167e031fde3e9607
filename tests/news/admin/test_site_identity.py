import pytest

from news.models import SiteIdentity
from tests.factories import make_photo
from tests.news.admin.forms import logged_in

pytestmark = pytest.mark.django_db
IDENTITY = "/admin/news/siteidentity/1/change/"


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
