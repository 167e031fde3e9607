import re
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from stats.models import OpeningTotal, VisitorDay
from tests.stats.factories import make_day, make_excluded, make_total
from tests.stats.reports.admin_pages import NOW, TODAY, YESTERDAY, card_text, get_page, text_of

pytestmark = pytest.mark.usefixtures("noon")


def test_day_turns_at_midnight_in_vietnam(leader, time_machine):
    make_day(TODAY, visits=111)
    make_day(TODAY + timedelta(days=1), visits=5)
    time_machine.move_to(datetime.fromisoformat("2026-11-23T16:59:59+00:00"), tick=False)
    assert card_text(get_page(leader, "?ky=hom-nay"), "visits").startswith("Lượt truy cập 111 ")
    time_machine.move_to(datetime.fromisoformat("2026-11-23T17:00:00+00:00"), tick=False)
    assert card_text(get_page(leader, "?ky=hom-nay"), "visits").startswith("Lượt truy cập 5 ")


def test_opening_total_and_more_hits_than_fit_in_32_bits_are_shown_exactly(leader):
    OpeningTotal.objects.record(312_343_234)
    make_total(visits=2**33)
    make_day(YESTERDAY, visits=2**33, views=2**33)
    page = get_page(leader)
    total = re.search(r'data-now="total">([^<]*)<', page)[1]
    assert total == "8.902.277.826" and 312_343_234 + 2**33 == 8_902_277_826
    assert card_text(page, "visits").startswith("Lượt truy cập 8.589.934.592 ")
    assert leader.get("/admin/thong-ke/luc-nay/").json()["total"] == "8.902.277.826"


def test_now_tells_who_is_online_and_how_fresh_that_is(leader):
    seconds = int(NOW.timestamp())
    for number, ago in enumerate((0, 100, 299, 301, 4000)):
        VisitorDay.objects.create(day=TODAY, hash=number, views=1, last_seen=seconds - ago, visits="0-1")
    make_total(visits=4534, drained_at=timezone.now() - timedelta(seconds=4))
    make_day(TODAY, visits=4534)
    assert leader.get("/admin/thong-ke/luc-nay/").json() == {
        "online": "3",
        "today": "4.534",
        "total": "4.534",
        "freshness": "cập nhật 4 giây trước",
    }


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=59), "59 giây trước"),
        (timedelta(minutes=2), "2 phút trước"),
        (timedelta(hours=3), "3 giờ trước"),
        (timedelta(days=9), "9 ngày trước"),
    ],
)
def test_age_is_told_in_the_unit_that_fits(leader, age, words):
    make_total(drained_at=timezone.now() - age)
    assert f"cập nhật {words}" in text_of(get_page(leader))


def warnings(page: str) -> list[str]:
    found = re.search(r'<ul class="messagelist stats__warnings">(.*?)</ul>', page, re.DOTALL)
    return [text_of(item) for item in re.findall(r"<li.*?</li>", found[1], re.DOTALL)] if found else []


@pytest.fixture
def counting(settings):
    settings.STATS_MODE = "middleware"
    make_total(drained_at=timezone.now())


def test_nothing_is_warned_of_while_all_is_well(leader, counting):
    assert warnings(get_page(leader)) == []


def test_drainer_that_stands_still_is_warned_of(leader, counting):
    make_total(drained_at=timezone.now() - timedelta(minutes=5))
    assert [warning.split(":")[0] for warning in warnings(get_page(leader))] == ["Số liệu đang đứng yên"]


def test_full_disk_and_broken_lines_are_warned_of_for_a_week(leader, counting):
    make_excluded(TODAY - timedelta(days=6), "dropped", 1234)
    make_excluded(TODAY, "garbled", 2)
    make_excluded(TODAY - timedelta(days=7), "dropped", 9999)
    found = warnings(get_page(leader))
    assert found[0].startswith("Trong 7 ngày qua có 1.234 lượt không ghi lại được")
    assert found[1].startswith("Trong 7 ngày qua có 2 dòng ghi hỏng")


def test_site_that_never_counted_or_does_not_count_says_so(leader, settings):
    settings.STATS_MODE = "middleware"
    assert warnings(get_page(leader))[0].startswith("Chưa đếm được lượt nào.")
    settings.STATS_MODE = "off"
    assert warnings(get_page(leader))[0].startswith("Việc đếm đang tắt")


def test_days_of_another_origin_are_named(leader):
    make_day(TODAY, visits=3, origin="demo")
    assert "Số liệu trình diễn" in get_page(leader)
    assert "Số liệu trình diễn" not in get_page(leader, "?ky=tuy-chon&tu=01/11/2026&den=02/11/2026")
    make_day(date(2026, 11, 1), visits=3, origin="imported")
    assert "nhập từ cổng cũ" in get_page(leader, "?ky=tuy-chon&tu=01/11/2026&den=02/11/2026")
