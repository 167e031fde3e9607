from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from news.models import Article
from news.text.cleaning import cut_at_word
from tests.factories import (
    make_article,
    make_category,
    make_event,
    make_photo,
    make_site_identity,
    make_source,
    make_tag,
)
from tests.news.metadata.page_heads import (
    HOST,
    SHARE_SIZE,
    VIETNAM,
    Head,
    errors,
    head,
    make_flat_page,
    make_site_around_an_article,
    picture,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make_site_around_an_article()


# ---------------------------------------------------------------- articles


def test_article_as_a_search_engine_reads_it(client: Client, article: Article):
    found = head(client, article.get_absolute_url())
    data = found.datum("NewsArticle")
    url = HOST + article.get_absolute_url()
    assert data["headline"] == "Vụ lúa hè thu được mùa"
    assert (
        data["datePublished"]
        == "2026-03-20T07:56:12+07:00"
        == found.one("article:published_time")
        == found.one("DC.date")
    )
    assert datetime.fromisoformat(data["dateModified"]) == article.updated_at.replace(microsecond=0)
    assert data["author"] == {"@type": "Person", "name": "Minh Hà"}
    assert found.one("DC.creator") == "Minh Hà"
    assert data["publisher"]["name"] == "Cổng thông tin điện tử tỉnh Mẫu"
    assert data["mainEntityOfPage"] == {"@type": "WebPage", "@id": url}
    assert (data["articleSection"], data["keywords"]) == ("Nông nghiệp", ["Lúa gạo", "Mùa vụ"])
    assert data["isBasedOn"] == "https://song-xanh.example/tin/1?a=1&b=2"
    assert data["description"] == found.one("description") == "Năng suất cao nhất mười năm."
    assert (found.one("og:type"), found.one("article:section")) == ("article", "Nông nghiệp")
    assert found.one("robots") == "max-image-preview:large"


def test_pictures_in_structured_data_are_as_large_as_they_say(client: Client, article: Article):
    article_data = head(client, article.get_absolute_url()).datum("NewsArticle")
    event_data = head(client, article.events.get().get_absolute_url()).datum("Event")
    for image in [*article_data["image"], *event_data["image"], article_data["publisher"]["logo"]]:
        assert picture(client, image["url"]).size == (image["width"], image["height"])
    assert (article_data["image"][0]["width"], article_data["image"][1]["width"]) == (1200, article.lead_photo.width)


@pytest.mark.parametrize(
    "fields",
    [{}, {"byline": "Minh Hà"}, {"source": "yes"}, {"source": "yes", "source_url": "https://song-xanh.example/1"}],
)
def test_article_without_this_or_that_is_still_valid(client: Client, fields: dict[str, Any]):
    fields = {name: make_source() if value == "yes" else value for name, value in fields.items()}
    article = make_article("Bài đơn giản", summary="", body="", **fields)
    found = head(client, article.get_absolute_url())
    data = found.datum("NewsArticle")
    assert errors(data) == []
    assert "image" not in data and "keywords" not in data
    assert ("isBasedOn" in data) == ("source_url" in fields)
    assert found.one("description") == "Bài đơn giản"
    expected = (
        "Minh Hà" if "byline" in fields else "Bản tin Sông Xanh" if "source" in fields else "Cổng thông tin điện tử"
    )
    assert data["author"]["name"] == found.one("DC.creator") == expected


def test_article_without_a_lead_photo_is_shared_with_the_first_picture_of_its_text(client: Client):
    first, second = make_photo(900, 700), make_photo()
    article = make_article(
        body=f'<p><img src="https://la.example/x.jpg"></p>{first.figure_html()}{second.figure_html()}'
    )
    found = head(client, article.get_absolute_url())
    assert found.one("og:image") == HOST + first.share_url
    assert picture(client, found.one("og:image")).size == SHARE_SIZE
    assert [image["width"] for image in found.datum("NewsArticle")["image"]] == [1200, 900]


def test_description_falls_back_from_summary_to_the_text(client: Client):
    article = make_article(
        summary="", body="<h2>Mục một</h2><p>Đoạn <strong>đậm</strong> &amp; thường. " + "từ " * 200 + "</p>"
    )
    description = head(client, article.get_absolute_url()).one("description")
    assert description.startswith("Mục một Đoạn đậm & thường. từ từ")
    assert description.endswith(" từ…")
    assert len(description) <= 250


def test_long_headline_is_cut_at_a_word(client: Client):
    article = make_article("Hội nghị " * 27)
    headline = head(client, article.get_absolute_url()).datum("NewsArticle")["headline"]
    assert len(headline) <= 110
    assert headline.endswith(("nghị…", "Hội…"))


def test_scheduled_article_was_not_modified_before_it_was_published(client: Client):
    article = make_article()
    Article.objects.filter(pk=article.pk).update(updated_at=article.published_at - timedelta(days=3))
    data = head(client, article.get_absolute_url()).datum("NewsArticle")
    assert data["dateModified"] == data["datePublished"]


HOSTILE = "</script><script>alert(1)</script><!-- <b>\"đậm\"</b> & 'bạn' \u2028 --> <script>"


def test_no_text_of_an_editor_breaks_out(client: Client):
    make_site_identity(name=HOSTILE[:150], slogan="</script><b>")
    article = make_article(
        HOSTILE,
        summary=HOSTILE,
        category=make_category("</script>&"),
        byline="</script><i>",
        tags=(make_tag("<!--</script>"),),
    )
    for address in (
        "/",
        article.get_absolute_url(),
        article.category.get_absolute_url(),
        article.tags.get().get_absolute_url(),
        f"/y-kien/{article.pk}/",
    ):
        markup = client.get(address).content.decode()
        assert "alert(1)</script>" not in markup, address
        found = Head(address, LexborHTMLParser(markup))
        assert all(
            script.attributes.get("type") in {"application/ld+json", "module", None}
            for script in found.tree.css("script")
        )
        assert all(
            "src" in script.attributes
            for script in found.tree.css("script")
            if script.attributes.get("type") != "application/ld+json"
        )
        assert found.data  # the JSON is valid
    title = Article.objects.get().title
    found = head(client, article.get_absolute_url())
    assert found.one("og:title") == title
    assert found.datum("NewsArticle")["headline"] == cut_at_word(title, 110)


def test_flat_page_title_with_markup_is_text_everywhere(client: Client):
    title = "Giới thiệu & <b>liên hệ</b>"
    make_flat_page(title)
    found = head(client, "/gioi-thieu/")
    assert found.one("og:title") == title
    assert found.datum("BreadcrumbList")["itemListElement"][-1]["name"] == title
    assert found.title.startswith(title)
    assert found.tree.css_first("h1").text(strip=True) == title
    assert found.one("description") == "Cổng của tỉnh Mẫu."


# ---------------------------------------------------------------- the other pages


def test_home_names_the_agency_and_the_search(client: Client, article: Article):
    found = head(client, "/")
    agency = found.datum("GovernmentOrganization")
    assert (agency["name"], agency["address"], agency["telephone"], agency["email"], agency["slogan"]) == (
        "Cổng thông tin điện tử tỉnh Mẫu",
        "Số 1 đường Thử",
        "0239 000 000",
        "cong@mau.example",
        "Gần dân",
    )
    assert agency["parentOrganization"]["name"] == "Ủy ban nhân dân tỉnh Mẫu"
    website = found.datum("WebSite")
    assert website["publisher"] == {"@id": agency["@id"]}
    target = website["potentialAction"]["target"]["urlTemplate"]
    assert client.get(target.replace("{search_term_string}", "lua").removeprefix(HOST)).status_code == 200


def test_site_that_nobody_has_set_up_yet_is_valid_too(client: Client):
    for address in ("/", make_article().get_absolute_url(), "/luu-tru/"):
        found = head(client, address)
        assert [error for data in found.data for error in errors(data)] == [], address
        assert picture(client, found.one("og:image")).size == SHARE_SIZE


def test_logo_of_the_house_is_as_large_as_it_says(client: Client):
    logo = head(client, "/").datum("GovernmentOrganization")["logo"]
    assert picture(client, logo["url"]).size == (logo["width"], logo["height"])


@pytest.mark.parametrize(
    ("fields", "start", "end"),
    [
        ({"starts_at": datetime(2026, 5, 8, 19, 30, tzinfo=VIETNAM)}, "2026-05-08T19:30:00+07:00", None),
        (
            {"starts_at": datetime(2026, 5, 8, tzinfo=VIETNAM), "ends_at": datetime(2026, 5, 10, tzinfo=VIETNAM)},
            "2026-05-08",
            "2026-05-10",
        ),
    ],
)
def test_event_with_time_and_place_is_an_event(client: Client, fields: dict[str, Any], start: str, end: str | None):
    event = make_event("Lễ hội", place="Bãi biển Mẫu", **fields)
    found = head(client, event.get_absolute_url())
    data = found.datum("Event")
    assert errors(data) == []
    assert (data["startDate"], data.get("endDate"), found.one("DC.date")) == (start, end, start)
    assert data["location"] == {"@type": "Place", "name": "Bãi biển Mẫu", "address": "Bãi biển Mẫu"}


def test_running_story_is_no_event_of_the_calendar(client: Client):
    for event in (
        make_event("Mùa mưa"),
        make_event("Không nơi", starts_at=timezone.now()),
        make_event("Không giờ", place="Đây"),
    ):
        assert "Event" not in [data["@type"] for data in head(client, event.get_absolute_url()).data]


def test_list_counts_on_over_its_pages(client: Client):
    category = make_category("Nông nghiệp")
    for number in range(45):
        make_article(f"bài {number:02}", category=category, published_at=timezone.now() - timedelta(minutes=number + 1))
    seen, words = [], []
    for number in (1, 2, 3):
        found = head(client, f"{category.get_absolute_url()}?page={number}&utm_source=x")
        url = HOST + category.get_absolute_url() + (f"?page={number}" if number > 1 else "")
        data = found.datum("CollectionPage")
        assert found.link("canonical") == found.one("og:url") == data["url"] == url
        assert data["mainEntity"]["numberOfItems"] == 45
        seen += data["mainEntity"]["itemListElement"]
        words.append((found.title, found.one("og:title"), found.one("description")))
    assert [entry["position"] for entry in seen] == list(range(1, 46))
    assert len({entry["url"] for entry in seen}) == 45
    for position in range(3):
        assert len({text[position] for text in words}) == 3
    assert words[1][0].startswith("Nông nghiệp – Trang 2 – ")
    assert words[1][2].startswith("Nông nghiệp – Trang 2: bài 20; bài 21")


def test_pages_of_a_list_know_their_neighbours(client: Client):
    category = make_category()
    for _number in range(45):
        make_article(category=category)
    url = category.get_absolute_url()
    expected = {
        1: (None, f"{HOST}{url}?page=2"),
        2: (HOST + url, f"{HOST}{url}?page=3"),
        3: (f"{HOST}{url}?page=2", None),
    }
    for number, neighbours in expected.items():
        found = head(client, f"{url}?page={number}")
        assert (found.link("prev"), found.link("next")) == neighbours


@pytest.mark.parametrize("address", ["/luu-tru/2026/", "/luu-tru/2026/03/", "/luu-tru/2026/03/20/"])
def test_later_pages_of_the_archive_have_titles_and_addresses_of_their_own(client: Client, address: str):
    for _number in range(25):
        make_article(published_at=datetime(2026, 3, 20, 9, tzinfo=VIETNAM))
    found = head(client, f"{address}?page=2")
    assert "– Trang 2 –" in found.title
    assert found.link("canonical") == f"{HOST}{address}?page=2"


def test_list_says_in_its_description_what_is_in_it(client: Client):
    described = make_category(
        "Y tế",
        description="Tin về bệnh viện, trạm y tế xã, phòng bệnh và bảo hiểm y tế "
        "của người dân ở mọi xã trong toàn tỉnh Mẫu.",
    )
    bare, tag = make_category("Giáo dục"), make_tag("Khai giảng")
    for number in (1, 2):
        make_article(
            f"Trường số {number} & lớp",
            category=bare,
            tags=(tag,),
            published_at=timezone.now() - timedelta(hours=number),
        )
    make_article(category=described)
    assert head(client, described.get_absolute_url()).one("description") == described.description
    assert (
        head(client, bare.get_absolute_url()).one("description")
        == "Tin bài của chuyên mục Giáo dục: Trường số 1 & lớp; Trường số 2 & lớp"
    )
    assert (
        head(client, tag.get_absolute_url()).one("description")
        == "Các bài có thẻ “Khai giảng”: Trường số 1 & lớp; Trường số 2 & lớp"
    )


def test_category_and_tag_of_one_name_have_titles_of_their_own(client: Client):
    category, tag = make_category("Giáo dục"), make_tag("Giáo dục")
    make_article(category=category, tags=(tag,))
    of_category, of_tag = (head(client, row.get_absolute_url()) for row in (category, tag))
    assert (of_category.one("og:title"), of_tag.one("og:title")) == ("Giáo dục", "Thẻ: Giáo dục")
    assert of_category.title != of_tag.title


@pytest.mark.parametrize("date", ["2026-03-20", "2026-03", "2026"])
def test_day_month_and_year_are_their_own_date(client: Client, date: str):
    make_article(published_at=datetime(2026, 3, 20, 9, tzinfo=VIETNAM))
    assert head(client, f"/luu-tru/{date.replace('-', '/')}/").one("DC.date") == date


def test_home_and_lists_are_dated_by_their_newest_article(client: Client):
    category, tag, event, source = make_category(), make_tag(), make_event(), make_source()
    for day in (19, 20, 18):
        make_article(
            category=category,
            tags=(tag,),
            events=(event,),
            source=source,
            published_at=datetime(2026, 3, day, 9, tzinfo=VIETNAM),
            is_featured=day == 18,
        )
    for page in ("/", *(row.get_absolute_url() for row in (category, tag, event, source))):
        assert head(client, page).one("DC.date") == "2026-03-20T09:00:00+07:00", page
