"""Hostile input is answered with an error message or a 400, never a 500, and the form keeps what was typed."""

from errno import ENOSPC
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from news.models import Article, Attachment, Category, FileNotStored
from tests.factories import make_article, make_category, make_event
from tests.news.admin.forms import ADD_URL, LIST_URL, change_url, logged_in, moment, typed

pytestmark = pytest.mark.django_db
HUGE = "9" * 25


def text_of(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": "Có\x00rỗng"}, "Trong chữ có ký tự rỗng"),
        ({"summary": "Có\x00rỗng"}, "Trong chữ có ký tự rỗng"),
        ({"byline": "\x00"}, "Trong chữ có ký tự rỗng"),
        ({"title": "dài " * 100}, "Dài nhất 250 ký tự"),
        ({"summary": "dài " * 1000}, "Dài nhất 1000 ký tự"),
        ({"slug": "Có dấu và cách"}, "Địa chỉ chỉ gồm chữ không dấu"),
        ({"slug": "a" * 141}, "Dài nhất 140 ký tự"),
        ({"category": HUGE}, "Lựa chọn này không còn nữa"),
        ({"category": "abc"}, "Lựa chọn này không còn nữa"),
        ({"lead_photo": HUGE}, "Lựa chọn này không còn nữa"),
        ({"source": HUGE}, "Lựa chọn này không còn nữa"),
        ({"tags": [HUGE]}, "không phải một lựa chọn có thật"),
        ({"events": ["abc"]}, "không phải một lựa chọn có thật"),
        ({"further_categories": [HUGE]}, "không phải một lựa chọn có thật"),
        ({"source_url": "javascript:alert(1)"}, "Hãy nhập đúng địa chỉ web"),
        (moment("published_at", "31/02/2026"), "Hãy nhập ngày dạng 11/08/2022"),
        (moment("published_at", "11/08/2022", "25:61"), "Hãy nhập giờ dạng 07:56"),
        (moment("published_at", "01/01/0001", "00:00"), "Năm 1 không đúng"),
        (moment("expires_at", "31/12/9999", "23:59"), "Năm 9999 không đúng"),
        ({"body": "<div>" * 300 + "x"}, "lồng quá nhiều lớp"),
        ({"comment_mode": "khac"}, "không nằm trong các lựa chọn"),
        ({"related_links-TOTAL_FORMS": HUGE}, ""),
        ({"related_links-TOTAL_FORMS": "abc"}, ""),
        (
            {"related_links-TOTAL_FORMS": 1, "related_links-0-related": HUGE, "related_links-0-order": 1},
            "Lựa chọn này không còn nữa",
        ),
        ({"related_links-TOTAL_FORMS": 1, "related_links-INITIAL_FORMS": 1, "related_links-0-id": HUGE}, ""),
        ({"attachments-TOTAL_FORMS": 1, "attachments-0-title": "a", "attachments-0-order": HUGE}, ""),
    ],
)
def test_hostile_field_gives_a_sentence_and_keeps_the_rest(changes, sentence):
    editor = logged_in("Biên tập viên")
    data = typed(**({"body": "<p>Vẫn còn nguyên.</p>"} | changes))
    saved, previewed = editor.post(ADD_URL, data), editor.post(f"{ADD_URL}xem-truoc/", data)
    assert (saved.status_code, previewed.status_code) == (200, 422)
    assert sentence in text_of(saved)
    assert sentence in text_of(previewed)
    assert "body" in changes or "Vẫn còn nguyên." in text_of(saved)
    assert not Article.objects.exists()


def test_lone_surrogates_and_broken_utf8_in_a_form_are_harmless():
    body = b"title=%ED%A0%80%FF&summary=%C3&category=1&comment_mode=open"
    response = logged_in("Biên tập viên").post(ADD_URL, body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 200


def test_hidden_characters_are_removed_from_what_is_stored():
    logged_in("Biên tập viên").post(ADD_URL, typed(title="Tin\u202e đảo\u200b chiều"))
    assert Article.objects.get().title == "Tin đảo chiều"


@pytest.mark.parametrize(
    "address",
    [
        f"/admin/news/article/{HUGE}/change/",
        f"/admin/news/article/{HUGE}/delete/",
        f"/admin/news/article/{HUGE}/history/",
        f"/admin/news/article/{HUGE}/xem-truoc/",
        f"/admin/news/article/{HUGE}/ban-da-luu/",
        "/admin/news/article/abc/change/",
        "/admin/news/article/-1/change/",
        "/admin/news/article/0/ban-da-luu/",
        f"{LIST_URL}?trang-thai=khac",
        f"{LIST_URL}?chuyen-muc={HUGE}",
        f"{LIST_URL}?chuyen-muc=abc",
        f"{LIST_URL}?su-kien={HUGE}",
        f"{LIST_URL}?nguon=٣",
        f"{LIST_URL}?nguoi-viet=-1",
        f"{LIST_URL}?p={HUGE}",
        f"{LIST_URL}?p=-1",
        f"{LIST_URL}?o=99.-99.x",
        f"{LIST_URL}?published_at__year={HUGE}",
        f"{LIST_URL}?published_at__year=0",
        f"{LIST_URL}?published_at__year=2026&published_at__month=13",
        f"{LIST_URL}?q=%00",
        f"{LIST_URL}?q=%ED%A0%80",
        f"{LIST_URL}?q=" + "a" * 5000,
        f"{LIST_URL}?author__password__startswith=a",
        f"{LIST_URL}?khong-co=1",
        f"{LIST_URL}?id__in={HUGE}",
        f"{LIST_URL}?category__id__exact={HUGE}",
        f"/admin/auth/user/{HUGE}/password/",
        f"/admin/news/siteidentity/{HUGE}/change/",
        f"/admin/news/category/{HUGE}/change/",
        f"/admin/autocomplete/?app_label=news&model_name=article&field_name=tags&term={HUGE}&page={HUGE}",
        "/admin/autocomplete/?app_label=x",
        f"{ADD_URL}?category={HUGE}&tags={HUGE}&title=%00&lead_photo={HUGE}&source={HUGE}&published_at=x",
        f"/admin/r/{HUGE}/{HUGE}/",
        f"/admin/news/event/?is_visible__exact={HUGE}",
    ],
)
def test_hostile_address_is_no_server_error(admin_client: Client, address):
    make_article()
    assert admin_client.get(address).status_code < 500


@pytest.mark.parametrize("ids", [[HUGE], ["abc"], ["-1", "0"], ["\x00"]])
@pytest.mark.parametrize("action", ["publish_selected", "withdraw_selected", "delete_selected", "khong-co"])
def test_forged_selection_is_no_server_error(admin_client: Client, action, ids):
    make_article()
    response = admin_client.post(LIST_URL, {"action": action, "_selected_action": ids, "post": "yes"})
    assert response.status_code < 500
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    ("address", "data"),
    [
        ("/admin/news/category/add/", {"name": "a\x00", "order": 1}),
        ("/admin/news/category/add/", {"name": "Tên", "order": HUGE, "parent": HUGE}),
        ("/admin/news/event/add/", {"name": "x" * 500, "photo": HUGE, **moment("starts_at", "01/01/0001", "00:00")}),
        ("/admin/news/tag/add/", {"name": ""}),
        ("/admin/news/tag/add/", {"name": "a", "slug": "đ"}),
        ("/admin/news/source/add/", {"name": "a", "short_name": "b" * 99, "url": "javascript:1"}),
        ("/admin/news/tickeritem/add/", {"text": "", "order": -1}),
        ("/admin/news/tickeritem/add/", {"text": "a", "article": HUGE, "order": 1}),
        ("/admin/news/siteidentity/1/change/", {"name": "\x00", "logo": HUGE, "reply_deadline_days": HUGE}),
        ("/admin/flatpages/flatpage/add/", {"title": "a", "url": "khong-gach", "content": "x"}),
        ("/admin/flatpages/flatpage/add/", {"title": "\x00", "url": "/a/", "content": "<div>" * 300}),
        ("/admin/redirects/redirect/add/", {"old_path": "khong-gach", "new_path": "javascript:1"}),
        ("/admin/auth/user/add/", {"username": "có dấu cách", "password1": "a", "password2": "b", "groups": [HUGE]}),
        ("/admin/auth/group/add/", {"name": "x" * 200, "permissions": [HUGE]}),
        ("/admin/login/", {"username": "\x00", "password": "\x00"}),
    ],
)
def test_every_other_form_answers_nonsense_with_sentences(admin_client: Client, address, data):
    response = admin_client.post(address, data)
    assert response.status_code == 200
    assert "errornote" in text_of(response)


def test_list_editing_answers_nonsense_with_a_sentence(admin_client: Client):
    category = make_category(order=5)
    data = {
        "form-TOTAL_FORMS": 1,
        "form-INITIAL_FORMS": 1,
        "form-0-id": category.pk,
        "form-0-order": HUGE,
        "_save": "1",
    }
    assert admin_client.post("/admin/news/category/", data).status_code == 200
    assert admin_client.post("/admin/news/category/", data | {"form-0-id": HUGE}).status_code < 500
    assert Category.objects.get().order == 5


def test_html_in_names_is_text_in_the_admin(admin_client: Client):
    script = "<script>alert(1)</script>"
    article = make_article(script, category=make_category(script), events=(make_event(script),))
    for address in (LIST_URL, change_url(article), "/admin/", "/admin/news/category/", "/admin/news/event/"):
        assert script not in text_of(admin_client.get(address))
    page = text_of(
        admin_client.post(LIST_URL, {"action": "publish_selected", "_selected_action": [article.pk]}, follow=True)
    )
    assert script not in page


def test_picture_address_with_a_hidden_nul_is_no_picture_of_ours(admin_client: Client):
    response = admin_client.post(ADD_URL, typed(body='<p>Chữ</p><img src="/media/x%00-1x1.jpg" alt="">'))
    assert response.status_code == 302
    assert Article.objects.get().body == "<p>Chữ</p>"


def test_attachment_that_cannot_be_stored_costs_nothing_that_was_typed(settings):
    settings.MEDIA_ROOT.parent.joinpath("media").write_text("không phải thư mục")
    editor = logged_in("Biên tập viên")
    upload = {"attachments-TOTAL_FORMS": 1, "attachments-0-title": "Phụ lục", "attachments-0-order": 1}
    file = SimpleUploadedFile("phu-luc.pdf", b"%PDF-1.4 phu luc")
    response = editor.post(ADD_URL, typed(title="Tên vừa gõ", **upload, **{"attachments-0-file": file}))
    assert response.status_code == 200
    assert "máy chủ không ghi được tệp đính kèm" in text_of(response)
    assert 'value="Tên vừa gõ"' in text_of(response)
    assert not Article.objects.exists()
    assert not Attachment.objects.exists()


def test_attachment_written_by_half_leaves_no_file(settings, monkeypatch):
    def full_after_a_while(self, name, content):
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"%PDF-")
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full_after_a_while)
    with pytest.raises(FileNotStored):
        Attachment.objects.create(
            article=make_article(), title="Phụ lục", file=SimpleUploadedFile("phu-luc.pdf", b"%PDF-1.4")
        )
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []
