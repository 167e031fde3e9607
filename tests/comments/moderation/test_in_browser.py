"""The moderators' desk in Chromium: with keys, and with JavaScript off."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import Permission
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from comments.models import Comment, Status
from comments.submission.spam_score import Sent, find_hits
from tests.comments.moderation.queue_pages import QUEUE, state
from tests.factories import make_comment, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RIGHTS = ("view_comment", "moderate_comment", "add_officialreply")
MARK = """([start, end]) => {
  const field = document.querySelector('[data-field="body"]');
  const walker = document.createTreeWalker(field, NodeFilter.SHOW_TEXT);
  let position = 0;
  const place = (wanted) => {
    while (walker.currentNode === field || position + walker.currentNode.length < wanted) {
      if (walker.currentNode !== field) position += walker.currentNode.length;
      walker.nextNode();
    }
    return [walker.currentNode, wanted - position];
  };
  getSelection().setBaseAndExtent(...place(start), ...place(end));
}"""


def log_in(page: Page) -> Page:
    # Tests with real transactions empty every table, so the role made by the migration is not there.
    make_user("duyet").user_permissions.set(Permission.objects.filter(codename__in=RIGHTS))
    page.goto("/admin/login/")
    page.fill("#id_username", "duyet")
    page.fill("#id_password", "mat-khau-de-thu")
    page.click("[type=submit]")
    return page


@pytest.fixture
def desk(page: Page) -> Iterator[Page]:
    """Whatever the browser complains about, above all the content policy, fails the test."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield log_in(page)
    assert complaints == []


@pytest.fixture
def plain(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport={"width": 360, "height": 800}
    )
    context.set_default_timeout(10_000)  # milliseconds
    yield log_in(context.new_page())
    context.close()


def press(page: Page, *keys: str) -> None:
    """The last key decides, and a new page comes."""
    for key in keys[:-1]:
        page.keyboard.press(key)
    with page.expect_navigation():
        page.keyboard.press(keys[-1])


def test_keys_decide_and_the_next_row_is_current(desk: Page):
    first, second, third, fourth = (make_comment() for _number in range(4))
    desk.goto(QUEUE)
    press(desk, "j", "j", "a")
    assert [state(comment) for comment in (first, second, third)] == ["pending", "published", "pending"]
    expect(desk.locator("[data-row]:focus")).to_have_attribute("aria-label", third.code)
    press(desk, "r", "2")
    assert (state(third), third.reason) == ("rejected", "insult")
    press(desk, "s")
    assert state(fourth) == "spam"
    press(desk, "u")
    assert state(fourth) == "pending"
    expect(desk.locator(".messagelist")).to_contain_text("Đã hoàn tác")


def test_other_reason_waits_for_its_words(desk: Page):
    comment = make_comment()
    desk.goto(QUEUE)
    for key in ("j", "r", "9"):
        desk.keyboard.press(key)
    desk.keyboard.type("Gửi nhầm bài, asjk")
    press(desk, "Enter")
    assert (state(comment), comment.reason, comment.reason_note) == ("rejected", "other", "Gửi nhầm bài, asjk")


def test_selected_rows_are_counted_and_decided_together(desk: Page):
    first, second, third = (make_comment() for _number in range(3))
    desk.goto(QUEUE)
    for key in ("j", "x", "j", "x"):
        desk.keyboard.press(key)
    expect(desk.locator("[data-number]")).to_have_text("Đã chọn 2 ý kiến")
    desk.locator("[data-bulk-note]").press("Enter")  # decides nothing
    desk.locator("[data-bulk] button[value=rac]").click()
    expect(desk.locator(".messagelist")).to_contain_text("2 ý kiến")
    assert [state(comment) for comment in (first, second, third)] == ["spam", "spam", "pending"]


def test_marked_words_are_masked_by_a_key_also_after_letters_of_two_units(desk: Page):
    body = "🙂🙂 Xem vi-du.bet rồi gọi số 0912 345 678 nhé, hay 0912 345 678?"
    comment = make_comment(body=body, hits=find_hits(Sent(name="Lê", body=body)))
    desk.goto(QUEUE)
    start = len(body[: body.rindex("0912")].encode("utf-16-le")) // 2
    desk.evaluate(MARK, [start, start + 12])
    press(desk, "m")
    comment.refresh_from_db()
    assert comment.public_body == "🙂🙂 Xem vi-du.bet rồi gọi số 0912 345 678 nhé, hay █████?"


def test_keys_sleep_while_somebody_writes_and_when_switched_off(desk: Page):
    comment = make_comment()
    desk.goto(QUEUE)
    desk.locator("#queue-search").press_sequentially("jasu?")
    expect(desk.locator("#queue-search")).to_have_value("jasu?")
    desk.locator("h1").evaluate("heading => document.activeElement.blur()")
    desk.keyboard.press("Shift+?")
    expect(desk.locator("[data-keys]")).to_be_visible()
    desk.locator("[data-keys-on]").uncheck()
    desk.keyboard.press("Escape")
    desk.reload()
    for key in ("j", "a", "s"):
        desk.keyboard.press(key)
    expect(desk.locator("[data-row]")).to_have_count(1)
    assert state(comment) == "pending"


def test_undo_leaves_after_its_time(desk: Page):
    make_comment()
    desk.goto(QUEUE)
    desk.clock.install()
    press(desk, "j", "a")
    expect(desk.locator("[data-undo]")).to_be_visible()
    desk.clock.fast_forward(61_000)
    expect(desk.locator("[data-undo]")).to_have_count(0)


def test_everything_works_without_javascript(plain: Page):
    published, rejected, masked, answered = (
        make_comment(body=f"Gọi số 0912 345 67{number} nhé.") for number in range(4)
    )
    plain.goto(QUEUE)
    plain.locator(f"#y-kien-{published.pk} button[value^=dang]").click()
    plain.locator(f"#y-kien-{rejected.pk} [data-reject] summary").click()
    plain.locator(f"#y-kien-{rejected.pk} button[value$=unclear]").click()
    plain.locator(f"#y-kien-{masked.pk} [data-mask] summary").click()
    plain.locator(f"#y-kien-{masked.pk} [name=words]").fill("0912 345 672")
    plain.locator(f"#y-kien-{masked.pk} [data-mask-form] button").click()
    masked.refresh_from_db()
    assert (state(published), state(rejected), masked.public_body) == ("published", "rejected", "Gọi số █████ nhé.")
    plain.locator("[data-undo] button").click()
    assert state(rejected) == "pending"
    plain.locator(f"#y-kien-{answered.pk} a", has_text="Duyệt và trả lời").click()
    plain.fill("#id_agency", "Sở Thử nghiệm")
    plain.fill("#id_body", "Đã tiếp thu.")
    plain.locator("button[value=duyet-dang]").last.click()
    assert (state(answered), answered.replies.get().status) == ("published", "published")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1366])
def test_desk_fits_the_screen_and_can_be_read_by_everybody(desk: Page, width: int, scheme: str):
    desk.set_viewport_size({"width": width, "height": 900})
    desk.emulate_media(color_scheme=scheme)
    body = "Xem https://vi-du.bet và vi-du.top " + "dài" * 60
    comment = make_comment(
        body=body, status=Status.SUSPECT, hits=find_hits(Sent(name="Công an", body=body)), reply_due_on="2026-01-01"
    )
    for address in (f"{QUEUE}?hang=nghi-rac", f"{QUEUE}{comment.pk}/change/", f"{QUEUE}{comment.pk}/tra-loi/"):
        desk.goto(address)
        assert desk.evaluate("document.documentElement.scrollWidth") <= width
        for menu in desk.locator(".menu summary").all():
            menu.click()
        found = Axe().run(desk, context="#content-main").response["violations"]
        assert [(problem["id"], [node["target"] for node in problem["nodes"]]) for problem in found] == []


def test_start_page_tells_what_waits(desk: Page):
    make_comment()
    desk.goto("/admin/")
    desk.locator("a", has_text="Chờ duyệt: 1").click()
    expect(desk.locator("[data-row]")).to_have_count(1)
    assert Comment.objects.count() == 1
