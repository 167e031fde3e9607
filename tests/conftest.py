import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from django.conf import settings as django_settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.sites.models import Site
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.cache import cache
from django.db import connection
from django.test import testcases
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer
from time_machine import TimeMachineFixture

from tests import redis_server
from tests.chromium import CHROMIUM_OPTIONS, chromium
from tests.redis_server import RedisServer

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)

NOTHING_MAY_SKIP = os.environ.get("NOTHING_MAY_SKIP") == "1"

# pytest-django looks for staticfiles by its usual name and, with our own AppConfig, serves STATIC_ROOT alone: empty here.
testcases._StaticFilesHandler = StaticFilesHandler  # type: ignore[attr-defined]


# ---------------------------------------------------------------- what a run is allowed to leave out


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    leave_to_the_other_database(config, items)
    without_browser = pytest.mark.skip(
        reason="no Chromium here (CHROMIUM, chromium, google-chrome); on Debian: apt install chromium"
    )
    for item in items:
        if item.get_closest_marker("browser") and not chromium():
            item.add_marker(without_browser)
        if is_transactional(item):
            # What the migrations wrote (the roles) is there again after each emptying of the tables. All such tests
            # or none: with some alone, Django's own content types come back twice.
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False)


def is_transactional(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or not {"live_server", "transactional_db"}.isdisjoint(
        getattr(item, "fixturenames", ())
    )


def leave_to_the_other_database(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What one database alone has is no test of the other, and nothing skipped there."""
    elsewhere = [item for item in items for mark in item.iter_markers("only_on") if mark.args[0] != connection.vendor]
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if item not in elsewhere]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    return refuse_skip(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    return refuse_skip(report)


def refuse_skip(report: Report) -> Report:
    """On a machine that has everything, a skipped test is a mistake nobody would see."""
    if NOTHING_MAY_SKIP and report.outcome == "skipped" and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"NOTHING_MAY_SKIP is set, and this was skipped: {reason}"
    return report


# ---------------------------------------------------------------- every test


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    tmp_path_factory: pytest.TempPathFactory, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """SQLite in a file, as on a real site: in memory, the live server's threads would share the tests' one connection."""
    database = django_settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
    else:
        database["CONN_MAX_AGE"] = 0  # the live server's threads hang up, so that the test database can be dropped


@pytest.fixture(autouse=True)
def fast_and_private(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """Cheap password hashes; files go to folders that end with the test, and nothing is remembered of the one before."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STATS_SPOOL_DIR = tmp_path / "spool"
    cache.clear()  # a test in another year leaves values that outlive their seconds
    Site.objects.clear_cache()
    ContentType.objects.clear_cache()
    yield


# ---------------------------------------------------------------- machines beside the portal


@pytest.fixture
def vietnamese_order(db: None) -> None:
    """For tests of alphabetical lists: the database knows the Vietnamese order."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT collprovider FROM pg_collation WHERE collname = 'vi-x-icu'")
            if cursor.fetchone() != ("i",):
                pytest.skip("this PostgreSQL was built without ICU; Debian's has it")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        with_chromium = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_OPTIONS)
        yield with_chromium
        with_chromium.close()


@pytest.fixture
def context(browser: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    """A reader's browser without cookies; `page.goto("/")` opens the home page of the live server."""
    context = browser.new_context(
        base_url=live_server.url,
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        viewport={"width": 1366, "height": 900},
    )
    context.set_default_timeout(10_000)  # milliseconds
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    """A Redis of the test's own, which it may kill."""
    if not redis_server.find():
        pytest.skip("no redis-server here; on Debian: apt install redis-server")
    with redis_server.running() as server:
        yield server


@pytest.fixture
def nine_oclock(time_machine: TimeMachineFixture) -> None:
    """Limits count by windows of the clock and know a sender for a day: no test may begin in one and end in the next."""
    time_machine.move_to("2026-11-23T09:01:00+07:00")
