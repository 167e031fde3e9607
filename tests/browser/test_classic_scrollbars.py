"""Pages in a Chromium with scrollbars that take room, as on most desktops. Headless Chromium hides them by default."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserType, Page
from pytest_django.live_server_helper import LiveServer

from tests.chromium import CHROMIUM_OPTIONS, chromium
from tests.factories import make_article, make_event, make_ticker_item

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def desktop(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """The home page with a ticker and events, higher than the window."""
    for number in range(12):
        make_article(
            f"Tin thứ {number} của ngày hôm nay ở các xã trong tỉnh", events=(make_event(f"Sự kiện {number}"),)
        )
        make_ticker_item(f"Dòng tin chạy thứ {number} đủ dài để chạy qua màn hình")
    launcher: BrowserType = browser.browser_type
    with_scrollbars = launcher.launch(
        executable_path=chromium(), args=CHROMIUM_OPTIONS, ignore_default_args=["--hide-scrollbars"]
    )
    page = with_scrollbars.new_page(viewport={"width": 1366, "height": 700}, locale="vi-VN")
    page.goto(live_server.url)
    page.locator(".ticker[data-moving]").wait_for()
    yield page
    with_scrollbars.close()


def test_home_page_does_not_scroll_sideways(desktop: Page):
    root = "document.documentElement"
    assert desktop.evaluate(f"{root}.clientWidth") < 1366, "the window has no scrollbar that takes room"
    desktop.evaluate("window.scrollTo(500, 0)")
    assert desktop.evaluate("window.scrollX") == 0
    assert desktop.evaluate(f"{root}.scrollWidth - {root}.clientWidth") == 0


def test_moving_ticker_has_no_scrollbar(desktop: Page):
    ticker = desktop.locator(".ticker__window")
    assert ticker.evaluate("element => element.offsetHeight - element.clientHeight") == 0


@pytest.mark.parametrize("width", [1024, 1366, 1920])
def test_band_of_events_reaches_both_edges_of_the_window(desktop: Page, width: int):
    desktop.set_viewport_size({"width": width, "height": 700})
    band = desktop.locator(".events-band")
    band.scroll_into_view_if_needed()
    top = band.bounding_box()["y"]
    picture = Image.open(BytesIO(desktop.screenshot())).convert("L")
    edge = desktop.evaluate("document.documentElement.clientWidth") - 1
    row = max(round(top), 0) + 8
    assert [picture.getpixel((column, row)) < 100 for column in (0, edge)] == [True, True], "not dark to the edge"
