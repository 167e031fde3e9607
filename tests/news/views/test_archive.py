from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from news.listings.archive import years_with_articles
from news.listings.periods import Day, Month, Year
from news.models import Article
from tests.factories import make_article, make_photo

pytestmark = pytest.mark.django_db

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def at(year: int, month: int, day: int, hour: int = 9) -> Article:
    return make_article(f"Bài {day}/{month}/{year}", published_at=datetime(year, month, day, hour, tzinfo=VIETNAM))


def tree(client: Client, address: str) -> LexborHTMLParser:
    response = client.get(address)
    assert response.status_code == 200, address
    return LexborHTMLParser(response.content.decode())


def words(node) -> str:
    return " ".join(node.text(separator=" ").split())


def links(tree: LexborHTMLParser, selector: str) -> dict[str, str]:
    return {node.attributes["href"]: words(node) for node in tree.css(selector)}


# ---------------------------------------------------------------- counts


def test_archive_shows_every_year_and_the_months_of_the_newest(client: Client):
    for moment in ((2024, 5, 1), (2026, 3, 2), (2026, 3, 9), (2026, 7, 1)):
        at(*moment)
    found = links(tree(client, "/luu-tru/"), "a.period")
    assert found == {
        "/luu-tru/2026/03/": "Tháng 3 2 bài",
        "/luu-tru/2026/07/": "Tháng 7 1 bài",
        "/luu-tru/2026/": "2026 3 bài",
        "/luu-tru/2024/": "2024 1 bài",
    }


def test_year_links_the_months_that_have_articles(client: Client):
    for moment in ((2026, 1, 1, 0), (2026, 12, 31, 23), (2026, 12, 1), (2025, 12, 31, 23), (2027, 1, 1, 0)):
        with time_machine.travel("2028-01-01"):
            at(*moment)
    with time_machine.travel("2028-01-01"):
        page = tree(client, "/luu-tru/2026/")
    assert links(page, "a.period") == {"/luu-tru/2026/01/": "Tháng 1 1 bài", "/luu-tru/2026/12/": "Tháng 12 2 bài"}
    assert len(page.css(".period")) == 12
    assert "3 bài đã đăng" in words(page.css_first("main"))


def test_month_is_a_calendar_that_begins_on_monday(client: Client):
    for day in (2, 20, 20):
        at(2026, 3, day)
    page = tree(client, "/luu-tru/2026/03/")
    table = page.css_first("table.calendar")
    assert words(table.css_first("caption")) == "Số bài từng ngày trong tháng 03/2026"
    assert [node.attributes["abbr"] for node in table.css("th[scope=col]")] == [
        "Thứ Hai",
        "Thứ Ba",
        "Thứ Tư",
        "Thứ Năm",
        "Thứ Sáu",
        "Thứ Bảy",
        "Chủ Nhật",
    ]
    rows = [[words(cell) for cell in row.css("td")] for row in table.css("tbody tr")]
    assert rows[0] == ["", "", "", "", "", "", "1"]
    assert rows[1] == ["Ngày 2 : 1 bài", "3", "4", "5", "6", "7", "8"]
    assert rows[-1] == ["30", "31", "", "", "", "", ""]
    assert links(page, "table.calendar a") == {
        "/luu-tru/2026/03/02/": "Ngày 2 : 1 bài",
        "/luu-tru/2026/03/20/": "Ngày 20 : 2 bài",
    }


def test_today_is_marked_in_the_calendar(client: Client):
    with time_machine.travel(datetime(2026, 3, 20, 0, 30, tzinfo=VIETNAM)):  # still the 19th in Greenwich
        page = tree(client, "/luu-tru/2026/03/")
    assert [words(node) for node in page.css("[aria-current=date]")] == ["20"]


def test_an_article_of_late_evening_in_greenwich_belongs_to_the_next_day_month_and_year(client: Client):
    make_article("Giao thừa", published_at=datetime(2025, 12, 31, 23, 30, tzinfo=UTC))
    assert list(links(tree(client, "/luu-tru/"), "a.period")) == ["/luu-tru/2026/01/", "/luu-tru/2026/"]
    assert list(links(tree(client, "/luu-tru/2026/01/"), "table.calendar a")) == ["/luu-tru/2026/01/01/"]
    assert "Giao thừa" in words(tree(client, "/luu-tru/2026/01/01/").css_first("main"))
    for empty in ("/luu-tru/2025/", "/luu-tru/2025/12/", "/luu-tru/2025/12/31/"):
        assert "không có bài" in words(tree(client, empty).css_first("main")), empty


def test_only_what_readers_may_see_is_counted(client: Client):
    at(2026, 3, 2)
    hidden = {"published_at": datetime(2026, 3, 2, 9, tzinfo=VIETNAM)}
    for status in (Article.Status.DRAFT, Article.Status.SUBMITTED, Article.Status.RETURNED, Article.Status.WITHDRAWN):
        make_article("Bí mật", status=status, **hidden)
    make_article("Bí mật đã hết hạn", expires_at=datetime(2026, 3, 3, tzinfo=VIETNAM), **hidden)
    make_article("Bí mật hẹn giờ", published_at=timezone.now() + timedelta(days=400))
    assert set(links(tree(client, "/luu-tru/"), "a.period").values()) == {"Tháng 3 1 bài", "2026 1 bài"}
    for address in ("/luu-tru/2026/", "/luu-tru/2026/03/", "/luu-tru/2026/03/02/"):
        shown = words(tree(client, address).css_first("main"))
        assert "Bí mật" not in shown, address
        assert "2 bài" not in shown, address


def test_an_article_that_will_expire_counts_until_then(client: Client):
    make_article(
        "Còn hạn", published_at=datetime(2026, 3, 2, 9, tzinfo=VIETNAM), expires_at=timezone.now() + timedelta(days=1)
    )
    assert links(tree(client, "/luu-tru/2026/"), "a.period") == {"/luu-tru/2026/03/": "Tháng 3 1 bài"}


@pytest.fixture
def years_cache(settings) -> Iterator[None]:
    settings.ARCHIVE_YEARS_SECONDS = 60
    cache.clear()
    yield
    cache.clear()


def test_years_are_cached_for_a_while(years_cache: None):
    at(2025, 1, 1)
    assert [(year.period, year.count) for year in years_with_articles()] == [(Year(date(2025, 1, 1)), 1)]
    at(2026, 1, 1)
    with CaptureQueriesContext(connection) as queries:
        assert [year.count for year in years_with_articles()] == [1]
    assert len(queries) == 0
    cache.clear()
    assert [year.count for year in years_with_articles()] == [1, 1]


# ---------------------------------------------------------------- lists


def test_articles_of_a_month_are_listed_below_its_days_and_split_into_pages(client: Client):
    for number in range(45):
        make_article(
            f"bài {number:02}", published_at=datetime(2026, 3, 28, 12, tzinfo=VIETNAM) - timedelta(minutes=number)
        )
    for address in ("/luu-tru/2026/", "/luu-tru/2026/03/", "/luu-tru/2026/03/28/"):
        found = [
            article.title for page in (1, 2, 3) for article in client.get(f"{address}?page={page}").context["page"]
        ]
        assert found == [f"bài {number:02}" for number in range(45)], address


@pytest.mark.parametrize("page", ["0", "-1", "x", "99", "10000000000000000000000000"])
@pytest.mark.parametrize("address", ["/luu-tru/2026/", "/luu-tru/2026/03/", "/luu-tru/2026/03/02/"])
def test_any_page_number_gives_a_page(client: Client, address: str, page: str):
    article = at(2026, 3, 2)
    assert list(client.get(f"{address}?page={page}").context["page"]) == [article]


@pytest.mark.parametrize("address", ["/luu-tru/", "/luu-tru/2026/", "/luu-tru/2026/03/", "/luu-tru/2026/03/02/"])
def test_three_articles_take_no_more_queries_than_one(client: Client, address: str):
    def add() -> None:
        make_article(published_at=datetime(2026, 3, 2, 9, tzinfo=VIETNAM), lead_photo=make_photo(60, 40))

    add()
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    add()
    add()
    with CaptureQueriesContext(connection) as three:
        client.get(address)
    assert len(three) == len(one)


@pytest.mark.parametrize("address", ["/luu-tru/2026/", "/luu-tru/2026/03/"])
def test_list_needs_no_count_query_where_its_parts_are_counted(client: Client, address: str):
    at(2026, 3, 2)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert sum("COUNT(" in query["sql"] and "news_article" in query["sql"] for query in queries) == 1


# ---------------------------------------------------------------- navigation


def test_each_level_leads_to_the_nearest_that_has_articles(client: Client):
    for moment in ((2019, 5, 6), (2026, 1, 31), (2026, 3, 2), (2026, 3, 20), (2026, 7, 1)):
        at(*moment)
    expected = {
        "/luu-tru/2026/": ["/luu-tru/2019/"],
        "/luu-tru/2022/": ["/luu-tru/2019/", "/luu-tru/2026/"],
        "/luu-tru/2026/03/": ["/luu-tru/2026/01/", "/luu-tru/2026/07/"],
        "/luu-tru/2026/01/": ["/luu-tru/2019/05/", "/luu-tru/2026/03/"],
        "/luu-tru/2026/03/20/": ["/luu-tru/2026/03/02/", "/luu-tru/2026/07/01/"],
        "/luu-tru/2019/05/06/": ["/luu-tru/2026/01/31/"],
    }
    for address, steps in expected.items():
        assert list(links(tree(client, address), ".day-steps a")) == steps, address


def test_steps_say_whether_they_go_back_or_on(client: Client):
    for moment in ((2026, 1, 31), (2026, 3, 2), (2026, 7, 1)):
        at(*moment)
    assert list(links(tree(client, "/luu-tru/2026/03/"), ".day-steps a").values()) == [
        "Cũ hơn Tháng 01/2026",
        "Mới hơn Tháng 07/2026",
    ]
    assert list(links(tree(client, "/luu-tru/2026/03/02/"), ".day-steps a").values()) == [
        "Ngày trước 31/01/2026",
        "Ngày sau 01/07/2026",
    ]


def test_breadcrumbs_lead_up_every_level(client: Client):
    at(2026, 3, 20)
    page = tree(client, "/luu-tru/2026/03/20/")
    assert links(page, ".breadcrumbs a") == {
        "/": "Trang chủ",
        "/luu-tru/": "Tin theo ngày",
        "/luu-tru/2026/": "Năm 2026",
        "/luu-tru/2026/03/": "Tháng 03/2026",
    }
    assert words(page.css_first(".breadcrumbs [aria-current]")) == "20/03/2026"


def test_day_keeps_its_title(client: Client):
    at(2026, 3, 20)
    page = tree(client, "/luu-tru/2026/03/20/")
    assert words(page.css_first("title")).startswith("Tin ngày 20/03/2026 – ")
    assert words(page.css_first("h1")) == "Thứ Sáu, 20/03/2026"


def test_an_empty_site_has_an_archive_that_says_so(client: Client):
    assert "Chưa có bài nào" in words(tree(client, "/luu-tru/").css_first("main"))


# ---------------------------------------------------------------- the form for a day


@pytest.mark.parametrize("typed", ["20/11/2026", "2026-11-20", "20-11-2026"])
def test_form_leads_to_the_day(client: Client, typed: str):
    response = client.get("/luu-tru/", {"ngay": typed})
    assert (response.status_code, response["Location"]) == (302, "/luu-tru/2026/11/20/")


@pytest.mark.parametrize(
    "typed",
    ["31/02/2026", "hôm qua", "01/01/1899", "01/01/9999", "0", "9" * 10_000, "\u0662\u0660/11/2026", "20/11/2026; --"],
)
def test_form_answers_nonsense_with_a_sentence(client: Client, typed: str):
    at(2026, 3, 20)
    response = client.get("/luu-tru/", {"ngay": typed})
    if response.status_code == 302:  # digits of other scripts are accepted
        assert response["Location"] == "/luu-tru/2026/11/20/"
        return
    problem = LexborHTMLParser(response.content.decode()).css_first("[role=alert]")
    assert (response.status_code, problem.text(strip=True)[-1]) == (200, ".")


@pytest.mark.parametrize(
    "rest",
    [
        "0000/",
        "9999/",
        "1899/",
        "20260/",
        "2026/00/",
        "2026/13/",
        "2026/3/",
        "9999/12/",
        "2026/02/29/",
        "0001/01/01/",
        "x/",
        "\u0662\u0660\u0662\u0666/",
        "2026/03/02/04/",
    ],
)
def test_what_is_no_part_of_the_calendar_is_not_found(client: Client, rest: str):
    assert client.get(f"/luu-tru/{rest}").status_code == 404


@pytest.mark.parametrize("rest", ["1900/", "1900/01/", "1900/01/01/", "9998/", "9998/12/", "9998/12/31/"])
def test_the_ends_of_the_calendar_have_pages_that_search_engines_leave_out(client: Client, rest: str):
    at(2026, 3, 20)
    robots = tree(client, f"/luu-tru/{rest}").css_first("meta[name=robots]")
    assert robots.attributes["content"] == "noindex, follow"


def test_article_from_before_the_calendar_of_addresses_breaks_nothing(client: Client):
    make_article("Nhập sai năm", published_at=datetime(1234, 5, 6, tzinfo=UTC))
    at(2026, 3, 20)
    assert list(links(tree(client, "/luu-tru/"), "a.period")) == ["/luu-tru/2026/03/", "/luu-tru/2026/"]
    for address in ("/luu-tru/2026/", "/luu-tru/2026/03/", "/luu-tru/2026/03/20/"):
        assert tree(client, address).css(".day-steps a") == [], address


def test_periods_know_their_days():
    assert (Month(date(2024, 2, 1)).last, Year(date(2024, 1, 1)).last) == (date(2024, 2, 29), date(2024, 12, 31))
    assert [
        len(period.parts) for period in (Year(date(2024, 1, 1)), Month(date(2024, 2, 1)), Day(date(2024, 2, 3)))
    ] == [12, 29, 0]
