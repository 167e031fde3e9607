"""The dashboard: who may enter, what it shows against rows counted by hand, and what it cannot be made to do."""

import re
from datetime import date, datetime, timedelta
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.contrib.redirects.models import Redirect
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from stats.comparison import basis, compared
from stats.dashboard import Dashboard
from stats.models import AgentRule, ExcludedHits, OpeningTotal, VisitorDay
from stats.periods import Period
from tests.factories import make_article, make_category, make_user
from tests.stats.desk import CountingDesk, reader
from tests.stats.rows import (
    make_day,
    make_device,
    make_excluded,
    make_hour,
    make_missing,
    make_reading,
    make_source,
    make_total,
)

NOW = datetime.fromisoformat("2026-11-23T12:30:00+07:00")
TODAY = date(2026, 11, 23)
YESTERDAY = date(2026, 11, 22)
PAGES = [
    "/admin/thong-ke/", "/admin/thong-ke/luc-nay/", "/admin/thong-ke/xuat/bai-viet.csv", "/admin/thong-ke/xuat/bai-viet.xlsx",
    "/admin/thong-ke/xuat/tat-ca.xlsx", "/admin/thong-ke/xuat/tat-ca.zip", "/admin/bao-cao-truy-cap/",
]  # fmt: skip
HOSTILE = '"><script>alert(1)</script>'


@pytest.fixture(autouse=True)
def noon(db, time_machine):
    time_machine.move_to(NOW, tick=False)


def staff(role: str = "", **fields) -> Client:
    client = Client(HTTP_HOST="localhost")
    client.force_login(make_user(role=role, **fields))
    return client


@pytest.fixture
def leader() -> Client:
    return staff("Xem thống kê")


def text_of(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def shown(client: Client, query: str = "", page: str = "/admin/thong-ke/") -> str:
    return client.get(f"{page}{query}").content.decode()


def card(markup: str, word: str) -> str:
    return text_of(re.search(rf'<li class="card card--{word}">(.*?)</li>', markup, re.DOTALL)[1])


def rows(markup: str, key: str) -> list[list[str]]:
    """The words of a table's body."""
    table = markup[markup.index(f'id="bang-{key}"') :]
    body = re.search(r"<tbody>(.*?)</tbody>", table, re.DOTALL)[1]
    return [[text_of(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)] for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)]


# ---------------------------------------------------------------- who may enter


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("role", "status"),
    [("Xem thống kê", 200), ("Quản trị", 200), ("superuser", 200), ("Phóng viên", 403), ("Biên tập viên", 403), ("", 403), ("reader", 302), (None, 302)],
)
def test_who_sees_statistics(page, role, status):
    client = Client(HTTP_HOST="localhost")
    if role == "superuser":
        client.force_login(make_user(is_superuser=True))
    elif role == "reader":
        client.force_login(User.objects.create_user("ban-doc"))
    elif role is not None:
        client.force_login(make_user(role=role))
    response = client.get(page)
    assert response.status_code == status
    if status == 302:
        assert response["Location"].startswith("/admin/login/?next=/admin/")


@pytest.mark.parametrize("page", PAGES)
def test_pages_only_answer_to_reading(leader, page):
    assert leader.post(page).status_code == 405
    assert leader.get(page)["Cache-Control"].count("no-store") == 1


@pytest.mark.parametrize("page", ["/admin/", "/admin/thong-ke/"])
def test_navigation_leads_to_dashboard_and_report(leader, page):
    links = dict(re.findall(r'<a href="(/admin/[^"]*)"[^>]*>(Bảng thống kê|Báo cáo tháng)</a>', shown(leader, page=page)))
    assert links == {"/admin/thong-ke/": "Bảng thống kê", "/admin/bao-cao-truy-cap/": "Báo cáo tháng"}


def test_navigation_of_others_has_no_statistics():
    assert "thong-ke" not in shown(staff("Phóng viên"), page="/admin/")


def test_the_tables_own_address_leads_to_the_dashboard(leader):
    assert leader.get("/admin/stats/visittotal/")["Location"] == "/admin/thong-ke/"


def test_page_fits_the_policy_without_inline_script_or_style(leader):
    make_day(TODAY, visits=3, views=5, bots=2)
    for page in ("/admin/thong-ke/", "/admin/bao-cao-truy-cap/?thang=2026-11"):
        response = leader.get(page)
        policy = response["Content-Security-Policy"]
        assert "script-src 'self';" in policy and "style-src 'self';" in policy
        main = response.content.decode().split('id="content-main"')[1].split('id="footer"')[0]
        assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=", main)


# ---------------------------------------------------------------- numbers


def test_figures_are_the_sums_of_the_days(leader):
    make_day(YESTERDAY, visits=4000, views=9000, visitors=3000, bots=700, excluded=50)
    make_day(TODAY, visits=534, views=1000, visitors=400, bots=70, excluded=5)
    make_day(TODAY - timedelta(days=7), visits=10**6, views=10**7)
    page = shown(leader, "?ky=7-ngay")
    assert [card(page, word).split(" Kỳ trước")[0] for word in ("visits", "views", "visitors", "bots")] == [
        "Lượt truy cập 4.534", "Lượt xem trang 10.000", "Khách, cộng theo ngày 3.400", "Lượt máy 770",
    ]  # fmt: skip
    assert rows(page, "nguoi-va-may") == [["Người đọc", "10.000", "92,4 %"], ["Máy", "770", "7,1 %"], ["Không tính", "55", "0,5 %"]]


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ("?ky=hom-nay", "23/11/2026", None), ("?ky=7-ngay", "17/11/2026", "23/11/2026"), ("", "25/10/2026", "23/11/2026"),
        ("?ky=30-ngay", "25/10/2026", "23/11/2026"), ("?ky=90-ngay", "26/08/2026", "23/11/2026"), ("?ky=12-thang", "01/12/2025", "23/11/2026"),
        ("?ky=tuy-chon&tu=01/02/2026&den=28/02/2026", "01/02/2026", "28/02/2026"), ("?ky=tuy-chon&tu=03/11/2026", "03/11/2026", "23/11/2026"),
        ("?ky=tuy-chon&tu=03/11/2026&den=31/12/2030", "03/11/2026", "23/11/2026"), ("?ky=vo-van", "25/10/2026", "23/11/2026"),
    ],
)  # fmt: skip
def test_period_shown_is_the_one_asked_for(leader, query, first, last):
    heading = text_of(re.search(r'id="tong-hop-title">(.*?)</h2>', shown(leader, query), re.DOTALL)[1])
    assert heading == (f"{first} – {last}" if last else first)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("tu=30/02/2026", "Từ ngày"), ("tu=abc&den=01/11/2026", "Từ ngày"), ("den=01/11/2026", "Hãy ghi ngày đầu"),
        ("tu=02/11/2026&den=01/11/2026", "Ngày đầu phải đứng trước"), ("tu=01/01/2027", "Ngày đầu phải đứng trước"),
        ("tu=01/01/1999", "không quá 10 năm"), ("tu=01/01/0001", "không quá 10 năm"), ("tu=9" + "9" * 400, "Từ ngày"), ("tu=31/12/9999", "Ngày đầu phải"),
    ],
)  # fmt: skip
def test_dates_that_make_no_sense_are_told_and_thirty_days_shown(leader, query, told):
    response = leader.get(f"/admin/thong-ke/?ky=tuy-chon&{query}")
    page = response.content.decode()
    assert response.status_code == 200
    assert told in text_of(re.search(r'role="alert">(.*?)</div>', page, re.DOTALL)[1])
    assert "25/10/2026 – 23/11/2026" in text_of(page)


@pytest.mark.parametrize(("query", "steps"), [
    ("?ky=hom-nay", []), ("?ky=7-ngay", ["Giờ", "Ngày"]), ("?ky=30-ngay", ["Ngày", "Tháng"]), ("?ky=12-thang", ["Ngày", "Tháng"]),
    ("?ky=tuy-chon&tu=01/01/2020&den=31/12/2024", []),
])  # fmt: skip
def test_chart_may_be_drawn_by_steps_that_suit_the_period(leader, query, steps):
    found = re.search(r'<nav class="steps".*?</nav>', shown(leader, query), re.DOTALL)
    assert (text_of(found[0]).split() if found else []) == steps


def test_table_beside_the_chart_has_a_row_for_every_point(leader):
    make_day(YESTERDAY, visits=10, views=20)
    make_hour(YESTERDAY, 9, visits=10, views=20)
    by_day = rows(shown(leader, "?ky=7-ngay&buoc=ngay"), "dien-bien")
    assert [row[0] for row in by_day] == [f"{TODAY - timedelta(days=age):%d/%m/%Y}" for age in range(6, -1, -1)]
    assert by_day[5] == ["22/11/2026", "10", "20", "0", "0", "0"]
    by_hour = rows(shown(leader, "?ky=7-ngay&buoc=gio"), "dien-bien")
    assert len(by_hour) == 6 * 24 + 13
    assert [row for row in by_hour if row[1] != "0"] == [["09:00 22/11/2026", "10", "20", "0"]]
    by_month = rows(shown(leader, "?ky=12-thang"), "dien-bien")
    assert [row[0] for row in by_month][-2:] == ["10/2026", "11/2026"] and len(by_month) == 12


def test_what_was_read_is_ranked_with_its_share(leader):
    make_day(YESTERDAY, views=1000)
    minh = make_user("minh", first_name="Trần Văn Minh")
    health, sport = make_category("Y tế"), make_category("Thể thao")
    read = make_article("Tiêm chủng mở rộng", category=health, author=minh)
    make_reading(read, YESTERDAY, 300)
    make_reading(make_article("Bóng đá", category=sport), YESTERDAY, 200)
    make_reading(make_article("Sốt xuất huyết", category=health, author=minh), YESTERDAY, 100)
    make_reading(make_article("Chuyện cũ", category=health), TODAY - timedelta(days=40), 5000)
    page = shown(leader)
    assert rows(page, "bai-viet") == [
        ["Tiêm chủng mở rộng", "Y tế", "Trần Văn Minh", "23/11/2026", "300", "30,0 %"],
        ["Bóng đá", "Thể thao", "", "23/11/2026", "200", "20,0 %"],
        ["Sốt xuất huyết", "Y tế", "Trần Văn Minh", "23/11/2026", "100", "10,0 %"],
    ]
    assert rows(page, "chuyen-muc") == [["Y tế", "400", "40,0 %"], ["Thể thao", "200", "20,0 %"]]
    assert rows(page, "nguoi-viet") == [["Trần Văn Minh", "400", "40,0 %"]]
    assert f'<a href="{read.get_absolute_url()}">Tiêm chủng mở rộng</a>' in page


def test_ranking_of_a_year_adds_months_and_days(leader):
    article = make_article("Đọc cả năm")
    for day, views in ((date(2025, 11, 30), 1), (date(2025, 12, 1), 20), (date(2026, 6, 15), 300), (TODAY, 4000)):
        make_day(day, views=views)
        make_reading(article, day, views)
    assert rows(shown(leader, "?ky=12-thang"), "bai-viet")[0][4] == "4.320"
    assert rows(shown(leader, "?ky=tuy-chon&tu=30/11/2025&den=01/12/2025"), "bai-viet")[0][4] == "21"


def test_sources_devices_reasons_and_addresses_have_vietnamese_words(leader):
    make_day(YESTERDAY, views=100)
    for host, views in (("google.com", 30), ("", 20), ("facebook.com", 9), ("zalo.me", 8), ("coccoc.com", 7), ("baohatinh.vn", 6), ("khác", 1)):
        make_source(YESTERDAY, host, views)
    make_device(YESTERDAY, "phone", "zalo", 60)
    make_device(YESTERDAY, "desktop", "coccoc", 40)
    make_excluded(YESTERDAY, "prefetch", 3)
    make_excluded(YESTERDAY, "staff", 1)
    make_missing(YESTERDAY, "/tin-cu/1.html", views=5, bots=2)
    page = shown(leader)
    assert [row[0] for row in rows(page, "nguon")] == [
        "Google", "Vào thẳng, không qua trang khác", "Facebook", "Zalo", "Cốc Cốc", "baohatinh.vn", "Các trang khác",
    ]  # fmt: skip
    assert rows(page, "thiet-bi") == [["Điện thoại", "60", "60,0 %"], ["Máy tính", "40", "40,0 %"]]
    assert rows(page, "trinh-duyet") == [["Ứng dụng Zalo", "60", "60,0 %"], ["Cốc Cốc", "40", "40,0 %"]]
    assert rows(page, "khong-tinh") == [["Trình duyệt tải trước", "3", "75,0 %"], ["Người của cổng", "1", "25,0 %"]]
    assert [row[:4] for row in rows(page, "khong-thay")] == [["/tin-cu/1.html", "5", "2", "22/11/2026"]]


@pytest.mark.parametrize("reason", ExcludedHits.Reason.values)
def test_every_reason_has_its_words(leader, reason):
    make_excluded(TODAY, reason, 1)
    assert rows(shown(leader), "khong-tinh")[0][0] == ExcludedHits.Reason(reason).label


# ---------------------------------------------------------------- comparison


def test_period_that_is_over_is_compared_as_a_whole(leader):
    make_day(date(2026, 11, 3), visits=150)
    make_day(date(2026, 11, 2), visits=100)
    make_day(date(2025, 11, 3), visits=300)
    page = shown(leader, "?ky=tuy-chon&tu=03/11/2026&den=03/11/2026")
    assert card(page, "visits") == "Lượt truy cập 150 Kỳ trước ▲ tăng 50,0 % Cùng kỳ năm trước ▼ giảm 50,0 %"
    assert rows(page, "tong-hop")[0] == ["Lượt truy cập", "150", "100", "▲ tăng 50,0 %", "300", "▼ giảm 50,0 %"]


def test_running_day_is_compared_with_the_same_hours(leader):
    """12:30: the hours 0 to 11 are over; the thirteenth counts on neither side."""
    make_day(TODAY, visits=30, views=60, visitors=20)
    make_day(YESTERDAY, visits=1000, views=2000, visitors=900)
    for day, visits in ((TODAY, 20), (YESTERDAY, 16)):
        make_hour(day, 11, visits=visits, views=2 * visits)
        make_hour(day, 12, visits=500)
    page = shown(leader, "?ky=hom-nay")
    assert card(page, "visits") == "Lượt truy cập 30 Kỳ trước ▲ tăng 25,0 % Cùng kỳ năm trước chưa có gì để so"
    assert card(page, "visitors") == "Khách, cộng theo ngày 20 Kỳ trước chưa có gì để so Cùng kỳ năm trước chưa có gì để so"
    assert "So sánh đến 12 giờ: 23/11/2026 với 22/11/2026 và 23/11/2025." in text_of(page)


def test_running_week_is_compared_by_the_days_that_are_over(leader):
    make_day(TODAY, visits=1)
    for age in range(1, 7):
        make_day(TODAY - timedelta(days=age), visits=110)
    for age in range(7, 14):
        make_day(TODAY - timedelta(days=age), visits=100)
    page = shown(leader, "?ky=7-ngay")
    assert card(page, "visits").startswith("Lượt truy cập 661 Kỳ trước ▲ tăng 10,0 %")
    assert "17/11/2026 – 22/11/2026, với 10/11/2026 – 15/11/2026 và 17/11/2025 – 22/11/2025" in text_of(page)


def test_same_number_is_no_change_and_nothing_is_no_growth_without_end(leader):
    make_day(date(2026, 11, 3), visits=100, views=7)
    make_day(date(2026, 11, 2), visits=100)
    page = shown(leader, "?ky=tuy-chon&tu=03/11/2026&den=03/11/2026")
    assert card(page, "visits") == "Lượt truy cập 100 Kỳ trước không đổi Cùng kỳ năm trước chưa có gì để so"
    assert card(page, "views") == "Lượt xem trang 7 Kỳ trước chưa có gì để so Cùng kỳ năm trước chưa có gì để so"


@pytest.mark.parametrize(
    ("first", "last", "now", "before", "year_before", "hour"),
    [
        # a month of 31 days after one of 28
        ((2026, 3, 1), (2026, 3, 31), None, ((2026, 2, 1), (2026, 2, 28)), ((2025, 3, 1), (2025, 3, 31)), None),
        # this month so far: the same days of the month before
        ((2026, 11, 1), (2026, 11, 30), ((2026, 11, 1), (2026, 11, 22)), ((2026, 10, 1), (2026, 10, 22)), ((2025, 11, 1), (2025, 11, 22)), None),
        ((2026, 11, 23), (2026, 11, 23), None, ((2026, 11, 22), (2026, 11, 22)), ((2025, 11, 23), (2025, 11, 23)), 12),
    ],
)
def test_basis_of_comparison(first, last, now, before, year_before, hour):
    found = basis(Period(date(*first), date(*last)))
    assert (found.before, found.year_before, found.until_hour) == (
        Period(*(date(*day) for day in before)), Period(*(date(*day) for day in year_before)), hour,
    )  # fmt: skip
    assert found.now == Period(*(date(*day) for day in now or (first, last)))


def test_first_hour_of_a_day_is_compared_with_nothing(time_machine):
    time_machine.move_to(NOW.replace(hour=0), tick=False)
    assert basis(Period.today()) is None
    assert compared(None).change("visits") is None


def test_leap_day_has_a_year_before():
    assert basis(Period(date(2024, 2, 29), date(2024, 2, 29))).year_before == Period(date(2023, 2, 28), date(2023, 2, 28))


# ---------------------------------------------------------------- now


def test_day_turns_at_midnight_in_vietnam(leader, time_machine):
    make_day(TODAY, visits=111)
    make_day(TODAY + timedelta(days=1), visits=5)
    time_machine.move_to(datetime.fromisoformat("2026-11-23T16:59:59+00:00"), tick=False)
    assert card(shown(leader, "?ky=hom-nay"), "visits").startswith("Lượt truy cập 111 ")
    time_machine.move_to(datetime.fromisoformat("2026-11-23T17:00:00+00:00"), tick=False)
    assert card(shown(leader, "?ky=hom-nay"), "visits").startswith("Lượt truy cập 5 ")


def test_opening_total_and_more_hits_than_fit_in_32_bits_are_shown_exactly(leader):
    OpeningTotal.objects.record(312_343_234)
    make_total(visits=2**33)
    make_day(YESTERDAY, visits=2**33, views=2**33)
    page = shown(leader)
    total = re.search(r'data-now="total">([^<]*)<', page)[1]
    assert total == "8.902.277.826" and 312_343_234 + 2**33 == 8_902_277_826
    assert card(page, "visits").startswith("Lượt truy cập 8.589.934.592 ")
    assert leader.get("/admin/thong-ke/luc-nay/").json()["total"] == "8.902.277.826"


def test_now_tells_who_is_online_and_how_fresh_that_is(leader):
    seconds = int(NOW.timestamp())
    for number, ago in enumerate((0, 100, 299, 301, 4000)):
        VisitorDay.objects.create(day=TODAY, hash=number, views=1, last_seen=seconds - ago, visits="0-1")
    make_total(visits=4534, drained_at=timezone.now() - timedelta(seconds=4))
    make_day(TODAY, visits=4534)
    assert leader.get("/admin/thong-ke/luc-nay/").json() == {
        "online": "3", "today": "4.534", "total": "4.534", "freshness": "cập nhật 4 giây trước",
    }  # fmt: skip


@pytest.mark.parametrize(("age", "words"), [
    (timedelta(seconds=59), "59 giây trước"), (timedelta(minutes=2), "2 phút trước"), (timedelta(hours=3), "3 giờ trước"), (timedelta(days=9), "9 ngày trước"),
])  # fmt: skip
def test_age_is_told_in_the_unit_that_fits(leader, age, words):
    make_total(drained_at=timezone.now() - age)
    assert f"cập nhật {words}" in text_of(shown(leader))


def warnings(page: str) -> list[str]:
    found = re.search(r'<ul class="messagelist stats__warnings">(.*?)</ul>', page, re.DOTALL)
    return [text_of(item) for item in re.findall(r"<li.*?</li>", found[1], re.DOTALL)] if found else []


@pytest.fixture
def counting(settings):
    settings.STATS_MODE = "middleware"
    make_total(drained_at=timezone.now())


def test_nothing_is_warned_of_while_all_is_well(leader, counting):
    assert warnings(shown(leader)) == []


def test_drainer_that_stands_still_is_warned_of(leader, counting):
    make_total(drained_at=timezone.now() - timedelta(minutes=5))
    assert [warning.split(":")[0] for warning in warnings(shown(leader))] == ["Số liệu đang đứng yên"]


def test_full_disk_and_broken_lines_are_warned_of_for_a_week(leader, counting):
    make_excluded(TODAY - timedelta(days=6), "dropped", 1234)
    make_excluded(TODAY, "garbled", 2)
    make_excluded(TODAY - timedelta(days=7), "dropped", 9999)
    found = warnings(shown(leader))
    assert found[0].startswith("Trong 7 ngày qua có 1.234 lượt không ghi lại được")
    assert found[1].startswith("Trong 7 ngày qua có 2 dòng ghi hỏng")


def test_site_that_never_counted_or_does_not_count_says_so(leader, settings):
    settings.STATS_MODE = "middleware"
    assert warnings(shown(leader))[0].startswith("Chưa đếm được lượt nào.")
    settings.STATS_MODE = "off"
    assert warnings(shown(leader))[0].startswith("Việc đếm đang tắt")


def test_days_of_another_origin_are_named(leader):
    make_day(TODAY, visits=3, origin="demo")
    assert "Số liệu trình diễn" in shown(leader)
    assert "Số liệu trình diễn" not in shown(leader, "?ky=tuy-chon&tu=01/11/2026&den=02/11/2026")
    make_day(date(2026, 11, 1), visits=3, origin="imported")
    assert "nhập từ cổng cũ" in shown(leader, "?ky=tuy-chon&tu=01/11/2026&den=02/11/2026")


# ---------------------------------------------------------------- an empty site, many rows, hostile words


@pytest.mark.parametrize("query", ["", "?ky=hom-nay", "?ky=7-ngay&buoc=gio", "?ky=12-thang", "?ky=tuy-chon&tu=01/01/2020"])
def test_empty_site_shows_zeros_and_no_chart(leader, query):
    page = shown(leader, query)
    assert card(page, "visits") == "Lượt truy cập 0 Kỳ trước chưa có gì để so Cùng kỳ năm trước chưa có gì để so"
    assert "chart__plot" not in page
    assert "Chưa có bài nào được đọc trong kỳ này." in page


def test_queries_are_few_and_as_many_for_one_row_as_for_many(leader):
    def asked(query: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            leader.get(f"/admin/thong-ke/{query}")
        return len(queries)

    def fill(number: int) -> None:
        day = TODAY - timedelta(days=number)
        make_day(day, visits=10, views=20)
        make_hour(day, 3, visits=3)
        make_reading(make_article(author=make_user(), category=make_category()), day, number + 1)
        make_source(day, f"trang{number}.example", 5)
        make_missing(day, f"/thieu-{number}")
        make_device(day, "phone", "chrome", 2)
        make_excluded(day, "staff", 2)

    fill(0)
    once = {query: asked(query) for query in ("", "?ky=hom-nay", "?ky=12-thang")}
    for number in range(1, 25):
        fill(number)
    assert {query: asked(query) for query in once} == once
    assert max(once.values()) <= 30  # of them 3 around the query that ranks, on PostgreSQL


def test_words_of_strangers_are_only_words(leader):
    make_day(TODAY, views=5)
    make_reading(make_article(HOSTILE, category=make_category(f"A{HOSTILE}")), TODAY, 3)
    make_source(TODAY, HOSTILE, 1)
    make_missing(TODAY, f"/{HOSTILE}")
    make_missing(TODAY, "javascript:alert(1)")
    client = staff(is_superuser=True, first_name=HOSTILE[:20])
    for address in ("/admin/thong-ke/", f"/admin/thong-ke/?ky={HOSTILE}&tu={HOSTILE}&buoc={HOSTILE}", "/admin/bao-cao-truy-cap/?thang=2026-11"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page and 'href="javascript:' not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize("query", ["?ky=%00", "?tu=%ff", "?buoc=%ed%a0%80", "?ky=tuy-chon&tu=" + "9" * 5000, "?ky=tuy-chon&tu=1e400", "?page=-1", "?ky=&ky=&ky="])
def test_hostile_parameters_are_no_fault_of_the_server(leader, query):
    for page in PAGES:
        assert leader.get(page + query).status_code in {200, 400}


# ---------------------------------------------------------------- redirects for addresses not found


def redirect_link(page: str) -> str:
    found = re.search(r'<td class="stats-table__action">\s*<a href="([^"]*)">Tạo chuyển hướng</a>', page)
    return unescape(found[1]) if found else ""


def test_address_not_found_becomes_a_redirect_that_works(desk: CountingDesk, leader):
    assert reader().get("/tin-cũ/bài 1.aspx").status_code == 404
    desk.count()
    administrator = staff(is_superuser=True)
    link = redirect_link(shown(administrator))
    form = administrator.get(link).context["adminform"].form
    assert form["old_path"].value() == "/tin-c%C5%A9/b%C3%A0i%201.aspx"
    administrator.post(reverse("admin:redirects_redirect_add"), {"old_path": form["old_path"].value(), "new_path": "/"})
    assert reader().get("/tin-cũ/bài 1.aspx")["Location"] == "/"
    page = shown(administrator)
    assert redirect_link(page) == ""
    assert rows(page, "khong-thay")[0][4] == "Đã chuyển hướng"


def test_redirect_is_offered_only_to_those_who_may_make_one(leader):
    make_missing(TODAY, "/tin-cu/1.html")
    assert redirect_link(shown(leader)) == ""
    assert redirect_link(shown(staff("Quản trị"))) == "/admin/redirects/redirect/add/?old_path=%2Ftin-cu%2F1.html"


@pytest.mark.parametrize("path", ["khác", "//evil.example/", "/" + "a" * 250, "https://evil.example/"])
def test_redirect_is_not_offered_where_none_can_be_made(path):
    make_missing(TODAY, path)
    assert redirect_link(shown(staff(is_superuser=True))) == ""


def test_redirect_of_the_same_address_is_known():
    make_missing(TODAY, "/da-co/")
    Redirect.objects.create(site_id=1, old_path="/da-co/", new_path="/")
    assert redirect_link(shown(staff(is_superuser=True))) == ""


# ---------------------------------------------------------------- opening total and rules about robots


def test_opening_total_is_added_with_its_author_and_never_changed():
    client = staff("Quản trị", username="thu")
    make_total(visits=1000)
    answer = client.post("/admin/stats/openingtotal/add/", {"number": "312.343.234", "date": "31/12/2025", "note": "Biên bản bàn giao", "_save": "1"})
    assert answer.status_code == 302
    opening = OpeningTotal.objects.get()
    assert (opening.number, opening.date, opening.note, opening.author.username) == (312_343_234, date(2025, 12, 31), "Biên bản bàn giao", "thu")
    page = shown(client, page="/admin/stats/openingtotal/")
    assert "312.344.234 = 312.343.234 (số ban đầu đang dùng) + 1.000 (cổng này tự đếm)" in text_of(page)
    change = f"/admin/stats/openingtotal/{opening.pk}/change/"
    assert client.get(change).status_code == 200
    assert client.post(change, {"number": "1", "date": "31/12/2025"}).status_code == 403
    assert client.post(f"/admin/stats/openingtotal/{opening.pk}/delete/", {"post": "yes"}).status_code == 403
    assert OpeningTotal.objects.get().number == 312_343_234


def test_newest_opening_total_is_in_force_and_the_old_one_stays():
    client = staff("Quản trị")
    for number in (5, 7):
        OpeningTotal.objects.record(number)
    page = text_of(shown(client, page="/admin/stats/openingtotal/"))
    assert page.count("đang dùng") - page.count("(số ban đầu đang dùng)") == 1 and page.count("đã thay") == 1
    assert "7 = 7 (số ban đầu đang dùng) + 0" in page


@pytest.mark.parametrize("data", [
    {"number": "-1", "date": "01/01/2026"}, {"number": "9" * 19, "date": "01/01/2026"}, {"number": "9" * 30, "date": "01/01/2026"},
    {"number": "abc", "date": "01/01/2026"}, {"number": "5", "date": "24/11/2026"}, {"number": "5", "date": "01/01/0001"}, {"number": "5", "date": ""},
])  # fmt: skip
def test_opening_total_that_makes_no_sense_is_refused(data):
    assert staff("Quản trị").post("/admin/stats/openingtotal/add/", data).status_code == 200
    assert not OpeningTotal.objects.exists()


@pytest.mark.parametrize(("page", "statuses"), [
    ("/admin/stats/openingtotal/", {"Xem thống kê": 403, "Quản trị": 200, "Biên tập viên": 403}),
    ("/admin/stats/openingtotal/add/", {"Xem thống kê": 403, "Quản trị": 200, "Biên tập viên": 403}),
    ("/admin/stats/agentrule/", {"Xem thống kê": 403, "Quản trị": 200, "Biên tập viên": 403}),
    ("/admin/stats/agentrule/add/", {"Xem thống kê": 403, "Quản trị": 200, "Biên tập viên": 403}),
])  # fmt: skip
def test_settings_of_the_counter_are_the_administrators(page, statuses):
    assert {role: staff(role).get(page).status_code for role in statuses} == statuses


def test_rule_about_robots_is_kept_clean():
    staff("Quản trị").post("/admin/stats/agentrule/add/", {"pattern": "  GiamSat\u200bNoiBo ", "verdict": "robot", "note": ""})
    assert AgentRule.objects.get().pattern == "GiamSatNoiBo"


@pytest.mark.parametrize("pattern", ["", "a", "Mozilla", "chrome", "Safari/6", "Windows NT", "coc_coc", "iPhone"])
def test_rule_that_would_make_robots_of_readers_is_refused(pattern):
    assert staff("Quản trị").post("/admin/stats/agentrule/add/", {"pattern": pattern, "verdict": "robot"}).status_code == 200
    assert not AgentRule.objects.exists()


# ---------------------------------------------------------------- the newsroom's list


def reads(client: Client, query: str = "") -> list[str]:
    return [text_of(cell) for cell in re.findall(r'<td class="field-readership">.*?</td>', shown(client, query, "/admin/news/article/"), re.DOTALL)]


def test_article_list_shows_views_of_ever_and_of_seven_days():
    article = make_article("Đọc nhiều")
    make_reading(article, TODAY - timedelta(days=500), 4000)
    make_reading(article, TODAY - timedelta(days=7), 500)
    make_reading(article, TODAY - timedelta(days=6), 30)
    make_reading(article, TODAY, 4)
    make_article("Chưa ai đọc", published_at=timezone.now() - timedelta(days=9))
    assert [" ".join(words.split()) for words in reads(staff("Biên tập viên"))] == ["4.534 7 ngày: 34", "0 7 ngày: 0"]


def test_article_list_asks_as_often_for_three_articles_as_for_one():
    client = staff("Biên tập viên")

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/admin/news/article/")
        return len(queries)

    make_reading(make_article(), TODAY, 1)
    once = asked()
    for number in range(2):
        make_reading(make_article(), TODAY, number)
    assert asked() == once


def test_empty_article_list_opens():
    assert reads(staff("Biên tập viên")) == []


def test_dashboard_asks_nothing_before_it_is_read():
    with CaptureQueriesContext(connection) as queries:
        Dashboard(Period.today())
    assert len(queries) == 0
