"""Forms of the admin under impatient fingers, in Chromium."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from news.models import Article
from tests.factories import make_article, make_category, make_user
from tests.news.admin.forms import ADD_URL, change_url

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def editor(context: BrowserContext) -> Page:
    make_user("bien-tap", role="Biên tập viên")
    make_category("Nông nghiệp")
    page = context.new_page()
    log_in(page, "bien-tap")
    return page


def log_in(page: Page, username: str) -> None:
    page.goto("/admin/login/")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill("mat-khau-de-thu")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Bàn làm việc")).to_be_visible()


def write(page: Page, title: str) -> None:
    page.get_by_label("Tên bài").fill(title)
    page.get_by_label("Sapo").fill("Cam chín sớm nửa tháng.")
    page.locator("#id_category").select_option(label="Nông nghiệp")
    page.locator(".cke_editable").click()
    page.keyboard.type("Nhà vườn bắt đầu hái cam.")


def questions(page: Page, answer: str = "accept") -> list[str]:
    """Collects the kinds of the dialogs that the browser shows, and answers them."""
    asked: list[str] = []

    def reply(dialog) -> None:
        asked.append(dialog.type)
        getattr(dialog, answer)()

    page.on("dialog", reply)
    return asked


def test_double_click_makes_one_article(editor: Page):
    asked = questions(editor)
    editor.goto(ADD_URL)
    write(editor, "Mùa cam")
    editor.get_by_role("button", name="Đăng", exact=True).dblclick()
    expect(editor.get_by_text("“Mùa cam”: Đã đăng.")).to_be_visible()
    assert Article.objects.count() == 1
    assert asked == []


def test_back_after_saving_and_saving_again_makes_no_second_article(editor: Page):
    questions(editor)
    editor.goto(ADD_URL)
    write(editor, "Mùa cam")
    editor.get_by_role("button", name="Lưu nháp").click()
    expect(editor.get_by_text("Đã lưu.")).to_be_visible()
    editor.go_back()
    editor.get_by_role("button", name="Đăng", exact=True).click()
    editor.wait_for_load_state()
    assert Article.objects.count() == 1


@pytest.mark.parametrize("field", ["title", "body"])
def test_leaving_what_is_not_saved_asks_first(editor: Page, field: str):
    article = make_article("Tên cũ", body="<p>Bài cũ</p>")
    asked = questions(editor, "dismiss")
    editor.goto(change_url(article))
    editor.locator(".cke_editable").wait_for()
    if field == "title":
        editor.get_by_label("Tên bài").fill("Tên mới")
    else:
        editor.locator(".cke_editable").click()
        editor.keyboard.type("Thêm chữ. ")
    editor.get_by_role("link", name="Lịch sử").click()
    expect(editor.get_by_label("Tên bài")).to_be_visible()
    assert asked == ["beforeunload"]
    assert change_url(article) in editor.url


def test_leaving_an_untouched_form_asks_nothing(editor: Page):
    article = make_article("Tên cũ", body="<p>Bài cũ <b>đậm</b></p><ul><li>một</li></ul>")
    asked = questions(editor)
    editor.goto(change_url(article))
    editor.locator(".cke_editable").click()
    editor.get_by_role("link", name="Lịch sử").click()
    editor.wait_for_url("**/history/")
    assert asked == []


def test_back_after_the_history_never_mixes_a_new_title_with_an_old_body(editor: Page):
    article = make_article("Tên cũ", body="<p>Bài cũ</p>")
    questions(editor)
    editor.goto(change_url(article))
    editor.get_by_label("Tên bài").fill("Tên mới")
    editor.locator(".cke_editable").click()
    editor.keyboard.press("Control+A")
    editor.keyboard.type("Bài mới")
    editor.get_by_role("link", name="Lịch sử").click()
    editor.wait_for_url("**/history/")
    editor.go_back()
    body = editor.locator(".cke_editable")
    body.wait_for()
    both = (editor.get_by_label("Tên bài").input_value(), body.inner_text().strip())
    assert both in (("Tên cũ", "Bài cũ"), ("Tên mới", "Bài mới"))


def test_counter_tells_when_a_field_is_nearly_full(editor: Page):
    editor.goto(ADD_URL)
    editor.get_by_label("Tên bài").fill("a" * 190)
    expect(editor.get_by_text("ký tự.")).to_have_count(0)
    editor.get_by_label("Tên bài").fill("a" * 240)
    expect(editor.get_by_text("Còn 10 trong 250 ký tự.")).to_be_visible()
    editor.get_by_label("Tên bài").fill("a" * 250)
    expect(editor.get_by_text("Đã hết chỗ: nhiều nhất 250 ký tự.")).to_be_visible()


def test_form_comes_back_filled_after_the_session_has_expired(editor: Page):
    questions(editor)
    editor.goto(ADD_URL)
    write(editor, "Bài gõ suốt buổi sáng")
    editor.context.clear_cookies(name="sessionid")
    editor.get_by_role("button", name="Lưu nháp").click()
    expect(editor.get_by_text("những gì bạn vừa gõ được giữ")).to_be_visible()
    editor.get_by_label("Tên đăng nhập").fill("bien-tap")
    editor.get_by_label("Mật khẩu").fill("mat-khau-de-thu")
    editor.keyboard.press("Enter")
    expect(editor.get_by_label("Tên bài")).to_have_value("Bài gõ suốt buổi sáng")
    expect(editor.locator(".cke_editable")).to_contain_text("Nhà vườn bắt đầu hái cam.")
    editor.get_by_role("button", name="Lưu nháp").click()
    expect(editor.get_by_text("Đã lưu.")).to_be_visible()
    assert Article.objects.get().title == "Bài gõ suốt buổi sáng"


def test_form_is_sent_again_after_a_log_in_in_another_window(editor: Page):
    questions(editor)
    editor.goto(ADD_URL)
    write(editor, "Bài gõ suốt buổi sáng")
    other = editor.context.new_page()
    editor.context.clear_cookies()
    log_in(other, "bien-tap")
    editor.get_by_role("button", name="Lưu nháp").click()
    expect(editor.get_by_role("heading", name="những gì bạn gõ vẫn còn")).to_be_visible()
    editor.get_by_role("button", name="Gửi lại").click()
    expect(editor.get_by_text("Đã lưu.")).to_be_visible()
    assert Article.objects.get().title == "Bài gõ suốt buổi sáng"
