"""Takes the screenshots of README and the guides from a temporary demo site: `make screenshots`."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright
from rich.progress import track

from tests.chromium import CHROMIUM_OPTIONS, chromium

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "img"
START_SECONDS = 30

# File name, address, width and height in CSS pixels, colour scheme, needs an account
PICTURES = (
    ("home.jpg", "/", 1366, 1180, "light", False),
    ("home-dark.jpg", "/", 1366, 1180, "dark", False),
    ("home-phone.jpg", "/", 360, 760, "light", False),
    ("article.jpg", "/chuyen-muc/thong-bao/", 1366, 1180, "light", False),
    ("search.jpg", "/tim-kiem/?q=học+sinh&chuyen_muc=giao-duc", 1366, 1000, "light", False),
    ("archive.jpg", "/luu-tru/2026/10/", 1366, 1000, "light", False),
    ("start-page.jpg", "/admin/", 1366, 900, "light", True),
    ("writing.jpg", "/admin/news/article/add/", 1366, 1100, "light", True),
    ("moderation.jpg", "/admin/comments/comment/", 1366, 1000, "light", True),
    ("statistics.jpg", "/admin/thong-ke/", 1366, 1000, "light", True),
)


@contextmanager
def demo_site() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        environment = os.environ | {
            "DEMO": "1",
            "DEBUG": "1",
            "HTTPS": "0",
            "TESTING": "0",
            "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
            "MEDIA_ROOT": f"{folder}/media",
            "STATS_SPOOL_DIR": f"{folder}/spool",
        }
        manage = [sys.executable, str(ROOT / "manage.py")]
        subprocess.run([*manage, "migrate", "--verbosity", "0"], env=environment, check=True)  # noqa: S603
        subprocess.run([*manage, "demo"], env=environment, check=True)  # noqa: S603
        server = subprocess.Popen([*manage, "runserver", "--noreload", f"127.0.0.1:{port}"], env=environment)  # noqa: S603
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz/live")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait()


def wait_for(address: str) -> None:
    for _ in range(START_SECONDS * 10):
        try:
            urlopen(address).close()  # noqa: S310 - our own server on the loopback
            return
        except URLError:
            time.sleep(0.1)
    raise SystemExit("The demo site did not start; its own messages above say why.")


def log_in(page: Page) -> None:
    page.goto("/admin/login/")
    page.fill("[name=username]", "quantri")
    page.fill("[name=password]", "demo-quan-tri-2026")
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/admin/")


def take(
    browser: Browser, site: str, name: str, address: str, width: int, height: int, scheme: str, inside: bool
) -> None:
    context = browser.new_context(
        base_url=site,
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        reduced_motion="no-preference",
    )
    page = context.new_page()
    if inside:
        log_in(page)
    page.goto(address)
    if name == "article.jpg":
        page.locator("main article a").first.click()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / name, type="jpeg", quality=82)
    context.close()


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with demo_site() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_OPTIONS)
        for picture in track(PICTURES, description="Chụp màn hình"):
            take(browser, site, *picture)
        browser.close()


if __name__ == "__main__":
    main()
