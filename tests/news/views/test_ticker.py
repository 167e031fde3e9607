from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from news.models import Article, TickerItem
from tests.factories import make_article, make_ticker_item

pytestmark = pytest.mark.django_db


def test_items_run_in_the_editors_order_with_their_links(client: Client):
    article = make_article("Bài trong tin chạy")
    make_ticker_item("chữ trơn", order=2)
    make_ticker_item("ra ngoài", order=3, url="https://vi-du.example/tin")
    make_ticker_item(article=article, order=1)
    make_ticker_item("tên khác", article=article, order=4)
    tree = LexborHTMLParser(client.get("/su-kien/").content.decode())
    items = tree.css_first("[aria-label='Tin chạy'], .ticker").css("li:not([aria-hidden] li)")
    found = [
        (item.text(strip=True).strip("| \n"), item.css_first("a").attributes["href"] if item.css_first("a") else "")
        for item in items
    ]
    assert found == [
        ("Bài trong tin chạy", article.get_absolute_url()),
        ("chữ trơn", ""),
        ("ra ngoài", "https://vi-du.example/tin"),
        ("tên khác", article.get_absolute_url()),
    ]


def test_item_runs_only_between_its_times():
    now = timezone.now()
    hour = timedelta(hours=1)
    make_ticker_item("chưa đến", starts_at=now + hour)
    make_ticker_item("đã qua", ends_at=now - hour)
    make_ticker_item("đang chạy", starts_at=now - hour, ends_at=now + hour)
    make_ticker_item("luôn luôn")
    assert [item.text for item in TickerItem.objects.current()] == ["đang chạy", "luôn luôn"]


def test_item_of_a_withdrawn_article_goes_with_it(client: Client):
    article = make_article("Sắp gỡ")
    make_ticker_item("Dòng tin của bài sắp gỡ", article=article)
    assert "Dòng tin của bài sắp gỡ" in client.get("/").content.decode()
    article.withdraw()
    assert "Dòng tin của bài sắp gỡ" not in client.get("/").content.decode()


@pytest.mark.parametrize(
    "fields", [{"text": ""}, {"text": "hai đích", "url": "https://a.example/", "with_article": True}]
)
def test_database_refuses_an_item_that_says_nothing_or_links_twice(fields: dict):
    article = make_article() if fields.pop("with_article", False) else None
    with pytest.raises(IntegrityError), transaction.atomic():
        make_ticker_item(article=article, **fields)


def test_page_without_items_has_no_empty_ticker(client: Client):
    assert Article.objects.count() == 0
    assert "Tin chạy" not in client.get("/").content.decode()
