from datetime import date, timedelta

import pytest

from stats.models import ArticleTotal, ArticleViews, ReferrerViews
from stats.periods import Period
from stats.reports.ranking import ranking, top_articles, top_referrers
from tests.factories import make_article, make_category, make_user
from tests.stats.factories import make_article_views

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def monday_noon(time_machine: object) -> None:
    time_machine.move_to("2026-11-23 12:30+07:00", tick=False)


def test_top_lists_rank_articles_categories_and_reporters():
    lan, minh = make_user("lan"), make_user("minh")
    culture, health = make_category("Văn hóa"), make_category("Y tế")
    first = make_article("một", category=culture, author=lan)
    second = make_article("hai", category=culture, author=minh)
    third = make_article("ba", category=health, author=lan)
    for article, views in ((first, 5), (second, 9), (third, 6)):
        make_article_views(article, TODAY, views)
    make_article_views(third, TODAY - timedelta(days=8), 100)
    week = Period.last_days(7)
    assert [(row.item, row.views) for row in top_articles(week)] == [(second, 9), (third, 6), (first, 5)]
    ranked = ranking(week)
    assert [(row.item, row.views) for row in ranked.categories] == [(culture, 14), (health, 6)]
    assert [(row.item, row.views) for row in ranked.reporters] == [(lan, 11), (minh, 9)]
    assert [row.item for row in top_articles(Period.last_days(30), limit=1)] == [third]


def test_long_period_counts_each_day_once_whether_by_month_or_by_day():
    article = make_article()
    days = [
        date(2026, 7, 31),
        date(2026, 8, 1),
        date(2026, 8, 31),
        date(2026, 9, 30),
        date(2026, 10, 1),
        date(2026, 10, 2),
    ]
    for day in days:
        make_article_views(article, day, 1)
    for first in days:
        for last in days:
            if first <= last:
                expected = sum(first <= day <= last for day in days)
                assert top_articles(Period(first, last))[0].views == expected, (first, last)


def test_article_of_a_deleted_row_is_in_no_list():
    article = make_article()
    make_article_views(article, TODAY, 3)
    article.delete()
    assert top_articles(Period.today()) == []
    assert ArticleViews.objects.get().views == 3


def test_views_of_a_list_of_articles_take_one_query(django_assert_num_queries):
    articles = [make_article() for _ in range(3)]
    for article in articles[:2]:
        make_article_views(article, TODAY, 4)
        make_article_views(article, TODAY - timedelta(days=40), 2)
    with django_assert_num_queries(1):
        assert ArticleTotal.objects.of_articles([article.pk for article in articles]) == {
            articles[0].pk: 6,
            articles[1].pk: 6,
        }


def test_sources_have_the_names_people_know():
    for host, views in (
        ("google.com", 3),
        ("news.google.com", 1),
        ("coccoc.com", 2),
        ("zalo.me", 5),
        ("tin.example", 1),
        ("", 4),
    ):
        ReferrerViews.objects.create(day=TODAY, host=host, views=views)
    names = [(row.item, row.views) for row in top_referrers(Period.today())]
    assert names[:5] == [
        ("Zalo", 5),
        ("Vào thẳng, không qua trang khác", 4),
        ("Google", 3),
        ("Cốc Cốc", 2),
        ("Google Tin tức", 1),
    ]
