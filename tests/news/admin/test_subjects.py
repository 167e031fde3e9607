"""Categories, tags, sources, events and the ticker in the admin."""

from datetime import timedelta

import pytest
from django.contrib.redirects.models import Redirect
from django.utils import timezone

from news.models import Category, Event
from tests.factories import make_article, make_category, make_event, make_photo, make_source, make_tag, make_ticker_item
from tests.news.admin.forms import logged_in

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return response.content.decode()


def fields_of(row) -> dict[str, object]:
    names = {"category": ("name", "order"), "tag": ("name",), "event": ("name",), "source": ("name", "short_name")}[
        row._meta.model_name
    ]
    return {name: getattr(row, name) for name in names}


def rename(client, row, slug: str):
    return client.post(
        f"/admin/news/{row._meta.model_name}/{row.pk}/change/", {**fields_of(row), "slug": slug}, follow=True
    )


@pytest.mark.parametrize("make", [make_category, make_tag, make_event, make_source])
def test_old_address_leads_to_the_new_one(client, make):
    row = make("Tên đầu")
    old = row.get_absolute_url()
    page = text_of(rename(logged_in("Biên tập viên"), row, "ten-khac"))
    row.refresh_from_db()
    new = row.get_absolute_url()
    assert (old, new) != (new, old)
    assert f"Địa chỉ cũ {old} nay dẫn sang {new}." in page
    if make is not make_event:  # an event is hidden unless the box was ticked
        answer = client.get(old)
        assert (answer.status_code, answer["Location"]) == (301, new)


def test_moving_there_and_back_makes_no_loop():
    editor, tag = logged_in("Biên tập viên"), make_tag("Một")
    for slug in ("hai", "ba", "mot"):
        rename(editor, tag, slug)
    assert {row.old_path: row.new_path for row in Redirect.objects.all()} == {
        "/the/hai/": "/the/mot/",
        "/the/ba/": "/the/mot/",
    }


def test_saving_without_a_new_address_makes_no_redirect():
    tag = make_tag("Một")
    rename(logged_in("Biên tập viên"), tag, tag.slug)
    assert not Redirect.objects.exists()


def test_categories_are_listed_as_a_tree():
    last, first = make_category("Văn hóa", order=20), make_category("Kinh tế", order=10)
    make_category("Công nghiệp", parent=first, order=30)
    make_category("Lễ hội", parent=last, order=1)
    response = logged_in("Biên tập viên").get("/admin/news/category/")
    assert [(row.depth, row.name) for row in response.context["cl"].result_list] == [
        (0, "Kinh tế"),
        (1, "Công nghiệp"),
        (0, "Văn hóa"),
        (1, "Lễ hội"),
    ]
    assert "— Công nghiệp" in text_of(response)
    assert "— Công nghiệp" in text_of(logged_in("Phóng viên").get("/admin/news/article/add/"))


def test_order_is_edited_in_the_list():
    category = make_category("Kinh tế", order=10)
    data = {
        "form-TOTAL_FORMS": 1,
        "form-INITIAL_FORMS": 1,
        "form-0-id": category.pk,
        "form-0-order": 7,
        "form-0-in_menu": "on",
        "_save": "1",
    }
    logged_in("Biên tập viên").post("/admin/news/category/", data)
    category.refresh_from_db()
    assert (category.order, category.in_menu, category.on_home) == (7, True, False)


def test_category_does_not_move_into_itself():
    root = make_category("Kinh tế")
    child = make_category("Nông nghiệp", parent=root)
    response = logged_in("Biên tập viên").post(
        f"/admin/news/category/{root.pk}/change/", {**fields_of(root), "parent": child.pk}
    )
    assert "Chuyên mục không thể nằm trong chính nó" in text_of(response)


def test_category_with_articles_is_not_deleted_and_says_why():
    category = make_category("Kinh tế")
    make_article("Bài trong mục", category=category)
    response = logged_in("Biên tập viên").post(f"/admin/news/category/{category.pk}/delete/", {"post": "yes"})
    page = text_of(response)
    assert "Không xóa được chuyên mục “Kinh tế” vì còn bài hoặc chuyên mục con." in page
    assert "Bài trong mục" in page
    assert Category.objects.exists()


def test_event_takes_a_photo_and_counts_its_articles():
    photo, editor = make_photo(caption="Lễ khai mạc"), logged_in("Biên tập viên")
    editor.post("/admin/news/event/add/", {"name": "Đại hội Thể thao", "photo": photo.pk, "is_visible": "on"})
    event = Event.objects.get()
    assert event.photo == photo
    make_article(events=(event,))
    make_article(events=(event,))
    assert f'<a href="../article/?su-kien={event.pk}">2</a>' in text_of(editor.get("/admin/news/event/"))


def test_event_does_not_end_before_it_starts():
    data = {
        "name": "a",
        "starts_at_0": "02/01/2026",
        "starts_at_1": "08:00",
        "ends_at_0": "01/01/2026",
        "ends_at_1": "08:00",
    }
    assert "Giờ kết thúc phải sau giờ bắt đầu." in text_of(
        logged_in("Biên tập viên").post("/admin/news/event/add/", data)
    )


@pytest.mark.usefixtures("vietnamese_order")
def test_tags_follow_the_vietnamese_alphabet_and_are_found_without_marks():
    for name in ("Đất đai", "Du lịch", "Ẩm thực", "An sinh"):
        make_tag(name)
    editor = logged_in("Biên tập viên")
    assert [tag.name for tag in editor.get("/admin/news/tag/").context["cl"].result_list] == [
        "An sinh",
        "Ẩm thực",
        "Du lịch",
        "Đất đai",
    ]
    assert [tag.name for tag in editor.get("/admin/news/tag/?q=dat dai").context["cl"].result_list] == ["Đất đai"]
    parameters = {"term": "am", "app_label": "news", "model_name": "article", "field_name": "tags"}
    assert [row["text"] for row in editor.get("/admin/autocomplete/", parameters).json()["results"]] == ["Ẩm thực"]


def test_ticker_tells_what_runs():
    now = timezone.now()
    make_ticker_item("Chạy luôn")
    make_ticker_item("Mai mới chạy", starts_at=now + timedelta(days=1))
    make_ticker_item("Hôm qua đã hết", ends_at=now - timedelta(days=1))
    make_ticker_item("", article=make_article("Bài chưa đăng", status="draft"))
    page = text_of(logged_in("Biên tập viên").get("/admin/news/tickeritem/"))
    for state in ("Đang chạy", "Đang chờ", "Đã hết", "Chờ bài được đăng"):
        assert page.count(f">{state}</span>") == 1


def test_ticker_item_needs_words_or_an_article():
    response = logged_in("Biên tập viên").post("/admin/news/tickeritem/add/", {"text": "", "order": 1})
    assert "Hãy ghi dòng tin hoặc chọn một bài viết." in text_of(response)


def test_form_of_a_tag_links_its_page_once_readers_may_see_an_article_of_it():
    client, tag = logged_in("Biên tập viên"), make_tag("Sông La")
    form = f"/admin/news/tag/{tag.pk}/change/"
    assert f'href="{tag.get_absolute_url()}"' not in text_of(client.get(form))
    make_article(tags=(tag,))
    assert f'href="{tag.get_absolute_url()}"' in text_of(client.get(form))
