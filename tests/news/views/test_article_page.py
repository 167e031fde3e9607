from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from news.models import Article, Attachment
from tests.factories import make_article, make_category, make_event, make_photo, make_source, make_tag

pytestmark = pytest.mark.django_db

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def page(client: Client, article: Article) -> LexborHTMLParser:
    response = client.get(article.get_absolute_url())
    assert response.status_code == 200
    return LexborHTMLParser(response.content.decode())


def text(tree: LexborHTMLParser) -> str:
    return " ".join(tree.css_first("main").text(separator=" ").split())


def test_page_carries_every_element_of_an_agency_article(client: Client):
    photo = make_photo(caption="Người dân làm thủ tục.", alt="Quầy một cửa", credit="Hoài An")
    article = make_article(
        "Tỉnh công bố kế hoạch mới",
        summary="Đoạn mở đầu in đậm.",
        body=f"<h2>Mục một</h2><p>Đoạn <strong>đậm</strong>.</p><ul><li>Ý một</li></ul>{photo.figure_html()}"
        "<table><thead><tr><th>Năm</th></tr></thead><tbody><tr><td>2022</td></tr></tbody></table>",
        published_at=datetime(2022, 8, 11, 7, 56, tzinfo=VIETNAM),
        source=make_source("Báo Sông Xanh", "BSX"),
        source_url="https://song-xanh.example/tin/1?a=1&b=2",
        byline="Minh Hà",
        category=make_category("Cải cách hành chính"),
        tags=(make_tag("Một cửa"),),
        events=(make_event("Năm cải cách"),),
    )
    Attachment.objects.create(
        article=article, title="Toàn văn kế hoạch", file=ContentFile(b"%PDF-1.4 ...", name="Kế hoạch.pdf")
    )
    tree = page(client, article)
    words = text(tree)
    assert tree.css_first("h1").text(strip=True) == "Tỉnh công bố kế hoạch mới"
    for expected in (
        "07:56 11/08/2022",
        "Đoạn mở đầu in đậm.",
        "Mục một",
        "Ý một",
        "2022",
        "Người dân làm thủ tục.",
        "Ảnh: Hoài An",
        "Theo BSX",
        "Link gốc",
        "Minh Hà",
        "Cải cách hành chính",
        "Một cửa",
        "Năm cải cách",
        "Toàn văn kế hoạch",
        "PDF",
    ):
        assert expected in words, expected


def test_original_link_goes_straight_to_the_source(client: Client):
    article = make_article(source=make_source(), source_url="https://song-xanh.example/tin/1?a=1&b=2")
    link = page(client, article).css_first('a[href^="https://song-xanh.example/tin"]')
    assert link.attributes["href"] == "https://song-xanh.example/tin/1?a=1&b=2"
    assert set(link.attributes["rel"].split()) >= {"noopener", "nofollow"}
    assert link.text(deep=False, strip=True) == "https://song-xanh.example/tin/1?a=1&b=2"


def test_changed_slug_answers_with_a_permanent_redirect(client: Client):
    article = make_article("Tên đầu")
    response = client.get(f"/bai-viet/ten-cu-{article.pk}/")
    assert (response.status_code, response["Location"]) == (301, article.get_absolute_url())


def test_body_pictures_are_responsive_and_do_not_jump(client: Client):
    photo = make_photo(1800, 1200)
    picture = page(client, make_article(body=photo.figure_html())).css_first("article picture, main figure picture")
    widths = [part.split()[-1] for part in picture.css_first("source").attributes["srcset"].split(", ")]
    image = picture.css_first("img").attributes
    assert widths == ["400w", "800w", "1200w", "1600w"]
    assert (image["width"], image["height"], image["loading"]) == ("1800", "1200", "lazy")
    for address in [part.split()[0] for part in picture.css_first("source").attributes["srcset"].split(", ")] + [
        image["src"]
    ]:
        assert client.get(address).status_code == 200, address


def test_script_written_into_the_table_by_sql_does_not_reach_the_page(client: Client):
    article = make_article("Bài cũ")
    Article.objects.filter(pk=article.pk).update(
        body='<p onclick="x()">Chữ<script>alert(1)</script></p><img src=x onerror=alert(2)>'
    )
    markup = client.get(article.get_absolute_url()).content.decode()
    assert "alert(" not in markup
    assert "onclick" not in markup
    assert "Chữ" in markup


def test_title_with_markup_is_shown_as_text(client: Client):
    article = make_article("<script>alert(1)</script> & bạn")
    assert page(client, article).css_first("h1").text(strip=True) == "<script>alert(1)</script> & bạn"


def test_related_articles_chosen_by_hand_come_first_then_event_tag_category(client: Client):
    tag, event, category = make_tag(), make_event(), make_category()
    article = make_article(category=category, tags=(tag,), events=(event,))
    by_category = make_article("cùng chuyên mục", category=category)
    by_tag = make_article("cùng thẻ", tags=(tag,))
    by_event = make_article("cùng sự kiện", events=(event,))
    by_hand = make_article("chọn tay")
    article.related_links.create(related=by_hand)
    assert article.related_articles() == [by_hand, by_event, by_tag, by_category]


def test_newer_and_older_lists_show_dates_of_the_same_category(client: Client):
    category = make_category()
    days = [
        make_article(f"Ngày {day}", category=category, published_at=datetime(2025, 1, day, 9, tzinfo=VIETNAM))
        for day in (1, 2, 3)
    ]
    make_article("Chuyên mục khác", published_at=datetime(2025, 1, 2, 10, tzinfo=VIETNAM))
    response = client.get(days[1].get_absolute_url())
    assert list(response.context["newer"]) == [days[2]]
    assert list(response.context["older"]) == [days[0]]
    words = text(LexborHTMLParser(response.content.decode()))
    assert "03/01/2025" in words
    assert "01/01/2025" in words


def test_reading_sets_no_cookie_and_the_page_can_be_kept_by_any_cache(client: Client):
    article = make_article()
    for place in ("/", article.get_absolute_url(), "/tim-kiem/?q=a", "/khong-co/"):
        response = client.get(place)
        assert not response.cookies, place
        assert "Cookie" not in response.get("Vary", ""), place
        assert "csrfmiddlewaretoken" not in response.content.decode(), place


@pytest.mark.parametrize("number", ["0", "-1", "999999999999999999", "10000000000000000000000000", "1e3", "abc"])
def test_strange_article_numbers_are_not_found(client: Client, number: str):
    assert client.get(f"/bai-viet/tin-{number}/").status_code == 404
