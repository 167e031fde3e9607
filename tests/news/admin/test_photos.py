import json
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.forms import modelform_factory
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from news.admin.widgets import PhotoChooserWidget
from news.models import Article, Photo
from tests.factories import make_article, make_event, make_image, make_photo

pytestmark = pytest.mark.django_db

UPLOAD, BROWSE = "/admin/thu-vien-anh/tai-len/", "/admin/thu-vien-anh/"
PHOTOS = "/admin/news/photo/"


def staff_who_may(*names: str) -> User:
    user = User.objects.create_user(
        f"nguoi-{'-'.join(names) or 'khong'}", password="mat-khau", is_staff=True, last_name="Lê Văn A"
    )
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="news", codename__in=names))
    return user


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(staff_who_may("add_photo", "view_photo", "change_photo", "delete_photo"))
    return client


@pytest.fixture
def admin_user(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("quan-tri", password="mat-khau"))
    return client


def files(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


# ---------------------------------------------------------------- photo fields in forms


def test_photo_field_shows_the_chosen_photo_and_works_as_a_number():
    photo = make_photo(500, 400, caption="Cầu Bến Thủy")
    form_class = modelform_factory(Article, fields=["lead_photo"], widgets={"lead_photo": PhotoChooserWidget})
    html = str(form_class(instance=Article(lead_photo=photo))["lead_photo"])
    assert photo.thumbnail_url in html
    assert f'value="{photo.pk}"' in html
    assert "Cầu Bến Thủy" in html
    assert form_class({"lead_photo": str(photo.pk)}).is_valid()
    assert form_class({"lead_photo": ""}).is_valid()


@pytest.mark.parametrize("value", ["x", "-1", "9" * 30, "1 OR 1=1", "٣", "<script>", "1.5"])
def test_photo_field_refuses_nonsense_with_a_sentence_and_shows_it_again(value):
    form = modelform_factory(Article, fields=["lead_photo"], widgets={"lead_photo": PhotoChooserWidget})(
        {"lead_photo": value}
    )
    assert form.errors["lead_photo"]
    html = str(form["lead_photo"])
    assert "Chưa chọn ảnh" in html
    assert "<script>" not in html


# ---------------------------------------------------------------- photos in the admin


def test_admin_adds_a_photo_through_the_same_door(editor):
    page = editor.post(
        f"{PHOTOS}add/", {"upload": make_image(500, 400, name="cầu.jpg"), "caption": "Cầu", "alt": "", "credit": "An"}
    )
    photo = Photo.objects.get()
    assert page.status_code == 302
    assert (photo.caption, photo.credit, photo.original_name, photo.width) == ("Cầu", "An", "cầu.jpg", 500)
    assert photo.uploaded_by is not None


def test_admin_refuses_a_bad_file_and_keeps_the_words(editor, settings):
    page = editor.post(
        f"{PHOTOS}add/",
        {"upload": SimpleUploadedFile("a.jpg", b"<html>"), "caption": "Chú thích dài", "alt": "", "credit": ""},
    )
    html = page.content.decode()
    assert "Tệp này không phải ảnh" in html
    assert "Chú thích dài</textarea>" in html
    assert files(settings.MEDIA_ROOT) == []


def test_admin_says_that_the_file_must_be_chosen_again_when_a_word_is_wrong(editor, settings):
    page = editor.post(f"{PHOTOS}add/", {"upload": make_image(20, 20), "caption": "", "alt": "", "credit": "x" * 200})
    assert "hãy chọn lại tệp ảnh" in page.content.decode()
    assert Photo.objects.count() == 0
    assert files(settings.MEDIA_ROOT) == []


def test_admin_changes_words_and_never_the_file(editor):
    photo = make_photo(30, 20, caption="Cũ")
    before = photo.image.name
    page = editor.post(
        f"{PHOTOS}{photo.pk}/change/",
        {"caption": "Đua thuyền", "alt": "", "credit": "", "upload": make_image(9, 9), "image": "x.jpg"},
    )
    photo.refresh_from_db()
    assert page.status_code == 302
    assert (photo.caption, photo.image.name, photo.width) == ("Đua thuyền", before, 30)
    assert list(Photo.objects.matching("dua thuyen")) == [photo]


def test_admin_form_links_to_where_a_photo_is_used(admin_user):
    photo = make_photo(30, 20)
    article = make_article("Khánh thành cầu", lead_photo=photo)
    shown = make_article("Ngày hội", body=f'<p><img src="{photo.url}" alt=""></p>')
    shown.sync_photos()
    event = make_event("Đại hội", photo=photo)
    html = admin_user.get(f"{PHOTOS}{photo.pk}/change/").content.decode()
    for row in (article, shown, event):
        assert f'href="{reverse(f"admin:news_{row._meta.model_name}_change", args=[row.pk])}">{row}</a>' in html


def test_admin_list_counts_uses_with_as_many_queries_for_three_photos_as_for_one(admin_user, django_assert_num_queries):
    photo = make_photo(30, 20)
    both = make_article("Cả hai", lead_photo=photo, body=f'<p><img src="{photo.url}" alt=""></p>')
    both.sync_photos()
    make_article("Một", lead_photo=photo)
    make_event(photo=photo)
    admin_user.get(PHOTOS)
    with CaptureQueriesContext(connection) as queries:
        assert "2 bài, 1 sự kiện" in admin_user.get(PHOTOS).content.decode()
    for _ in range(2):
        make_photo(30, 20)
    with django_assert_num_queries(len(queries)):
        admin_user.get(PHOTOS)


def test_admin_list_finds_by_words_without_marks_and_filters_by_use(admin_user):
    used, unused = make_photo(30, 20, caption="Cầu Bến Thủy"), make_photo(30, 20, caption="Đồng lúa")
    make_article(lead_photo=used)

    def found(**parameters: str) -> list[Photo]:
        return list(admin_user.get(PHOTOS, parameters).context["cl"].result_list)

    assert found(q="dong lua") == [unused]
    assert found(dung="co") == [used]
    assert found(dung="khong") == [unused]


@pytest.mark.parametrize("place", ["lead", "body", "event"])
def test_used_photo_is_not_deleted_by_page_or_action(admin_user, settings, place):
    photo, free = make_photo(30, 20, caption="Đang dùng"), make_photo(30, 20)
    if place == "lead":
        make_article("Nơi dùng ảnh", lead_photo=photo, status=Article.Status.DRAFT, published_at=None)
    elif place == "body":
        make_article("Nơi dùng ảnh", body=f'<p><img src="{photo.url}" alt=""></p>').sync_photos()
    else:
        make_event("Nơi dùng ảnh", photo=photo)
    page = admin_user.post(f"{PHOTOS}{photo.pk}/delete/", {"post": "yes"}).content.decode()
    assert "Không xóa được ảnh “Đang dùng”" in page
    assert "Nơi dùng ảnh</a>" in page
    action = {"action": "delete_selected", "_selected_action": [photo.pk, free.pk], "post": "yes"}
    assert "Không xóa ảnh nào" in admin_user.post(PHOTOS, action).content.decode()
    assert Photo.objects.count() == 2
    assert photo.image.storage.exists(photo.image.name)


def test_deleting_photos_takes_their_files_along(admin_user, settings, django_capture_on_commit_callbacks):
    photos = [make_photo(30, 20), make_photo(500, 400)]
    with django_capture_on_commit_callbacks(execute=True):
        admin_user.post(
            PHOTOS, {"action": "delete_selected", "_selected_action": [photo.pk for photo in photos], "post": "yes"}
        )
    assert Photo.objects.count() == 0
    assert files(settings.MEDIA_ROOT) == []


# ---------------------------------------------------------------- the editor's settings


def test_editor_is_set_up_without_the_parts_that_have_open_holes(settings):
    config = settings.CKEDITOR_CONFIGS["default"]
    removed = set(config["removePlugins"].split(","))
    assert {
        "preview",
        "print",
        "iframe",
        "flash",
        "scayt",
        "wsc",
        "exportpdf",
        "save",
        "newpage",
        "templates",
        "about",
        "forms",
        "smiley",
    } <= removed
    assert not removed & set(config["extraPlugins"].split(","))
    assert "fullPage" not in config
    assert config.get("allowedContent") is not True
    assert config["versionCheck"] is False
    assert config["entities"] is False
    assert settings.SILENCED_SYSTEM_CHECKS == ["ckeditor.W001", "security.W021"]


def test_editor_sends_pictures_only_to_our_own_view(admin_user):
    widget = Article(body="")._meta.get_field("body").formfield().widget
    config = json.loads(widget.get_context("body", "", {"id": "id_body"})["widget"]["config"])
    assert config["imageUploadUrl"] == UPLOAD
    assert config["filebrowserImageBrowseUrl"] == BROWSE
    assert not [key for key in config if key.startswith("filebrowser") and key.endswith("UploadUrl")]
    assert "ckeditor_uploader" not in str(config)
