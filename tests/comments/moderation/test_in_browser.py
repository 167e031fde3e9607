"""The moderators' pages in Chromium, with keyboard shortcuts and with JavaScript disabled."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import Permission
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from comments.models import Comment, Status
from comments.submission.spam_score import IncomingOpinion, find_hits
from tests.comments.moderation.moderator_client import QUEUE, state
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
def moderator(page: Page) -> Iterator[Page]:
    """A test with this page fails on any message in the console, such as a violation of the Content-Security-Policy."""
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
    """The last key must cause a navigation."""
    for key in keys[:-1]:
        page.keyboard.press(key)
    with page.expect_navigation():
        page.keyboard.press(keys[-1])


def test_keys_decide_and_the_next_row_is_current(moderator: Page):
    first, second, third, fourth = (make_comment() for _number in range(4))
    moderator.goto(QUEUE)
    press(moderator, "j", "j", "a")
    assert [state(comment) for comment in (first, second, third)] == ["pending", "published", "pending"]
    expect(moderator.locator("[data-row]:focus")).to_have_attribute("aria-label", third.code)
    press(moderator, "r", "2")
    assert (state(third), third.reason) == ("rejected", "insult")
    press(moderator, "s")
    assert state(fourth) == "spam"
    press(moderator, "u")
    assert state(fourth) == "pending"
    expect(moderator.locator(".messagelist")).to_contain_text("Đã hoàn tác")


def test_other_reason_waits_for_its_words(moderator: Page):
    comment = make_comment()
    moderator.goto(QUEUE)
    for key in ("j", "r", "9"):
        moderator.keyboard.press(key)
    moderator.keyboard.type("Gửi nhầm bài, asjk")
    press(moderator, "Enter")
    assert (state(comment), comment.reason, comment.reason_note) == ("rejected", "other", "Gửi nhầm bài, asjk")


def test_selected_rows_are_counted_and_decided_together(moderator: Page):
    first, second, third = (make_comment() for _number in range(3))
    moderator.goto(QUEUE)
    for key in ("j", "x", "j", "x"):
        moderator.keyboard.press(key)
    expect(moderator.locator("[data-number]")).to_have_text("Đã chọn 2 ý kiến")
    moderator.locator("[data-bulk-note]").press("Enter")  # decides nothing
    moderator.locator("[data-bulk] button[value=spam]").click()
    expect(moderator.locator(".messagelist")).to_contain_text("2 ý kiến")
    assert [state(comment) for comment in (first, second, third)] == ["spam", "spam", "pending"]


def test_selected_words_are_redacted_by_a_key_also_after_characters_of_two_utf16_units(moderator: Page):
    body = "🙂🙂 Xem vi-du.bet rồi gọi số 0912 345 678 nhé, hay 0912 345 678?"
    comment = make_comment(body=body, hits=find_hits(IncomingOpinion(name="Lê", body=body)))
    moderator.goto(QUEUE)
    start = len(body[: body.rindex("0912")].encode("utf-16-le")) // 2
    moderator.evaluate(MARK, [start, start + 12])
    press(moderator, "m")
    comment.refresh_from_db()
    assert comment.public_body == "🙂🙂 Xem vi-du.bet rồi gọi số 0912 345 678 nhé, hay █████?"


def test_keys_sleep_while_somebody_writes_and_when_switched_off(moderator: Page):
    comment = make_comment()
    moderator.goto(QUEUE)
    moderator.locator("#queue-search").press_sequentially("jasu?")
    expect(moderator.locator("#queue-search")).to_have_value("jasu?")
    moderator.locator("h1").evaluate("heading => document.activeElement.blur()")
    moderator.keyboard.press("Shift+?")
    expect(moderator.locator("[data-keys]")).to_be_visible()
    moderator.locator("[data-keys-on]").uncheck()
    moderator.keyboard.press("Escape")
    moderator.reload()
    for key in ("j", "a", "s"):
        moderator.keyboard.press(key)
    expect(moderator.locator("[data-row]")).to_have_count(1)
    assert state(comment) == "pending"


def test_undo_leaves_after_its_time(moderator: Page):
    make_comment()
    moderator.goto(QUEUE)
    moderator.clock.install()
    press(moderator, "j", "a")
    expect(moderator.locator("[data-undo]")).to_be_visible()
    moderator.clock.fast_forward(61_000)
    expect(moderator.locator("[data-undo]")).to_have_count(0)


def test_everything_works_without_javascript(plain: Page):
    published, rejected, redacted, answered = (
        make_comment(body=f"Gọi số 0912 345 67{number} nhé.") for number in range(4)
    )
    plain.goto(QUEUE)
    plain.locator(f"#y-kien-{published.pk} button[value^=publish]").click()
    plain.locator(f"#y-kien-{rejected.pk} [data-reject] summary").click()
    plain.locator(f"#y-kien-{rejected.pk} button[value$=unclear]").click()
    plain.locator(f"#y-kien-{redacted.pk} [data-redact] summary").click()
    plain.locator(f"#y-kien-{redacted.pk} [name=words]").fill("0912 345 672")
    plain.locator(f"#y-kien-{redacted.pk} [data-redact-form] button").click()
    redacted.refresh_from_db()
    assert (state(published), state(rejected), redacted.public_body) == ("published", "rejected", "Gọi số █████ nhé.")
    plain.locator("[data-undo] button").click()
    assert state(rejected) == "pending"
    plain.locator(f"#y-kien-{answered.pk} a", has_text="Duyệt và trả lời").click()
    plain.fill("#id_agency", "Sở Thử nghiệm")
    plain.fill("#id_body", "Đã tiếp thu.")
    plain.locator("button[value=approve-and-publish]").last.click()
    assert (state(answered), answered.replies.get().status) == ("published", "published")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1366])
def test_pages_fit_the_screen_and_are_accessible(moderator: Page, width: int, scheme: str):
    moderator.set_viewport_size({"width": width, "height": 900})
    moderator.emulate_media(color_scheme=scheme)
    body = "Xem https://vi-du.bet và vi-du.top " + "dài" * 60
    comment = make_comment(
        body=body,
        status=Status.SUSPECT,
        hits=find_hits(IncomingOpinion(name="Công an", body=body)),
        reply_due_on="2026-01-01",
    )
    for address in (f"{QUEUE}?hang=nghi-rac", f"{QUEUE}{comment.pk}/change/", f"{QUEUE}{comment.pk}/tra-loi/"):
        moderator.goto(address)
        assert moderator.evaluate("document.documentElement.scrollWidth") <= width
        for menu in moderator.locator(".menu summary").all():
            menu.click()
        # axe would read the imported stylesheets through inline <style> elements, which the page's policy refuses.
        found = Axe().run(moderator, context="#content-main", options={"preload": False}).response["violations"]
        assert [(problem["id"], [node["target"] for node in problem["nodes"]]) for problem in found] == []


def test_start_page_tells_what_waits(moderator: Page):
    make_comment()
    moderator.goto("/admin/")
    moderator.locator("a", has_text="Chờ duyệt: 1").click()
    expect(moderator.locator("[data-row]")).to_have_count(1)
    assert Comment.objects.count() == 1
