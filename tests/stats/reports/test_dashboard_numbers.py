import re
from datetime import date, timedelta

import pytest

from stats.models import ExcludedHits
from tests.factories import make_article, make_category, make_user
from tests.stats.factories import (
    make_article_views,
    make_day,
    make_device,
    make_excluded,
    make_hour,
    make_not_found,
    make_referrer,
)
from tests.stats.reports.admin_pages import TODAY, YESTERDAY, card_text, get_page, table_rows, text_of

pytestmark = pytest.mark.usefixtures("noon")


def test_figures_are_the_sums_of_the_days(leader):
    make_day(YESTERDAY, visits=4000, views=9000, visitors=3000, bots=700, excluded=50)
    make_day(TODAY, visits=534, views=1000, visitors=400, bots=70, excluded=5)
    make_day(TODAY - timedelta(days=7), visits=10**6, views=10**7)
    page = get_page(leader, "?ky=7-ngay")
    assert [card_text(page, word).split(" Kỳ trước")[0] for word in ("visits", "views", "visitors", "bots")] == [
        "Lượt truy cập 4.534",
        "Lượt xem trang 10.000",
        "Khách, cộng theo ngày 3.400",
        "Lượt máy 770",
    ]
    assert table_rows(page, "nguoi-va-may") == [
        ["Người đọc", "10.000", "92,4 %"],
        ["Máy", "770", "7,1 %"],
        ["Không tính", "55", "0,5 %"],
    ]


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ("?ky=hom-nay", "23/11/2026", None),
        ("?ky=7-ngay", "17/11/2026", "23/11/2026"),
        ("", "25/10/2026", "23/11/2026"),
        ("?ky=30-ngay", "25/10/2026", "23/11/2026"),
        ("?ky=90-ngay", "26/08/2026", "23/11/2026"),
        ("?ky=12-thang", "01/12/2025", "23/11/2026"),
        ("?ky=tuy-chon&tu=01/02/2026&den=28/02/2026", "01/02/2026", "28/02/2026"),
        ("?ky=tuy-chon&tu=03/11/2026", "03/11/2026", "23/11/2026"),
        ("?ky=tuy-chon&tu=03/11/2026&den=31/12/2030", "03/11/2026", "23/11/2026"),
        ("?ky=vo-van", "25/10/2026", "23/11/2026"),
    ],
)
def test_period_shown_is_the_one_asked_for(leader, query, first, last):
    heading = text_of(re.search(r'id="tong-hop-title">(.*?)</h2>', get_page(leader, query), re.DOTALL)[1])
    assert heading == (f"{first} – {last}" if last else first)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("tu=30/02/2026", "Từ ngày"),
        ("tu=abc&den=01/11/2026", "Từ ngày"),
        ("den=01/11/2026", "Hãy ghi ngày đầu"),
        ("tu=02/11/2026&den=01/11/2026", "Ngày đầu phải đứng trước"),
        ("tu=01/01/2027", "Ngày đầu phải đứng trước"),
        ("tu=01/01/1999", "không quá 10 năm"),
        ("tu=01/01/0001", "không quá 10 năm"),
        ("tu=9" + "9" * 400, "Từ ngày"),
        ("tu=31/12/9999", "Ngày đầu phải"),
    ],
)
def test_dates_that_make_no_sense_are_told_and_thirty_days_shown(leader, query, told):
    response = leader.get(f"/admin/thong-ke/?ky=tuy-chon&{query}")
    page = response.content.decode()
    assert response.status_code == 200
    assert told in text_of(re.search(r'role="alert">(.*?)</div>', page, re.DOTALL)[1])
    assert "25/10/2026 – 23/11/2026" in text_of(page)


@pytest.mark.parametrize(
    ("query", "steps"),
    [
        ("?ky=hom-nay", []),
        ("?ky=7-ngay", ["Giờ", "Ngày"]),
        ("?ky=30-ngay", ["Ngày", "Tháng"]),
        ("?ky=12-thang", ["Ngày", "Tháng"]),
        ("?ky=tuy-chon&tu=01/01/2020&den=31/12/2024", []),
    ],
)
def test_chart_may_be_drawn_by_steps_that_suit_the_period(leader, query, steps):
    found = re.search(r'<nav class="steps".*?</nav>', get_page(leader, query), re.DOTALL)
    assert (text_of(found[0]).split() if found else []) == steps


def test_table_beside_the_chart_has_a_row_for_every_point(leader):
    make_day(YESTERDAY, visits=10, views=20)
    make_hour(YESTERDAY, 9, visits=10, views=20)
    by_day = table_rows(get_page(leader, "?ky=7-ngay&buoc=ngay"), "dien-bien")
    assert [row[0] for row in by_day] == [f"{TODAY - timedelta(days=age):%d/%m/%Y}" for age in range(6, -1, -1)]
    assert by_day[5] == ["22/11/2026", "10", "20", "0", "0", "0"]
    by_hour = table_rows(get_page(leader, "?ky=7-ngay&buoc=gio"), "dien-bien")
    assert len(by_hour) == 6 * 24 + 13
    assert [row for row in by_hour if row[1] != "0"] == [["09:00 22/11/2026", "10", "20", "0"]]
    by_month = table_rows(get_page(leader, "?ky=12-thang"), "dien-bien")
    assert [row[0] for row in by_month][-2:] == ["10/2026", "11/2026"] and len(by_month) == 12


def test_what_was_read_is_ranked_with_its_share(leader):
    make_day(YESTERDAY, views=1000)
    minh = make_user("minh", first_name="Trần Văn Minh")
    health, sport = make_category("Y tế"), make_category("Thể thao")
    read = make_article("Tiêm chủng mở rộng", category=health, author=minh)
    make_article_views(read, YESTERDAY, 300)
    make_article_views(make_article("Bóng đá", category=sport), YESTERDAY, 200)
    make_article_views(make_article("Sốt xuất huyết", category=health, author=minh), YESTERDAY, 100)
    make_article_views(make_article("Chuyện cũ", category=health), TODAY - timedelta(days=40), 5000)
    page = get_page(leader)
    assert table_rows(page, "bai-viet") == [
        ["Tiêm chủng mở rộng", "Y tế", "Trần Văn Minh", "23/11/2026", "300", "30,0 %"],
        ["Bóng đá", "Thể thao", "", "23/11/2026", "200", "20,0 %"],
        ["Sốt xuất huyết", "Y tế", "Trần Văn Minh", "23/11/2026", "100", "10,0 %"],
    ]
    assert table_rows(page, "chuyen-muc") == [["Y tế", "400", "40,0 %"], ["Thể thao", "200", "20,0 %"]]
    assert table_rows(page, "nguoi-viet") == [["Trần Văn Minh", "400", "40,0 %"]]
    assert f'<a href="{read.get_absolute_url()}">Tiêm chủng mở rộng</a>' in page


def test_ranking_of_a_year_adds_months_and_days(leader):
    article = make_article("Đọc cả năm")
    for day, views in ((date(2025, 11, 30), 1), (date(2025, 12, 1), 20), (date(2026, 6, 15), 300), (TODAY, 4000)):
        make_day(day, views=views)
        make_article_views(article, day, views)
    assert table_rows(get_page(leader, "?ky=12-thang"), "bai-viet")[0][4] == "4.320"
    assert table_rows(get_page(leader, "?ky=tuy-chon&tu=30/11/2025&den=01/12/2025"), "bai-viet")[0][4] == "21"


def test_sources_devices_reasons_and_addresses_have_vietnamese_words(leader):
    make_day(YESTERDAY, views=100)
    for host, views in (
        ("google.com", 30),
        ("", 20),
        ("facebook.com", 9),
        ("zalo.me", 8),
        ("coccoc.com", 7),
        ("baohatinh.vn", 6),
        ("khác", 1),
    ):
        make_referrer(YESTERDAY, host, views)
    make_device(YESTERDAY, "phone", "zalo", 60)
    make_device(YESTERDAY, "desktop", "coccoc", 40)
    make_excluded(YESTERDAY, "prefetch", 3)
    make_excluded(YESTERDAY, "staff", 1)
    make_not_found(YESTERDAY, "/tin-cu/1.html", views=5, bots=2)
    page = get_page(leader)
    assert [row[0] for row in table_rows(page, "nguon")] == [
        "Google",
        "Vào thẳng, không qua trang khác",
        "Facebook",
        "Zalo",
        "Cốc Cốc",
        "baohatinh.vn",
        "Các trang khác",
    ]
    assert table_rows(page, "thiet-bi") == [["Điện thoại", "60", "60,0 %"], ["Máy tính", "40", "40,0 %"]]
    assert table_rows(page, "trinh-duyet") == [["Ứng dụng Zalo", "60", "60,0 %"], ["Cốc Cốc", "40", "40,0 %"]]
    assert table_rows(page, "khong-tinh") == [
        ["Trình duyệt tải trước", "3", "75,0 %"],
        ["Người của cổng", "1", "25,0 %"],
    ]
    assert [row[:4] for row in table_rows(page, "khong-thay")] == [["/tin-cu/1.html", "5", "2", "22/11/2026"]]


@pytest.mark.parametrize("reason", ExcludedHits.Reason.values)
def test_every_reason_has_its_words(leader, reason):
    make_excluded(TODAY, reason, 1)
    assert table_rows(get_page(leader), "khong-tinh")[0][0] == ExcludedHits.Reason(reason).label
