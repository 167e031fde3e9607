import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from stats.models import OpeningTotal
from tests.factories import make_article, make_category, make_site_identity, make_user
from tests.stats.factories import make_article_views, make_day, make_device, make_referrer, make_total
from tests.stats.reports.admin_pages import table_rows, text_of

PAGE = "/admin/bao-cao-truy-cap/"
A4 = re.compile(rb"/Type\s*/Page\b(?!s)")
LONG_TITLE = (
    "Hội nghị trực tuyến toàn tỉnh về đẩy nhanh tiến độ giải ngân vốn đầu tư công "
    "và ba chương trình mục tiêu quốc gia những tháng cuối năm"
)


def shown(client: Client, query: str = "") -> str:
    return client.get(f"{PAGE}{query}").content.decode()


def title(page: str) -> str:
    return text_of(re.search(r'<h1 class="report__title".*?</h1>', page, re.DOTALL)[0])


def months_offered(page: str) -> list[str]:
    return re.findall(r'<option value="([^"]*)"', page)


def test_report_begins_with_the_last_month_that_is_over(leader):
    make_day(date(2026, 9, 30), visits=1)
    page = shown(leader)
    assert title(page) == "Báo cáo truy cập cổng thông tin Tháng 10 năm 2026"
    assert months_offered(page) == ["2026-11", "2026-10", "2026-09"]
    assert '<option value="2026-10" selected>' in page


def test_running_month_says_so_and_is_compared_by_its_days(leader):
    for day in range(1, 24):
        make_day(date(2026, 11, day), visits=11)
    for day in range(1, 32):
        make_day(date(2026, 10, day), visits=10)
    page = shown(leader, "?thang=2026-11")
    assert title(page).endswith("Tháng 11 năm 2026 (chưa hết tháng)")
    assert table_rows(page, "tong-hop")[0][:4] == ["Lượt truy cập", "253", "220", "▲ tăng 10,0 %"]


def test_months_end_at_midnight_in_vietnam(leader, time_machine):
    make_day(date(2026, 11, 30), visits=1)
    time_machine.move_to(datetime.fromisoformat("2026-11-30T16:59:59+00:00"), tick=False)
    leader.force_login(make_user(role="Xem thống kê"))
    assert months_offered(shown(leader)) == ["2026-11"]
    time_machine.move_to(datetime.fromisoformat("2026-11-30T17:00:00+00:00"), tick=False)
    assert months_offered(shown(leader)) == ["2026-12", "2026-11"]


def test_figures_are_those_of_the_whole_month_and_no_other(leader):
    make_day(date(2026, 9, 30), visits=200)
    make_day(date(2026, 10, 1), visits=100, views=400)
    make_day(date(2026, 10, 31), visits=300, views=600, visitors=50, bots=9, excluded=2)
    make_day(date(2026, 11, 1), visits=7000)
    make_day(date(2025, 10, 15), visits=800)
    page = shown(leader, "?thang=2026-10")
    assert table_rows(page, "tong-hop")[:2] == [
        ["Lượt truy cập", "400", "200", "▲ tăng 100,0 %", "800", "▼ giảm 50,0 %"],
        ["Lượt xem trang", "1.000", "–", "–", "–", "–"],
    ]
    assert len(table_rows(page, "dien-bien")) == 31
    assert "Ngày đông nhất là 31/10/2026 với 300 lượt truy cập." in text_of(page)


def test_head_names_the_agency_and_the_day(leader):
    make_site_identity(name="Cổng thông tin điện tử tỉnh Thử", governing_body="Ủy ban nhân dân tỉnh Thử")
    head = text_of(re.search(r'<header class="report__head">.*?</header>', shown(leader), re.DOTALL)[0])
    assert head == "Ủy ban nhân dân tỉnh Thử Cổng thông tin điện tử tỉnh Thử Ngày 23 tháng 11 năm 2026"


def test_total_of_ever_names_its_two_parts(leader):
    OpeningTotal.objects.record(312_343_234, day=date(2025, 12, 31))
    make_total(visits=2**33)
    sentence = (
        "Tổng số truy cập đến khi lập báo cáo: 8.902.277.826 , "
        "gồm 312.343.234 lượt do hệ thống cũ đếm đến ngày 31/12/2025."
    )
    assert sentence in text_of(shown(leader))


def test_tables_hold_as_much_as_two_sheets_do(leader):
    make_day(date(2026, 10, 5), views=1000)
    for number in range(12):
        make_article_views(make_article(category=make_category(), author=make_user()), date(2026, 10, 5), number + 1)
        make_referrer(date(2026, 10, 5), f"trang{number}.example", number + 1)
    page = shown(leader)
    assert [len(table_rows(page, key)) for key in ("bai-viet", "chuyen-muc", "nguoi-viet", "nguon")] == [10, 8, 8, 8]


@pytest.mark.parametrize(
    "query",
    ["?thang=2026-13", "?thang=abc", "?thang=", "?thang=1999-01", "?thang=%3Cscript%3E", "?thang=" + "9" * 5000],
)
def test_unknown_month_shows_the_usual_one(leader, query):
    assert title(shown(leader, query)) == "Báo cáo truy cập cổng thông tin Tháng 11 năm 2026 (chưa hết tháng)"


def test_site_without_numbers_has_a_report(leader):
    page = shown(leader)
    assert months_offered(page) == ["2026-11"]
    assert "chart__plot" not in page


def test_table_without_rows_says_which_it_is(leader):
    words = text_of(leader.get("/admin/bao-cao-truy-cap/").content.decode())
    for title in ("Chuyên mục được đọc nhiều", "Bạn đọc đến từ đâu", "Người viết được đọc nhiều", "Thiết bị"):
        assert f"{title}. Chưa có số liệu." in words


def test_demo_is_named_on_paper_too(leader):
    make_day(date(2026, 10, 5), visits=3, origin="demo")
    assert "Số liệu trình diễn, không có thật." in shown(leader)


def test_queries_are_as_many_for_one_day_as_for_a_month(leader):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            shown(leader, "?thang=2026-10")
        return len(queries)

    def fill(day: date) -> None:
        make_day(day, visits=10, views=20)
        make_article_views(make_article(author=make_user()), day, 1)

    fill(date(2026, 10, 1))
    once = asked()
    for number in range(2, 32):
        fill(date(2026, 10, number))
    assert asked() == once


@contextmanager
def entered(browser: Browser, live_server: LiveServer, scheme: Literal["light", "dark"]) -> Iterator[Page]:
    """A page with a logged-in user. The Content Security Policy is bypassed, as it blocks the script of Axe."""
    client = Client(HTTP_HOST="localhost")
    client.force_login(make_user(is_superuser=True))
    context = browser.new_context(base_url=live_server.url, locale="vi-VN", color_scheme=scheme, bypass_csp=True)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    yield context.new_page()
    context.close()


def longest_month() -> None:
    for number in range(31):
        make_day(
            date(2026, 10, 1) + timedelta(days=number),
            visits=312_343_234,
            views=712_343_234,
            visitors=212_343_234,
            bots=99_999_999,
        )
    for number in range(12):
        author = make_user(first_name=f"Nguyễn Thị Thanh Huyền {number}", username=f"nguoi-viet-{number}")
        category = make_category(f"Văn hóa – Thể thao – Du lịch – Gia đình {number}")
        make_article_views(
            make_article(f"{LONG_TITLE} {number}", category=category, author=author),
            date(2026, 10, 5),
            10_000_000 + number,
        )
        make_referrer(date(2026, 10, 5), f"cong-thong-tin-dien-tu-{number}.tinh-thanh-pho.gov.vn", 10_000_000)
    for device in ("phone", "tablet", "desktop", "other"):
        make_device(date(2026, 10, 5), device, "other", 10_000_000)
    OpeningTotal.objects.record(312_343_234)
    make_site_identity(name="Cổng thông tin điện tử tỉnh Thử", governing_body="Ủy ban nhân dân tỉnh Thử")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ["/admin/thong-ke/", "/admin/thong-ke/?ky=12-thang", f"{PAGE}?thang=2026-10"])
def test_nothing_hinders_readers_of_any_kind(
    browser: Browser, live_server: LiveServer, scheme: Literal["light", "dark"], address: str
):
    """Axe finds no violation with every table open, and no page is wider than a phone."""
    longest_month()
    with entered(browser, live_server, scheme) as page:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
        found = Axe().run(page, context="#content-main").response["violations"]
        assert [(rule["id"], node["html"]) for rule in found for node in rule["nodes"]] == []
        page.set_viewport_size({"width": 360, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_report_prints_on_two_sheets_of_a4_at_most(
    browser: Browser, live_server: LiveServer, scheme: Literal["light", "dark"]
):
    longest_month()
    with entered(browser, live_server, scheme) as page:
        page.goto(f"{PAGE}?thang=2026-10")
        assert len(A4.findall(page.pdf(prefer_css_page_size=True))) <= 2
        page.emulate_media(media="print", color_scheme=scheme)
        assert [
            page.locator(part).is_visible() for part in ("#header", "#nav-sidebar", ".report-form", ".report__head")
        ] == [False, False, False, True]
        colours = page.evaluate(
            "() => [document.body, ...document.querySelectorAll('.report tr')]"
            ".map(row => getComputedStyle(row).backgroundColor)"
        )
        assert set(colours) <= {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
