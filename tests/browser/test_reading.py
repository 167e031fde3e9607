"""Public pages in Chromium: layout, accessibility, content security policy, keyboard, print."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from news.models import Article
from tests.factories import (
    make_article,
    make_category,
    make_event,
    make_photo,
    make_site_identity,
    make_source,
    make_tag,
    make_ticker_item,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

LONG_WORD = "https://vi-du.example/" + "rat-dai-" * 30


@pytest.fixture
def article(live_server: LiveServer) -> Article:
    """An article with every part that its page can show, and the lists around it."""
    make_site_identity(name="Cổng thông tin điện tử tỉnh Mẫu", phone="0239 000 000", address="Số 1 đường Thử")
    parent = make_category("Kinh tế")
    category = make_category("Nông nghiệp", parent=parent)
    photo = make_photo(caption="Bà con gặt lúa.", alt="Ruộng lúa chín", credit="Hoài An")
    article = make_article(
        "Vụ lúa hè thu được mùa",
        category=category,
        lead_photo=photo,
        source=make_source(),
        source_url=LONG_WORD,
        is_featured=True,
        body=f"<h2>Năng suất</h2><p>Đoạn văn.</p>{photo.figure_html()}"
        f"<table><thead><tr>{'<th>Cột</th>' * 12}</tr></thead>"
        f"<tbody><tr>{'<td>1.234.567</td>' * 12}</tr></tbody></table><p>{LONG_WORD}</p>",
        tags=(make_tag("Lúa gạo"),),
        events=(make_event("Mùa gặt"),),
    )
    for number in range(12):
        make_article(f"Tin thứ {number} của chuyên mục", category=category)
    make_ticker_item("Tin chạy thứ nhất khá dài để phải chạy")
    make_ticker_item(article=article)
    return article


def public_pages(article: Article) -> list[str]:
    month = timezone.localdate(article.published_at)
    archive = ["/luu-tru/", f"/luu-tru/{month:%Y}/", f"/luu-tru/{month:%Y/%m}/", f"/luu-tru/{month:%Y/%m/%d}/"]
    return [
        "/",
        article.get_absolute_url(),
        article.category.get_absolute_url(),
        "/su-kien/",
        "/rss/",
        *archive,
        "/tim-kiem/?q=lua",
        "/khong-co/",
    ]


def test_pages_break_no_policy_and_log_no_error(page: Page, article: Article):
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    for address in public_pages(article)[:-1]:
        page.goto(address)
        page.wait_for_load_state("networkidle")
    assert problems == []


def test_data_for_search_engines_passes_the_policy_against_inline_scripts(page: Page, article: Article):
    page.add_init_script(
        "window.refused = [];"
        "document.addEventListener('securitypolicyviolation', event => refused.push(event.violatedDirective))"
    )
    page.goto(article.get_absolute_url())
    page.wait_for_load_state("networkidle")
    read = (
        "[...document.querySelectorAll('script[type=\"application/ld+json\"]')]"
        ".map(block => JSON.parse(block.textContent)['@type'])"
    )
    assert page.evaluate(read) == ["NewsArticle", "BreadcrumbList"]
    assert page.evaluate("refused") == []
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: '0'}))")
    assert page.evaluate("refused") == ["script-src-elem"]  # the policy is in force, and the listener hears of it


@pytest.mark.parametrize("width", [320, 360, 768, 1366])
def test_no_page_scrolls_sideways(page: Page, article: Article, width: int):
    page.set_viewport_size({"width": width, "height": 800})
    for address in public_pages(article):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_have_no_serious_accessibility_fault(page: Page, article: Article, scheme: str):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    for address in public_pages(article):
        page.goto(address)
        faults = [
            f"{rule['id']}: {rule['nodes'][0]['html']}"
            for rule in Axe().run(page).response["violations"]
            if rule["impact"] in {"serious", "critical"}
        ]
        assert faults == [], address


def test_nothing_is_loaded_from_another_host_and_no_cookie_is_set(
    page: Page, context: BrowserContext, article: Article, live_server: LiveServer
):
    foreign: list[str] = []
    page.on(
        "request",
        lambda request: None if request.url.startswith((live_server.url, "data:")) else foreign.append(request.url),
    )
    for address in public_pages(article):
        page.goto(address)
        page.wait_for_load_state("networkidle")
    assert foreign == []
    assert context.cookies() == []


PLACE = "document.querySelector('[data-ticker-track]').getBoundingClientRect().left"


def expect_ticker_to_move(page: Page) -> None:
    before = page.evaluate(PLACE)
    page.wait_for_function(f"before => {PLACE} !== before", arg=before)


def expect_ticker_to_stand_still(page: Page) -> None:
    """Waits until the position stays the same for some frames: a pause takes effect only after one or two."""
    page.wait_for_function(
        f"() => new Promise(done => {{ const before = {PLACE}; setTimeout(() => done({PLACE} === before), 400) }})"
    )


def test_ticker_moves_and_stops_on_button_hover_and_focus(page: Page, article: Article):
    page.goto("/")
    button = page.get_by_role("button", name="Dừng tin chạy")
    expect(button).to_be_visible()
    expect_ticker_to_move(page)
    page.locator("[data-ticker-window]").hover()
    expect_ticker_to_stand_still(page)
    page.mouse.move(5, 700)
    expect_ticker_to_move(page)
    page.locator("[data-ticker-track] a").first.focus()
    expect_ticker_to_stand_still(page)
    page.locator("[data-ticker-track] a").first.blur()
    button.click()
    page.mouse.move(5, 700)
    expect_ticker_to_stand_still(page)
    page.get_by_role("button", name="Cho tin chạy tiếp").click()
    page.mouse.move(5, 700)
    page.evaluate("document.activeElement.blur()")
    expect_ticker_to_move(page)


def test_ticker_is_a_plain_list_when_motion_is_unwelcome(page: Page, article: Article):
    page.emulate_media(reduced_motion="reduce")
    page.goto("/")
    expect(page.get_by_text("Tin chạy thứ nhất khá dài để phải chạy")).to_be_visible()
    expect_ticker_to_stand_still(page)
    expect(page.get_by_role("button", name="Dừng tin chạy")).to_be_hidden()


def test_everything_can_be_read_without_javascript(browser: Browser, article: Article, live_server: LiveServer):
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport={"width": 360, "height": 740}
    )
    page = context.new_page()
    page.goto("/")
    expect(page.get_by_text("Tin chạy thứ nhất khá dài để phải chạy")).to_be_visible()
    page.get_by_text("Chuyên mục", exact=True).first.click()
    page.get_by_role("link", name="Nông nghiệp").first.click()
    page.get_by_role("link", name="Vụ lúa hè thu được mùa").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vụ lúa hè thu được mùa")
    expect(page.get_by_text("Bà con gặt lúa.").first).to_be_visible()
    for dead in ("Chép liên kết", "Chữ lớn hơn"):
        expect(page.get_by_role("button", name=dead)).to_be_hidden()
    context.close()


def test_keyboard_reaches_content_first_and_submenus_after(page: Page, article: Article):
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến nội dung chính")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "noi-dung"
    page.locator(".menu__bar").get_by_role("link", name="Kinh tế").focus()
    page.keyboard.press("Tab")
    expect(page.locator(".menu__bar").get_by_role("link", name="Nông nghiệp")).to_be_focused()
    expect(page.locator(".menu__bar").get_by_role("link", name="Nông nghiệp")).to_be_visible()


def test_text_size_and_dark_mode_are_remembered(page: Page, article: Article):
    page.goto(article.get_absolute_url())
    size = "parseFloat(getComputedStyle(document.querySelector('.rich-text p')).fontSize)"
    before = page.evaluate(size)
    page.get_by_role("button", name="Chữ lớn hơn").click()
    page.get_by_role("button", name="Nền tối").click()
    page.reload()
    assert page.evaluate(size) > before
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_link_can_be_copied(page: Page, context: BrowserContext, article: Article, live_server: LiveServer):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(article.get_absolute_url())
    page.get_by_role("button", name="Chép liên kết").click()
    expect(page.get_by_text("Đã chép liên kết")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == live_server.url + article.get_absolute_url()


def test_pictures_keep_their_place_while_loading(page: Page, article: Article):
    page.goto(article.get_absolute_url())
    missing = (
        "[...document.querySelectorAll('main img')]"
        ".filter(i => !i.getAttribute('width') || !i.getAttribute('height')).length"
    )
    assert page.evaluate(missing) == 0
    page.locator(".rich-text img").first.scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('.rich-text img').currentSrc.endsWith('.avif')")


def test_printed_page_leaves_the_furniture_out(page: Page, article: Article):
    page.goto(article.get_absolute_url())
    page.emulate_media(media="print")
    for gone in (".menu", "[data-ticker]", ".tools"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
