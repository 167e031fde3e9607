from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.flatpages.models import FlatPage
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from news.models import Article, Attachment, Category, Photo, SiteIdentity, Source, Tag
from tests.factories import (
    make_article,
    make_category,
    make_event,
    make_photo,
    make_site_identity,
    make_source,
    make_tag,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
HOUR = timedelta(hours=1)
FEEDS = [
    "/rss.xml",
    "/atom.xml",
    "/chuyen-muc/chung/rss.xml",
    "/the/the/atom.xml",
    "/su-kien/su-kien/rss.xml",
    "/nguon/nguon/rss.xml",
]
SITEMAPS = ["/sitemap.xml", "/sitemap-bai-viet-1.xml", "/sitemap-tin-moi.xml"]


@pytest.fixture(autouse=True)
def empty_cache(time_machine) -> Iterator[None]:
    time_machine.move_to(
        NOW
    )  # all changes fall into the same second or two, where dates alone cannot tell versions apart
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def article() -> Article:
    return make_article(
        "Bài chính",
        published_at=NOW - HOUR,
        tags=(make_tag("Thẻ", slug="the"),),
        events=(make_event("Sự kiện", slug="su-kien"),),
        source=make_source(slug="nguon"),
        lead_photo=make_photo(),
    )


def again(client: Client, address: str, before: HttpResponse) -> set[int]:
    """Return the status codes for a client that sends the ETag of `before`, its date, or both."""
    etag, date = {"if-none-match": before["ETag"]}, {"if-modified-since": before["Last-Modified"]}
    return {client.get(address, headers=headers).status_code for headers in (etag, date, etag | date)}


@pytest.mark.parametrize("address", [*FEEDS, *SITEMAPS, "/sitemap-trang-1.xml", "/sitemap-the-1.xml"])
def test_unchanged_document_is_a_304(client: Client, article: Article, address: str):
    first = client.get(address)
    assert first.status_code == 200
    assert again(client, address, first) == {304}
    kept = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (kept.content, kept["ETag"], kept["Last-Modified"]) == (b"", first["ETag"], first["Last-Modified"])
    assert client.head(address, headers={"if-none-match": first["ETag"]}).status_code == 304


def edited(article: Article) -> None:
    article.title = "Tên khác"
    article.save()


def expired(article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(expires_at=NOW)


CHANGES: list[Callable[[Article], object]] = [
    edited,
    expired,
    Article.withdraw,
    Article.delete,
    lambda article: make_article("bài mới", category=article.category, published_at=NOW).tags.set(article.tags.all()),
]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("address", ["/rss.xml", "/chuyen-muc/chung/atom.xml", "/the/the/rss.xml", *SITEMAPS])
def test_whatever_changes_an_article_is_sent(
    client: Client, article: Article, address: str, change: Callable[[Article], object]
):
    make_article("bài khác", category=article.category, published_at=NOW - 2 * HOUR).tags.set(article.tags.all())
    before = client.get(address)
    change(article)
    assert again(client, address, before) == {200}
    assert again(client, address, client.get(address)) == {304}


@pytest.mark.parametrize("address", ["/rss.xml", "/sitemap-bai-viet-1.xml", "/sitemap-tin-moi.xml", "/sitemap.xml"])
def test_the_clock_alone_brings_an_article_and_takes_it_away(
    client: Client, article: Article, time_machine, address: str
):
    make_article("bài hẹn giờ", published_at=NOW + HOUR, expires_at=NOW + 2 * HOUR)
    before = client.get(address)
    time_machine.move_to(NOW + HOUR - timedelta(seconds=1), tick=False)
    assert again(client, address, before) == {304}
    time_machine.move_to(NOW + HOUR, tick=False)
    assert again(client, address, before) == {200}
    shown = client.get(address)
    time_machine.move_to(NOW + 2 * HOUR, tick=False)
    assert again(client, address, shown) == {200}


def test_article_that_leaves_one_category_for_another_changes_both_feeds(client: Client, article: Article):
    other = make_category("Khác", slug="khac")
    addresses = ("/chuyen-muc/chung/rss.xml", "/chuyen-muc/khac/rss.xml")
    before = [client.get(address) for address in addresses]
    article.category = other
    article.save()
    assert [again(client, address, answer) for address, answer in zip(addresses, before, strict=True)] == [{200}, {200}]


@pytest.mark.parametrize(
    "rename",
    [
        lambda: Tag.objects.update(name="Thẻ khác"),
        lambda: Category.objects.update(name="Khác"),
        lambda: Source.objects.update(name="Nguồn khác"),
        lambda: Photo.objects.update(caption="Chú thích khác"),
        lambda: SiteIdentity.objects.update(name="Cổng khác"),
    ],
)
def test_names_that_other_rows_hold_change_the_feed_too(client: Client, article: Article, rename: Callable[[], object]):
    make_site_identity(name="Cổng")
    before = client.get("/rss.xml")
    rename()
    assert again(client, "/rss.xml", before) == {200}
    assert client.get("/rss.xml").content != before.content


@pytest.mark.parametrize(
    "change",
    [
        lambda attachment, other: attachment.delete(),
        lambda attachment, other: Attachment.objects.update(file="tep/khac.pdf"),
        lambda attachment, other: Attachment.objects.update(article=other),
    ],
)
@pytest.mark.parametrize("address", ["/rss.xml", "/atom.xml"])
def test_files_of_an_article_change_the_feed_by_themselves(
    client: Client, article: Article, address: str, change: Callable[..., object]
):
    other = make_article("bài khác", published_at=NOW - 2 * HOUR)
    attachment = Attachment.objects.create(article=article, title="Phụ lục", file=ContentFile(b"%PDF-", name="a.pdf"))
    before = client.get(address)
    change(attachment, other)
    assert again(client, address, before) == {200}


def test_new_flat_page_and_new_slug_change_their_sitemaps(client: Client, article: Article):
    pages, tags = client.get("/sitemap-trang-1.xml"), client.get("/sitemap-the-1.xml")
    FlatPage.objects.create(url="/lien-he/", title="Liên hệ").sites.add(1)
    Tag.objects.update(slug="the-khac")
    assert again(client, "/sitemap-trang-1.xml", pages) == again(client, "/sitemap-the-1.xml", tags) == {200}


def test_another_host_has_a_version_of_its_own(client: Client, article: Article):
    before = client.get("/rss.xml")
    assert client.get("/rss.xml", headers={"host": "localhost", "if-none-match": before["ETag"]}).status_code == 200


@pytest.mark.parametrize("address", ["/rss.xml", "/sitemap.xml"])
def test_date_that_was_never_sent_gets_the_whole_answer(client: Client, article: Article, address: str):
    client.get(address)
    for date in ("Fri, 20 Nov 2026 03:00:00 GMT", "Fri, 01 Jan 2100 00:00:00 GMT"):
        assert client.get(address, headers={"if-modified-since": date}).status_code == 200


def test_etag_takes_precedence_over_the_date(client: Client, article: Article):
    headers = {"if-none-match": '"cũ"'.encode().decode("latin-1"), "if-modified-since": "Fri, 01 Jan 2100 00:00:00 GMT"}
    assert client.get("/rss.xml", headers=headers).status_code == 200


@pytest.mark.parametrize("value", ["", "hôm qua", "Thu, 99 Foo 2026", "W/", "*" * 5000])
def test_unreadable_etag_or_date_gets_the_whole_answer(client: Client, article: Article, value: str):
    headers = {"if-none-match": value, "if-modified-since": value}
    assert client.get("/rss.xml", headers=headers).status_code in {200, 304}
    assert client.get("/rss.xml", headers={"if-modified-since": value}).status_code == 200


@pytest.mark.parametrize("address", ["/rss.xml", "/sitemap-bai-viet-1.xml"])
def test_answer_without_a_body_reads_no_body(client: Client, article: Article, address: str):
    mark = client.get(address)["ETag"]
    with CaptureQueriesContext(connection) as queries:
        client.get(address, headers={"if-none-match": mark})
    assert len(queries) <= 2
    assert not [query for query in queries if '"body"' in query["sql"]]
