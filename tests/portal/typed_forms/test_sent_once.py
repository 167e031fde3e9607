"""However often the button of a form is pressed, it makes one row."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.flatpages.models import FlatPage
from django.contrib.redirects.models import Redirect
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comments.models import BlockedTerm
from news.models import Article, Category, Event, Photo, Source, Tag, TickerItem
from portal.models import SentForm
from portal.typed_forms.model_admin import TypedFormMixin
from tests.factories import make_article, make_image, make_user
from tests.news.admin.forms import ADD_URL, change_url, logged_in, typed
from tests.portal.typed_forms.forms import hidden_fields, opened, text_of

pytestmark = pytest.mark.django_db

TYPED: dict[type[models.Model], dict[str, Any]] = {
    Category: {"name": "Nông thôn mới", "order": "5"},
    Event: {"name": "Lễ hội cam", "order": "5"},
    Tag: {"name": "cam Khe Mây"},
    Source: {"name": "Báo Sông Xanh", "short_name": "BSX"},
    TickerItem: {"text": "Cảnh báo mưa lớn", "url": "https://tin.example.vn/", "order": "5"},
    FlatPage: {"title": "Giới thiệu", "url": "/gioi-thieu/", "content": "<p>Cơ quan.</p>"},
    Redirect: {"old_path": "/cu/", "new_path": "/moi/"},
    BlockedTerm: {"kind": "word", "term": "vay nóng"},
    User: {"username": "nguoi-moi", "password1": "mat-khau-de-thu", "password2": "mat-khau-de-thu"},
}


def address_of(model: type[models.Model], page: str = "add") -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}")


@pytest.fixture
def chief() -> Client:
    client = Client()
    client.force_login(make_user("sep", is_superuser=True))
    return client


@pytest.mark.parametrize("model", TYPED, ids=lambda model: model.__name__)
def test_second_press_of_any_add_form_leads_to_what_the_first_made(chief: Client, model: type[models.Model]):
    before = model._default_manager.count()
    form = opened(chief, address_of(model)) | TYPED[model]
    first = chief.post(address_of(model), form)
    assert first.status_code == 302, first.context["adminform"].form.errors
    second = chief.post(address_of(model), form)
    row = model._default_manager.latest("pk")
    assert model._default_manager.count() == before + 1
    assert second.headers["Location"] == reverse(
        f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[row.pk]
    )
    page = text_of(chief.get(second.headers["Location"]))
    assert "đã được lưu ở lần bấm trước. Lần bấm này không tạo thêm." in page


def test_every_form_of_the_admin_is_protected():
    assert [model for model, page in admin.site._registry.items() if not isinstance(page, TypedFormMixin)] == []


def test_photo_is_added_once(chief: Client):
    address = address_of(Photo)
    form = opened(chief, address)
    content = make_image(300, 200).read()
    for _press in range(2):
        file = SimpleUploadedFile("cam.jpg", content, "image/jpeg")
        response = chief.post(address, form | {"upload": file, "caption": "Vườn cam"})
    assert Photo.objects.count() == 1
    assert response.headers["Location"] == reverse("admin:news_photo_change", args=[Photo.objects.get().pk])


@pytest.mark.parametrize("buttons", [("_save", "_save"), ("_publish", "_publish"), ("_save", "_publish")])
def test_back_and_the_button_again_makes_no_second_article(buttons: tuple[str, str]):
    editor = logged_in("Biên tập viên")
    form = opened(editor, ADD_URL) | typed()
    editor.post(ADD_URL, form | {buttons[0]: "1"})
    response = editor.post(ADD_URL, form | {buttons[1]: "1"})
    assert response.headers["Location"] == change_url(Article.objects.get())


def test_second_press_on_a_stored_article_is_no_conflict_with_oneself():
    article = make_article()
    editor = logged_in("Biên tập viên")
    form = opened(editor, change_url(article)) | typed(article, title="Tên mới")
    editor.post(change_url(article), form)
    response = editor.post(change_url(article), form, follow=True)
    assert response.redirect_chain == [(change_url(article), 302)]
    assert "“Tên mới” đã được lưu ở lần bấm trước. Lần bấm này không đổi gì thêm." in text_of(response)
    assert Article.objects.get().version == article.version + 1


def test_one_is_told_apart_from_others_in_a_conflict():
    article = make_article()
    editor = logged_in("Biên tập viên")
    first, second = opened(editor, change_url(article)), opened(editor, change_url(article))
    editor.post(change_url(article), first | typed(article, title="Cửa sổ một"))
    response = editor.post(change_url(article), second | typed(article, title="Cửa sổ hai"))
    assert "bạn, ở một cửa sổ khác, đã lưu bài này" in text_of(response)


def test_other_text_with_the_same_key_is_offered_back_and_not_lost():
    editor = logged_in("Biên tập viên")
    form = opened(editor, ADD_URL)
    editor.post(ADD_URL, form | typed(title="Bản thứ nhất"))
    category = Article.objects.get().category_id
    response = editor.post(ADD_URL, form | typed(title="Bản thứ hai, dài hơn bản đầu", category=category))
    assert response.status_code == 409
    assert "Lần bấm trước đã tạo “Bản thứ nhất”." in text_of(response)
    offered = hidden_fields(text_of(response))
    assert offered["title"] == "Bản thứ hai, dài hơn bản đầu"
    again = editor.post(ADD_URL, offered | {"_refill": "1"})
    assert Article.objects.count() == 1
    assert "Dưới đây là những gì bạn đã gõ" in text_of(again)
    assert 'value="Bản thứ hai, dài hơn bản đầu"' in text_of(again)
    editor.post(ADD_URL, offered | hidden_fields(text_of(again)))
    assert Article.objects.count() == 2


def test_form_with_errors_is_sent_again_with_its_key():
    reporter = logged_in("Phóng viên")
    form = opened(reporter, ADD_URL)
    refused = reporter.post(ADD_URL, form | typed(title=""))
    assert not Article.objects.exists()
    keys = [fields["_form_key"].split(":")[0] for fields in (form, hidden_fields(text_of(refused)))]
    assert keys[0] == keys[1]  # the rest is when it was signed
    reporter.post(ADD_URL, form | typed(category=Category.objects.get().pk))
    assert Article.objects.count() == 1


def test_key_of_another_person_or_form_protects_nothing_and_tells_nothing():
    lan, minh = logged_in("Phóng viên", "lan"), logged_in("Phóng viên", "minh")
    form = opened(lan, ADD_URL) | typed(title="Bài của Lan")
    lan.post(ADD_URL, form)
    response = minh.post(ADD_URL, form, follow=True)
    assert Article.objects.count() == 2
    assert "lần bấm trước" not in text_of(response)


@pytest.mark.parametrize("key", ["", "x", "x" * 100_000, "a/b/c:d:e"])
def test_forged_key_is_as_good_as_none(key: str):
    reporter = logged_in("Phóng viên")
    reporter.post(ADD_URL, typed(_form_key=key))
    assert Article.objects.count() == 1
    assert not SentForm.objects.exists()


def test_second_press_after_the_row_was_deleted_keeps_the_text():
    editor = logged_in("Biên tập viên")
    form = opened(editor, ADD_URL) | typed()
    editor.post(ADD_URL, form)
    Article.objects.get().delete()
    response = editor.post(ADD_URL, form)
    assert response.status_code == 409
    assert hidden_fields(text_of(response))["title"] == form["title"]


def test_keys_are_forgotten_after_a_week():
    editor = logged_in("Biên tập viên")
    editor.post(ADD_URL, opened(editor, ADD_URL) | typed())
    SentForm.objects.update(sent_at=timezone.now() - timedelta(days=8))
    old = SentForm.objects.get()
    editor.post(ADD_URL, opened(editor, ADD_URL) | typed(category=Category.objects.get().pk))
    assert SentForm.objects.count() == 1
    assert SentForm.objects.get() != old


def test_tag_added_twice_in_a_popup_is_chosen_once():
    editor = logged_in("Biên tập viên")
    address = address_of(Tag) + "?_to_field=id&_popup=1"
    form = opened(editor, address) | {"name": "cam"}
    pages = [text_of(editor.post(address, form)) for _press in range(2)]
    assert Tag.objects.count() == 1
    assert all("popup_response.js" in page for page in pages)
