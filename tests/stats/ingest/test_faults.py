"""The scenarios of benchmarks/visit_faults.py with few requests, on the test database."""

from pathlib import Path

import pytest
from django.db import connection

from benchmarks import visit_faults
from benchmarks.visit_faults import SLOW, Bench, Outcome
from stats.ingest.consistency import check_sums

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(database_url(), tmp_path / "spool")


def database_url() -> str:
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    if str(database["HOST"]).startswith("/"):
        return f"postgresql://{database['USER']}@/{database['HOST']}/{database['NAME']}"
    password = f":{database['PASSWORD']}" if database["PASSWORD"] else ""
    return f"postgresql://{database['USER']}{password}@{database['HOST']}:{database['PORT'] or 5432}/{database['NAME']}"


def assert_exact(outcome: Outcome) -> None:
    assert outcome.load.delivered > 0
    assert (outcome.lost, outcome.doubled) == (0, 0), outcome
    assert [check for check in check_sums() if not check.passes] == []


def test_every_request_is_counted_once_over_three_workers(bench: Bench):
    outcome = visit_faults.steady(bench, 2000)
    assert (outcome.load.delivered, outcome.load.failed) == (2000, 0)
    assert_exact(outcome)


def test_reload_under_load_loses_and_doubles_nothing(bench: Bench):
    assert_exact(visit_faults.reloaded(bench, 1500, times=2))


def test_end_under_load_loses_and_doubles_nothing(bench: Bench):
    assert_exact(visit_faults.terminated(bench, 1500))


def test_killed_workers_lose_nothing_that_was_delivered(bench: Bench):
    assert_exact(visit_faults.workers_killed(bench, 2000))


def test_locked_database_loses_nothing_and_slows_no_reader(bench: Bench):
    outcome = visit_faults.database_locked(bench, 500)
    assert outcome.load.failed == 0
    assert outcome.load.slowest < SLOW
    assert_exact(outcome)


def test_drainers_that_race_and_die_count_exactly(bench: Bench):
    assert_exact(visit_faults.drainers_killed(bench, 10_000, kills=4))
