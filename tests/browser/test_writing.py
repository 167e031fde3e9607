"""An article is written in the admin, approved and read, in Chromium."""

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from news.models import Article, Photo
from tests.factories import make_category, make_image, make_source, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

FROM_WORD = """
<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0}</style></head><body>
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml><![endif]-->
<p class="MsoNormal" style="text-align:center;mso-line-height-rule:exactly">
<b><span style="font-family:Times;color:red">Chép từ Word<o:p></o:p></span></b></p>
</body></html>
"""


@pytest.fixture
def newsroom(live_server: LiveServer) -> None:
    """A category, a source, a reporter and an editor."""
    make_category("Cải cách hành chính")
    make_source("Báo Sông Xanh", "BSX")
    make_user("phong-vien", role="Phóng viên", first_name="Phạm Viết")
    make_user("bien-tap", role="Biên tập viên", first_name="Lê Duyệt")


def log_in(context: BrowserContext, username: str) -> Page:
    page = context.new_page()
    page.goto("/admin/login/")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill("mat-khau-de-thu")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Bàn làm việc")).to_be_visible()
    return page


def insert_uploaded_photo(page: Page) -> None:
    page.get_by_role("button", name="Thư viện ảnh").click()
    library = page.frame_locator("dialog iframe")
    library.locator("input[type=file]").set_input_files(
        {"name": "Quầy một cửa.jpg", "mimeType": "image/jpeg", "buffer": make_image(1300, 900).read()}
    )
    library.get_by_label("Chú thích").fill("Người dân làm thủ tục ở quầy một cửa.")
    library.get_by_label("Mô tả cho người không nhìn thấy ảnh").fill("Quầy tiếp dân")
    library.get_by_label("Người chụp").fill("Hoài An")
    library.get_by_role("button", name="Tải lên").click()
    library.get_by_role("button", name="Chọn ảnh này").first.click()
    expect(page.locator(".cke_editable figure img")).to_be_visible()


def test_article_with_an_uploaded_picture_goes_from_reporter_to_reader(
    browser: Browser, context: BrowserContext, newsroom: None, live_server: LiveServer
):
    problems: list[str] = []
    page = log_in(context, "phong-vien")
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.get_by_role("link", name="Viết bài mới").click()
    page.get_by_label("Tên bài").fill("Tỉnh ban hành kế hoạch cải cách")
    page.get_by_label("Sapo").fill("Mọi cơ quan phải vào cuộc.")
    editor = page.locator(".cke_editable")
    editor.click()
    page.keyboard.type("Đoạn đầu của bài.")
    page.keyboard.press("Enter")
    page.evaluate(
        "html => Object.values(CKEDITOR.instances)[0].fire('paste', {type: 'auto', dataValue: html, method: 'paste'})",
        FROM_WORD,
    )
    insert_uploaded_photo(page)
    page.get_by_label("Chuyên mục", exact=False).first.select_option(label="Cải cách hành chính")
    page.get_by_label("Link gốc").fill("https://song-xanh.example/tin/1")
    page.get_by_role("button", name="Gửi duyệt").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert Article.objects.awaiting_approval().get().title == "Tỉnh ban hành kế hoạch cải cách"

    other = browser.new_context(base_url=live_server.url, locale="vi-VN")
    desk = log_in(other, "bien-tap")
    desk.get_by_role("link", name="Tỉnh ban hành kế hoạch cải cách").click()
    with other.expect_page() as opened:
        desk.get_by_role("button", name="Xem trước").first.click()
    preview = opened.value
    expect(preview.get_by_text("Bản xem trước – chưa đăng")).to_be_visible()
    expect(preview.get_by_role("heading", level=1)).to_have_text("Tỉnh ban hành kế hoạch cải cách")
    assert Article.objects.published().count() == 0
    desk.get_by_role("button", name="Đăng", exact=True).first.click()
    expect(desk.locator(".messagelist .success")).to_be_visible()

    reader = context.browser.new_context(base_url=live_server.url).new_page()
    reader.goto("/")
    reader.get_by_role("link", name="Tỉnh ban hành kế hoạch cải cách").first.click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Tỉnh ban hành kế hoạch cải cách")
    for words in (
        "Mọi cơ quan phải vào cuộc.",
        "Đoạn đầu của bài.",
        "Chép từ Word",
        "Người dân làm thủ tục ở quầy một cửa.",
        "Ảnh: Hoài An",
    ):
        expect(reader.get_by_text(words).first).to_be_visible()
    picture = reader.locator(".rich-text figure img")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_attribute("alt", "Quầy tiếp dân")
    reader.wait_for_function("() => document.querySelector('.rich-text figure img').currentSrc.endsWith('.avif')")
    stored = Article.objects.published().get()
    assert "mso" not in stored.body.lower()
    assert "style=" not in stored.body
    assert list(stored.photos.all()) == [Photo.objects.get()]
    assert problems == []


def test_picture_dropped_into_the_text_is_uploaded_to_the_library(context: BrowserContext, newsroom: None):
    page = log_in(context, "phong-vien")
    page.goto("/admin/news/article/add/")
    page.locator(".cke_editable").wait_for()
    data = list(make_image(500, 300).read())
    page.evaluate(
        """bytes => {
            const file = new File([new Uint8Array(bytes)], "ảnh dán.jpg", {type: "image/jpeg"});
            const carrier = new DataTransfer();
            carrier.items.add(file);
            const target = document.querySelector(".cke_editable");
            target.focus();
            const options = {clipboardData: carrier, bubbles: true, cancelable: true};
            target.dispatchEvent(new ClipboardEvent("paste", options));
        }""",
        data,
    )
    expect(page.locator('.cke_editable img[src*="/media/photos/"]')).to_be_visible()
    assert Photo.objects.get().original_name


def test_lead_photo_is_chosen_from_the_library(context: BrowserContext, newsroom: None):
    photo = Photo.from_upload(make_image(), original_name="a.jpg", caption="Cầu mới")
    photo.save()
    page = log_in(context, "phong-vien")
    page.goto("/admin/news/article/add/")
    page.get_by_label("Tên bài").fill("Bài có ảnh đại diện")
    page.get_by_role("button", name="Chọn ảnh", exact=True).click()
    page.frame_locator("dialog iframe").get_by_role("button", name="Chọn ảnh này").click()
    expect(page.locator("[data-photo-chooser] img")).to_be_visible()
    page.get_by_label("Chuyên mục", exact=False).first.select_option(label="Cải cách hành chính")
    page.get_by_role("button", name="Lưu nháp").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert Article.objects.get().lead_photo == photo


def test_nothing_typed_is_lost_when_the_form_is_incomplete(context: BrowserContext, newsroom: None):
    page = log_in(context, "bien-tap")
    page.goto("/admin/news/article/add/")
    page.get_by_label("Tên bài").fill("Chưa đủ")
    page.locator(".cke_editable").click()
    page.keyboard.type("Những dòng quý giá.")
    page.get_by_label("Chuyên mục", exact=False).first.select_option(label="Cải cách hành chính")
    page.get_by_role("button", name="Đăng", exact=True).first.click()
    expect(page.locator(".errornote").first).to_be_visible()
    expect(page.get_by_label("Tên bài")).to_have_value("Chưa đủ")
    expect(page.locator(".cke_editable")).to_contain_text("Những dòng quý giá.")
    assert not Article.objects.published().exists()


def test_text_from_an_old_document_is_converted_in_the_form_and_saved_by_hand(context: BrowserContext, newsroom: None):
    page = log_in(context, "phong-vien")
    page.goto("/admin/news/article/add/")
    page.get_by_label("Tên bài").fill("QuyÕt ®Þnh vÒ thuû lîi phÝ")
    page.locator(".cke_editable").click()
    old = "<p><b>Céng hoµ x· héi</b> chñ nghÜa ViÖt Nam, n\u00ad\u00edc «\u00a0t\u00ab ®\u00ad\u00eec mua</p>"
    page.evaluate(
        "html => Object.values(CKEDITOR.instances)[0].fire('paste', {type: 'auto', dataValue: html, method: 'paste'})",
        old,
    )
    expect(page.locator(".cke_editable strong")).to_have_text("Céng hoµ x· héi")
    page.get_by_label("Chuyên mục", exact=False).first.select_option(label="Cải cách hành chính")
    page.get_by_label("Tên bài").press("Enter")
    expect(page.get_by_role("heading", name="Bài có chữ gõ bằng TCVN3 hoặc VNI")).to_be_visible()
    assert Article.objects.get().title == "QuyÕt ®Þnh vÒ thuû lîi phÝ"
    page.get_by_role("button", name="Chuyển sang Unicode").click()
    expect(page.get_by_label("Tên bài")).to_have_value("Quyết định về thuỷ lợi phí")
    expect(page.locator(".cke_editable strong")).to_have_text("Cộng hoà xã hội")
    expect(page.locator(".cke_editable")).to_contain_text("chủ nghĩa Việt Nam, nước")
    page.get_by_role("button", name="Lưu nháp").click()
    expect(page.get_by_text("Đã lưu.")).to_be_visible()
    stored = Article.objects.get()
    assert stored.title == "Quyết định về thuỷ lợi phí"
    assert stored.body.startswith("<p><strong>Cộng hoà xã hội</strong> chủ nghĩa Việt Nam, nước ô")
