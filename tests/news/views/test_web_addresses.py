"""Links to other sites are http or https, whoever wrote the row."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from news.models import Article, Source, TickerItem
from news.text.addresses import web_address
from tests.factories import make_article, make_source, make_ticker_item

pytestmark = pytest.mark.django_db

HOSTILE = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "//khac.example/",
    "http://[",
    "https://",
]


def write_by_sql(row, column: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {row._meta.db_table} SET {column} = %s WHERE id = %s", [value, row.pk])  # noqa: S608


@pytest.mark.parametrize("address", HOSTILE)
def test_written_without_a_form_it_is_not_stored(address):
    item = make_ticker_item("Tin chạy", url=address)
    source = make_source(url=address)
    article = make_article(source_url=address)
    Article.objects.filter(pk=article.pk).update(source_url=address)
    TickerItem.objects.bulk_create([TickerItem(text="Hai", url=address)])
    assert set(TickerItem.objects.values_list("url", flat=True)) == {""}
    assert Article.objects.get().source_url == Source.objects.get().url == item.url == source.url == ""


@pytest.mark.parametrize("address", HOSTILE)
def test_written_by_sql_it_is_no_link(client, address):
    source = make_source()
    article = make_article("Tin mới", source=source)
    item = make_ticker_item("Tin chạy")
    for row, column in ((source, "url"), (article, "source_url"), (item, "url")):
        write_by_sql(row, column, address)
    for path in ("/", article.get_absolute_url(), source.get_absolute_url(), "/rss.xml", "/atom.xml"):
        answer = client.get(path)
        assert answer.status_code == 200
        text = answer.content.decode().lower()
        for written in (f'href="{address.lower()}"', f'"isbasedon": "{address.lower()}', f'"url": "{address.lower()}"'):
            assert written not in text, path
        assert "alert(1)" not in text, path


@pytest.mark.parametrize("address", ["http://vi-du.vn", "https://bạn.vn/đường?a=1#b", "HTTPS://VI-DU.VN/{x}|y"])
def test_whatever_the_form_accepts_stays(client, address):
    article = make_article(source_url=address)
    article.full_clean(exclude=["slug"])
    article.refresh_from_db()
    assert article.source_url == address
    assert client.get(article.get_absolute_url()).status_code == 200
    assert web_address("vi-du.vn/bai") == "https://vi-du.vn/bai"


@pytest.mark.parametrize("address", HOSTILE)
def test_form_refuses_it(address):
    with pytest.raises(ValidationError):
        TickerItem(text="Tin", url=address).full_clean()
