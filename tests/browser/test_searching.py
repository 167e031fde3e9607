"""The search box and its suggestions in Chromium."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from news.models import Article
from tests.factories import make_article, make_category, make_event, make_source

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def articles(live_server: LiveServer) -> list[Article]:
    category = make_category("Giáo dục", slug="giao-duc")
    make_event("Năm học mới")
    make_source()
    return [
        make_article(title, category=category, body="<p>Học sinh đến trường.</p>")
        for title in ("Khai giảng năm học mới", "Khai mạc hội thao")
    ]


def box(page: Page):
    return page.get_by_role("search").get_by_role("combobox", name="Tìm trong cổng")


def test_suggestions_are_chosen_by_keyboard(page: Page, articles: list[Article]):
    page.goto("/")
    box(page).press_sequentially("khai")
    options = page.get_by_role("option")
    expect(options).to_have_count(2)
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    box(page).press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    box(page).press("ArrowUp")
    box(page).press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    box(page).press("ArrowUp")
    box(page).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Khai mạc hội thao")


def test_escape_closes_the_suggestions_and_keeps_what_was_typed(page: Page, articles: list[Article]):
    page.goto("/")
    box(page).press_sequentially("khai g")
    expect(page.get_by_role("option")).to_have_count(1)
    box(page).press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box(page)).to_have_value("khai g")


def test_enter_without_a_choice_searches(page: Page, articles: list[Article]):
    page.goto("/")
    box(page).press_sequentially("hoc sinh")
    box(page).press("Enter")
    expect(page.get_by_role("status").filter(has_text="Có 2 bài")).to_be_visible()
    expect(page.locator("mark", has_text="Học sinh")).to_have_count(2)


def test_who_types_on_after_a_choice_searches_for_what_is_typed(page: Page, articles: list[Article]):
    page.goto("/")
    box(page).press_sequentially("khai")
    expect(page.get_by_role("option")).to_have_count(2)
    box(page).press("ArrowDown")
    box(page).press_sequentially(" mạc")
    box(page).press("Enter")
    expect(page.get_by_role("status").filter(has_text="Có 1 bài")).to_be_visible()
    expect(page.locator("mark", has_text="Khai mạc")).to_be_visible()


def test_suggestions_for_earlier_words_do_not_stay_when_the_connection_is_lost(page: Page, articles: list[Article]):
    page.goto("/")
    box(page).press_sequentially("khai")
    expect(page.get_by_role("option")).to_have_count(2)
    page.context.set_offline(True)
    box(page).press_sequentially(" g")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box(page)).to_have_attribute("aria-expanded", "false")


def test_passage_is_seen_on_a_phone(page: Page, articles: list[Article]):
    page.set_viewport_size({"width": 360, "height": 800})
    make_article(
        "Mưa phùn",
        body=f"<p>{'Gió mùa đông bắc về từ đêm qua. ' * 9}Học sinh vẫn đến trường đông đủ.{' Trời còn lạnh.' * 20}</p>",
    )
    page.goto("/tim-kiem/?q=den+truong")
    marks = page.locator(".article-card__summary mark", has_text="đến trường")
    expect(marks).to_have_count(3)
    for mark in marks.all():
        shown, passage = mark.bounding_box(), mark.locator("..").bounding_box()
        assert shown and passage and shown["y"] + shown["height"] <= passage["y"] + passage["height"]


def test_suggestion_is_chosen_by_a_click(page: Page, articles: list[Article]):
    page.goto("/")
    box(page).press_sequentially("giang")
    page.get_by_role("option", name="Khai giảng năm học mới").click()
    expect(page).to_have_url(articles[0].get_absolute_url())


def test_search_and_filters_work_without_javascript(browser: Browser, live_server: LiveServer, articles: list[Article]):
    with browser.new_context(base_url=live_server.url, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/")
        page.get_by_role("searchbox", name="Tìm trong cổng").fill("khai")
        page.get_by_role("search").get_by_role("button", name="Tìm").click()
        expect(page.get_by_role("status").filter(has_text="Có 2 bài")).to_be_visible()
        page.get_by_text("Lọc và sắp xếp").click()
        page.get_by_role("combobox", name="Chuyên mục").select_option("Giáo dục")
        page.get_by_label("Từ ngày").fill("2099-01-01")
        page.get_by_role("button", name="Áp dụng").click()
        expect(page.get_by_text("trong phạm vi đã chọn")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_open_suggestions_and_filters_have_no_serious_accessibility_fault(
    browser: Browser, live_server: LiveServer, articles: list[Article], scheme: str
):
    with browser.new_context(
        base_url=live_server.url, color_scheme=scheme, viewport={"width": 360, "height": 800}
    ) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.goto("/tim-kiem/?q=khai&chuyen_muc=giao-duc&den=khong-phai-ngay")
        page.get_by_role("main").get_by_role("combobox").first.press_sequentially(" ")
        box(page).press_sequentially(" g")
        faults = [
            fault["id"]
            for fault in Axe().run(page).response["violations"]
            if fault["impact"] in {"serious", "critical"}
        ]
        assert faults == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
