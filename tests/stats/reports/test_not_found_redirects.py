import re
from html import unescape

import pytest
from django.contrib.redirects.models import Redirect
from django.urls import reverse

from tests.stats.factories import make_not_found
from tests.stats.reports.admin_pages import TODAY, get_page, login, table_rows
from tests.stats.tracker import VisitTracker, reader

pytestmark = pytest.mark.usefixtures("noon")


def redirect_link(page: str) -> str:
    found = re.search(r'<td class="stats-table__action">\s*<a href="([^"]*)">Tạo chuyển hướng</a>', page)
    return unescape(found[1]) if found else ""


def test_address_not_found_becomes_a_redirect_that_works(tracker: VisitTracker, leader):
    assert reader().get("/tin-cũ/bài 1.aspx").status_code == 404
    tracker.drain()
    administrator = login(is_superuser=True)
    link = redirect_link(get_page(administrator))
    form = administrator.get(link).context["adminform"].form
    assert form["old_path"].value() == "/tin-c%C5%A9/b%C3%A0i%201.aspx"
    administrator.post(reverse("admin:redirects_redirect_add"), {"old_path": form["old_path"].value(), "new_path": "/"})
    assert reader().get("/tin-cũ/bài 1.aspx")["Location"] == "/"
    page = get_page(administrator)
    assert redirect_link(page) == ""
    assert table_rows(page, "khong-thay")[0][4] == "Đã chuyển hướng"


def test_redirect_also_leads_those_whose_address_carries_a_query():
    Redirect.objects.create(site_id=1, old_path="/tin-cu/1.aspx", new_path="/thong-ke/")
    Redirect.objects.create(site_id=1, old_path="/tin-cu/1.aspx?muc=7", new_path="/rss/")
    Redirect.objects.create(site_id=1, old_path="/da-bo.aspx", new_path="")
    assert reader().get("/tin-cu/1.aspx?fbclid=abc")["Location"] == "/thong-ke/"
    assert reader().get("/tin-cu/1.aspx?muc=7")["Location"] == "/rss/"
    assert reader().get("/da-bo.aspx?id=5").status_code == 410
    assert reader().get("/khong-co.aspx?id=5").status_code == 404


def test_redirect_is_offered_only_to_those_who_may_make_one(leader):
    make_not_found(TODAY, "/tin-cu/1.html")
    assert redirect_link(get_page(leader)) == ""
    assert redirect_link(get_page(login("Quản trị"))) == "/admin/redirects/redirect/add/?old_path=%2Ftin-cu%2F1.html"


@pytest.mark.parametrize("path", ["khác", "//evil.example/", "/" + "a" * 250, "https://evil.example/"])
def test_redirect_is_not_offered_where_none_can_be_made(path):
    make_not_found(TODAY, path)
    assert redirect_link(get_page(login(is_superuser=True))) == ""


def test_endless_address_is_shortened_on_the_screen_and_led_on_whole():
    path = "/" + "tin-cu-" * 25
    make_not_found(TODAY, path)
    page = get_page(login(is_superuser=True))
    assert table_rows(page, "khong-thay")[0][0] == path[:119] + "…"
    assert path in redirect_link(page).replace("%2F", "/")


def test_redirect_of_the_same_address_is_known():
    make_not_found(TODAY, "/da-co/")
    Redirect.objects.create(site_id=1, old_path="/da-co/", new_path="/")
    assert redirect_link(get_page(login(is_superuser=True))) == ""
