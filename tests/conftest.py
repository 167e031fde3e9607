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

# pytest-django does not recognise the AppConfig of portal/apps.py as staticfiles and would serve only STATIC_ROOT,
# which is empty in tests.
testcases._StaticFilesHandler = StaticFilesHandler  # type: ignore[attr-defined]


# ---------------------------------------------------------------- skipped and deselected tests


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    deselect_tests_of_other_database(config, items)
    without_browser = pytest.mark.skip(
        reason="no Chromium here (CHROMIUM, chromium, google-chrome); on Debian: apt install chromium"
    )
    for item in items:
        if item.get_closest_marker("browser") and not chromium():
            item.add_marker(without_browser)
        if is_transactional(item):
            # Restores the rows of the migrations (the roles) after the tables are flushed. It must be set for all
            # such tests or for none; otherwise Django creates its content types twice.
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False)


def is_transactional(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or not {"live_server", "transactional_db"}.isdisjoint(
        getattr(item, "fixturenames", ())
    )


def deselect_tests_of_other_database(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect tests marked with `only_on(vendor)`, so that they do not count as skipped."""
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
    """Turn a skip into a failure if NOTHING_MAY_SKIP is set, as in CI, where a skip would go unnoticed."""
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
    """Keep SQLite in a file: in memory, the threads of the live server share the connection of the tests."""
    database = django_settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
    else:
        database["CONN_MAX_AGE"] = 0  # the live server must close its connections before the test database is dropped


@pytest.fixture(autouse=True)
def fast_and_private(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """Use fast password hashes, temporary folders and empty caches."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STATS_SPOOL_DIR = tmp_path / "spool"
    cache.clear()  # values from a test that moved the clock may not expire
    Site.objects.clear_cache()
    ContentType.objects.clear_cache()
    yield


# ---------------------------------------------------------------- database, browser and Redis


@pytest.fixture
def vietnamese_order(db: None) -> None:
    """Skip tests of alphabetical order if PostgreSQL was built without ICU."""
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
    """A browser context without cookies whose base URL is the live server."""
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
    if not redis_server.find():
        pytest.skip("no redis-server here; on Debian: apt install redis-server")
    with redis_server.running() as server:
        yield server


@pytest.fixture
def nine_oclock(time_machine: TimeMachineFixture) -> None:
    """Rate limits use fixed windows of the clock, and a test must not run across the end of one."""
    time_machine.move_to("2026-11-23T09:01:00+07:00")
