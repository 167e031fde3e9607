import time
from urllib.parse import urljoin

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from news.text.html import (
    MAX_LENGTH,
    UnacceptableHTML,
    clean_html,
    for_feed,
    for_page,
    harmless,
    image_sources,
    refuse_costly,
    to_text,
    without_foreign_images,
)

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{font-family:"Times New Roman"}</style>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--></head><body lang=VI>
<h1 align=center style='text-align:center'><span style='font-family:"Times New Roman";color:red'>THÔNG BÁO<o:p></o:p></span></h1>
<p class=MsoNormal style='text-align:justify;mso-line-height-alt:1pt'><b><span lang=VI style='font-size:14.0pt'>Kết luận</span></b>
<span style='mso-bidi-font-size:14pt'><font face="VNI-Times" size=4>của Chủ tịch</font><o:p>&nbsp;</o:p></span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal><b>&nbsp;</b></p>
<table class=MsoTableGrid border=1 cellspacing=0 style='border-collapse:collapse'><tr><td width=100 style='width:74pt;text-align:right'>1</td></tr></table>
<![if !supportLists]>·<![endif]></body></html>"""


def picture(src: str, alt: str) -> str | None:
    return f'<picture><img src="{src}" alt="{alt}"></picture>' if src.startswith("/media/") else None


# ---------------------------------------------------------------- what stays, what goes


def test_word_paste_keeps_words_and_structure_only():
    cleaned = clean_html(WORD)
    assert '<h2 class="text-center">THÔNG BÁO</h2>' in cleaned
    assert '<p class="text-justify"><strong>Kết luận</strong>' in cleaned
    assert "của Chủ tịch" in cleaned
    assert '<td class="text-right">1</td>' in cleaned
    for trace in (
        "mso",
        "Mso",
        "style",
        "font",
        "o:p",
        "xml",
        "WordDocument",
        "<span",
        "border",
        "width",
        "<!--",
        "[if",
        "lang=",
    ):
        assert trace not in cleaned, trace


def test_empty_paragraphs_of_word_go():
    assert clean_html("<p>Một</p><p>&nbsp;</p><p><b>&nbsp;<i> </i></b><br></p><p>Hai</p>") == "<p>Một</p><p>Hai</p>"


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<scr\u200bipt>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<p onclick=alert(1) onmouseover='alert(1)'>x</p>",
        '<a href="javascript:alert(1)">x</a>',
        '<a href="  JaVa&#x0A;ScRiPt:alert(1)">x</a>',
        '<a href="data:text/html,<script>alert(1)</script>">x</a>',
        '<a href="vbscript:alert(1)">x</a>',
        "<svg><script>alert(1)</script></svg>",
        "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
        "<svg><p><style><!--</style><img src=x onerror=alert(1)>",
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<object data='javascript:alert(1)'></object><embed src='javascript:alert(1)'>",
        "<template><script>alert(1)</script></template>",
        "<style>@import 'http://example.org/x.css'</style>",
        "<p style='background:url(javascript:alert(1))'>x</p>",
        "<base href='https://example.org/'><meta http-equiv=refresh content='0;url=https://example.org'>",
        "<xmp><script>alert(1)</script></xmp>",
        "<!--><script>alert(1)</script>-->",
        "<textarea><script>alert(1)</script></textarea>",
        '<p title="<img src=x onerror=alert(1)>">x</p>',
    ],
)
def test_nothing_that_runs_survives(hostile):
    cleaned = clean_html(f"<p>trước</p>{hostile}<p>sau</p>").replace("&lt;script&gt;alert(1)&lt;/script&gt;", "")
    for trace in (
        "<script",
        "onerror=",
        "onclick",
        "javascript:",
        "vbscript",
        "data:",
        "<svg",
        "<math",
        "<iframe",
        "style",
        "<base",
        "<meta",
        "srcdoc",
    ):
        assert trace not in cleaned.lower(), cleaned
    assert "trước" in cleaned


def test_classes_outside_the_list_and_ids_go():
    assert clean_html('<p id="content" class="text-right module hidden">x</p>') == '<p class="text-right">x</p>'


def test_links_keep_their_address_and_get_rel():
    assert clean_html('<a href="https://vi-du.vn/a?b=1&amp;c=2" target="_blank">x</a>') == (
        '<a href="https://vi-du.vn/a?b=1&amp;c=2" rel="noopener nofollow">x</a>'
    )
    assert 'href="mailto:a@vi-du.vn"' in clean_html('<a href="mailto:a@vi-du.vn">x</a>')


def test_alignment_becomes_a_class_and_an_own_class_wins():
    assert clean_html('<p style="color:red; TEXT-ALIGN : Center">x</p>') == '<p class="text-center">x</p>'
    assert clean_html('<h5 align="RIGHT">x</h5>') == '<h4 class="text-right">x</h4>'
    assert clean_html('<p class="text-left" style="text-align:right">x</p>') == '<p class="text-left">x</p>'
    assert clean_html('<p align="middle" style="text-align:expression(1)">x</p>') == "<p>x</p>"


def test_text_comes_out_in_nfc_without_hidden_characters_however_they_were_written():
    assert clean_html("<p>Hòa\u202e b&#8203;ình&#x202e;</p>") == "<p>Hòa bình</p>"


def test_picture_without_an_address_goes_and_its_caption_stays():
    figure = (
        '<figure class="image"><img src="data:image/png;base64,AAAA" alt=""><figcaption>Chú thích</figcaption></figure>'
    )
    assert clean_html(figure) == "<p>Chú thích</p>"


def test_empty_caption_goes():
    figure = '<figure class="image"><img src="/media/a.jpg" alt=""><figcaption> <br></figcaption></figure>'
    assert clean_html(figure) == '<figure class="image"><img src="/media/a.jpg" alt=""></figure>'


def test_credit_in_a_caption_keeps_its_mark():
    figure = '<figure class="image align-right"><img src="/media/a.jpg" alt="x"><figcaption>Cảng – <span class="credit">Ảnh: An</span></figcaption></figure>'
    assert clean_html(figure) == figure


# ---------------------------------------------------------------- too much of it


def test_three_hundred_nested_elements_are_refused():
    with pytest.raises(UnacceptableHTML):
        clean_html("<div>" * 300 + "x" + "</div>" * 300)


def test_many_paragraphs_in_a_row_are_not_nesting():
    assert clean_html("<p>x" * 5000).count("<p>") == 5000


def test_more_than_a_million_characters_are_refused():
    with pytest.raises(UnacceptableHTML):
        clean_html("x" * (MAX_LENGTH + 1))


def test_text_that_would_pass_the_limit_only_once_it_is_escaped_is_refused():
    with pytest.raises(UnacceptableHTML):
        clean_html("< " * 400_000)


@pytest.mark.parametrize(
    "slow",
    [
        "<div>" * 190_000,
        "<p>" + "".join(f"<b class=c{n}>" for n in range(250)) + "</p>" + "<p>x</p>" * 100_000,
        "&" * 990_000,
        "<p" + " style='" * 120_000,
        '<img alt="' * 90_000,
        "<a " * 300_000,
        "<!--" * 200_000,
        "<" * 900_000,
        '<div a="<p></div>">' * 50_000,
        "<p>" + "\xa0" * 300_000,
        "<p>" + "<br>" * 200_000,
        "<strong> " * 100_000,
        "<figure>" * 100_000,
        "<figure><figcaption>" * 120,
    ],
    ids=lambda text: text[:16],
)
def test_hostile_markup_costs_no_more_than_seconds(slow):
    begin = time.process_time()  # the processor's time: the clock's tells what else the machine does
    try:
        cleaned = clean_html(slow)
    except UnacceptableHTML:
        cleaned = ""
    assert time.process_time() - begin < 5  # seconds; without the limits 22 and more, with them less than one
    assert len(cleaned) <= MAX_LENGTH


def test_estimate_lets_a_long_real_article_through():
    refuse_costly("<h2>Mục</h2><p>Đoạn văn có <strong>chữ đậm</strong> và <a href='/x'>liên kết</a>.</p>" * 4000)


# ---------------------------------------------------------------- cleaning twice

TAGS = st.sampled_from(
    [
        "p",
        "h1",
        "h2",
        "h4",
        "div",
        "b",
        "i",
        "strong",
        "em",
        "u",
        "s",
        "a",
        "ul",
        "ol",
        "li",
        "table",
        "tr",
        "td",
        "th",
        "tbody",
        "caption",
        "blockquote",
        "figure",
        "figcaption",
        "img",
        "br",
        "hr",
        "span",
        "center",
        "font",
        "form",
        "svg",
        "math",
        "style",
        "title",
    ]
)
ATTRIBUTES = st.sampled_from(
    [
        "",
        ' style="text-align:center"',
        " align=right",
        ' class="text-left x"',
        ' href="/a?b&c"',
        ' src="/media/a.jpg"',
        ' alt="a>b &quot;c"',
        ' class="credit"',
        ' class="image"',
        "/",
    ]
)
OPENED = st.builds(lambda tag, rest: f"<{tag}{rest}>", TAGS, ATTRIBUTES)
CLOSED = TAGS.map(lambda tag: f"</{tag}>")
TEXTS = st.one_of(
    st.text(max_size=6),
    st.sampled_from(["&nbsp;", "&lt;b&gt;", "&amp;lt;", "Hà Tĩnh", " ", "<!-- x -->", "<", "&#8203;", "a\u0301"]),
)
FRAGMENTS = st.lists(st.one_of(OPENED, CLOSED, TEXTS), max_size=25).map("".join)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FRAGMENTS)
def test_cleaning_what_is_clean_changes_nothing(fragment):
    cleaned = clean_html(fragment)
    assert clean_html(cleaned) == cleaned


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text_at_all_can_be_cleaned_and_shown(text):
    cleaned = clean_html(text)
    assert clean_html(cleaned) == cleaned
    for_page(text, picture, "Bảng")


# ---------------------------------------------------------------- words, pictures, pages


def test_words_are_apart_at_blocks_and_whole_inside_a_line():
    assert (
        to_text("<p><b>H</b>à Tĩnh</p><p>một<br>hai</p><table><tr><td>3</td><td>4</td></tr></table>")
        == "Hà Tĩnh một hai 3 4"
    )


def test_foreign_pictures_are_dropped_and_counted():
    html = clean_html(
        '<p>a<img src="https://example.org/x.jpg" alt="x"></p><figure class="image"><img src="/media/b.jpg" alt=""></figure>'
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
