"""Fragments of all pages are cached for a second, as in production. Other tests run without that cache."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings
from time_machine import TimeMachineFixture

from news.models import Article, SiteIdentity
from tests.factories import make_article, make_category, make_ticker_item
from tests.news.admin.forms import logged_in, typed
from tests.news.admin.test_preview import of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fragment_cache(settings: Settings) -> None:
    settings.CACHES = settings.CACHES | {
        "template_fragments": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": "tests of fragments",
        }
    }
    caches["template_fragments"].clear()


def page(client: Client) -> str:
    return client.get("/tim-kiem/").content.decode()


def test_changes_are_seen_everywhere_after_a_second(client: Client, time_machine: TimeMachineFixture):
    now = timezone.now()
    time_machine.move_to(now, tick=False)
    leaving = make_article("Bài sắp gỡ")
    make_ticker_item("Dòng tin của bài sắp gỡ", article=leaving)
    SiteIdentity.objects.create(pk=1, name="Tên cũ")
    first = page(client)
    assert all(words in first for words in ("Bài sắp gỡ", "Dòng tin của bài sắp gỡ", "Tên cũ"))
    leaving.withdraw()
    make_article("Bài vừa đăng", published_at=now)
    make_category("Chuyên mục mới")
    SiteIdentity.objects.update(name="Tên mới")
    time_machine.move_to(now + timedelta(seconds=1, milliseconds=1))
    later = page(client)
    assert all(words in later for words in ("Bài vừa đăng", "Chuyên mục mới", "Tên mới"))
    assert not any(words in later for words in ("Bài sắp gỡ", "Dòng tin của bài sắp gỡ", "Tên cũ"))


def test_preview_does_not_fill_the_cache_of_readers():
    article = make_article("Tên đang đăng")
    make_ticker_item(article=article)
    preview = logged_in("Biên tập viên").post(of(article), typed(article, title="Tên đang thử"))
    assert "Tên đang thử" in preview.content.decode()
    assert "Tên đang thử" not in page(Client())


def test_page_itself_is_never_cached(client: Client):
    article = make_article("Bài ở trang riêng", body="<p>Câu đầu</p>")
    client.get(article.get_absolute_url())
    Article.objects.update(body="<p>Câu đã sửa</p>")
    assert "Câu đã sửa" in client.get(article.get_absolute_url()).content.decode()


def test_second_request_within_a_second_takes_no_query(
    client: Client, time_machine: TimeMachineFixture, django_assert_max_num_queries: DjangoAssertNumQueries
):
    time_machine.move_to(timezone.now(), tick=False)
    make_article("Bài đã đăng")
    page(client)
    with django_assert_max_num_queries(0):
        page(client)
