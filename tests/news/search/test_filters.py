"""The filters of the search page, and the order by date."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from news.models import Article
from tests.factories import make_article, make_category, make_event, make_source
from tests.news.search.searching import found, page

pytestmark = pytest.mark.django_db

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture
def archive() -> None:
    parent = make_category("Kinh tế", slug="kinh-te")
    child = make_category("Lúa", slug="lua", parent=parent)
    event, source = make_event("Mùa vụ", slug="mua-vu"), make_source("Báo Lúa", slug="bao-lua")
    make_article("Gặt mới", category=child, published_at=datetime(2026, 3, 10, 0, 0, tzinfo=VIETNAM), source=source)
    make_article(
        "Gặt sự kiện", category=parent, published_at=datetime(2026, 3, 9, 23, 59, tzinfo=VIETNAM), events=(event,)
    )
    make_article(
        "Gặt cũ",
        category=make_category("Xã hội", slug="xa-hoi"),
        published_at=datetime(2025, 1, 1, 8, 0, tzinfo=VIETNAM),
    )


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["Gặt mới", "Gặt sự kiện", "Gặt cũ"]),
        ({"chuyen_muc": "kinh-te"}, ["Gặt mới", "Gặt sự kiện"]),
        ({"chuyen_muc": "lua"}, ["Gặt mới"]),
        ({"su_kien": "mua-vu"}, ["Gặt sự kiện"]),
        ({"nguon": "bao-lua"}, ["Gặt mới"]),
        ({"tu": "10/03/2026"}, ["Gặt mới"]),
        ({"den": "2026-03-09"}, ["Gặt sự kiện", "Gặt cũ"]),
        ({"tu": "2025-01-01", "den": "2025-01-01"}, ["Gặt cũ"]),
        ({"chuyen_muc": "kinh-te", "den": "2026-03-09"}, ["Gặt sự kiện"]),
        ({"tu": "2026-03-11"}, []),
    ],
)
def test_filters_restrict_the_results(client: Client, archive: None, filters: dict[str, str], expected: list[str]):
    assert found(client, "gat", xep="moi", **filters) == expected


def test_newest_first_orders_by_date_instead_of_score(client: Client):
    make_article("Mùa gặt", published_at=timezone.now() - timedelta(days=30))
    make_article("Tin khác", body="<p>Nhắc qua mùa gặt.</p>")
    assert found(client, "mùa gặt") == ["Mùa gặt", "Tin khác"]
    assert found(client, "mùa gặt", xep="moi") == ["Tin khác", "Mùa gặt"]


@pytest.mark.parametrize(
    ("filters", "sentence"),
    [
        ({"chuyen_muc": "khong-co"}, "Không có chuyên mục này."),
        ({"su_kien": "' OR 1=1 --"}, "Không có sự kiện này."),
        ({"nguon": "x" * 5_000}, "Không có nguồn tin này."),
        ({"tu": "31/02/2026"}, "Ngày này không có trên lịch."),
        ({"den": "0001-01-01"}, "Kho tin không có bài cũ đến vậy."),
        ({"tu": "2026-03-10", "den": "2026-03-09"}, "Ngày cuối đứng trước ngày đầu."),
    ],
)
def test_invalid_filter_is_reported_and_ignored(client: Client, archive: None, filters: dict[str, str], sentence: str):
    response = page(client, "gat", **filters)
    assert sentence in response.content.decode()
    assert len(response.context["page"]) == 3


@pytest.mark.parametrize("filters", [{"tu": "9999-12-31"}, {"den": "9999-12-31"}, {"xep": "lạ"}])
def test_ends_of_the_calendar_and_unknown_orders_give_a_page(client: Client, archive: None, filters: dict[str, str]):
    page(client, "gat", **filters)


def test_hidden_event_is_no_filter(client: Client, archive: None):
    hidden = make_event("Kín", slug="kin", is_visible=False)
    assert "Kín" not in page(client, "gat").content.decode()
    assert "Không có sự kiện này." in page(client, "gat", su_kien=hidden.slug).content.decode()


def test_filters_stay_chosen_and_stay_in_the_links_to_other_pages(client: Client, archive: None):
    for number in range(30):
        make_article(f"Gặt thêm {number}", category=Article.objects.get(title="Gặt mới").category)
    markup = page(client, "gat", chuyen_muc="lua", tu="2026-01-01").content.decode()
    assert '<option value="lua" selected>' in markup
    assert 'value="2026-01-01"' in markup
    assert "?q=gat&amp;chuyen_muc=lua&amp;tu=2026-01-01&amp;page=2" in markup
