"""Dashboard and monthly report in Chromium."""

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.factories import make_article, make_category, make_user
from tests.stats.factories import (
    make_article_views,
    make_day,
    make_device,
    make_excluded,
    make_not_found,
    make_referrer,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def busy_day(live_server: LiveServer) -> None:
    """Long words in every table of the dashboard."""
    today = timezone.localdate()
    make_day(today, visits=4_534_000, views=9_999_999, bots=8_888_888, excluded=99)
    article = make_article(
        "Đề án bảo tồn và phát huy di sản văn hóa phi vật thể giai đoạn mới",
        category=make_category("Văn hóa – Thể thao – Du lịch"),
        author=make_user(first_name="Nguyễn Hoàng Phương Thảo Nguyên"),
    )
    make_article_views(article, today, 8_765_432)
    make_referrer(today, "chuyen-trang-thong-tin-dien-tu.tinh-ha-tinh.example", 1_234_567)
    make_device(today, "tablet", "samsung", 1_234_567)
    make_excluded(today, "embedded", 99)
    make_not_found(today, "/" + "wp-admin" * 30, 12_345, 12_345)


@pytest.fixture
def phone(browser: Browser, live_server: LiveServer) -> Page:
    client = Client()
    client.force_login(make_user(is_superuser=True))
    context = browser.new_context(base_url=live_server.url, viewport=PHONE, locale="vi-VN")
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    return context.new_page()


@pytest.mark.parametrize("address", ["/admin/thong-ke/", "/admin/bao-cao-truy-cap/"])
def test_every_number_of_a_table_is_in_sight_on_a_phone(busy_day: None, phone: Page, address: str):
    phone.goto(address)
    found = phone.locator(".stats__scroll").filter(visible=True)
    hidden = {
        table.locator("caption").text_content(): table.evaluate("table => table.scrollWidth - table.clientWidth")
        for table in found.all()
    }
    # Six columns of comparison are worth a push of the finger.
    hidden.pop("Tổng hợp", None)
    assert len(hidden) >= 5
    assert {caption: width for caption, width in hidden.items() if width > 0} == {}
