"""Every row can be linked, whatever its slug is and however it was written."""

from collections.abc import Callable

import pytest
from django.contrib.flatpages.models import FlatPage
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.test import Client
from django.urls import resolve, reverse

from news.models import Article, Category, Event, Source, Tag
from tests.factories import make_article, make_category, make_event, make_source, make_tag
from tests.news.admin.forms import change_url, logged_in, typed

pytestmark = pytest.mark.django_db

SLUGS = [
    "",
    "Ha-Tinh-Tin-Moi",
    "HA-TINH",
    "-",
    "_",
    "-dau-cuoi-",
    "_gach_duoi_",
    "2026",
    "0",
    "a" * 140,
    "A" * 300,
    "Đại hội",
    "đại-hội",
    "İstanbul",
    "北京",
    "a/b",
    "/",
    "..",
    "a.b",
    "rss.xml",
    "a b",
    " ",
    "a\nb",
    "a\n",
    "a?b#c",
    "%2F",
    "<script>",
    "\u200b",
]
LISTS = (
    "/",
    "/su-kien/",
    "/luu-tru/",
    "/tim-kiem/?q=tin",
    "/tim-kiem/goi-y/?q=tin",
    "/rss/",
    "/rss.xml",
    "/atom.xml",
    "/sitemap.xml",
    "/sitemap-tin-moi.xml",
    *(f"/sitemap-{section}-1.xml" for section in ("trang", "chuyen-muc", "su-kien", "the", "nguon", "bai-viet")),
)
ADMIN_LISTS = tuple(f"/admin/news/{model}/" for model in ("article", "category", "event", "tag", "source"))
MODELS: list[tuple[type[models.Model], Callable[..., models.Model]]] = [
    (Article, make_article),
    (Category, make_category),
    (Event, make_event),
    (Source, make_source),
    (Tag, make_tag),
]
every_model = pytest.mark.parametrize(("model", "make"), MODELS, ids=[model.__name__ for model, _make in MODELS])


def stored(model: type[models.Model], pk: int) -> str:
    return model._default_manager.values_list("slug", flat=True).get(pk=pk)


def write_by_sql(row: models.Model, column: str, value: str) -> None:
    table = row._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [value, row.pk])  # noqa: S608


def assert_leads_to_itself(row: models.Model) -> None:
    row.refresh_from_db()
    slug = row.slug  # type: ignore[attr-defined]
    assert slug == slug.lower()
    assert resolve(row.get_absolute_url()).kwargs["slug"] == slug  # type: ignore[attr-defined]


@every_model
@pytest.mark.parametrize("slug", SLUGS)
def test_whatever_a_model_accepts_can_be_linked(model, make, slug):
    row = make()
    row.slug = slug
    row.save()
    assert_leads_to_itself(row)
    model._default_manager.filter(pk=row.pk).update(slug=slug or "x")
    assert_leads_to_itself(row)
    row.slug = slug
    model._default_manager.bulk_update([row], ["slug"])
    if slug:  # an update does not know the name that an empty slug is filled in from
        assert_leads_to_itself(row)


@every_model
@pytest.mark.parametrize("slug", SLUGS)
def test_whatever_validation_lets_through_is_stored_as_it_is(model, make, slug):
    row = make()
    row.slug = slug
    try:
        row.full_clean()
    except ValidationError as error:
        assert set(error.message_dict) == {"slug"}
        return
    cleaned = row.slug
    row.save()
    assert stored(model, row.pk) == cleaned or not cleaned
    assert_leads_to_itself(row)


def test_rows_made_in_bulk_get_an_address():
    category = make_category()
    tags = Tag.objects.bulk_create([Tag(name="Hà Tĩnh"), Tag(name="Xã Mới", slug="Xa-Moi")])
    articles = Article.objects.bulk_create(
        [Article(title="Tin mới", category=category), Article(title="?", slug="A B", category=category)]
    )
    assert [stored(Tag, tag.pk) for tag in tags] == ["ha-tinh", "xa-moi"]
    assert [stored(Article, article.pk) for article in articles] == ["tin-moi", "a-b"]


def test_capital_letters_typed_in_the_admin_become_small():
    article = make_article()
    client = logged_in("Biên tập viên")
    response = client.post(change_url(article), typed(article, slug="Ha-Tinh-Tin-Moi"))
    assert response.status_code == 302
    assert stored(Article, article.pk) == "ha-tinh-tin-moi"
    assert Client().get(f"/bai-viet/Ha-Tinh-Tin-Moi-{article.pk}/")["Location"] == (
        f"/bai-viet/ha-tinh-tin-moi-{article.pk}/"
    )


def test_other_characters_typed_in_the_admin_are_refused_with_a_sentence():
    response = logged_in("Quản trị").post("/admin/news/tag/add/", {"name": "Hà Tĩnh", "slug": "Hà Tĩnh"})
    assert "Địa chỉ chỉ gồm chữ không dấu, chữ số, gạch nối và gạch dưới" in response.content.decode()
    assert 'value="Hà Tĩnh"' in response.content.decode() or 'value="hà tĩnh"' in response.content.decode()
    assert not Tag.objects.exists()


@pytest.mark.parametrize("slug", ["Ha-Tinh", "Đại hội", "", "a/b", "/", "..", "a?b#c", "a\nb", "<b>"])
def test_no_page_fails_because_of_a_row_written_by_sql(client, slug):
    category, event, tag, source = make_category(), make_event(), make_tag(), make_source()
    article = make_article("Tin lạ", category=category, source=source, tags=(tag,), events=(event,), is_featured=True)
    for row in (category, event, tag, source, article):
        write_by_sql(row, "slug", slug)
        row.refresh_from_db()
    for path in (*LISTS, article.get_absolute_url()):
        assert client.get(path).status_code == 200, path
    assert client.get(f"/bai-viet/x-{article.pk}/").status_code == 301
    assert client.get(f"/bai-viet/-{article.pk}/").status_code in (200, 301)
    staff = logged_in("Quản trị")
    for path in (*ADMIN_LISTS, f"/admin/news/article/{article.pk}/change/"):
        assert staff.get(path).status_code == 200, path
    if slug and "/" not in slug and slug != "..":  # those have no address that a browser could ask for
        for row in (category, event, tag, source):
            page = row.get_absolute_url()
            assert client.get(page).status_code == 200, page
            assert client.get(f"{page}rss.xml").status_code == 200, page


@pytest.mark.parametrize(
    "url", ["", "/", "gioi-thieu", "//khac.example/", "/\\khac.example/", "javascript:alert(1)", "/a b/", "/ü/", "/\n/"]
)
def test_no_page_fails_because_of_a_flat_page_written_by_sql(client, url):
    make_article(tags=(make_tag(),), events=(make_event(),), source=make_source())
    page = FlatPage.objects.create(url="/gioi-thieu/", title="Giới thiệu")
    page.sites.add(1)
    write_by_sql(page, "url", url)
    for path in LISTS:
        answer = client.get(path)
        assert answer.status_code == 200, path
        text = answer.content.decode()
        assert 'href="javascript' not in text
        assert "//khac.example" not in text
        assert "\\khac.example" not in text


def test_two_slugs_that_differ_in_capitals_are_the_same_address():
    make_tag("Một", slug="ha-tinh")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_tag("Hai", slug="Ha-Tinh")
    assert reverse("news:tag", args=["ha-tinh"]) == "/the/ha-tinh/"
