import pytest
from django.db import connection

from news.checks import check_vietnamese_collation
from news.db.collation import alphabetical
from news.models import Tag
from tests.factories import make_tag

pytestmark = pytest.mark.django_db


def test_names_stand_in_the_order_of_the_vietnamese_alphabet(vietnamese_order: None) -> None:
    names = ["an", "án", "ăn", "ân", "da", "đa", "eo", "êm", "ong", "ông", "ơn", "ung", "ưng"]
    for number, name in enumerate(reversed(names)):
        make_tag(name, slug=f"the-{number}")
    assert list(Tag.objects.order_by(alphabetical("name")).values_list("name", flat=True)) == names


def test_database_that_can_sort_vietnamese_passes_the_check() -> None:
    assert check_vietnamese_collation(databases=["default"]) == []


def test_postgresql_without_icu_is_told_so() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET allow_system_table_mods = on")
            cursor.execute("UPDATE pg_collation SET collname = 'gone' WHERE collname = 'vi-x-icu'")
    found = [message.id for message in check_vietnamese_collation(databases=["default"])]
    assert found == (["news.E001"] if connection.vendor == "postgresql" else [])
