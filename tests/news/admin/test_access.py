"""Every admin address of the news × every role."""

from typing import Any

import pytest
from django.contrib.admin import site
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from news.models import Article
from tests.factories import (
    make_article,
    make_category,
    make_event,
    make_photo,
    make_source,
    make_tag,
    make_ticker_item,
    make_user,
)
from tests.news.admin.forms import change_url, logged_in, typed, user_of

pytestmark = pytest.mark.django_db
Status = Article.Status
ROLES = ("stranger", "staff", "Phóng viên", "Biên tập viên", "Quản trị", "superuser")
LOGIN = 302

# What GET answers: (stranger, staff without a role, Phóng viên, Biên tập viên, Quản trị, superuser)
EVERYONE = (LOGIN, 200, 200, 200, 200, 200)
NEWSROOM = (LOGIN, 403, 200, 200, 200, 200)
EDITORS = (LOGIN, 403, 403, 200, 200, 200)
HOUSE = (LOGIN, 403, 403, 403, 200, 200)
OWNERS = (LOGIN, 403, 403, 403, 403, 200)
TABLE: dict[str, tuple[int, ...]] = {
    "/admin/": EVERYONE,
    "/admin/password_change/": EVERYONE,
    "/admin/news/article/": NEWSROOM,
    "/admin/news/article/add/": NEWSROOM,
    "/admin/news/article/{published}/change/": NEWSROOM,
    "/admin/news/article/{published}/history/": NEWSROOM,
    "/admin/news/article/{published}/ban-da-luu/": NEWSROOM,
    "/admin/news/article/{published}/delete/": EDITORS,
    "/admin/news/article/{draft}/change/": (LOGIN, 403, 302, 200, 200, 200),  # 302: as if it did not exist
    "/admin/news/article/{draft}/history/": (LOGIN, 302, 302, 200, 200, 200),
    "/admin/news/article/{draft}/ban-da-luu/": (LOGIN, 404, 404, 200, 200, 200),
    "/admin/news/category/": NEWSROOM,
    "/admin/news/category/add/": EDITORS,
    "/admin/news/category/{category}/change/": NEWSROOM,
    "/admin/news/category/{category}/delete/": EDITORS,
    "/admin/news/tag/": NEWSROOM,
    "/admin/news/tag/add/": NEWSROOM,
    "/admin/news/tag/{tag}/delete/": EDITORS,
    "/admin/news/source/": NEWSROOM,
    "/admin/news/source/add/": EDITORS,
    "/admin/news/source/{source}/delete/": EDITORS,
    "/admin/news/event/": NEWSROOM,
    "/admin/news/event/add/": EDITORS,
    "/admin/news/event/{event}/delete/": EDITORS,
    "/admin/news/tickeritem/": EDITORS,
    "/admin/news/tickeritem/add/": EDITORS,
    "/admin/news/tickeritem/{ticker}/change/": EDITORS,
    "/admin/news/tickeritem/{ticker}/delete/": EDITORS,
    "/admin/news/photo/": NEWSROOM,
    "/admin/news/photo/{photo}/change/": NEWSROOM,
    "/admin/news/photo/{photo}/delete/": EDITORS,
    "/admin/news/siteidentity/1/change/": HOUSE,
    "/admin/news/siteidentity/add/": (LOGIN, 403, 403, 403, 403, 403),
    "/admin/news/siteidentity/1/delete/": (LOGIN, 403, 403, 403, 403, 403),
    "/admin/auth/user/": HOUSE,
    "/admin/auth/user/add/": HOUSE,
    "/admin/auth/user/{superuser}/change/": HOUSE,
    "/admin/auth/user/{superuser}/password/": OWNERS,
    "/admin/auth/group/": HOUSE,
    "/admin/auth/group/add/": HOUSE,
    "/admin/flatpages/flatpage/": HOUSE,
    "/admin/flatpages/flatpage/add/": HOUSE,
    "/admin/redirects/redirect/": HOUSE,
    "/admin/redirects/redirect/add/": HOUSE,
}


@pytest.fixture
def rows() -> dict[str, Any]:
    return {
        "published": make_article().pk,
        "draft": make_article("Bí mật", status=Status.DRAFT).pk,
        "category": make_category().pk,
        "tag": make_tag().pk,
        "source": make_source().pk,
        "event": make_event().pk,
        "ticker": make_ticker_item("Dòng tin").pk,
        "photo": make_photo().pk,
        "superuser": User.objects.create_superuser("sep").pk,
    }


def client_as(role: str) -> Client:
    client = Client()
    if role == "superuser":
        client.force_login(User.objects.create_superuser("admin"))
    elif role == "staff":
        client.force_login(make_user())
    elif role != "stranger":
        return logged_in(role)
    return client


@pytest.mark.parametrize("column", range(len(ROLES)), ids=ROLES)
def test_each_role_opens_what_is_his(rows, column):
    client = client_as(ROLES[column])
    answers = {address: client.get(address.format(**rows)).status_code for address in TABLE}
    assert answers == {address: row[column] for address, row in TABLE.items()}


def test_every_registered_model_stands_in_the_table():
    listed = {tuple(address.split("/")[2:4]) for address in TABLE}
    for model in site._registry:
        if model._meta.app_label in {"news", "portal", "auth", "flatpages", "redirects"}:
            assert (model._meta.app_label, model._meta.model_name) in listed


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.APPROVED, Status.WITHDRAWN])
def test_reporter_reads_but_does_not_change_his_article_once_it_is_sent(status):
    reporter = logged_in("Phóng viên")
    article = make_article("Tên cũ", status=status, author=user_of(reporter))
    page = reporter.get(change_url(article))
    assert page.status_code == 200
    assert b'name="_save"' not in page.content
    assert reporter.post(change_url(article), typed(article, title="Tên mới")).status_code == 409
    article.refresh_from_db()
    assert article.title == "Tên cũ"


def test_reporter_reads_a_colleagues_published_article_only():
    reporter = logged_in("Phóng viên")
    article = make_article("Tên cũ", author=make_user())
    assert "Nội dung của bài." in reporter.get(change_url(article)).content.decode()
    assert reporter.post(change_url(article), typed(article, title="Tên mới")).status_code == 403
    article.refresh_from_db()
    assert article.title == "Tên cũ"


@pytest.mark.parametrize("button", ["_publish", "_return", "_withdraw"])
def test_reporter_cannot_press_an_editors_button(button):
    reporter = logged_in("Phóng viên")
    article = make_article(status=Status.DRAFT, author=user_of(reporter))
    assert reporter.post(change_url(article), typed(article, return_reason="x", **{button: "1"})).status_code == 403
    assert reporter.post("/admin/news/article/add/", typed(**{button: "1"})).status_code == 403
    article.refresh_from_db()
    assert article.status == Status.DRAFT
    assert Article.objects.count() == 1


def test_reporter_deletes_nothing():
    reporter = logged_in("Phóng viên")
    article = make_article(status=Status.DRAFT, author=user_of(reporter))
    assert reporter.post(f"/admin/news/article/{article.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Article.objects.exists()


def test_state_does_not_change_by_a_get():
    editor = logged_in("Biên tập viên")
    article = make_article(status=Status.DRAFT)
    editor.get(change_url(article), {"_publish": "1"})
    article.refresh_from_db()
    assert article.status == Status.DRAFT


def test_state_does_not_change_without_a_csrf_token():
    editor = Client(enforce_csrf_checks=True)
    editor.force_login(make_user(role="Biên tập viên"))
    article = make_article(status=Status.SUBMITTED)
    assert editor.post(change_url(article), typed(article, _publish="1")).status_code == 403
    article.refresh_from_db()
    assert article.status == Status.SUBMITTED


def test_related_search_offers_a_reporter_nothing_secret():
    make_article("Bí mật chưa đăng", status=Status.DRAFT)
    make_article("Bí mật đã đăng")
    parameters = {"term": "bi mat", "app_label": "news", "model_name": "relatedarticle", "field_name": "related"}
    found = logged_in("Phóng viên").get(reverse("admin:autocomplete"), parameters).json()["results"]
    assert [row["text"] for row in found] == ["Bí mật đã đăng"]


def test_reporter_cannot_relate_his_article_to_a_secret_one():
    reporter = logged_in("Phóng viên")
    secret = make_article("Bí mật chưa đăng", status=Status.DRAFT, author=make_user())
    chosen = {"related_links-TOTAL_FORMS": 1, "related_links-0-related": secret.pk, "related_links-0-order": 1}
    page = reporter.post("/admin/news/article/add/", typed(**chosen), follow=True).content.decode()
    assert "Lựa chọn này không còn nữa" in page
    assert "Bí mật" not in page


def test_photo_tells_a_reporter_of_secret_articles_only_that_they_are():
    photo = make_photo()
    make_article("Bí mật chưa đăng", status=Status.DRAFT, author=make_user(), lead_photo=photo)
    make_article("Bài đã đăng", lead_photo=photo)
    address = f"/admin/news/photo/{photo.pk}/change/"
    seen = logged_in("Phóng viên").get(address).content.decode()
    assert "Bài đã đăng" in seen
    assert "1 bài chưa đăng của người khác" in seen
    assert "Bí mật" not in seen
    assert "Bí mật" in logged_in("Biên tập viên").get(address).content.decode()


@pytest.mark.parametrize("address", ["/admin/thu-vien-anh/{}/", "/admin/news/photo/{}/change/"])
def test_reporter_words_only_photos_that_no_one_else_relies_on(address):
    reporter = logged_in("Phóng viên")
    unused, own, others, sent, published, of_event = (make_photo(caption="Cũ") for _ in range(6))
    make_article(status=Status.DRAFT, author=user_of(reporter), lead_photo=own)
    make_article(status=Status.DRAFT, author=make_user(), lead_photo=others)
    make_article(status=Status.SUBMITTED, author=user_of(reporter), lead_photo=sent)
    make_article(author=user_of(reporter), lead_photo=published)
    make_event(photo=of_event)
    answers = {}
    for name, photo in {
        "unused": unused,
        "own": own,
        "others": others,
        "sent": sent,
        "published": published,
        "event": of_event,
    }.items():
        answers[name] = reporter.post(address.format(photo.pk), {"caption": "Mới", "alt": "", "credit": ""}).status_code
        photo.refresh_from_db()
        assert photo.caption == ("Mới" if answers[name] == 302 else "Cũ")
    assert answers == {"unused": 302, "own": 302, "others": 403, "sent": 403, "published": 403, "event": 403}
    editor = logged_in("Biên tập viên")
    assert editor.post(address.format(published.pk), {"caption": "Mới", "alt": "", "credit": ""}).status_code == 302
