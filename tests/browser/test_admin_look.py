"""The admin looks as it did: a new version of Django, or a change of ours, alters no page unnoticed.

The pictures in `pictures/` hold the pages at a quarter of their size. The mean colours of their blocks are compared:
another antialiasing or hinting of the text hardly moves these means, a missing background or stylesheet does.
"""

import os
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from news.models import Article
from tests.factories import make_article, make_category, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

PICTURES = Path(__file__).parent / "pictures"
SCALE = 4  # screen pixels per stored pixel, in both directions
BLOCK = 4  # stored pixels per compared block, in both directions
# Measured: text drawn without hinting and subpixels changes 0.06 % of the blocks by more than 8 levels; headings that
# lose their background, the least of the faults that were tried, change 1.0 % of them.
MAX_LEVEL_DIFFERENCE = 8  # of 255, in any colour channel of a block's mean
MAX_SHARE = 0.005  # of the blocks
RENEW = "UPDATE_SCREENSHOTS"
RENEW_COMMAND = f"{RENEW}=1 make test-browser PYTEST_ARGS=tests/browser/test_admin_look.py"

# The admin takes the fonts of the machine; the pictures need the same font everywhere, so they use the portal's own.
FONT = """
@font-face { font-family: Test; src: url("/static/fonts/be-vietnam-pro-latin-400-normal.woff2"); }
@font-face {
  font-family: Test;
  src: url("/static/fonts/be-vietnam-pro-latin-ext-400-normal.woff2");
  unicode-range: U+0100-02BA, U+1E00-1E9F;
}
@font-face {
  font-family: Test;
  src: url("/static/fonts/be-vietnam-pro-vietnamese-400-normal.woff2");
  unicode-range: U+0102-0103, U+0110-0111, U+0128-0129, U+0168-0169, U+01A0-01A1, U+01AF-01B0, U+1EA0-1EF9;
}
*, ::before, ::after { font-family: Test !important; }
"""


@pytest.fixture
def article(nine_oclock: None) -> Article:
    """Two articles by one reporter, with every date and name that the pages show."""
    author = make_user("phong-vien", role="Phóng viên", first_name="Phạm Viết")
    category = make_category("Cải cách hành chính", slug="cai-cach-hanh-chinh")
    make_article(
        "Xã vùng cao mở thêm điểm tiếp nhận hồ sơ",
        category=category,
        author=author,
        status=Article.Status.SUBMITTED,
        published_at=None,
    )
    return make_article(
        "Tỉnh ban hành kế hoạch cải cách hành chính năm 2027",
        category=category,
        author=author,
        summary="Kế hoạch đặt ra bảy nhóm việc phải xong trong năm.",
        body="<h2>Bảy nhóm việc</h2><p>Mỗi sở nhận phần việc của mình trong tháng này.</p>",
        published_at=datetime(2026, 11, 20, 8, 30, tzinfo=timezone.get_current_timezone()),
    )


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, scheme: str) -> Iterator[Page]:
    context = browser.new_context(
        base_url=live_server.url,
        bypass_csp=True,  # for the font
        color_scheme=scheme,
        locale="vi-VN",
        reduced_motion="reduce",
        timezone_id="Asia/Ho_Chi_Minh",
        viewport={"width": 1366, "height": 900},
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def editor(page: Page, live_server: LiveServer, article: Article) -> None:
    """Logs an editor in, without the log-in form."""
    client = Client()
    client.force_login(make_user("bien-tap", role="Biên tập viên", first_name="Lê Duyệt"))
    page.context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                "url": live_server.url,
            }
        ]
    )


def test_log_in_looks_the_same(page: Page, scheme: str, tmp_path: Path):
    page.goto("/admin/login/")
    compare(page, f"login-{scheme}", tmp_path)


def test_list_of_articles_looks_the_same(page: Page, editor: None, scheme: str, tmp_path: Path):
    page.goto("/admin/news/article/")
    compare(page, f"list-{scheme}", tmp_path)


def test_form_of_an_article_looks_the_same(page: Page, editor: None, article: Article, scheme: str, tmp_path: Path):
    page.set_viewport_size({"width": 1366, "height": 1600})
    page.goto(f"/admin/news/article/{article.pk}/change/")
    page.locator(".cke_editable h2").wait_for()
    compare(page, f"form-{scheme}", tmp_path)


def compare(page: Page, name: str, folder: Path) -> None:
    shown = small_screenshot(page)
    stored = PICTURES / f"{name}.png"
    if os.environ.get(RENEW):
        shown.save(stored, optimize=True)
    assert stored.exists(), f"There is no picture {stored}. Take it with: {RENEW_COMMAND}"
    with Image.open(stored) as picture:
        expected = picture.convert("RGB")
    assert shown.size == expected.size
    share, marked = difference(expected, shown)
    if share > MAX_SHARE:
        beside_each_other([expected, shown, marked]).save(folder / f"{name}.png")
    assert share <= MAX_SHARE, (
        f"{share:.1%} of {name} differs from the stored picture ({MAX_SHARE:.1%} may). Stored, shown and difference: "
        f"{folder / name}.png. If the page is right, take new pictures with: {RENEW_COMMAND}"
    )


def small_screenshot(page: Page) -> Image.Image:
    page.add_style_tag(content=FONT)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready.then(() => document.activeElement.blur())")
    picture = Image.open(BytesIO(page.screenshot(animations="disabled", caret="hide"))).convert("RGB")
    return picture.reduce(SCALE)


def difference(expected: Image.Image, shown: Image.Image) -> tuple[float, Image.Image]:
    """The share of blocks that differ too much in any channel, and a picture in which these are white."""
    red, green, blue = ImageChops.difference(expected.reduce(BLOCK), shown.reduce(BLOCK)).split()
    strongest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    marked = strongest.point(lambda level: 255 * (level > MAX_LEVEL_DIFFERENCE))
    return marked.histogram()[255] / (marked.width * marked.height), marked.resize(shown.size, Image.Resampling.NEAREST)


def beside_each_other(pictures: list[Image.Image]) -> Image.Image:
    sheet = Image.new("RGB", (sum(picture.width for picture in pictures), pictures[0].height))
    x = 0
    for picture in pictures:
        sheet.paste(picture, (x, 0))
        x += picture.width
    return sheet
