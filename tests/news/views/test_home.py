from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from news.listings.front_page import FEATURED, NEWEST, PER_SECTION
from tests.factories import make_article, make_category, make_event

pytestmark = pytest.mark.django_db


def ago(**kwargs):
    return timezone.now() - timedelta(**kwargs)


def fill_the_top() -> None:
    """The top shows articles of a category without a section, so that no section loses an article to it."""
    elsewhere = make_category("Phần đầu", on_home=False)
    for _ in range(FEATURED + 1):
        make_article(category=elsewhere, is_featured=True)


def test_pinned_article_leads_until_its_pin_ends(client: Client):
    make_article("mới nhất", published_at=ago(minutes=1), is_featured=True)
    pinned = make_article("ghim", published_at=ago(days=9), pinned_until=timezone.now() + timedelta(hours=1))
    assert client.get("/").context["front"].lead == pinned
    pinned.pinned_until = ago(seconds=1)
    pinned.save()
    assert client.get("/").context["front"].lead.title == "mới nhất"


def test_featured_articles_stand_before_newer_ordinary_ones(client: Client):
    make_article("thường", published_at=ago(minutes=1))
    make_article("nổi bật", published_at=ago(days=2), is_featured=True)
    front = client.get("/").context["front"]
    assert front.lead.title == "nổi bật"
    assert [article.title for article in front.featured] == ["thường"]


def test_nothing_stands_twice_in_the_top_of_the_page(client: Client):
    for number in range(30):
        make_article(published_at=ago(minutes=number + 1), is_featured=number % 3 == 0)
    front = client.get("/").context["front"]
    shown = [front.lead, *front.featured, *front.newest]
    assert len(set(shown)) == len(shown) == 1 + FEATURED + NEWEST


def test_sections_follow_the_editors_order_and_include_child_categories(client: Client):
    last = make_category("Cuối", order=30)
    first = make_category("Đầu", order=10)
    child = make_category("Con của Đầu", parent=first)
    hidden = make_category("Không lên trang chủ", order=5, on_home=False)
    empty = make_category("Trống", order=1)
    fill_the_top()
    for category in (last, child, hidden):
        make_article(category=category)
    sections = client.get("/").context["front"].sections
    assert [section.category for section in sections] == [first, last]
    assert empty not in [section.category for section in sections]


def test_section_shows_only_its_newest_articles_and_guests(client: Client):
    category, other = make_category("Kinh tế"), make_category("Xã hội", on_home=False)
    fill_the_top()
    for number in range(8):
        make_article(f"bài {number}", category=category, published_at=ago(hours=number + 2))
    make_article("khách", category=other, further_categories=(category,), published_at=ago(hours=1))
    section = client.get("/").context["front"].sections[0]
    assert [article.title for article in section.articles] == ["khách", *[f"bài {n}" for n in range(PER_SECTION - 1)]]


def test_home_page_lists_visible_events(client: Client):
    make_event("Đại hội")
    assert "Đại hội" in client.get("/").content.decode()


def test_site_with_one_article_has_a_whole_home_page(client: Client):
    make_article("Bài duy nhất")
    response = client.get("/")
    assert response.status_code == 200
    assert "Bài duy nhất" in response.content.decode()


def test_sections_do_not_repeat_what_stands_on_top(client: Client):
    category = make_category("Kinh tế")
    for number in range(FEATURED + 3):
        make_article(f"bài {number}", category=category, published_at=ago(hours=number + 1))
    front = client.get("/").context["front"]
    assert [article.title for article in front.sections[0].articles] == ["bài 6", "bài 7"]


def test_site_without_articles_says_that_it_is_ready(client: Client):
    assert "chờ bài đầu tiên" in client.get("/").content.decode()
