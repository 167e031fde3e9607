"""Work on many rows goes on behind a row that cannot be worked on, and says so."""

from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection

from news.management.commands import read_attachments, reindex
from news.models import Attachment, SearchEntry
from news.search.query import parse
from news.search.results import Results
from tests.factories import make_article, make_tag
from tests.news.media.pdf_files import pdf_of
from tests.poison import exit_code, unchangeable

pytestmark = pytest.mark.django_db


def run(name: str, *args: str) -> str:
    out = StringIO()
    call_command(name, *args, stdout=out, stderr=out)
    return out.getvalue()


def found(typed: str) -> list[str]:
    return sorted(article.title for article in Results(parse(typed)))


def retitle_by_sql(title: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE news_article SET title = %s", [title])


# ------------------------------------------------------------ search


@pytest.mark.parametrize(("options", "is_missing"), [([], False), ([], True), (["--missing"], True)])
def test_reindex_writes_all_entries_but_the_one_that_cannot_be_written(options: list[str], is_missing: bool):
    articles = [make_article("Tên cũ") for _number in range(3)]
    retitle_by_sql("Cầu Thạch Sơn")
    if is_missing:
        SearchEntry.objects.all().delete()
    with unchangeable(SearchEntry(article=articles[1]), "INSERT"):
        assert f"1 bài không lập chỉ mục được (bài số {articles[1].pk})" in run("reindex", *options)
        assert exit_code(reindex, *options) == 1
        assert len(found("cau thach son")) == 2
    assert exit_code(reindex) == 0
    assert len(found("cau thach son")) == 3


def test_new_name_of_a_tag_is_found_in_all_articles_but_the_one_that_cannot_be_written():
    tag = make_tag("Tên cũ")
    articles = [make_article(f"Bài {number}", tags=(tag,)) for number in range(3)]
    with unchangeable(SearchEntry(article=articles[1]), "INSERT"):
        tag.name = "Hồ Kẻ Gỗ"
        tag.save()
    assert found("ho ke go") == ["Bài 0", "Bài 2"]


@pytest.mark.only_on("sqlite")
def test_article_that_cannot_even_be_read_holds_up_no_other_one():
    bad, good = make_article("Hỏng"), make_article("Lành")
    SearchEntry.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE news_article SET published_at = '2026-02-31 00:00:00' WHERE id = %s", [bad.pk])
    assert f"(bài số {bad.pk})" in run("reindex")
    assert list(SearchEntry.objects.values_list("pk", flat=True)) == [good.pk]
    with pytest.raises(CommandError):
        run("reindex", "--check")


def test_file_that_is_lost_keeps_no_other_one_unread():
    for title in ("Một", "Hai"):
        file = ContentFile(pdf_of("Hồ Kẻ Gỗ"), name="a.pdf")
        Attachment.objects.create(article=make_article(title), title="Phụ lục", file=file)
    Attachment.objects.create(article=make_article("Mất"), title="Mất tệp", file="tep/mat.pdf")
    assert "Không mở được 1 tệp" in run("read_attachments")
    assert found("ho ke go") == ["Hai", "Một"]
    assert exit_code(read_attachments) == 1
