from datetime import date

import pytest

from stats.models import AgentRule, OpeningTotal
from tests.stats.factories import make_total
from tests.stats.reports.admin_pages import get_page, login, text_of

pytestmark = pytest.mark.usefixtures("noon")


def test_opening_total_is_added_with_its_author_and_never_changed():
    client = login("Quản trị", username="thu")
    make_total(visits=1000)
    answer = client.post(
        "/admin/stats/openingtotal/add/",
        {"number": "312.343.234", "date": "31/12/2025", "note": "Biên bản bàn giao", "_save": "1"},
    )
    assert answer.status_code == 302
    opening = OpeningTotal.objects.get()
    assert (opening.number, opening.date, opening.note, opening.author.username) == (
        312_343_234,
        date(2025, 12, 31),
        "Biên bản bàn giao",
        "thu",
    )
    page = get_page(client, page="/admin/stats/openingtotal/")
    assert "312.344.234 = 312.343.234 (số ban đầu đang dùng) + 1.000 (cổng này tự đếm)" in text_of(page)
    change = f"/admin/stats/openingtotal/{opening.pk}/change/"
    assert client.get(change).status_code == 200
    assert client.post(change, {"number": "1", "date": "31/12/2025"}).status_code == 403
    assert client.post(f"/admin/stats/openingtotal/{opening.pk}/delete/", {"post": "yes"}).status_code == 403
    assert OpeningTotal.objects.get().number == 312_343_234


def test_newest_opening_total_is_in_force_and_the_old_one_stays():
    client = login("Quản trị")
    for number in (5, 7):
        OpeningTotal.objects.record(number)
    page = text_of(get_page(client, page="/admin/stats/openingtotal/"))
    assert page.count("đang dùng") - page.count("(số ban đầu đang dùng)") == 1 and page.count("đã thay") == 1
    assert "7 = 7 (số ban đầu đang dùng) + 0" in page


@pytest.mark.parametrize(
    "data",
    [
        {"number": "-1", "date": "01/01/2026"},
        {"number": "9" * 19, "date": "01/01/2026"},
        {"number": "9" * 30, "date": "01/01/2026"},
        {"number": "abc", "date": "01/01/2026"},
        {"number": "5", "date": "24/11/2026"},
        {"number": "5", "date": "01/01/0001"},
        {"number": "5", "date": ""},
    ],
)
def test_opening_total_that_makes_no_sense_is_refused(data):
    assert login("Quản trị").post("/admin/stats/openingtotal/add/", data).status_code == 200
    assert not OpeningTotal.objects.exists()


@pytest.mark.parametrize(
    ("page", "statuses"),
    [
        ("/admin/stats/openingtotal/", {"Xem thống kê": 403, "Quản trị": 200, "Biên tập viên": 403}),
        ("/admin/stats/openingtotal/add/", {"Xem thống kê": 403, "Quản trị": 200, "Biên tập viên": 403}),
        ("/admin/stats/agentrule/", {"Xem thống kê": 403, "Quản trị": 200, "Biên tập viên": 403}),
        ("/admin/stats/agentrule/add/", {"Xem thống kê": 403, "Quản trị": 200, "Biên tập viên": 403}),
    ],
)
def test_settings_of_the_counter_are_the_administrators(page, statuses):
    assert {role: login(role).get(page).status_code for role in statuses} == statuses


def test_rule_about_robots_is_kept_clean():
    login("Quản trị").post(
        "/admin/stats/agentrule/add/", {"pattern": "  GiamSat\u200bNoiBo ", "verdict": "robot", "note": ""}
    )
    assert AgentRule.objects.get().pattern == "GiamSatNoiBo"


@pytest.mark.parametrize("pattern", ["", "a", "Mozilla", "chrome", "Safari/6", "Windows NT", "coc_coc", "iPhone"])
def test_rule_that_would_make_robots_of_readers_is_refused(pattern):
    assert (
        login("Quản trị").post("/admin/stats/agentrule/add/", {"pattern": pattern, "verdict": "robot"}).status_code
        == 200
    )
    assert not AgentRule.objects.exists()
