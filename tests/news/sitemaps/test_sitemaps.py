from datetime import datetime, timedelta
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from django.contrib.flatpages.models import FlatPage
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from news.models import Article, Tag
from news.sitemaps.sections import MAX_IMAGES, PART_SIZE
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

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
SPACES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
}
HOUR = timedelta(hours=1)


def read(client: Client, address: str) -> ElementTree.Element:
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml; charset=utf-8")
    return ElementTree.fromstring(response.content)  # noqa: S314 - our own answer


def places(root: ElementTree.Element) -> list[str]:
    """Return the paths in a sitemap or in the index."""
    return [
        (place.text or "").removeprefix("http://testserver")
        for place in [*root.findall("s:url/s:loc", SPACES), *root.findall("s:sitemap/s:loc", SPACES)]
    ]


def dates(root: ElementTree.Element) -> list[str | None]:
    return [entry.findtext("s:lastmod", None, SPACES) for entry in root]


def every_address(client: Client) -> list[str]:
    return [place for part in places(read(client, "/sitemap.xml")) for place in places(read(client, part))]


# ---------------------------------------------------------------- index and parts


def test_everything_that_readers_may_find_is_in_the_sitemap_once_and_opens(client: Client):
    category = make_category("Kinh tế")
    rows = [category, make_category(parent=category), make_tag(), make_event(), make_source()]
    rows.append(make_article(category=rows[1], tags=(rows[2],), events=(rows[3],), source=rows[4]))
    FlatPage.objects.create(url="/gioi-thieu/", title="Giới thiệu").sites.add(1)
    found = every_address(client)
    assert sorted(found) == sorted(
        ["/", "/su-kien/", "/luu-tru/", "/rss/", "/gioi-thieu/", *(row.get_absolute_url() for row in rows)]
    )
    assert {client.get(place).status_code for place in found} == {200}


def test_nothing_that_readers_may_not_see_is_in_it(client: Client):
    now, tag, source = timezone.now(), make_tag(), make_source()
    fields = {"tags": (tag,), "source": source}
    make_article("hẹn giờ", published_at=now + HOUR, **fields)
    make_article("hết hạn", published_at=now - 2 * HOUR, expires_at=now - HOUR, **fields)
    for status in set(Article.Status) - {Article.Status.APPROVED}:
        make_article(status.label, status=status, **fields)
    make_event("ẩn", is_visible=False)
    FlatPage.objects.create(url="/noi-bo/", title="Nội bộ", registration_required=True).sites.add(1)
    assert every_address(client) == ["/", "/su-kien/", "/luu-tru/", "/rss/", "/chuyen-muc/chung/"]
    assert places(read(client, "/sitemap-tin-moi.xml")) == []


def test_site_without_content_has_a_sitemap(client: Client):
    assert every_address(client) == ["/", "/su-kien/", "/luu-tru/", "/rss/"]
    assert places(read(client, "/sitemap-tin-moi.xml")) == []


def test_articles_are_parted_by_their_numbers_and_empty_parts_left_out(client: Client):
    numbers = [1, PART_SIZE, PART_SIZE + 1, 7 * PART_SIZE]
    for number in numbers:
        make_article(pk=number, slug="bai")
    make_article(pk=3 * PART_SIZE, status=Article.Status.DRAFT)
    parts = [place for place in places(read(client, "/sitemap.xml")) if "bai-viet" in place]
    assert parts == ["/sitemap-bai-viet-1.xml", "/sitemap-bai-viet-2.xml", "/sitemap-bai-viet-7.xml"]
    assert [places(read(client, part)) for part in parts] == [
        [f"/bai-viet/bai-{numbers[0]}/", f"/bai-viet/bai-{numbers[1]}/"],
        [f"/bai-viet/bai-{numbers[2]}/"],
        [f"/bai-viet/bai-{numbers[3]}/"],
    ]


def test_parts_stay_within_the_protocols_limits():
    assert PART_SIZE <= 50_000
    longest_host = 253
    longest = (
        len("https://")
        + longest_host
        + len("/media/photos/2026/11/0123456789abcdef-10000x10000.jpg")
        + len("<image:image><image:loc></image:loc></image:image>")
    )
    assert PART_SIZE * (MAX_IMAGES + 1) * longest < 50 * 2**20


@pytest.mark.parametrize(
    "part",
    [
        "bai-viet-2",
        "bai-viet-0",
        "bai-viet--1",
        "bai-viet-a",
        "bai-viet-1.5",
        "bai-viet-%00",
        "bai-viet-999999999999999999",
        "bai-viet-" + "9" * 25,
        "trang-2",
        "the-1",
        "su-kien-1",
        "nguon-1",
        "khong-co-1",
        "bai-viet",
        "tin-moi-1",
    ],
)
def test_part_that_is_not_there_is_not_found(client: Client, part: str):
    make_article(events=(make_event(is_visible=False),))
    make_tag()
    assert client.get(f"/sitemap-{part}.xml").status_code in ({400} if "%00" in part else {404})


# ---------------------------------------------------------------- entries


def test_article_is_dated_by_its_last_change_or_its_hour_whichever_came_later(client: Client):
    early, late = datetime(2026, 3, 10, 7, 56, tzinfo=VIETNAM), datetime(2026, 3, 11, 8, 0, tzinfo=VIETNAM)
    make_article(published_at=early)
    make_article(published_at=late)
    Article.objects.filter(published_at=early).update(updated_at=early + HOUR)
    Article.objects.filter(published_at=late).update(updated_at=early)
    assert dates(read(client, "/sitemap-bai-viet-1.xml")) == ["2026-03-10T08:56:00+07:00", "2026-03-11T08:00:00+07:00"]
    index = read(client, "/sitemap.xml")
    assert dict(zip(places(index), dates(index), strict=True))["/sitemap-bai-viet-1.xml"] == "2026-03-11T08:00:00+07:00"


def test_lists_are_dated_by_their_newest_article(client: Client):
    published = datetime(2026, 3, 10, 7, 56, tzinfo=VIETNAM)
    parent = make_category("Cha", order=1)
    event = make_event()
    type(event).objects.update(updated_at=published - HOUR)
    make_article(category=make_category("Con", parent=parent, order=2), published_at=published, events=(event,))
    make_category("Trống", order=3)
    date = "2026-03-10T07:56:00+07:00"
    assert dates(read(client, "/sitemap-chuyen-muc-1.xml")) == [date, date, None]
    assert dates(read(client, "/sitemap-su-kien-1.xml")) == [date]
    assert dates(read(client, "/sitemap-trang-1.xml")) == [date, None, date, None]


def test_pictures_of_an_article_are_named_once_each(client: Client):
    lead, shown = make_photo(), make_photo()
    article = make_article(lead_photo=lead, body=shown.figure_html() + lead.figure_html())
    article.sync_photos()
    make_article()
    first, second = read(client, "/sitemap-bai-viet-1.xml")
    images = [image.text for image in first.findall("image:image/image:loc", SPACES)]
    assert images == [f"http://testserver{lead.url}", f"http://testserver{shown.url}"]
    assert second.findall("image:image", SPACES) == []


def test_addresses_name_the_host_and_scheme_that_were_asked(client: Client):
    make_article(lead_photo=make_photo())
    for address in ("/sitemap.xml", "/sitemap-bai-viet-1.xml", "/sitemap-tin-moi.xml"):
        markup = client.get(address, headers={"host": "localhost"}, secure=True).content.decode()
        assert markup.count("<loc>https://localhost/") == markup.count("<loc>") > 0
        assert "testserver" not in markup


# ---------------------------------------------------------------- Google News


def test_news_sitemap_has_what_google_asks_for(client: Client):
    make_site_identity(name="Cổng tỉnh Mẫu")
    published = timezone.now() - HOUR
    article = make_article("Mưa & nắng", published_at=published)
    (entry,) = read(client, "/sitemap-tin-moi.xml")
    assert entry.findtext("s:loc", None, SPACES) == f"http://testserver{article.get_absolute_url()}"
    assert entry.findtext("news:news/news:publication/news:name", None, SPACES) == "Cổng tỉnh Mẫu"
    assert entry.findtext("news:news/news:publication/news:language", None, SPACES) == "vi"
    assert (
        entry.findtext("news:news/news:publication_date", None, SPACES)
        == f"{timezone.localtime(published):%Y-%m-%dT%H:%M:%S+07:00}"
    )
    assert entry.findtext("news:news/news:title", None, SPACES) == "Mưa & nắng"


def test_news_sitemap_holds_two_days_newest_first(client: Client):
    now = timezone.now()
    for hours in (49, 47, 1, 24):
        make_article(slug=f"{hours}-gio-truoc", published_at=now - hours * HOUR)
    found = [place.split("/")[2].partition("-")[0] for place in places(read(client, "/sitemap-tin-moi.xml"))]
    assert found == ["1", "24", "47"]


def test_news_sitemap_ends_at_a_thousand(client: Client):
    category, now = make_category(), timezone.now()
    Article.objects.bulk_create(
        Article(
            title="a",
            slug=f"bai-{age}",
            category=category,
            status=Article.Status.APPROVED,
            published_at=now - timedelta(seconds=age),
        )
        for age in range(1, 1003)
    )
    found = places(read(client, "/sitemap-tin-moi.xml"))
    assert len(found) == 1000
    assert found[0].startswith("/bai-viet/bai-1-")


# ---------------------------------------------------------------- faults


def test_what_xml_forbids_never_breaks_a_sitemap(client: Client):
    hostile = "A\x01\x0b\ufffe\uffff]]>&<b>"
    make_site_identity()
    type(make_site_identity()).objects.update(name=hostile)
    make_article(tags=(make_tag(),))
    Article.objects.update(title=hostile, summary=hostile)
    Tag.objects.update(name=hostile)
    FlatPage.objects.create(url="/a&b<c>\x01/", title=hostile).sites.add(1)
    every_address(client)
    (entry,) = read(client, "/sitemap-tin-moi.xml")
    assert entry.findtext("news:news/news:title", None, SPACES) == "A]]>&<b>"


@pytest.mark.parametrize(
    "address",
    ["/sitemap.xml", "/sitemap-bai-viet-1.xml", "/sitemap-tin-moi.xml", "/rss.xml", "/the/a/atom.xml", "/rss/"],
)
def test_unavailable_database_is_a_503_with_retry_after(address: str):
    def away(execute, sql, params, many, context):
        raise OperationalError("server closed the connection unexpectedly")

    with connection.execute_wrapper(away):
        response = Client(raise_request_exception=False).get(address)
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0


@pytest.mark.parametrize("section", ["bai-viet", "the", "su-kien", "chuyen-muc", "nguon", "trang"])
def test_three_rows_take_as_many_queries_as_one(client: Client, section: str):
    def add() -> None:
        photo = make_photo()
        article = make_article(
            category=make_category(),
            tags=(make_tag(),),
            events=(make_event(),),
            lead_photo=photo,
            body=photo.figure_html(),
            source=make_source(f"Nguồn {Article.objects.count()}"),
        )
        article.sync_photos()

    address = reverse("news:sitemap", args=[section, 1])
    add()
    with CaptureQueriesContext(connection) as one:
        read(client, address)
    add()
    add()
    with CaptureQueriesContext(connection) as three:
        read(client, address)
    assert len(three) == len(one) <= 4


def test_index_takes_one_query_a_kind_however_many_parts(client: Client):
    make_article(pk=1)
    with CaptureQueriesContext(connection) as one:
        client.get("/sitemap.xml")
    make_article(pk=5 * PART_SIZE)
    with CaptureQueriesContext(connection) as two:
        client.get("/sitemap.xml")
    assert len(two) == len(one) <= 8
    assert not [query for query in two if '"body"' in query["sql"]]


def test_sitemaps_are_only_read(client: Client):
    make_article()
    for address in ("/sitemap.xml", "/sitemap-bai-viet-1.xml", "/sitemap-tin-moi.xml"):
        assert client.head(address).status_code == 200
        assert client.post(address).status_code == 405
