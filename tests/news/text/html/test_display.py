from urllib.parse import urljoin

import pytest

from news.text.html import clean_html, for_feed, for_page, harmless, image_sources, to_text, without_foreign_images


def picture(src: str, alt: str) -> str | None:
    return f'<picture><img src="{src}" alt="{alt}"></picture>' if src.startswith("/media/") else None


def test_words_are_apart_at_blocks_and_whole_inside_a_line():
    assert (
        to_text("<p><b>H</b>à Tĩnh</p><p>một<br>hai</p><table><tr><td>3</td><td>4</td></tr></table>")
        == "Hà Tĩnh một hai 3 4"
    )


def test_foreign_pictures_are_dropped_and_counted():
    html = clean_html(
        '<p>a<img src="https://example.org/x.jpg" alt="x"></p>'
        '<figure class="image"><img src="/media/b.jpg" alt=""></figure>'
        '<figure class="image"><img src="//example.org/y.jpg" alt=""><figcaption>Chú thích</figcaption></figure>'
    )
    kept, dropped = without_foreign_images(html, lambda src: src.startswith("/media/"))
    assert dropped == 2
    assert image_sources(kept) == ["/media/b.jpg"]
    assert "<p>Chú thích</p>" in kept
    assert "<figcaption>" not in kept


def test_picture_addresses_come_decoded_and_in_order():
    html = clean_html('<p><img src="/media/%E1%BA%A3nh%201.jpg" alt=""><img src="/media/a.jpg?b=1&amp;c=2" alt=""></p>')
    assert image_sources(html) == ["/media/ảnh 1.jpg", "/media/a.jpg?b=1&c=2"]


def test_page_shows_pictures_responsively_and_drops_foreign_ones():
    html = '<p><img src="/media/a.jpg" alt="Cảng"></p><p>x<img src="https://example.org/b.jpg" alt=""></p>'
    assert for_page(html, picture, "Bảng") == '<p><picture><img src="/media/a.jpg" alt="Cảng"></picture></p><p>x</p>'


def test_page_keeps_the_side_a_picture_stands_on():
    shown = for_page('<p><img class="align-right" src="/media/a.jpg" alt=""></p>', picture, "Bảng")
    assert '<picture class="align-right">' in shown


def test_page_puts_tables_into_a_box_that_scrolls():
    shown = for_page("<table><tbody><tr><td>1</td></tr></tbody></table>", picture, 'Bảng "A" & <B>')
    assert shown.startswith(
        '<div class="table-scroll" role="region" tabindex="0" aria-label="Bảng &quot;A&quot; &amp; &lt;B&gt;"><table>'
    )
    assert shown.endswith("</table></div>")


def test_alternative_text_with_markup_stays_text():
    seen = []
    html = '<p><img src="/media/a.jpg" alt="1 > 0 &quot;<table onmouseover=alert(1)>&quot; &amp;amp;"></p>'
    shown = for_page(html, lambda src, alt: seen.append(alt) or "", "Bảng")
    assert seen == ['1 > 0 "<table onmouseover=alert(1)>" &amp;']
    assert "table" not in shown
    titled = for_page('<a href="/x" title="<table onmouseover=alert(1)>">x</a>', picture, "Bảng")
    assert "table-scroll" not in titled
    assert "<table" not in titled


def test_page_shows_a_row_that_came_in_by_another_way_as_plain_text():
    shown = for_page("<div>" * 5000 + "<script>alert(1)</script> xin chào", picture, "Bảng")
    assert "xin chào" in shown
    assert "<script" not in shown
    assert "<div" not in shown


def test_words_of_html_too_deep_to_clean_are_kept():
    assert harmless("<div>" * 300 + "Giữ lại" + "</div>" * 300) == "<p>Giữ lại</p>"


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("/a", "https://vi-du.example/a"),
        ("https://khac.example/?a=1&amp;b=2", "https://khac.example/?a=1&amp;b=2"),
        ("a&quot;b", "https://vi-du.example/a&quot;b"),
    ],
)
def test_feed_makes_the_address_of_every_link_whole_and_no_other_words(address: str, shown: str):
    html = f'<p>Chữ href="/a" <a title="href=" href="{address}">a</a></p>'
    assert f'href="{shown}"' in for_feed(
        html, lambda src, alt: None, lambda href: urljoin("https://vi-du.example/", href)
    )
    assert 'Chữ href="/a" ' in for_feed(html, lambda src, alt: None, lambda href: "https://vi-du.example/")


def test_feed_drops_foreign_pictures_and_keeps_their_captions():
    html = (
        '<figure class="image"><img src="https://xa.example/a.jpg" alt=""><figcaption>Chú thích</figcaption></figure>'
    )
    assert for_feed(html, lambda src, alt: None, str) == "<p>Chú thích</p>"
