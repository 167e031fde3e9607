from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings
from time_machine import TimeMachineFixture

from stats.conf import StatsMode
from stats.templatetags.stats import cached_counter, cached_most_read_ids
from tests.stats.reports.admin_pages import NOW, login
from tests.stats.tracker import VisitTracker


@pytest.fixture
def one_day(time_machine: TimeMachineFixture) -> None:
    """Time goes on, but starts at noon, so that a test never runs over midnight."""
    time_machine.move_to(NOW)


@pytest.fixture
def tracker(settings: Settings, tmp_path: Path, db: None, one_day: None) -> VisitTracker:
    """Switches counting on, with a spool of its own for each test."""
    settings.STATS_MODE = StatsMode.MIDDLEWARE
    settings.STATS_SPOOL_DIR = tmp_path / "spool"
    return VisitTracker(settings.STATS_SPOOL_DIR)


@pytest.fixture(autouse=True)
def clear_cached_values() -> Iterator[None]:
    yield
    cached_counter.clear()
    cached_most_read_ids.clear()


@pytest.fixture
def noon(db: None, time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def leader(noon: None) -> Client:
    return login("Xem thống kê")
