import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from stats.periods import Period
from stats.reports.dashboard import Dashboard
from tests.factories import make_article, make_category, make_user
from tests.stats.factories import (
    make_article_views,
    make_day,
    make_device,
    make_excluded,
    make_hour,
    make_not_found,
    make_referrer,
)
from tests.stats.reports.admin_pages import PAGES, TODAY, card_text, get_page, login

pytestmark = pytest.mark.usefixtures("noon")
HOSTILE = '"><script>alert(1)</script>'


# ---------------------------------------------------------------- who may enter


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("Xem thống kê", 200),
        ("Quản trị", 200),
        ("superuser", 200),
        ("Phóng viên", 403),
        ("Biên tập viên", 403),
        ("", 403),
        ("reader", 302),
        (None, 302),
    ],
)
def test_who_sees_statistics(page, role, status):
    client = Client(HTTP_HOST="localhost")
    if role == "superuser":
        client.force_login(make_user(is_superuser=True))
    elif role == "reader":
        client.force_login(User.objects.create_user("ban-doc"))
    elif role is not None:
        client.force_login(make_user(role=role))
    response = client.get(page)
    assert response.status_code == status
    if status == 302:
        assert response["Location"].startswith("/admin/login/?next=/admin/")


@pytest.mark.parametrize("page", PAGES)
def test_pages_only_answer_to_reading(leader, page):
    assert leader.post(page).status_code == 405
    assert leader.get(page)["Cache-Control"].count("no-store") == 1


@pytest.mark.parametrize("page", ["/admin/", "/admin/thong-ke/"])
def test_navigation_leads_to_dashboard_and_report(leader, page):
    links = dict(
        re.findall(r'<a href="(/admin/[^"]*)"[^>]*>(Bảng thống kê|Báo cáo tháng)</a>', get_page(leader, page=page))
    )
    assert links == {"/admin/thong-ke/": "Bảng thống kê", "/admin/bao-cao-truy-cap/": "Báo cáo tháng"}


def test_navigation_of_others_has_no_statistics():
    assert "thong-ke" not in get_page(login("Phóng viên"), page="/admin/")


def test_the_tables_own_address_leads_to_the_dashboard(leader):
    assert leader.get("/admin/stats/visittotal/")["Location"] == "/admin/thong-ke/"


def test_page_fits_the_policy_without_inline_script_or_style(leader):
    make_day(TODAY, visits=3, views=5, bots=2)
    for page in ("/admin/thong-ke/", "/admin/bao-cao-truy-cap/?thang=2026-11"):
        response = leader.get(page)
        policy = response["Content-Security-Policy"].split("; ")  # in any order
        assert "script-src 'self'" in policy and "style-src 'self'" in policy
        main = response.content.decode().split('id="content-main"')[1].split('id="footer"')[0]
        assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=", main)


# ---------------------------------------------------------------- an empty site, many rows, hostile words


@pytest.mark.parametrize(
    "query", ["", "?ky=hom-nay", "?ky=7-ngay&buoc=gio", "?ky=12-thang", "?ky=tuy-chon&tu=01/01/2020"]
)
def test_empty_site_shows_zeros_and_no_chart(leader, query):
    page = get_page(leader, query)
    assert card_text(page, "visits") == "Lượt truy cập 0 Kỳ trước chưa có gì để so Cùng kỳ năm trước chưa có gì để so"
    assert "chart__plot" not in page
    assert "Chưa có bài nào được đọc trong kỳ này." in page


def test_queries_are_few_and_as_many_for_one_row_as_for_many(leader):
    def asked(query: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            leader.get(f"/admin/thong-ke/{query}")
        return len(queries)

    def fill(number: int) -> None:
        day = TODAY - timedelta(days=number)
        make_day(day, visits=10, views=20)
        make_hour(day, 3, visits=3)
        make_article_views(make_article(author=make_user(), category=make_category()), day, number + 1)
        make_referrer(day, f"trang{number}.example", 5)
        make_not_found(day, f"/thieu-{number}")
        make_device(day, "phone", "chrome", 2)
        make_excluded(day, "staff", 2)

    fill(0)
    once = {query: asked(query) for query in ("", "?ky=hom-nay", "?ky=12-thang")}
    for number in range(1, 25):
        fill(number)
    assert {query: asked(query) for query in once} == once
    assert max(once.values()) <= 30  # on PostgreSQL 3 of them set up the transaction without parallel workers


def test_words_of_strangers_are_only_words(leader):
    make_day(TODAY, views=5)
    make_article_views(make_article(HOSTILE, category=make_category(f"A{HOSTILE}")), TODAY, 3)
    make_referrer(TODAY, HOSTILE, 1)
    make_not_found(TODAY, f"/{HOSTILE}")
    make_not_found(TODAY, "javascript:alert(1)")
    client = login(is_superuser=True, first_name=HOSTILE[:20])
    for address in (
        "/admin/thong-ke/",
        f"/admin/thong-ke/?ky={HOSTILE}&tu={HOSTILE}&buoc={HOSTILE}",
        "/admin/bao-cao-truy-cap/?thang=2026-11",
    ):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page and 'href="javascript:' not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize(
    "query",
    [
        "?ky=%00",
        "?tu=%ff",
        "?buoc=%ed%a0%80",
        "?ky=tuy-chon&tu=" + "9" * 5000,
        "?ky=tuy-chon&tu=1e400",
        "?page=-1",
        "?ky=&ky=&ky=",
    ],
)
def test_hostile_parameters_are_no_fault_of_the_server(leader, query):
    for page in PAGES:
        assert leader.get(page + query).status_code in {200, 400}


def test_dashboard_asks_nothing_before_it_is_read():
    with CaptureQueriesContext(connection) as queries:
        Dashboard(Period.today())
    assert len(queries) == 0
