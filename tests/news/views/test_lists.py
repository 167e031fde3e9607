from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news.models import Article, CategoryTree
from tests.factories import make_article, make_category, make_event, make_photo, make_source, make_tag, make_ticker_item

pytestmark = pytest.mark.django_db

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def titles(response) -> list[str]:
    return [article.title for article in response.context["page"]]


def test_category_page_lists_its_own_articles_those_of_its_children_and_guests(client: Client):
    parent = make_category("Kinh tế")
    child = make_category("Nông nghiệp", parent=parent)
    grandchild = make_category("Lúa", parent=child)
    other = make_category("Xã hội")
    make_article("khác", category=other)
    make_article("khách", category=other, further_categories=(grandchild,))
    make_article("cháu", category=grandchild)
    make_article("con", category=child)
    make_article("mẹ", category=parent, published_at=timezone.now())
    assert titles(client.get(parent.get_absolute_url())) == ["mẹ", "con", "cháu", "khách"]


def test_article_in_two_categories_of_one_branch_stands_once(client: Client):
    parent = make_category("Kinh tế")
    child = make_category("Nông nghiệp", parent=parent)
    make_article("một lần", category=parent, further_categories=(child,))
    assert titles(client.get(parent.get_absolute_url())) == ["một lần"]


def test_category_that_became_its_own_ancestor_does_not_hang_the_page(client: Client):
    first = make_category("A")
    second = make_category("B", parent=first)
    type(first).objects.filter(pk=first.pk).update(parent=second)
    make_article(category=second)
    assert client.get(second.get_absolute_url()).status_code == 200
    assert client.get("/").status_code == 200


def test_tag_event_and_source_pages_list_their_articles(client: Client):
    tag, event, source = make_tag("Cảng biển"), make_event("Mùa mưa"), make_source()
    make_article("khác")
    make_article("đúng", tags=(tag,), events=(event,), source=source)
    for page in (tag, event, source):
        assert titles(client.get(page.get_absolute_url())) == ["đúng"]


def test_hidden_event_has_no_page(client: Client):
    event = make_event("Chưa công bố", is_visible=False)
    make_article(events=(event,))
    assert client.get(event.get_absolute_url()).status_code == 404
    for place in ("/", "/su-kien/", Article.objects.get().get_absolute_url()):
        assert "Chưa công bố" not in client.get(place).content.decode(), place


@pytest.mark.parametrize("rest", ["", "rss.xml", "atom.xml"])
def test_tag_that_only_drafts_carry_has_no_page(client: Client, rest: str):
    tag = make_tag("Chưa công bố")
    draft = make_article(tags=(tag,), status=Article.Status.DRAFT)
    assert client.get(tag.get_absolute_url() + rest).status_code == 404
    draft.publish(by=None)
    assert client.get(tag.get_absolute_url() + rest).status_code == 200


def test_event_page_shows_time_and_place(client: Client):
    event = make_event("Lễ hội", place="Bãi biển Mẫu", starts_at=datetime(2026, 5, 8, 19, 30, tzinfo=VIETNAM))
    markup = client.get(event.get_absolute_url()).content.decode()
    assert "Bãi biển Mẫu" in markup
    assert "19:30 08/05/2026" in markup


def test_day_archive_follows_the_vietnamese_day(client: Client):
    make_article("đêm trước", published_at=datetime(2026, 3, 9, 23, 59, tzinfo=VIETNAM))
    make_article("sớm", published_at=datetime(2026, 3, 10, 0, 0, tzinfo=VIETNAM))
    make_article("muộn", published_at=datetime(2026, 3, 10, 23, 59, tzinfo=VIETNAM))
    make_article("hôm sau", published_at=datetime(2026, 3, 11, 0, 0, tzinfo=VIETNAM))
    assert titles(client.get("/luu-tru/2026/03/10/")) == ["muộn", "sớm"]


@pytest.mark.parametrize("day", ["2026/02/30", "0001/01/01", "9999/99/99", "2026/3/1"])
def test_day_that_is_not_in_the_calendar_is_not_found(client: Client, day: str):
    assert client.get(f"/luu-tru/{day}/").status_code == 404


def test_far_days_have_an_empty_page_up_to_the_last_year_a_clock_can_add_to(client: Client):
    assert client.get("/luu-tru/9998/12/31/").status_code == 200
    assert client.get("/luu-tru/9999/12/31/").status_code == 404


@pytest.mark.parametrize("page", ["0", "-1", "abc", "2", "10000000000000000000000000", "1.5", "%ff", ""])
def test_any_page_number_gives_a_page(client: Client, page: str):
    category = make_category()
    make_article("duy nhất", category=category)
    response = client.get(f"{category.get_absolute_url()}?page={page}")
    assert (response.status_code, titles(response)) == (200, ["duy nhất"])


def test_pages_split_the_list_without_loss(client: Client):
    category = make_category()
    now = timezone.now()
    for number in range(45):
        make_article(f"bài {number:02}", category=category, published_at=now - timedelta(minutes=number + 1))
    found = [title for page in (1, 2, 3) for title in titles(client.get(f"{category.get_absolute_url()}?page={page}"))]
    assert found == [f"bài {number:02}" for number in range(45)]


def test_empty_pages_say_so_kindly(client: Client):
    for place in (
        make_category().get_absolute_url(),
        make_source().get_absolute_url(),
        make_event().get_absolute_url(),
    ):
        response = client.get(place)
        assert response.status_code == 200
        assert "chưa có" in response.content.decode().lower(), place


def list_pages() -> dict[str, Callable[[], str]]:
    return {
        "home": lambda: "/",
        "category": lambda: make_category("Đo", slug="do").get_absolute_url(),
        "tag": lambda: make_tag("Đo").get_absolute_url(),
        "event": lambda: make_event("Đo").get_absolute_url(),
        "source": lambda: make_source().get_absolute_url(),
        "search": lambda: "/tim-kiem/?q=do+truy+van",
        "day": lambda: f"/luu-tru/{timezone.localtime():%Y/%m/%d}/",
    }


@pytest.mark.parametrize("name", list_pages())
def test_a_list_of_three_takes_no_more_queries_than_a_list_of_one(client: Client, name: str):
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=1)
    address = list_pages()[name]()
    links = {
        "category": CategoryTree.load().roots[:1],
        "tags": Article.tags.rel.model.objects.all(),
        "events": Article.events.rel.model.objects.all(),
        "source": Article.source.field.related_model.objects.first(),
    }

    def add() -> None:
        fields = {"category": links["category"][0]} if links["category"] else {}
        make_article(
            "Đo truy vấn",
            source=links["source"],
            lead_photo=make_photo(60, 40),
            tags=tuple(links["tags"]),
            events=tuple(links["events"]),
            further_categories=(make_category(),),
            published_at=today,
            is_featured=True,
            **fields,
        )

    add()
    make_ticker_item(article=Article.objects.get())
    client.get(address)  # django.contrib.sites reads its row once per process
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    add()
    add()
    make_ticker_item(article=Article.objects.first())
    with CaptureQueriesContext(connection) as three:
        client.get(address)
    assert len(three) == len(one)


def test_unlisted_names_sort_by_the_vietnamese_alphabet(vietnamese_order):
    for name in ("Đất đai", "Dân số", "Ấm no", "An ninh", "Ăn uống", "Cầu đường"):
        make_tag(name)
    ordered = list(Article.tags.rel.model.objects.values_list("name", flat=True))
    assert ordered == ["An ninh", "Ăn uống", "Ấm no", "Cầu đường", "Dân số", "Đất đai"]
