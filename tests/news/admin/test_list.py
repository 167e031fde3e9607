from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news.models import Article
from tests.factories import make_article, make_category, make_event, make_source, make_user
from tests.news.admin.forms import LIST_URL, logged_in, user_of

pytestmark = pytest.mark.django_db
Status = Article.Status


def titles(client, query: str = "") -> list[str]:
    return [article.title for article in client.get(LIST_URL + query).context["cl"].result_list]


def text_of(response) -> str:
    return response.content.decode()


@pytest.fixture
def one_of_each_state(db) -> None:
    now = timezone.now()
    make_article("Nháp", status=Status.DRAFT, published_at=None)
    make_article("Chờ duyệt", status=Status.SUBMITTED, published_at=None)
    make_article("Trả lại", status=Status.RETURNED, published_at=None)
    make_article("Hẹn giờ", published_at=now + timedelta(days=1))
    make_article("Đang đăng")
    make_article("Hết hạn", published_at=now - timedelta(days=2), expires_at=now - timedelta(days=1))
    make_article("Đã gỡ", status=Status.WITHDRAWN)


@pytest.mark.parametrize(
    ("value", "state"),
    [
        ("nhap", "Nháp"),
        ("cho-duyet", "Chờ duyệt"),
        ("tra-lai", "Trả lại"),
        ("hen-gio", "Hẹn giờ"),
        ("dang-dang", "Đang đăng"),
        ("het-han", "Hết hạn"),
        ("da-go", "Đã gỡ"),
    ],
)
def test_each_state_has_its_filter_and_badge(one_of_each_state, value, state):
    editor = logged_in("Biên tập viên")
    assert titles(editor, f"?trang-thai={value}") == [state]
    page = text_of(editor.get(f"{LIST_URL}?trang-thai={value}"))
    assert f'">{state}</span>' in page


def test_unpublished_work_comes_before_the_published(one_of_each_state):
    assert titles(logged_in("Biên tập viên"))[:4] == ["Trả lại", "Chờ duyệt", "Nháp", "Hẹn giờ"]


def test_reporter_lists_his_own_and_the_published(one_of_each_state):
    reporter = logged_in("Phóng viên")
    make_article("Của tôi", status=Status.DRAFT, published_at=None, author=user_of(reporter))
    assert titles(reporter) == ["Của tôi", "Đang đăng"]


def test_time_is_shown_hour_first():
    make_article(published_at=timezone.make_aware(datetime(2022, 8, 11, 7, 56)))
    assert "07:56 11/08/2022" in text_of(logged_in("Biên tập viên").get(LIST_URL))


@pytest.mark.parametrize("query", ["đại hội", "DAI HOI", "dai hoi", "Đại hội thể thao"])
def test_search_is_blind_to_marks(query):
    make_article("Khai mạc Đại hội Thể thao")
    make_article("Tin khác")
    assert titles(logged_in("Biên tập viên"), f"?q={query}") == ["Khai mạc Đại hội Thể thao"]


def test_filters_by_category_tree_event_source_and_author():
    editor = logged_in("Biên tập viên")
    root = make_category("Kinh tế")
    child = make_category("Nông nghiệp", parent=root)
    event, source, author = make_event("Mùa cam"), make_source(), make_user("minh")
    make_article("Trong nhánh", category=child, events=(event,), source=source, author=author)
    make_article("Ngoài nhánh", category=make_category("Xã hội"))
    for query in (f"chuyen-muc={root.pk}", f"su-kien={event.pk}", f"nguon={source.pk}", f"nguoi-viet={author.pk}"):
        assert titles(editor, f"?{query}") == ["Trong nhánh"], query


@pytest.mark.usefixtures("vietnamese_order")
def test_filter_choices_follow_the_vietnamese_alphabet():
    for name in ("Đón Tết", "Dân ca", "Ảnh đẹp", "An sinh", "Ép cọc"):
        make_event(name)
    page = logged_in("Biên tập viên").get(LIST_URL)
    event_filter = next(spec for spec in page.context["cl"].filter_specs if spec.parameter_name == "su-kien")
    assert [name for _pk, name in event_filter.lookup_choices] == ["An sinh", "Ảnh đẹp", "Dân ca", "Đón Tết", "Ép cọc"]


@pytest.mark.parametrize(
    "address",
    [LIST_URL, "/admin/", "/admin/news/category/", "/admin/news/event/", "/admin/news/tag/", "/admin/news/tickeritem/"],
)
def test_number_of_queries_does_not_grow_with_the_rows(address):
    editor = logged_in("Biên tập viên")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert editor.get(address).status_code == 200
        return len(captured)

    def one_more() -> None:
        for status in (Status.APPROVED, Status.DRAFT, Status.SUBMITTED):
            article = make_article(
                category=make_category(), events=(make_event(),), author=user_of(editor), status=status
            )
        article.ticker_items.create(text="")

    editor.get(address)
    one_more()
    with_one = queries()
    one_more()
    one_more()
    assert queries() == with_one


def run(client, action: str, *articles: Article, **typed: str):
    selection = {"action": action, "_selected_action": [article.pk for article in articles]}
    return client.post(LIST_URL, selection | typed, follow=True)


def test_selected_articles_are_published_and_the_rest_explained():
    ready = make_article("Đủ phần", status=Status.SUBMITTED)
    later = make_article("Hẹn giờ", status=Status.SUBMITTED, published_at=timezone.now() + timedelta(days=1))
    incomplete = make_article("Thiếu sapo", status=Status.SUBMITTED, summary="")
    already = make_article("Đã đăng rồi")
    page = text_of(run(logged_in("Biên tập viên"), "publish_selected", ready, later, incomplete, already))
    for article in (ready, later, incomplete):
        article.refresh_from_db()
    assert (ready.is_published, later.is_scheduled, incomplete.status) == (True, True, Status.SUBMITTED)
    assert "Đã đăng 2 bài. Trong đó 1 bài chờ đến giờ hẹn." in page
    assert "2 bài không đăng được:" in page
    assert "“Thiếu sapo”: Bài chưa có sapo." in page
    assert "“Đã đăng rồi”: Bài đang ở trạng thái “Đang đăng”." in page


def test_selected_articles_are_withdrawn_with_a_log_entry():
    article, draft = make_article(), make_article("Bản nháp", status=Status.DRAFT)
    editor = logged_in("Biên tập viên")
    page = text_of(run(editor, "withdraw_selected", article, draft, return_reason="Số liệu sai."))
    article.refresh_from_db()
    assert article.status == Status.WITHDRAWN
    assert "Đã gỡ 1 bài." in page
    assert "“Bản nháp”: Bài đang ở trạng thái “Nháp”." in page
    assert "Đã gỡ khỏi trang." in text_of(editor.get(f"/admin/news/article/{article.pk}/history/"))


def test_selected_articles_are_withdrawn_only_with_a_reason():
    article = make_article("Mùa cam")
    editor = logged_in("Biên tập viên")
    for reason in ({}, {"return_reason": ""}, {"return_reason": "\u200b"}):
        page = text_of(run(editor, "withdraw_selected", article, **reason))
        assert "Vì sao gỡ?" in page
        assert "<li>Mùa cam</li>" in page
        assert ("Hãy ghi lý do gỡ" in page) is bool(reason)
    article.refresh_from_db()
    assert article.is_published
    run(editor, "withdraw_selected", article, return_reason="Số liệu sai.")
    assert [step.reason for step in article.steps.all()] == ["Số liệu sai."]


def test_bulk_publishing_does_not_end_an_article_before_it_begins():
    article = make_article(status=Status.SUBMITTED, published_at=None, expires_at=timezone.now() - timedelta(days=1))
    page = text_of(run(logged_in("Biên tập viên"), "publish_selected", article))
    assert "Giờ hết hạn phải sau giờ đăng." in page


def test_reporter_has_no_bulk_actions():
    reporter = logged_in("Phóng viên")
    article = make_article(status=Status.DRAFT, author=user_of(reporter))
    assert "publish_selected" not in text_of(reporter.get(LIST_URL))
    run(reporter, "publish_selected", article)
    run(reporter, "delete_selected", article)
    article.refresh_from_db()
    assert article.status == Status.DRAFT


def test_bulk_delete_leaves_what_is_published():
    published, draft = make_article("Đang đăng"), make_article(status=Status.DRAFT)
    editor = logged_in("Biên tập viên")
    response = editor.post(
        LIST_URL, {"action": "delete_selected", "_selected_action": [published.pk, draft.pk], "post": "yes"}
    )
    assert "hãy gỡ bài trước rồi mới xóa" in text_of(response)
    assert Article.objects.count() == 2
    editor.post(LIST_URL, {"action": "delete_selected", "_selected_action": [draft.pk], "post": "yes"})
    assert list(Article.objects.all()) == [published]


def test_long_report_is_cut():
    drafts = [make_article(status=Status.DRAFT) for _ in range(13)]
    page = text_of(run(logged_in("Biên tập viên"), "withdraw_selected", *drafts, return_reason="Số liệu sai."))
    assert "13 bài không gỡ được:" in page
    assert "và 3 bài khác." in page
