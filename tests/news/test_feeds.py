"""What subscribers get: feedparser reads as their programs do, ElementTree as strictly as the standards."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import feedparser
import pytest
from django.contrib.redirects.models import Redirect
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from news.models import Article, Attachment
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
FORMATS = ["rss.xml", "atom.xml"]
ATOM = "{http://www.w3.org/2005/Atom}"


def read(client: Client, address: str, **headers: str) -> Any:
    """The feed as a reader's program understands it; a feed that it would have to mend fails."""
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    ElementTree.fromstring(response.content)  # noqa: S314 - our own answer
    feed = feedparser.parse(response.content, sanitize_html=False, resolve_relative_uris=False)
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def titles(client: Client, address: str) -> list[str]:
    return [entry.title for entry in read(client, address).entries]


def attach(article: Article, title: str, name: str, content: bytes = b"%PDF-1.7 mot hai ba") -> Attachment:
    attachment = Attachment(article=article, title=title)
    attachment.file.save(name, ContentFile(content), save=False)
    attachment.size = len(content)
    attachment.save()
    return attachment


# ---------------------------------------------------------------- which articles


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
def test_only_what_readers_may_see_is_in_a_feed(client: Client, ending: str):
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
@pytest.mark.parametrize("page", ["/chuyen-muc/khong-co/", "/the/khong-co/", "/su-kien/khong-co/", "/nguon/khong-co/", "/su-kien/an/", "/chuyen-muc/%00/"])
def test_what_has_no_page_has_no_feed(client: Client, page: str, ending: str):
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
    feed = read(client, make_tag("Trống").get_absolute_url() + ending)
    assert (feed.entries, feed.feed.title) == ([], "Trống – Cổng thông tin điện tử")


# ---------------------------------------------------------------- what an article is in a feed


@pytest.mark.parametrize("ending", FORMATS)
def test_entry_tells_all_about_the_article(client: Client, ending: str):
    published = datetime(2026, 3, 10, 7, 56, tzinfo=VIETNAM)
    article = make_article(
        "Mưa & nắng <b>", summary="Sapo một.\nSapo hai.", byline="Lê Thị Thử", source_url="https://nguon.example/bai?a=1&b=2",
        published_at=published, category=make_category("Thời tiết"), tags=(make_tag("Mưa"), make_tag("Nắng")),
    )  # fmt: skip
    entry = read(client, f"/{ending}").entries[0]
    assert entry.title == "Mưa & nắng <b>"
    assert entry.link == f"http://testserver{article.get_absolute_url()}"
    assert entry.author == "Lê Thị Thử"
    assert entry.published in {"Tue, 10 Mar 2026 07:56:00 +0700", "2026-03-10T07:56:00+07:00"}
    assert datetime.fromisoformat(entry.updated) == article.updated_at
    assert entry.updated.endswith("+07:00")
    assert [tag.term for tag in entry.tags] == ["Thời tiết", "Mưa", "Nắng"]
    assert entry.summary == "Sapo một.<br>Sapo hai."
    assert [link.href for link in entry.links if link.rel == "via"] == ["https://nguon.example/bai?a=1&b=2"]


@pytest.mark.parametrize("ending", FORMATS)
def test_source_stands_for_a_missing_byline(client: Client, ending: str):
    make_article(source=make_source("Bản tin Sông Xanh"))
    assert read(client, f"/{ending}").entries[0].author == "Bản tin Sông Xanh"


def test_article_without_sapo_is_described_by_its_first_words(client: Client):
    make_article(summary="", body="<p>Một &lt;hai&gt;</p>" + "<p>chữ</p>" * 100)
    summary = read(client, "/rss.xml").entries[0].summary
    assert summary.startswith("Một &lt;hai&gt; chữ chữ")
    assert len(summary.split()) == 40


def test_article_edited_before_its_hour_is_new_at_its_hour(client: Client):
    make_article(published_at=datetime.now(VIETNAM) - timedelta(hours=1))
    Article.objects.update(updated_at=datetime.now(VIETNAM) - timedelta(hours=5))
    entry = read(client, "/atom.xml").entries[0]
    assert entry.updated == entry.published


@pytest.mark.parametrize("ending", FORMATS)
def test_identity_of_an_article_survives_a_new_title_and_address(client: Client, ending: str):
    article = make_article("Tên đầu")
    before = read(client, f"/{ending}").entries[0].id
    article.title, article.slug = "Tên sau", "ten-sau"
    article.save()
    entry = read(client, f"/{ending}").entries[0]
    assert (entry.title, entry.id) == ("Tên sau", before)
    assert client.get(f"/{ending}", headers={"host": "localhost"}).content.count(before.encode()) == 1


@pytest.mark.parametrize("ending", FORMATS)
def test_whole_article_comes_along_with_addresses_that_work_anywhere(client: Client, ending: str):
    lead, shown = make_photo(caption="Cầu mới", credit="Văn Thử"), make_photo(alt='Sông "Xanh"')
    article = make_article(
        lead_photo=lead,
        body=f'<p>Xem <a href="/the/a/">thẻ</a>, <a href="#cuoi">cuối</a>, <a href="mailto:a@vi-du.example">thư</a>, '
        f'<a href="https://vi-du.example/?a=1&amp;b=2">nơi khác</a>. Chữ href="/x" ở ngoài.</p>{shown.figure_html()}',
    )
    content = read(client, f"/{ending}").entries[0].content[0].value
    page = f"http://testserver{article.get_absolute_url()}"
    for words in (
        "<p><strong>Tóm tắt của bài.</strong></p>",
        f'<img src="http://testserver{lead.thumbnail_url}" alt="" width="800" height="533">',
        "<figcaption>Cầu mới Ảnh: Văn Thử</figcaption>",
        'href="http://testserver/the/a/"', f'href="{page}#cuoi"', 'href="mailto:a@vi-du.example"', 'href="https://vi-du.example/?a=1&amp;b=2"',
        'Chữ href="/x" ở ngoài.',
        f'<img src="http://testserver{shown.thumbnail_url}" alt="Sông &quot;Xanh&quot;"',
    ):  # fmt: skip
        assert words in content, words


def test_lead_photo_that_the_page_does_not_show_is_not_shown_here(client: Client):
    make_article(lead_photo=make_photo(), show_lead_photo=False)
    assert "<img" not in read(client, "/rss.xml").entries[0].content[0].value


@pytest.mark.parametrize("ending", FORMATS)
def test_unclean_body_is_cleaned_on_the_way_out(client: Client, ending: str):
    make_article()
    Article.objects.update(body='<p onclick="a()">Chữ<script>b()</script><img src="https://xa.example/a.jpg"><a href="javascript:c()">d</a></p>')
    content = read(client, f"/{ending}").entries[0].content[0].value
    assert content.endswith("<p>Chữ<a rel=\"noopener nofollow\">d</a></p>")


@pytest.mark.parametrize("ending", FORMATS)
def test_files_of_an_article_come_with_length_and_type(client: Client, ending: str):
    article = make_article(lead_photo=make_photo())
    first = attach(article, "Công văn", "cong-van.pdf")
    second = attach(article, "Bảng", "bang.docx", b"PK\x03\x04 bang")
    photo = article.lead_photo.thumbnail_url
    files = [(file.href, int(file.length), file.type) for file in read(client, f"/{ending}").entries[0].enclosures]
    assert files == [
        (f"http://testserver{photo}", default_storage.size(photo.removeprefix("/media/")), "image/jpeg"),
        (f"http://testserver{first.file.url}", 19, "application/pdf"),
        (f"http://testserver{second.file.url}", 9, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ]


def test_rss_has_one_enclosure_and_further_files_as_links(client: Client):
    article = make_article(lead_photo=make_photo())
    attach(article, "Công văn", "cong-van.pdf")
    item = ElementTree.fromstring(client.get("/rss.xml").content).find("channel/item")  # noqa: S314 - our own answer
    assert item is not None
    assert [file.get("type") for file in item.findall("enclosure")] == ["image/jpeg"]
    assert [link.get("type") for link in item.findall(f"{ATOM}link")] == ["application/pdf"]


def test_picture_whose_file_is_gone_costs_the_article_nothing_else(client: Client):
    photo = make_photo()
    make_article("còn bài", lead_photo=photo)
    default_storage.delete(photo.thumbnail_url.removeprefix("/media/"))
    entry = read(client, "/rss.xml").entries[0]
    assert (entry.title, entry.enclosures) == ("còn bài", [])


# ---------------------------------------------------------------- the feed as a whole


@pytest.mark.parametrize("ending", FORMATS)
def test_feed_says_whose_it_is(client: Client, ending: str):
    make_site_identity(name="Cổng tỉnh Mẫu", slogan="Gần dân", governing_body="UBND tỉnh Mẫu", email="toa-soan@vi-du.example", logo=make_photo(600, 600))
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
    assert [child.tag for child in channel.find("image") or []] == ["url", "title", "link"]
    built = datetime.strptime(channel.findtext("lastBuildDate") or "", "%a, %d %b %Y %H:%M:%S %z")
    assert built == article.updated_at.replace(microsecond=0)
    assert {"title", "link", "description", "pubDate", "guid"} - {child.tag for child in channel.find("item") or []} == set()


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
    Article.objects.update(title=HOSTILE, summary=HOSTILE, body=f"<p>{HOSTILE}&#1;&#xfffe;</p>", byline=HOSTILE, lead_caption=HOSTILE)
    for row in (category, tag, source):
        type(row).objects.update(name=HOSTILE)
    make_site_identity()
    type(make_site_identity()).objects.update(name=HOSTILE, governing_body=HOSTILE)
    attach(article, "Tệp", "tep.pdf")
    for page in ("/", category.get_absolute_url()):
        assert read(client, page + ending).entries[0].title == "A]]>&<b>\U0001f600"


def test_body_too_costly_to_clean_comes_as_words(client: Client):
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
    client.get(page + ending)  # the name of the site is looked up once a process
    with CaptureQueriesContext(connection) as one:
        client.get(page + ending)
    add()
    add()
    with CaptureQueriesContext(connection) as three:
        client.get(page + ending)
    assert len(three) == len(one) <= 8


# ---------------------------------------------------------------- where feeds are found


def test_pages_tell_browsers_and_readers_of_their_feeds(client: Client):
    rows = (make_category(), make_tag(), make_event(), make_source())
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
    rows = (category, make_category(parent=category), make_tag(), make_event(), make_source())
    hidden = make_event(is_visible=False)
    markup = client.get("/rss/").content.decode()
    for page in ("/", *(row.get_absolute_url() for row in rows)):
        for ending in FORMATS:
            assert f'href="{page}{ending}"' in markup, (page, ending)
    assert hidden.get_absolute_url() not in markup
    assert 'href="/rss/"' in client.get("/su-kien/").content.decode()


def test_page_of_feeds_takes_as_many_queries_for_three_of_each_as_for_one(client: Client):
    def add() -> None:
        make_category(), make_tag(), make_event(), make_source(f"Nguồn {next(numbers)}")

    numbers = count(1)
    add()
    client.get("/rss/")  # the name of the site is looked up once a process
    with CaptureQueriesContext(connection) as one:
        client.get("/rss/")
    add()
    add()
    with CaptureQueriesContext(connection) as three:
        client.get("/rss/")
    assert len(three) == len(one)
