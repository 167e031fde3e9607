from datetime import datetime, timedelta
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from news.models import Article
from tests.factories import make_article, make_category, make_photo, make_source, make_tag
from tests.news.feeds.reading import ATOM, FORMATS, attach, read

pytestmark = pytest.mark.django_db

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.mark.parametrize("ending", FORMATS)
def test_entry_tells_all_about_the_article(client: Client, ending: str):
    published = datetime(2026, 3, 10, 7, 56, tzinfo=VIETNAM)
    article = make_article(
        "Mưa & nắng <b>",
        summary="Sapo một.\nSapo hai.",
        byline="Lê Thị Thử",
        source_url="https://nguon.example/bai?a=1&b=2",
        published_at=published,
        category=make_category("Thời tiết"),
        tags=(make_tag("Mưa"), make_tag("Nắng")),
    )
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
        f'<a href="https://vi-du.example/?a=1&amp;b=2">nơi khác</a>. Chữ href="/x" ở ngoài.</p>'
        f'<p id="cuoi">Hết</p>{shown.figure_html()}',
    )
    content = read(client, f"/{ending}").entries[0].content[0].value
    page = f"http://testserver{article.get_absolute_url()}"
    for words in (
        "<p><strong>Tóm tắt của bài.</strong></p>",
        f'<img src="http://testserver{lead.thumbnail_url}" alt="" width="800" height="533">',
        "<figcaption>Cầu mới Ảnh: Văn Thử</figcaption>",
        'href="http://testserver/the/a/"',
        f'href="{page}#fn-cuoi"',
        '<p id="fn-cuoi">Hết</p>',
        'href="mailto:a@vi-du.example"',
        'href="https://vi-du.example/?a=1&amp;b=2"',
        'Chữ href="/x" ở ngoài.',
        f'<img src="http://testserver{shown.thumbnail_url}" alt="Sông &quot;Xanh&quot;"',
    ):
        assert words in content, words


def test_lead_photo_that_the_page_does_not_show_is_not_shown_here(client: Client):
    make_article(lead_photo=make_photo(), show_lead_photo=False)
    assert "<img" not in read(client, "/rss.xml").entries[0].content[0].value


@pytest.mark.parametrize("ending", FORMATS)
def test_unclean_body_is_cleaned_on_the_way_out(client: Client, ending: str):
    make_article()
    Article.objects.update(
        body='<p onclick="a()">Chữ<script>b()</script><img src="https://xa.example/a.jpg">'
        '<a href="javascript:c()">d</a></p>'
    )
    content = read(client, f"/{ending}").entries[0].content[0].value
    assert content.endswith("<p>Chữd</p>")


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
        (
            f"http://testserver{second.file.url}",
            9,
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
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
