"""Cleaning loses no word of a reader and joins no two, whatever elements they stand in."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from news.text.html import clean_html, harmless, to_text
from news.text.html.allowed import ALLOWED_TAGS, BLOCK_TAGS, DROPPED_WITH_CONTENT, TABLE_PARTS, UNWRAPPED_BLOCKS

# A fragment is a pair: its HTML, and its text with a line break at every edge of a block.
Fragment = tuple[str, str]

LINE = (
    "strong",
    "em",
    "u",
    "s",
    "sub",
    "sup",
    "b",
    "i",
    "span",
    "font",
    "o:p",
    "label",
    "mark",
    "small",
    "ins",
    "abbr",
)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")  # which a parser closes where another begins, like li, dt and dd
WITH_EDGES = sorted(
    (BLOCK_TAGS | UNWRAPPED_BLOCKS)
    - {*TABLE_PARTS, *HEADINGS, "table", "plaintext", "xmp", "option", "optgroup", "li", "dt", "dd"}
)
ATTRIBUTES = ("", ' class="MsoNormal"', ' style="text-align:center"', ' id="a"', ' align="right"')
WORDS = st.sampled_from(["Hà", "Tĩnh", "một", "2022", "điều", " ", "\n", "a&amp;b", "1&lt;2", "&nbsp;"])
LEAVES = st.one_of(
    WORDS.map(lambda word: (word, unescape(word))),
    st.sampled_from(
        [
            ("<br>", "\n"),
            ("<hr>", "\n"),
            ("<!-- <p>lời ghi</p><div> -->", ""),
            ("<!--[if gte mso 9]><xml><w:View>0</w:View></xml><![endif]-->", ""),
            ("<![if !supportLists]>", ""),
            ("<script>var a = '<div>';</script>", ""),
            ("<style>p{color:red}</style>", ""),
            ("<iframe><p>khung</p></iframe>", ""),
            ('<img src="/media/a.jpg" alt="ảnh">', ""),
            ('<img src="data:x" alt="">', ""),
            ("<p></p>", "\n"),
            ("<section> </section>", "\n"),
            ("<p>&nbsp;<br></p>", "\n"),
            ("<b> </b>", " "),
            ("<b></b>", ""),
            ('<a name="a"></a>', ""),
        ]
    ),
)


def wrapped(tags: tuple[str, ...] | list[str], edge: str) -> Callable[[st.SearchStrategy[Fragment]], st.SearchStrategy]:
    def strategy(inside: st.SearchStrategy[Fragment]) -> st.SearchStrategy[Fragment]:
        return st.builds(
            lambda tag, attributes, inner: (f"<{tag}{attributes}>{inner[0]}</{tag}>", edge + inner[1] + edge),
            st.sampled_from(tags),
            st.sampled_from(ATTRIBUTES),
            inside,
        )

    return strategy


def joined(parts: list[Fragment]) -> Fragment:
    return "".join(html for html, _text in parts), "".join(text for _html, text in parts)


def table(cells: list[Fragment]) -> Fragment:
    row = "".join(f"<td>{html}</td>" for html, _text in cells)
    return f"<table><caption>Bảng</caption><tr>{row}</tr></table>", "\nBảng\n" + "\n".join(t for _h, t in cells) + "\n"


def in_list(tags: str, items: list[Fragment]) -> Fragment:
    outer, inner = tags.split()
    html = "".join(f"<{inner}>{html}</{inner}>" for html, _text in items)
    return f"<{outer}>{html}</{outer}>", "\n" + "\n".join(text for _html, text in items) + "\n"


def row_without_table(cells: list[Fragment]) -> Fragment:
    return f"<tr>{table(cells)[0].partition('<tr>')[2].partition('</tr>')[0]}</tr>", "\n" + "\n".join(
        text for _html, text in cells
    ) + "\n"


IN_LINE = st.recursive(
    LEAVES.filter(lambda leaf: not leaf[0].startswith(("<p>", "<section>", "<hr>"))),
    lambda inside: st.lists(wrapped(LINE, "")(inside), max_size=4).map(joined),
    max_leaves=6,
)
FRAGMENTS = st.recursive(
    st.one_of(LEAVES, IN_LINE),
    lambda inside: st.one_of(
        st.lists(inside, max_size=4).map(joined),
        wrapped(WITH_EDGES, "\n")(st.lists(inside, max_size=4).map(joined)),
        wrapped(LINE, "")(inside),
        wrapped(HEADINGS, "\n")(IN_LINE),
        st.lists(inside, min_size=1, max_size=3).map(table),
        st.builds(in_list, st.sampled_from(["ul li", "ol li", "dl dt", "dl dd"]), st.lists(inside, max_size=3)),
    ),
    max_leaves=14,
)
DOCUMENTS = st.lists(
    st.one_of(FRAGMENTS, st.lists(IN_LINE, min_size=1, max_size=3).map(row_without_table)), max_size=4
).map(joined)


def words(text: str) -> list[str]:
    return text.split()


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS)
def test_words_in_are_words_out(fragment: Fragment):
    html, text = fragment
    cleaned = clean_html(html)
    assert words(to_text(cleaned)) == words(text)
    assert clean_html(cleaned) == cleaned
    assert set(re.findall(r"<([a-z][a-z0-9]*)", cleaned)) <= ALLOWED_TAGS


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS)
def test_words_of_what_is_too_deep_to_clean_are_words_out(fragment: Fragment):
    html, text = fragment
    assert words(to_text(harmless("<div>" * 300 + html + "</div>" * 300))) == words(text)


@pytest.mark.parametrize("tag", sorted(UNWRAPPED_BLOCKS - {"plaintext", "form"}))
def test_neighbouring_blocks_become_paragraphs(tag: str):
    cleaned = clean_html(f"<{tag}>Một</{tag}><{tag}>Hai</{tag}>").replace(' class="text-center"', "")
    assert cleaned == "<p>Một</p><p>Hai</p>"


@pytest.mark.parametrize("tag", ["form", "body", "html"])
def test_words_around_tags_that_a_parser_passes_over_stay_apart(tag: str):
    assert to_text(clean_html(f"<{tag}>Một</{tag}><{tag}>Hai<{tag}>Ba</{tag}>Bốn</{tag}>")) == "Một Hai Ba Bốn"


def test_alignment_of_a_block_goes_to_its_paragraph():
    assert clean_html("<center>Một</center>") == '<p class="text-center">Một</p>'
    assert clean_html("<section align=right><p>Một</p></section>") == '<div class="text-right"><p>Một</p></div>'


def test_lines_of_preformatted_text_stay_lines():
    assert clean_html("<pre>Điều 1\nĐiều <b>2\n</b>Điều 3</pre>") == (
        "<p>Điều 1<br>Điều <strong>2<br></strong>Điều 3</p>"
    )


@pytest.mark.parametrize(
    ("inside", "kept"),
    [
        ("<blockquote><p>Lời</p></blockquote>", "<blockquote><p>Lời</p></blockquote>"),
        ("<ul><li>Lời</li></ul>", "<ul><li>Lời</li></ul>"),
        ("<pre>Lời</pre>", "<p>Lời</p>"),
        ("<div>Lời</div>", "<div>Lời</div>"),
        ("Lời", "<div>Lời"),
    ],
)
def test_figure_without_a_picture_keeps_its_words_and_its_caption(inside: str, kept: str):
    after = f"<figure>{inside}<figcaption>Chú thích</figcaption></figure>"
    assert clean_html(after).startswith(kept)
    assert "<p>Chú thích</p>" in clean_html(after)
    before = f"<figure><figcaption>Chú thích</figcaption>{inside}</figure>"
    assert words(to_text(clean_html(before))) == ["Chú", "thích", "Lời"]


def test_cells_copied_from_a_spreadsheet_without_their_table_stay_apart():
    assert to_text(clean_html("<tr><td>Lúa</td><td>120</td></tr><tr><td>Ngô</td><td>80</td></tr>")) == "Lúa 120 Ngô 80"


def word_document(depth: int) -> str:
    inside = "<w:sdt>" * depth
    return (
        f"<!--[if gte mso 9]><xml><w:WordDocument>{inside}</w:WordDocument></xml><![endif]-->"
        "<style><!-- p.MsoNormal{margin:0} --></style>"
        "<!--[if gte vml 1]><v:shape><p>hình</p></v:shape><![endif]--><![if !vml]><p>Chữ</p><![endif]>"
        f"<script>document.write('{'<div>' * depth}')</script>"
    )


def test_what_nobody_reads_does_not_count_as_nesting():
    assert clean_html(word_document(5000)) == "<p>Chữ</p>"


def test_comments_and_scripts_are_not_shown_as_text_either():
    assert harmless(f"{'<div>' * 300}{word_document(3)}<p>a &amp; <b>b</b>ảng</p>") == "<p>Chữ a &amp; bảng</p>"


@pytest.mark.parametrize(
    "hiding",
    [
        '<p title="<!--">{}</p>',
        "<p title='<!--' a=\"-->\">{}",
        "<!-->{}",
        "<!--->{}",
        "<!-- a --!>{}",
        "<!a <!-- >{}-->",
    ],
)
def test_what_only_looks_like_a_comment_takes_no_words_along(hiding: str):
    assert "Chữ" in to_text(clean_html(hiding.format("<b>Chữ</b>")))


def test_dropped_elements_and_blocks_are_no_allowed_ones():
    assert not (DROPPED_WITH_CONTENT | UNWRAPPED_BLOCKS) & ALLOWED_TAGS
