"""A form in which nothing was changed is saved: nothing is written."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.flatpages.models import FlatPage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from news.models import Article, Event
from news.text.html import is_same_text
from tests.factories import make_article
from tests.news.admin.forms import change_url, logged_in, typed

STORED = (
    "<h2>Mục</h2><p>Một <strong>hai</strong><br>ba &amp; bốn</p>"
    '<ol start="3" type="a"><li>x<ul><li>y</li></ul></li></ol>'
    "<table><tbody><tr><td></td><td>1</td></tr></tbody></table>"
    '<figure class="image align-left"><img src="/media/photos/a.jpg" alt="x" width="600">'
    "<figcaption>c</figcaption></figure>"
    '<p><a href="https://vi-du.vn/" title="t" rel="noopener nofollow">liên kết</a></p>'
)
WRITTEN_BY_THE_EDITOR = (
    "<h2>Mục</h2>\r\n\r\n<p>Một <strong>hai</strong><br />\r\nba &amp; bốn</p>\r\n\r\n"
    '<ol start="3" type="a">\r\n\t<li>x\r\n\t<ul>\r\n\t\t<li>y</li>\r\n\t</ul>\r\n\t</li>\r\n</ol>\r\n\r\n'
    "<table>\r\n\t<tbody>\r\n\t\t<tr>\r\n\t\t\t<td>&nbsp;</td>\r\n\t\t\t<td>1</td>\r\n\t\t</tr>\r\n\t</tbody>\r\n</table>\r\n\r\n"
    '<figure class="align-left image"><img alt="x" src="/media/photos/a.jpg" width="600" />\r\n'
    "<figcaption>c</figcaption>\r\n</figure>\r\n\r\n"
    '<p><a href="https://vi-du.vn/" title="t">liên kết</a></p>\r\n'
)


def state_of(article: Article) -> tuple:
    article.refresh_from_db()
    return article.version, article.updated_at, article.updated_by, article.body, article.summary, article.published_at


@pytest.fixture
def article(db) -> Article:
    article = make_article("Tên bài", body=STORED, summary="Dòng một\nDòng hai")
    Article.objects.filter(pk=article.pk).update(published_at="2026-11-20T07:56:12.345678+07:00")
    article.refresh_from_db()
    return article


def save(article: Article, **changes) -> str:
    form = typed(article, summary=article.summary.replace("\n", "\r\n"), body=WRITTEN_BY_THE_EDITOR)
    response = logged_in("Biên tập viên").post(change_url(article), {**form, **changes}, follow=True)
    return response.content.decode()


def test_opening_and_saving_writes_nothing(article: Article):
    before = state_of(article)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = save(article)
    assert state_of(article) == before
    assert not LogEntry.objects.exists()
    assert "Bài không có gì thay đổi" in page
    assert not [
        query["sql"] for query in queries if "news_article" in query["sql"] and query["sql"].startswith("UPDATE")
    ]


def test_log_names_only_what_was_changed_and_the_rest_stays_to_the_second(article: Article):
    before = state_of(article)
    save(article, title="Tên khác")
    after = state_of(article)
    assert LogEntry.objects.get().get_change_message() == "Đã sửa: Tên bài."
    assert after[0] == before[0] + 1
    assert after[3:] == before[3:]
    assert after[1] > before[1]


def test_typed_minute_and_typed_word_are_changes(article: Article):
    save(article, published_at_1="07:57", body=WRITTEN_BY_THE_EDITOR.replace("bốn", "năm"))
    article.refresh_from_db()
    assert timezone.localtime(article.published_at).strftime("%H:%M:%S") == "07:57:00"
    assert "năm" in article.body


def test_tag_and_related_article_are_changes_and_are_none_the_second_time(article: Article):
    related = make_article("Bài khác")
    line = {"related_links-TOTAL_FORMS": 1, "related_links-0-related": related.pk, "related_links-0-order": 0}
    before = state_of(article)
    save(article, **line)
    link = article.related_links.get()
    after = state_of(article)
    assert after[0] == before[0] + 1
    assert after[1] > before[1]
    stored = {
        **line,
        "related_links-INITIAL_FORMS": 1,
        "related_links-0-id": link.pk,
        "related_links-0-article": article.pk,
    }
    save(article, **stored)
    assert state_of(article) == after
    assert LogEntry.objects.count() == 1


def test_button_of_the_workflow_works_on_an_unchanged_form(article: Article):
    save(article, _withdraw="1", return_reason="Sai số liệu ở đoạn hai.")
    article.refresh_from_db()
    assert article.status == Article.Status.WITHDRAWN
    assert LogEntry.objects.count() == 1


def test_other_forms_write_nothing_either(db):
    admin = logged_in("Quản trị")
    event = Event.objects.create(name="Lễ hội")
    before = event.updated_at
    url = reverse("admin:news_event_change", args=[event.pk])
    form = admin.get(url).context["adminform"].form
    data = {name: value for name, value in form.initial.items() if value not in (None, [])}
    assert admin.post(url, data).status_code == 302
    event.refresh_from_db()
    assert event.updated_at == before
    page = FlatPage.objects.create(url="/trang-thu/", title="Trang", content=STORED)
    url = reverse("admin:flatpages_flatpage_change", args=[page.pk])
    admin.post(url, {"title": "Trang", "url": "/trang-thu/", "content": WRITTEN_BY_THE_EDITOR})
    page.refresh_from_db()
    assert page.content == STORED
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize(
    ("html", "other"),
    [
        ("Một", "<p>Một</p>"),
        ("<p>Một</p>Hai <b>ba</b>", "<p>Một</p>\n<p>Hai <strong>ba</strong></p>"),
        ("<p>a  b</p>", "<p>a\nb</p>"),
        ("<p>a<br></p>", "<p>a</p>"),
        ('<p class="text-center">a</p>', '<p style="text-align:center">a</p>'),
    ],
)
def test_same_text_in_another_spelling_is_the_same(html: str, other: str):
    assert is_same_text(html, other)


@pytest.mark.parametrize(
    ("html", "other"),
    [
        ("<p>ab</p>", "<p>a b</p>"),
        ("<p>a</p><p>b</p>", "<p>a b</p>"),
        ("<p>a</p>", "<h2>a</h2>"),
        ("<p>a</p>", "<p>&nbsp;a</p>"),
        ("<p>a<br>b</p>", "<p>a b</p>"),
        ("<p>a<br><br>b</p>", "<p>a<br>b</p>"),
        ("<ol><li>a</li></ol>", '<ol start="2"><li>a</li></ol>'),
        ('<p>a <a href="/b">b</a></p>', '<p>a <a href="/c">b</a></p>'),
        ("<p>a</p><hr><p>b</p>", "<p>a</p><p>b</p>"),
        ("", "<p>a</p>"),
    ],
)
def test_other_text_is_not_the_same(html: str, other: str):
    assert not is_same_text(html, other)
