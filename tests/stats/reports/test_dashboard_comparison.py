from datetime import date, timedelta

import pytest

from stats.models import Metric
from stats.periods import Period
from stats.reports.comparison import compare, comparison_basis
from tests.stats.factories import make_day, make_hour
from tests.stats.reports.admin_pages import NOW, TODAY, YESTERDAY, card_text, get_page, table_rows, text_of

pytestmark = pytest.mark.usefixtures("noon")


def test_period_that_is_over_is_compared_as_a_whole(leader):
    make_day(date(2026, 11, 3), visits=150)
    make_day(date(2026, 11, 2), visits=100)
    make_day(date(2025, 11, 3), visits=300)
    page = get_page(leader, "?ky=tuy-chon&tu=03/11/2026&den=03/11/2026")
    assert card_text(page, "visits") == "Lượt truy cập 150 Kỳ trước ▲ tăng 50,0 % Cùng kỳ năm trước ▼ giảm 50,0 %"
    assert table_rows(page, "tong-hop")[0] == ["Lượt truy cập", "150", "100", "▲ tăng 50,0 %", "300", "▼ giảm 50,0 %"]


def test_running_day_is_compared_with_the_same_hours(leader):
    """At 12:30 the hours 0 to 11 are over, and hour 12 is compared on neither day."""
    make_day(TODAY, visits=30, views=60, visitors=20)
    make_day(YESTERDAY, visits=1000, views=2000, visitors=900)
    for day, visits in ((TODAY, 20), (YESTERDAY, 16)):
        make_hour(day, 11, visits=visits, views=2 * visits)
        make_hour(day, 12, visits=500)
    page = get_page(leader, "?ky=hom-nay")
    assert card_text(page, "visits") == "Lượt truy cập 30 Kỳ trước ▲ tăng 25,0 % Cùng kỳ năm trước chưa có gì để so"
    assert (
        card_text(page, "visitors")
        == "Khách, cộng theo ngày 20 Kỳ trước chưa có gì để so Cùng kỳ năm trước chưa có gì để so"
    )
    assert "So sánh đến 12 giờ: 23/11/2026 với 22/11/2026 và 23/11/2025." in text_of(page)


def test_running_week_is_compared_by_the_days_that_are_over(leader):
    make_day(TODAY, visits=1)
    for age in range(1, 7):
        make_day(TODAY - timedelta(days=age), visits=110)
    for age in range(7, 14):
        make_day(TODAY - timedelta(days=age), visits=100)
    page = get_page(leader, "?ky=7-ngay")
    assert card_text(page, "visits").startswith("Lượt truy cập 661 Kỳ trước ▲ tăng 10,0 %")
    assert "17/11/2026 – 22/11/2026, với 10/11/2026 – 15/11/2026 và 17/11/2025 – 22/11/2025" in text_of(page)


def test_same_number_is_no_change_and_nothing_is_no_growth_without_end(leader):
    make_day(date(2026, 11, 3), visits=100, views=7)
    make_day(date(2026, 11, 2), visits=100)
    page = get_page(leader, "?ky=tuy-chon&tu=03/11/2026&den=03/11/2026")
    assert card_text(page, "visits") == "Lượt truy cập 100 Kỳ trước không đổi Cùng kỳ năm trước chưa có gì để so"
    assert card_text(page, "views") == "Lượt xem trang 7 Kỳ trước chưa có gì để so Cùng kỳ năm trước chưa có gì để so"


@pytest.mark.parametrize(
    ("first", "last", "now", "previous", "year_before", "hour"),
    [
        # a month of 31 days after one of 28
        ((2026, 3, 1), (2026, 3, 31), None, ((2026, 2, 1), (2026, 2, 28)), ((2025, 3, 1), (2025, 3, 31)), None),
        # this month so far: the same days of the month before
        (
            (2026, 11, 1),
            (2026, 11, 30),
            ((2026, 11, 1), (2026, 11, 22)),
            ((2026, 10, 1), (2026, 10, 22)),
            ((2025, 11, 1), (2025, 11, 22)),
            None,
        ),
        ((2026, 11, 23), (2026, 11, 23), None, ((2026, 11, 22), (2026, 11, 22)), ((2025, 11, 23), (2025, 11, 23)), 12),
    ],
)
def test_basis_of_comparison(first, last, now, previous, year_before, hour):
    found = comparison_basis(Period(date(*first), date(*last)))
    assert (found.previous, found.year_before, found.until_hour) == (
        Period(*(date(*day) for day in previous)),
        Period(*(date(*day) for day in year_before)),
        hour,
    )
    assert found.now == Period(*(date(*day) for day in now or (first, last)))


def test_first_hour_of_a_day_is_compared_with_nothing(time_machine):
    time_machine.move_to(NOW.replace(hour=0), tick=False)
    assert comparison_basis(Period.today()) is None
    assert compare(None).change_from_previous(Metric.VISITS) is None


def test_leap_day_has_a_year_before():
    assert comparison_basis(Period(date(2024, 2, 29), date(2024, 2, 29))).year_before == Period(
        date(2023, 2, 28), date(2023, 2, 28)
    )
