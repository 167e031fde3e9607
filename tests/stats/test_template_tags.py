from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.fixtures import Settings

from news.models import Article
from stats.models import DailyVisits, OpeningTotal, VisitTotal
from tests.factories import make_article
from tests.stats.factories import make_article_views
from tests.stats.tracker import VisitTracker, reader

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_day")]


def make_views(article: Article, views: int, days_ago: int = 0) -> None:
    make_article_views(article, timezone.localdate() - timedelta(days=days_ago), views)


def make_counted() -> None:
    OpeningTotal.objects.record(310_000_000)
    VisitTotal.objects.create(pk=1, visits=2_343_234)
    DailyVisits.objects.create(day=timezone.localdate(), visits=4534)


# ---------------------------------------------------------------- visit counter


def test_every_page_shows_today_and_total_once_with_dots(tracker: VisitTracker, client: Client):
    make_counted()
    article = make_article()
    for path in (
        "/",
        article.get_absolute_url(),
        article.category.get_absolute_url(),
        "/tim-kiem/?q=a",
        "/su-kien/",
        "/thong-ke/",
        "/khong-co/",
    ):
        markup = client.get(path).content.decode()
        assert markup.count("Thống kê trong ngày") == 1, path
        assert ">4.534<" in markup, path
        assert ">312.343.234<" in markup, path
        assert 'href="/thong-ke/"' in markup, path


def test_site_without_articles_shows_the_counter_too(tracker: VisitTracker, client: Client):
    make_counted()
    assert client.get("/").content.decode().count("312.343.234") == 1


def test_counter_can_mean_page_views(tracker: VisitTracker, client: Client, settings: Settings):
    settings.STATS_WIDGET_WORD = "views"
    VisitTotal.objects.create(pk=1, visits=1, views=77_777)
    markup = client.get("/thong-ke/").content.decode()
    assert "77.777" in markup
    assert "Tổng số lượt xem" in markup


def test_counter_is_one_query_and_none_while_cached(tracker: VisitTracker, client: Client, settings: Settings):
    settings.STATS_WIDGET_SECONDS = 20
    for expected in (1, 0):
        with CaptureQueriesContext(connection) as seen:
            client.get("/khong-co/")
        assert sum("stats_visittotal" in query["sql"] for query in seen) == expected


def test_cached_counter_is_fresh_within_a_minute_and_on_a_new_day(
    tracker: VisitTracker, client: Client, settings: Settings, time_machine: object
):
    settings.STATS_WIDGET_SECONDS = 20
    time_machine.move_to("2026-11-23 23:59:50+07:00", tick=False)
    make_counted()
    assert ">4.534<" in client.get("/thong-ke/").content.decode()
    DailyVisits.objects.update(visits=5000)
    time_machine.move_to("2026-11-24 00:00:01+07:00", tick=False)
    assert "<dd>0</dd>" in client.get("/thong-ke/").content.decode()


def test_site_that_counts_nothing_shows_no_counter(client: Client):
    make_counted()
    assert "Thống kê trong ngày" not in client.get("/").content.decode()


# ---------------------------------------------------------------- most read


def test_most_read_lists_a_week_of_people_and_only_what_is_public(tracker: VisitTracker, client: Client):
    first, second, old, gone = (make_article(title) for title in ("Bài nhất", "Bài nhì", "Bài tuần trước", "Bài đã gỡ"))
    make_views(first, 30, days_ago=6)
    make_views(second, 20)
    make_views(old, 99, days_ago=7)
    make_views(gone, 99)
    gone.withdraw()
    markup = client.get("/").content.decode().partition("Đọc nhiều trong tuần")[2].partition("</ol>")[0]
    assert 0 < markup.index("Bài nhất") < markup.index("Bài nhì")
    assert "Bài tuần trước" not in markup
    assert "Bài đã gỡ" not in markup


def test_robots_do_not_make_an_article_most_read(tracker: VisitTracker, client: Client):
    make_article()
    liked, crawled = make_article("Người đọc"), make_article("Máy đọc")
    reader().get(liked.get_absolute_url())
    for _ in range(5):
        reader(agent="Googlebot/2.1").get(crawled.get_absolute_url())
    tracker.drain()
    markup = client.get("/").content.decode().partition("Đọc nhiều trong tuần")[2].partition("</ol>")[0]
    assert "Người đọc" in markup
    assert "Máy đọc" not in markup


def test_withdrawn_article_leaves_the_cached_list_at_once(tracker: VisitTracker, client: Client, settings: Settings):
    settings.STATS_MOST_READ_SECONDS = 300
    make_article()
    article = make_article("Bài sắp gỡ")
    make_views(article, 5)
    assert client.get("/tim-kiem/").content.decode().count("Bài sắp gỡ") == 2  # in the newest and in the most read
    article.withdraw()
    assert "Bài sắp gỡ" not in client.get("/tim-kiem/").content.decode()


def test_most_read_takes_as_many_queries_for_three_as_for_one(tracker: VisitTracker, client: Client):
    articles = [make_article() for _ in range(3)]
    client.get("/tim-kiem/")  # fills the cache of sites
    counts = []
    for article in articles:
        make_views(article, 3)
        with CaptureQueriesContext(connection) as seen:
            client.get("/tim-kiem/")
        counts.append(len(seen))
    assert counts == [counts[0]] * 3
