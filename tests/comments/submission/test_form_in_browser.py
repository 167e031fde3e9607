"""The opinion form in Chromium, with and without JavaScript."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from captcha.models import CaptchaStore
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from comments.models import Comment, OfficialReply, Status
from news.models import Article
from tests.factories import make_article, make_comment

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = "Đề nghị mở thêm quầy tiếp dân\nvào sáng thứ Bảy."
SENT = "Ý kiến của bạn đã được gửi thành công. Cảm ơn bạn!"
TICKET = "[data-captcha] [data-ticket]"


@pytest.fixture
def article() -> Article:
    return make_article("Bài nhận ý kiến")


@pytest.fixture
def plain(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    context = browser.new_context(
        base_url=live_server.url, locale="vi-VN", java_script_enabled=False, viewport={"width": 360, "height": 800}
    )
    context.set_default_timeout(10_000)  # milliseconds
    yield context.new_page()
    context.close()


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """Messages in the console, such as violations of the Content-Security-Policy."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def right_answer() -> str:
    return CaptchaStore.objects.latest("pk").response


def fill(page: Page) -> None:
    page.get_by_label("Họ và tên").fill("Nguyễn Thị Thử")
    page.get_by_label("Nội dung").fill(WORDS)
    page.get_by_label("Tôi đồng ý").check()


def expect_words(page: Page) -> None:
    expect(page.get_by_label("Họ và tên")).to_have_value("Nguyễn Thị Thử")
    expect(page.get_by_label("Nội dung")).to_have_value(WORDS)
    expect(page.get_by_label("Tôi đồng ý")).to_be_checked()


def captcha_field(page: Page):
    return page.get_by_role("textbox", name="Mã xác nhận")


def send(page: Page) -> None:
    page.get_by_role("button", name="Gửi ý kiến").click()


def new_captcha(page: Page, button: str) -> None:
    """Presses the button and waits for another captcha."""
    old = page.locator(TICKET).get_attribute("value")
    page.get_by_role("button", name=button).click()
    expect(page.locator(TICKET)).not_to_have_attribute("value", old or "")


# ---------------------------------------------------------------- without JavaScript


def test_enter_key_sends_and_does_not_ask_for_a_new_code_without_javascript(plain: Page, article: Article):
    plain.goto(article.get_absolute_url())
    fill(plain)
    plain.get_by_label("Họ và tên").press("Enter")
    captcha_field(plain).fill(right_answer())
    captcha_field(plain).press("Enter")
    expect(plain.get_by_text(SENT)).to_be_visible()
    assert Comment.objects.get().body == WORDS


def test_journey_without_javascript(plain: Page, article: Article):
    plain.goto(article.get_absolute_url())
    fill(plain)
    send(plain)
    expect_words(plain)
    expect(plain.get_by_role("status").filter(has_text="Còn một bước")).to_be_visible()
    first = right_answer()
    new_captcha(plain, "Làm mới")
    expect_words(plain)
    assert right_answer() != first
    captcha_field(plain).fill("sai")
    send(plain)
    expect_words(plain)
    expect(captcha_field(plain)).to_have_attribute("aria-invalid", "true")
    new_captcha(plain, "Trả lời câu hỏi")
    expect_words(plain)
    expect(plain.locator("[data-question]")).to_be_visible()
    captcha_field(plain).fill(right_answer())
    send(plain)
    expect(plain.get_by_text(SENT)).to_be_visible()
    comment = Comment.objects.get()
    assert (comment.body, comment.status) == (WORDS, Status.PENDING)
    expect(plain.locator(".receipt__code")).to_have_text(comment.code)
    comment.move(Status.PUBLISHED)
    OfficialReply.objects.create(comment=comment, agency="UBND xã Mẫu", body="Xã sẽ mở.").publish(by=None)
    plain.goto(article.get_absolute_url())
    expect(plain.locator(f"#{comment.code}")).to_contain_text("Xã sẽ mở.")
    plain.goto(comment.status_url)
    plain.get_by_text("Rút ý kiến", exact=True).click()
    plain.get_by_role("button", name="Rút ý kiến này").click()
    expect(plain.get_by_text("Bạn đã rút ý kiến này")).to_be_visible()
    plain.goto(article.get_absolute_url())
    expect(plain.locator(".opinion")).to_have_count(0)


# ---------------------------------------------------------------- with JavaScript


def test_journey_with_javascript_never_leaves_the_article(page: Page, article: Article, complaints: list[str]):
    page.goto(article.get_absolute_url())
    assert page.context.cookies() == []
    assert not CaptchaStore.objects.exists()
    page.get_by_label("Họ và tên").focus()
    expect(page.get_by_role("img", name="Hình có năm chữ và số")).to_be_visible()
    fill(page)
    new_captcha(page, "Làm mới")
    expect(captcha_field(page)).to_be_focused()
    expect_words(page)
    captcha_field(page).fill("sai")
    send(page)
    expect(captcha_field(page)).to_be_focused()
    expect(captcha_field(page)).to_have_value("")
    expect(page.get_by_role("alert")).to_contain_text("Mã xác nhận chưa đúng")
    expect_words(page)
    new_captcha(page, "Trả lời câu hỏi")
    expect(page.locator("[data-question]")).to_be_visible()
    captcha_field(page).fill(right_answer())
    send(page)
    expect(page.get_by_role("status").filter(has_text=SENT)).to_be_focused()
    assert page.url.endswith(article.get_absolute_url())
    comment = Comment.objects.get()
    assert comment.body == WORDS
    expect(page.locator("[data-receipt-code]")).to_have_text(comment.code)
    page.get_by_role("link", name="Mở trang theo dõi").click()
    expect(page.locator(".receipt__state")).to_have_text("Đang chờ duyệt")
    page.get_by_text("Rút ý kiến", exact=True).click()
    page.get_by_role("button", name="Rút ý kiến này").click()
    expect(page.get_by_text("Bạn đã rút ý kiến này")).to_be_visible()
    assert [line for line in complaints if "422" not in line] == []


def test_wrong_fields_are_named_beside_them_and_the_first_is_focused(page: Page, article: Article):
    page.goto(article.get_absolute_url())
    page.get_by_label("Họ và tên").fill("Nguyễn Thị Thử")
    expect(page.locator("[data-captcha]")).to_be_visible()
    page.get_by_label("Nội dung").fill("ngắn")
    captcha_field(page).fill("abcde")
    send(page)
    field = page.get_by_label("Nội dung")
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description(
        "Viết có dấu, từ 10 đến 2.000 ký tự. Xin đừng ghi số điện thoại, số căn cước hay địa chỉ nhà. "
        "Nội dung ngắn quá, cần ít nhất 10 ký tự."
    )
    expect(captcha_field(page)).to_have_value("abcde")
    field.fill("Nay đã đủ dài rồi.")
    expect(field).not_to_have_attribute("aria-invalid", "true")


def test_after_a_failure_the_words_stay_and_the_browser_sends_by_itself(page: Page, article: Article):
    page.goto(article.get_absolute_url())
    fill(page)
    expect(page.locator("[data-captcha]")).to_be_visible()
    captcha_field(page).fill(right_answer())
    page.route(
        f"**/y-kien/{article.pk}/",
        lambda route: route.abort() if route.request.resource_type == "fetch" else route.continue_(),
    )
    send(page)
    expect(page.get_by_role("alert")).to_have_text("Lỗi: Vui lòng thử lại")
    expect_words(page)
    assert not Comment.objects.exists()
    send(page)
    expect(page.get_by_text(SENT)).to_be_visible()
    assert Comment.objects.get().body == WORDS


def test_form_is_sent_step_by_step_when_the_captcha_cannot_be_fetched(page: Page, article: Article):
    page.route("**/ma/", lambda route: route.abort())
    page.goto(article.get_absolute_url())
    fill(page)
    send(page)
    expect_words(page)
    captcha_field(page).fill(right_answer())
    send(page)
    expect(page.get_by_text(SENT)).to_be_visible()


def test_pressing_twice_sends_once(page: Page, article: Article):
    page.goto(article.get_absolute_url())
    fill(page)
    expect(page.locator("[data-captcha]")).to_be_visible()
    captcha_field(page).fill(right_answer())
    page.get_by_role("button", name="Gửi ý kiến").dblclick()
    expect(page.get_by_text(SENT)).to_be_visible()
    assert Comment.objects.count() == 1


def test_form_works_with_the_keyboard_alone(page: Page, article: Article):
    page.goto(article.get_absolute_url())
    page.get_by_label("Họ và tên").focus()
    expect(page.locator("[data-captcha]")).to_be_visible()
    page.keyboard.type("Nguyễn Thị Thử")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("Đề nghị sửa đường.")
    page.keyboard.press("Tab")  # past the honeypot, which has no tab stop
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type(right_answer())
    page.keyboard.press("Enter")
    expect(page.get_by_text(SENT)).to_be_visible()
    comment = Comment.objects.get()
    assert (comment.name, comment.body) == ("Nguyễn Thị Thử", "Đề nghị sửa đường.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1366])
def test_form_list_and_receipt_have_no_serious_accessibility_fault(
    browser: Browser, live_server: LiveServer, article: Article, width: int, scheme
):
    comment = make_comment(
        article,
        status=Status.PUBLISHED,
        body="chữ " * 100 + "x" * 300,
        redactions=[{"field": "body", "start": 0, "end": 5}],
    )
    OfficialReply.objects.create(comment=comment, agency="UBND xã Mẫu", body="Xã sẽ mở.").publish(by=None)
    context: BrowserContext = browser.new_context(
        base_url=live_server.url, viewport={"width": width, "height": 800}, color_scheme=scheme
    )
    page = context.new_page()

    def check(what: str) -> None:
        faults = [
            f"{fault['id']}: {fault['nodes'][0]['html']}"
            for fault in Axe().run(page).response["violations"]
            if fault["impact"] in ("serious", "critical")
        ]
        assert faults == [], what
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), what

    page.goto(article.get_absolute_url())
    page.get_by_label("Họ và tên").fill("Nguyễn Thị Thử")
    expect(page.locator("[data-captcha]")).to_be_visible()
    send(page)
    expect(page.get_by_role("alert").first).to_be_visible()
    check("form with errors")
    for place in (f"/y-kien/{article.pk}/", comment.get_absolute_url(), comment.status_url):
        page.goto(place)
        check(place)
    context.close()
