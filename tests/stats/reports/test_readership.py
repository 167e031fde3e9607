import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import make_article
from tests.stats.factories import make_article_views
from tests.stats.reports.admin_pages import TODAY, get_page, login, text_of

pytestmark = pytest.mark.usefixtures("noon")


def reads(client: Client, query: str = "") -> list[str]:
    return [
        text_of(cell)
        for cell in re.findall(
            r'<td class="field-readership">.*?</td>', get_page(client, query, "/admin/news/article/"), re.DOTALL
        )
    ]


def test_article_list_shows_views_of_ever_and_of_seven_days():
    article = make_article("Đọc nhiều")
    make_article_views(article, TODAY - timedelta(days=500), 4000)
    make_article_views(article, TODAY - timedelta(days=7), 500)
    make_article_views(article, TODAY - timedelta(days=6), 30)
    make_article_views(article, TODAY, 4)
    make_article("Chưa ai đọc", published_at=timezone.now() - timedelta(days=9))
    assert [" ".join(words.split()) for words in reads(login("Biên tập viên"))] == ["4.534 7 ngày: 34", "0 7 ngày: 0"]


def test_article_list_asks_as_often_for_three_articles_as_for_one():
    client = login("Biên tập viên")

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/admin/news/article/")
        return len(queries)

    make_article_views(make_article(), TODAY, 1)
    once = asked()
    for number in range(2):
        make_article_views(make_article(), TODAY, number)
    assert asked() == once


def test_empty_article_list_opens():
    assert reads(login("Biên tập viên")) == []
