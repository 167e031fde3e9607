from datetime import datetime, timedelta
from itertools import count
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from django.contrib.redirects.models import Redirect
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from news.models import Article
from tests.factories import (
    make_article,
    make_category,
    make_event,
    make_photo,
    make_site_identity,
    make_source,
    make_tag,
)
from tests.news.feeds.reading import ATOM, FORMATS, attach, read

pytestmark = pytest.mark.django_db

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def titles(client: Client, address: str) -> list[str]:
    return [entry.title for entry in read(client, address).entries]


# ---------------------------------------------------------------- articles


@pytest.mark.parametrize("ending", FORMATS)
def test_each_page_with_articles_has_a_feed_of_the_same(client: Client, ending: str):
    parent = make_category("Kinh tế")
    child = make_category("Nông nghiệp", parent=parent)
    tag, event, source = make_tag("Cảng biển"), make_event("Mùa mưa"), make_source()
    make_article("khác")
    make_article("đúng", category=child, tags=(tag,), events=(event,), source=source)
    for page in (parent, child, tag, event, source):
        assert titles(client, page.get_absolute_url() + ending) == ["đúng"], page
    assert titles(client, f"/{ending}") == ["đúng", "khác"]


@pytest.mark.parametrize("ending", FORMATS)
def test_feed_has_only_published_articles(client: Client, ending: str):
    now = datetime.now(VIETNAM)
    hour = timedelta(hours=1)
    make_article("đang đăng", published_at=now - hour)
    make_article("hẹn giờ", published_at=now + hour)
    make_article("hết hạn", published_at=now - 2 * hour, expires_at=now - hour)
    for status in set(Article.Status) - {Article.Status.APPROVED}:
        make_article(status.label, status=status)
    for address in (f"/{ending}", f"/chuyen-muc/chung/{ending}"):
        assert titles(client, address) == ["đang đăng"], address


def test_newest_come_first_and_no_more_than_thirty(client: Client):
    now = datetime.now(VIETNAM)
    for number in range(32):
        make_article(f"bài {number:02}", published_at=now - timedelta(minutes=number + 1))
    assert titles(client, "/rss.xml") == [f"bài {number:02}" for number in range(30)]


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize(
    "page",
    [
        "/chuyen-muc/khong-co/",
        "/the/khong-co/",
        "/su-kien/khong-co/",
        "/nguon/khong-co/",
        "/su-kien/an/",
        "/chuyen-muc/%00/",
    ],
)
def test_subject_without_a_page_has_no_feed(client: Client, page: str, ending: str):
    make_article(events=(make_event("Ẩn", slug="an", is_visible=False),))
    assert client.get(page + ending).status_code in ({400} if "%00" in page else {404})


def test_subscribers_follow_a_page_that_has_moved(client: Client):
    make_category("Mới", slug="moi")
    Redirect.objects.create(site_id=1, old_path="/chuyen-muc/cu/", new_path="/chuyen-muc/moi/")
    Redirect.objects.create(site_id=1, old_path="/the/cu/", new_path="https://vi-du.example/")
    response = client.get("/chuyen-muc/cu/rss.xml")
    assert (response.status_code, response["Location"]) == (301, "/chuyen-muc/moi/rss.xml")
    assert client.get("/the/cu/rss.xml").status_code == 404


@pytest.mark.parametrize("ending", FORMATS)
def test_feed_without_articles_is_a_feed(client: Client, ending: str):
    feed = read(client, make_category("Trống").get_absolute_url() + ending)
    assert (feed.entries, feed.feed.title) == ([], "Trống – Cổng thông tin điện tử")


# ---------------------------------------------------------------- fields of the feed


@pytest.mark.parametrize("ending", FORMATS)
def test_feed_names_its_publisher(client: Client, ending: str):
    make_site_identity(
        name="Cổng tỉnh Mẫu",
        slogan="Gần dân",
        governing_body="UBND tỉnh Mẫu",
        email="toa-soan@vi-du.example",
        logo=make_photo(600, 600),
    )
    make_article(category=make_category("Kinh tế", slug="kinh-te", description="Tin kinh tế."))
    site, section = read(client, f"/{ending}").feed, read(client, f"/chuyen-muc/kinh-te/{ending}").feed
    assert (site.title, site.subtitle, site.link) == ("Cổng tỉnh Mẫu", "Gần dân", "http://testserver/")
    assert (section.title, section.subtitle) == ("Kinh tế – Cổng tỉnh Mẫu", "Tin kinh tế.")
    assert section.link == "http://testserver/chuyen-muc/kinh-te/"
    assert site.rights == "© UBND tỉnh Mẫu"
    assert [link.href for link in site.links if link.rel == "self"] == [f"http://testserver/{ending}"]
    assert (site.image.href if ending == "rss.xml" else site.logo).endswith(".w600.jpg")


def test_rss_has_what_the_standard_requires(client: Client):
    article = make_article()
    root = ElementTree.fromstring(client.get("/rss.xml").content)  # noqa: S314 - our own answer
    channel = root[0]
    assert (root.tag, root.get("version"), [child.tag for child in root]) == ("rss", "2.0", ["channel"])
    required = {"title", "link", "description", "language", "lastBuildDate", "ttl", "image"}
    assert required - {child.tag for child in channel} == set()
    assert channel.findtext("language") == "vi"
    assert [child.tag for child in channel.findall("image/*")] == ["url", "title", "link"]
    built = datetime.strptime(channel.findtext("lastBuildDate") or "", "%a, %d %b %Y %H:%M:%S %z")
    assert built == article.updated_at.replace(microsecond=0)
    assert {"title", "link", "description", "pubDate", "guid"} - {
        child.tag for child in channel.findall("item[1]/*")
    } == set()


def test_atom_has_what_rfc_4287_requires(client: Client):
    make_article()
    root = ElementTree.fromstring(client.get("/atom.xml").content)  # noqa: S314 - our own answer
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "vi"
    for element in (root, root.find(f"{ATOM}entry")):
        assert element is not None
        for name in ("id", "title", "updated"):
            assert len(element.findall(ATOM + name)) == 1, (element.tag, name)
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "Cổng thông tin điện tử"


@pytest.mark.parametrize(("ending", "kind"), [("rss.xml", "application/rss+xml"), ("atom.xml", "application/atom+xml")])
def test_feed_answers_as_a_feed_and_only_to_readers(client: Client, ending: str, kind: str):
    make_article()
    response = client.get(f"/{ending}")
    assert response["Content-Type"] == f"{kind}; charset=utf-8"
    assert not response.cookies
    head = client.head(f"/{ending}")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", response["ETag"])
    assert client.post(f"/{ending}").status_code == 405


def test_addresses_name_the_host_and_scheme_that_were_asked(client: Client):
    make_article()
    feed = client.get("/rss.xml", headers={"host": "localhost"}, secure=True).content.decode()
    assert "https://localhost/bai-viet/" in feed
    assert "testserver" not in feed
    assert "example.com" not in feed


HOSTILE = "A\x01\x0b\x1f\ufffe\uffff]]>&<b>\U0001f600"


@pytest.mark.parametrize("ending", FORMATS)
def test_what_xml_forbids_never_breaks_a_feed(client: Client, ending: str):
    category, tag, source = make_category(slug="hong"), make_tag(), make_source()
    article = make_article(category=category, tags=(tag,), source=source, lead_photo=make_photo())
    Article.objects.update(
        title=HOSTILE, summary=HOSTILE, body=f"<p>{HOSTILE}&#1;&#xfffe;</p>", byline=HOSTILE, lead_caption=HOSTILE
    )
    for row in (category, tag, source):
        type(row).objects.update(name=HOSTILE)
    make_site_identity()
    type(make_site_identity()).objects.update(name=HOSTILE, governing_body=HOSTILE)
    attach(article, "Tệp", "tep.pdf")
    for page in ("/", category.get_absolute_url()):
        assert read(client, page + ending).entries[0].title == "A]]>&<b>\U0001f600"


def test_body_nested_too_deeply_to_clean_comes_as_plain_text(client: Client):
    make_article()
    Article.objects.update(body="<div>" * 300 + "chữ")
    assert read(client, "/rss.xml").entries[0].content[0].value.endswith("<p>chữ</p>")


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("page", ["/", "/chuyen-muc/chung/"])
def test_three_articles_take_as_many_queries_as_one(client: Client, page: str, ending: str):
    tag = make_tag()

    def add() -> None:
        attach(make_article(lead_photo=make_photo(), source=source, tags=(tag, make_tag())), "Tệp", "tep.pdf")

    source = make_source()
    add()
    client.get(page + ending)  # django.contrib.sites reads its row once per process
    with CaptureQueriesContext(connection) as one:
        client.get(page + ending)
    add()
    add()
    with CaptureQueriesContext(connection) as three:
        client.get(page + ending)
    assert len(three) == len(one) <= 8


# ---------------------------------------------------------------- links to feeds


def test_pages_tell_browsers_and_readers_of_their_feeds(client: Client):
    rows = (make_category(), make_tag(), make_event(), make_source())
    make_article(tags=(rows[1],))
    for page in ("/", *(row.get_absolute_url() for row in rows)):
        markup = client.get(page).content.decode()
        for ending in FORMATS:
            kind = ending.removesuffix(".xml")
            assert f'<link rel="alternate" type="application/{kind}+xml"' in markup
            assert f'href="{page}{ending}">' in markup, (page, ending)
            assert client.get(page + ending).status_code == 200
        if page != "/":
            assert f'<a class="feed-link" href="{page}rss.xml"' in markup


def test_one_page_lists_all_feeds_that_readers_may_know(client: Client):
    category = make_category()
    tag, unused = make_tag("Đã dùng"), make_tag("Bắt giam ông A")
    rows = (category, make_category(parent=category), tag, make_event(), make_source())
    hidden = make_event(is_visible=False)
    make_article(tags=(tag,))
    make_article(tags=(unused,), status="draft")
    markup = client.get("/rss/").content.decode()
    for page in ("/", *(row.get_absolute_url() for row in rows)):
        for ending in FORMATS:
            assert f'href="{page}{ending}"' in markup, (page, ending)
    assert hidden.get_absolute_url() not in markup
    assert unused.name not in markup
    assert 'href="/rss/"' in client.get("/su-kien/").content.decode()


def test_page_of_feeds_takes_as_many_queries_for_three_of_each_as_for_one(client: Client):
    def add() -> None:
        make_category(), make_tag(), make_event(), make_source(f"Nguồn {next(numbers)}")

    numbers = count(1)
    add()
    client.get("/rss/")  # django.contrib.sites reads its row once per process
    with CaptureQueriesContext(connection) as one:
        client.get("/rss/")
    add()
    add()
    with CaptureQueriesContext(connection) as three:
        client.get("/rss/")
    assert len(three) == len(one)
