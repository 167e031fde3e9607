from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings
from time_machine import TimeMachineFixture

from stats.templatetags.stats import remembered_counter, remembered_order
from tests.stats.desk import CountingDesk
from tests.stats.reports.pages import NOW, staff


@pytest.fixture
def one_day(time_machine: TimeMachineFixture) -> None:
    """Time passes, but no midnight: what is counted in a test belongs to one day."""
    time_machine.move_to(NOW)


@pytest.fixture
def desk(settings: Settings, tmp_path: Path, db: None, one_day: None) -> CountingDesk:
    """The counter switched on, with a spool of the test's own; `desk.count()` adds up what was written."""
    settings.STATS_MODE = "middleware"
    settings.STATS_SPOOL_DIR = tmp_path / "spool"
    return CountingDesk(settings.STATS_SPOOL_DIR)


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    yield
    remembered_counter.kept = remembered_order.kept = None


@pytest.fixture
def noon(db: None, time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def leader(noon: None) -> Client:
    return staff("Xem thống kê")
