"""The editor keeps what the server allows, when an article is opened and when something is pasted, in Chromium."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from playwright.sync_api import BrowserContext, Page, expect

from news.models import Article
from news.text.html import clean_html, to_text
from news.text.html.allowed import ALLOWED_ATTRIBUTES, ALLOWED_CLASSES, ALLOWED_TAGS, INLINE, TABLE
from tests.browser.test_writing import log_in
from tests.factories import make_article, make_category, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

VALUES = {
    ("a", "href"): "https://vi-du.vn/a?b=1&amp;c=2",
    ("img", "src"): "/media/photos/a.jpg",
    ("img", "width"): "600",
    ("img", "height"): "400",
    ("ol", "start"): "3",
    ("ol", "type"): "a",
    ("ol", "reversed"): "",
    ("li", "value"): "5",
    ("th", "scope"): "col",
    ("th", "colspan"): "2",
    ("th", "rowspan"): "2",
    ("td", "colspan"): "2",
    ("td", "rowspan"): "2",
    ("col", "span"): "2",
}
FIGURE = '<figure class="image"><img alt="" src="/media/photos/a.jpg">{}</figure>'
TABLE_ROW = "<table>{}<tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></tbody></table>"
PLACES = {
    "li": "<ul>{}</ul>",
    "col": TABLE_ROW.format("<colgroup>{}</colgroup>"),
    "colgroup": TABLE_ROW.format("{}"),
    "caption": TABLE_ROW.format("{}"),
    "thead": TABLE_ROW.format("{}"),
    "tfoot": "<table><tbody><tr><td>a</td></tr></tbody>{}</table>",
    "tbody": "<table>{}</table>",
    "tr": "<table><tbody>{}</tbody></table>",
    "th": "<table><thead><tr>{}<th>y</th><th>z</th></tr></thead><tbody><tr><td>a</td></tr></tbody></table>",
    "td": "<table><tbody><tr>{}<td>y</td></tr><tr><td>a</td><td>b</td></tr></tbody></table>",
    "figcaption": FIGURE,
    **dict.fromkeys([*INLINE, "a", "span", "br", "img"], "<p>a {} b</p>"),
}
INSIDE = {
    "ul": "<li>x</li>",
    "ol": "<li>x</li>",
    "table": "<tbody><tr><td>x</td></tr></tbody>",
    "colgroup": '<col span="2">',
    **dict.fromkeys(["thead", "tbody", "tfoot"], "<tr><td>x</td></tr>"),
    "tr": "<td>x</td>",
    "blockquote": "<p>x</p>",
    "figure": '<img alt="" src="/media/photos/a.jpg"><figcaption>x</figcaption>',
}
VOID = {"br", "hr", "img", "col"}

BLOCK = r"</?(?:p|h\d|div|[uo]l|li|t\w+|col\w*|caption|figure|figcaption|blockquote|hr|br)\b[^>]*>"
BESIDE_BLOCKS = re.compile(rf"\s*({BLOCK})\s*")
ATTRIBUTE = re.compile(r'[\w-]+="[^"]*"')
START_TAG = re.compile(r'<(\w+)((?: [\w-]+="[^"]*")+)>')


def element(tag: str, attributes: dict[str, str]) -> str:
    needed = {"img": {"src": "/media/photos/a.jpg", "alt": "x"}, "a": {"href": "/tin"}}.get(tag, {})
    if tag == "span" and not attributes:
        attributes = {"class": "credit"}
    written = "".join(f' {name}="{value}"' for name, value in {**needed, **attributes}.items())
    inside = INSIDE.get(tag, "x")
    return PLACES.get(tag, "{}").format(f"<{tag}{written}>" + ("" if tag in VOID else f"{inside}</{tag}>"))


def probes() -> dict[str, str]:
    """HTML for every element, attribute and class of the allow-list, each by itself."""
    found = {}
    for tag in sorted(ALLOWED_TAGS):
        found[f"<{tag}>"] = element(tag, {})
        for name in sorted(ALLOWED_ATTRIBUTES.get(tag, set())):
            found[f"<{tag} {name}>"] = element(tag, {name: VALUES.get((tag, name), "x")})
        for css_class in sorted(ALLOWED_CLASSES.get(tag, set())):
            found[f"<{tag} class={css_class}>"] = element(tag, {"class": css_class})
        if tag not in VOID | TABLE | {"figure", "figcaption"}:
            link = '<p><a href="#fn-1">1</a></p>'
            found[f"<{tag} id>"] = link + element(tag, {"id": "fn-1"})
    return found


@pytest.fixture
def editor(context: BrowserContext) -> Page:
    make_user("phong-vien", role="Phóng viên")
    make_category("Cải cách hành chính")
    page = log_in(context, "phong-vien")
    page.goto("/admin/news/article/add/")
    page.locator(".cke_editable").wait_for()
    return page


def data_of(page: Page) -> str:
    return page.evaluate("() => Object.values(CKEDITOR.instances)[0].getData()")


def opened_and_saved(page: Page, html: str) -> str:
    page.evaluate(
        "html => new Promise(done => Object.values(CKEDITOR.instances)[0].setData(html, {callback: done}))", html
    )
    return data_of(page)


def pasted(page: Page, html: str) -> str:
    """What an empty editor holds after a paste of this clipboard."""
    page.evaluate(
        """html => new Promise(done => {
            const editor = Object.values(CKEDITOR.instances)[0];
            editor.setData("", {callback: () => {
                editor.focus();
                editor.once("afterPaste", () => done());
                editor.fire("paste", {type: "auto", dataValue: html, method: "paste",
                                      dataTransfer: new CKEDITOR.plugins.clipboard.dataTransfer()});
            }});
        })""",
        html,
    )
    return data_of(page)


def canonical(html: str) -> str:
    """Without the white space between blocks, which nobody sees, and with attributes in one order."""
    html = BESIDE_BLOCKS.sub(r"\1", html)
    return START_TAG.sub(lambda tag: f"<{tag[1]} {' '.join(sorted(ATTRIBUTE.findall(tag[2])))}>", html)


def test_whole_allow_list_survives_opening_and_saving(editor: Page):
    lost = {}
    for name, html in probes().items():
        expected = canonical(clean_html(html))
        assert name.startswith("<") and expected, name
        found = canonical(clean_html(opened_and_saved(editor, clean_html(html))))
        if found != expected:
            lost[name] = (expected, found)
    assert lost == {}


def test_whole_allow_list_survives_pasting(editor: Page):
    lost = {}
    for name, html in probes().items():
        expected = canonical(clean_html(f"<p>trước</p>{html}<p>sau</p>"))
        if name in ("<div>", "<div id>"):  # what other programs put around a paragraph
            expected = expected.replace("<div", "<p").replace("</div>", "</p>")
        found = canonical(clean_html(pasted(editor, f"<p>trước</p>{clean_html(html)}<p>sau</p>")))
        if found != expected:
            lost[name] = (expected, found)
    assert lost == {}


def mso(level: int, marker: str, words: str, symbol: str = "") -> str:
    font = f"font-family:{symbol}" if symbol else ""
    return (
        f"<p class=MsoListParagraph style='margin-left:.5in;text-indent:-.25in;mso-list:l0 level{level} lfo1'>"
        f"<![if !supportLists]><span style='{font}'><span style='mso-list:Ignore'>{marker}"
        "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>"
        f"<span lang=VI>{words}<o:p></o:p></span></p>\n\n"
    )


FROM_WORD = (
    "<html xmlns:o='urn:schemas-microsoft-com:office:office'><body lang=VI><!--StartFragment-->{}<!--EndFragment-->"
)


def test_numbers_of_a_list_survive_opening_and_saving(editor: Page):
    html = '<ol start="3" type="a"><li>Một</li><li>Hai</li></ol>'
    assert canonical(opened_and_saved(editor, html)) == html


ODD = (
    "Chữ đứng một mình<div>a <em><strong>b</strong></em></div><ol><li></li><li>x<p>y</p></li></ol>"
    "<table><tbody><tr><td></td></tr></tbody></table><blockquote>z</blockquote>"
)


def test_opening_an_article_and_saving_it_writes_nothing(editor: Page):
    article = make_article(status=Article.Status.DRAFT, author=User.objects.get(username="phong-vien"), body=ODD)
    article.refresh_from_db()
    editor.goto(f"/admin/news/article/{article.pk}/change/")
    editor.locator(".cke_editable").wait_for()
    editor.get_by_role("button", name="Lưu nháp").click()
    expect(editor.get_by_text("Bài không có gì thay đổi")).to_be_visible()
    assert Article.objects.get().version == article.version
    assert Article.objects.get().updated_at == article.updated_at
    assert not LogEntry.objects.exists()
    editor.get_by_label("Tên bài").fill("Tên khác")
    editor.get_by_role("button", name="Lưu nháp").click()
    expect(editor.get_by_text("Đã lưu.")).to_be_visible()
    assert Article.objects.get().title == "Tên khác"
    assert Article.objects.get().body == article.body
    assert LogEntry.objects.get().get_change_message() == "Đã sửa: Tên bài."


COUNTING = "<ul><li>x<ol><li>x</li></ol></li></ul>" + "".join(
    f'<ol type="{kind}"><li>x<ul><li>x</li></ul></li></ol>' for kind in "1aAiI"
)
SHOWN = ["decimal", "decimal", "lower-alpha", "upper-alpha", "lower-roman", "upper-roman"]
READ_NUMBERS = "items => items.map(item => getComputedStyle(item).listStyleType)"


def test_writers_and_readers_see_how_a_list_counts(editor: Page):
    opened_and_saved(editor, COUNTING)
    assert editor.locator(".cke_editable ol > li").evaluate_all(READ_NUMBERS) == SHOWN
    assert "decimal" not in editor.locator(".cke_editable ul > li").evaluate_all(READ_NUMBERS)
    editor.goto(make_article(body=COUNTING).get_absolute_url())
    assert editor.locator(".rich-text ol > li").evaluate_all(READ_NUMBERS) == SHOWN
    assert "decimal" not in editor.locator(".rich-text ul > li").evaluate_all(READ_NUMBERS)


def test_numbers_of_word_go_on_after_a_paragraph(editor: Page):
    listed = (
        mso(1, "1.", "Phạm vi")
        + mso(2, "a)", "Trong tỉnh")
        + mso(2, "b)", "Ngoài tỉnh")
        + "<p class=MsoNormal>Đoạn chen giữa.</p>"
        + mso(1, "2.", "Đối tượng")
        + mso(2, "c)", "Người dân")
        + mso(1, "3.", "Hết")
    )
    assert canonical(pasted(editor, FROM_WORD.format(listed))) == (
        '<ol><li>Phạm vi<ol type="a"><li>Trong tỉnh</li><li>Ngoài tỉnh</li></ol></li></ol><p>Đoạn chen giữa.</p>'
        '<ol start="2"><li>Đối tượng<ol start="3" type="a"><li>Người dân</li></ol></li><li>Hết</li></ol>'
    )


def test_roman_numbers_letters_and_bullets_of_word_stay_what_they_are(editor: Page):
    listed = (
        mso(1, "I.", "A1")
        + mso(1, "II.", "A2")
        + "<p>x</p>"
        + mso(1, "h)", "B1")
        + mso(1, "i)", "B2")
        + "<p>y</p>"
        + mso(1, "·", "C1", "Symbol")
        + mso(2, "o", "C2", '"Courier New"')
        + mso(1, "-", "C3")
    )
    assert canonical(pasted(editor, FROM_WORD.format(listed))) == (
        '<ol type="I"><li>A1</li><li>A2</li></ol><p>x</p><ol start="8" type="a"><li>B1</li><li>B2</li></ol><p>y</p>'
        "<ul><li>C1<ul><li>C2</li></ul></li><li>C3</li></ul>"
    )


def test_numbers_that_no_list_can_count_stay_as_text(editor: Page):
    listed = mso(1, "Điều 1.", "Phạm vi") + mso(2, "1.1.", "Mục") + mso(2, "đ)", "Điểm") + mso(1, "01.", "Không")
    assert to_text(pasted(editor, FROM_WORD.format(listed))) == "Điều 1. Phạm vi 1.1. Mục đ) Điểm 01. Không"


WORD_ONLINE_ITEM = (
    '<div class="ListContainerWrapper"><ol class="NumberListStyle1" role="list" start="{}" style="{}">'
    '<li class="OutlineElement"><p class="Paragraph" style="text-align:left">'
    '<span class="TextRun">{}</span></p></li></ol></div>'
)


def test_list_of_word_on_the_web_is_one_list_that_goes_on_after_a_paragraph(editor: Page):
    letters = "list-style-type:lower-alpha"
    html = pasted(
        editor,
        WORD_ONLINE_ITEM.format(1, letters, "Một")
        + WORD_ONLINE_ITEM.format(2, letters, "Hai")
        + '<div class="OutlineElement"><p>Chen</p></div>'
        + WORD_ONLINE_ITEM.format(3, letters, "Ba"),
    )
    assert canonical(html).replace("<p>", "").replace("</p>", "") == (
        '<ol type="a"><li>Một</li><li>Hai</li></ol>Chen<ol start="3" type="a"><li>Ba</li></ol>'
    )


@pytest.mark.parametrize(
    ("clipboard", "kept"),
    [
        ('<p style="text-align:center">a</p><p align="right">b</p>',
         '<p class="text-center">a</p><p class="text-right">b</p>'),
        ('<center>a</center><div style="text-align:right"><p>b</p></div>',
         '<p class="text-center">a</p><p class="text-right">b</p>'),
        ("<table><tr><td style='text-align:right'>1</td><th align=center>2</th></tr></table>",
         '<table><tbody><tr><td class="text-right">1</td><th class="text-center">2</th></tr></tbody></table>'),
        ('<p><span style="font-weight:bold">a</span> <span style="font-style:italic">b</span> '
         '<span style="text-decoration:underline">c</span><span style="font-weight:400"> d</span></p>',
         "<p><strong>a</strong> <em>b</em> <u>c</u> d</p>"),
        ('<p style="font-weight:700">a<span style="font-weight:normal">b</span></p>', "<p><strong>a</strong>b</p>"),
        ('<b style="font-weight:normal" id="docs-internal-guid-1"><p><span>Một</span></p></b>', "<p>Một</p>"),
        ('<b id="docs-internal-guid-1"><p><span>Một</span></p></b>', "<p>Một</p>"),
        ('<b id="docs-internal-guid-1"><p>Một <strong>hai</strong></p></b>', "<p>Một <strong>hai</strong></p>"),
        ('<p><a href="#_ftn1" name="_ftnref1">[1]</a></p><div id="ftn1"><a href="#_ftnref1" name="_ftn1">[1]</a></div>',
         '<p><a href="#fn-ftn1" id="fn-ftnref1">[1]</a></p><p><a href="#fn-ftnref1" id="fn-ftn1">[1]</a></p>'),
        ('<p>x<span style="vertical-align:super;text-decoration:line-through">2</span></p>',
         "<p>x<s><sup>2</sup></s></p>"),
        ('<h1><span style="font-weight:400">A</span></h1><h6>B</h6>', "<h2>A</h2><h4>B</h4>"),
        ('<a href="/tin" style="text-decoration:none"><span style="text-decoration:underline">a</span></a>',
         '<p><a href="/tin">a</a></p>'),
        ("<section>A</section><section>B</section>", "<p>A</p><p>B</p>"),
        ("<dl><dt>A</dt><dd>B</dd></dl><pre>C\nD</pre>", "<p>A</p><p>B</p><p>C<br>D</p>"),
        ("<figure><blockquote><p>A</p></blockquote><figcaption>B</figcaption></figure>",
         "<blockquote><p>A</p></blockquote><p>B</p>"),
        ('<ol start="4" type="I"><li value="6">A</li></ol>', '<ol start="4" type="I"><li value="6">A</li></ol>'),
    ],
)  # fmt: skip
def test_formatting_of_other_programs_is_kept(editor: Page, clipboard: str, kept: str):
    assert canonical(clean_html(pasted(editor, clipboard))) == kept


def test_picture_that_cannot_be_read_leaves_a_box_and_a_notice(editor: Page):
    html = pasted(editor, '<p class="MsoNormal">Trước <img src="file:///C:/Temp/a.png"> sau <img src="cid:1"></p>')
    box = '<span class="photo-missing">[ảnh chưa tải lên]</span>'
    assert clean_html(html).strip() == f"<p>Trước {box} sau {box}</p>"
    expect(editor.locator(".cke_editable .photo-missing").first).to_be_visible()
    expect(editor.get_by_text("Có ảnh không dán được")).to_be_visible()


def test_paste_that_cannot_be_read_falls_back_to_its_words_with_a_notice(editor: Page):
    pasted(editor, "<p>nạp</p>")
    editor.evaluate(
        """() => {
            const read = DOMParser.prototype.parseFromString;
            DOMParser.prototype.parseFromString = function once(...given) {
                DOMParser.prototype.parseFromString = read;
                throw new Error("broken");
            };
        }"""
    )
    assert canonical(pasted(editor, "<p><b>Một</b></p><p>Hai &lt;b&gt;</p>")) == "<p>Một</p><p>Hai &lt;b&gt;</p>"
    expect(editor.get_by_text("chỉ dán phần chữ")).to_be_visible()
