from datetime import date, timedelta

import pytest

from stats.periods import Period, months_later

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def monday_noon(time_machine: object) -> None:
    time_machine.move_to("2026-11-23 12:30+07:00", tick=False)


def test_today_is_compared_with_yesterday_and_the_same_date_last_year():
    today = Period.today()
    assert (today.first, today.last, today.days) == (TODAY, TODAY, 1)
    assert today.previous() == Period(date(2026, 11, 22), date(2026, 11, 22))
    assert today.year_before() == Period(date(2025, 11, 23), date(2025, 11, 23))


def test_periods_are_compared_with_as_many_days():
    assert Period.last_days(30).previous() == Period(date(2026, 9, 25), date(2026, 10, 24))
    assert Period.last_days(30).year_before() == Period(date(2025, 10, 25), date(2025, 11, 23))
    assert Period.last_months(12) == Period(date(2025, 12, 1), TODAY)


def test_whole_months_are_compared_with_whole_months():
    march = Period.month(date(2026, 3, 15))
    assert march.previous() == Period(date(2026, 2, 1), date(2026, 2, 28))
    assert Period.month(date(2025, 2, 3)).year_before() == Period(date(2024, 2, 1), date(2024, 2, 29))
    assert Period(date(2024, 2, 29), date(2024, 2, 29)).year_before() == Period(date(2023, 2, 28), date(2023, 2, 28))
    assert months_later(date(2026, 1, 1), -13) == date(2024, 12, 1)


def test_period_falls_into_whole_months_and_the_days_around_them():
    months, rest = Period(date(2026, 1, 15), date(2026, 4, 10)).split_by_months()
    assert months == [date(2026, 2, 1), date(2026, 3, 1)]
    assert rest == [Period(date(2026, 1, 15), date(2026, 1, 31)), Period(date(2026, 4, 1), date(2026, 4, 10))]
    assert Period.month(TODAY).split_by_months() == ([date(2026, 11, 1)], [])
    assert Period.today().split_by_months() == ([], [Period.today()])


def test_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="lies after"):
        Period(TODAY, TODAY - timedelta(days=1))
