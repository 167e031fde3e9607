"""What importers write: the lawful ways leave nothing to repair, and `manage.py recount` repairs the rest."""

from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from comments.models import Comment, OpinionCount, Status
from news.models import Article, Attachment
from news.search.query import parse
from news.search.results import Results
from stats.models import ArticleTotal
from tests.factories import make_article, make_category, make_comment, make_event, make_tag
from tests.news.media.pdf_files import pdf_of
from tests.stats.factories import make_article_views

pytestmark = pytest.mark.django_db


def imported(article: Article, number: int, **fields: object) -> Comment:
    values = {"status": Status.PUBLISHED, "published_at": timezone.now() - timedelta(days=number)} | fields
    return Comment(article=article, name="Người cũ", body=f"Ý kiến cũ số {number}.", **values)


def page_of(article: Article) -> str:
    return Client().get(article.get_absolute_url()).content.decode()


def found(typed: str) -> list[str]:
    return [article.title for article in Results(parse(typed))]


def run(name: str, *args: str) -> str:
    out = StringIO()
    call_command(name, *args, stdout=out, stderr=out)
    return out.getvalue()


# ------------------------------------------------------------ opinions


def test_opinions_imported_together_are_shown_and_counted_and_have_receipts():
    article, other = make_article(), make_article()
    rows = [imported(article, number) for number in range(3)]
    made = Comment.objects.bulk_create([*rows, imported(other, 9), imported(other, 8, status=Status.PENDING)])
    assert "3 ý kiến" in page_of(article)
    assert "Ý kiến cũ số 2." in page_of(article)
    assert dict(OpinionCount.objects.values_list("pk", "published")) == {article.pk: 3, other.pk: 1}
    assert Client().get(made[0].status_url).status_code == 200
    Comment.objects.get(pk=made[0].pk).move(Status.REMOVED)
    assert "2 ý kiến" in page_of(article)


def test_opinions_imported_twice_are_counted_once():
    article = make_article()
    rows = [imported(article, number, code=f"GY-CU000{number}") for number in range(2, 4)]
    Comment.objects.bulk_create(rows)
    again = [imported(article, number, code=f"GY-CU000{number}") for number in range(2, 5)]
    Comment.objects.bulk_create(again, ignore_conflicts=True)
    assert "3 ý kiến" in page_of(article)


def test_recount_shows_opinions_that_were_written_one_by_one():
    article, emptied = make_article(), make_article()
    imported(article, 1).save()
    OpinionCount.objects.create(article=emptied, published=7)
    assert "Ý kiến cũ số 1." not in page_of(article)
    assert "Số ý kiến đã đăng: sửa 2 bài." in run("recount")
    assert "1 ý kiến" in page_of(article)
    assert OpinionCount.objects.get(article=emptied).published == 0
    assert "Số ý kiến đã đăng: sửa 0 bài." in run("recount")


def test_opinion_that_was_never_counted_can_be_removed():
    article = make_article()
    OpinionCount.objects.create(article=article, published=0)
    comment = imported(article, 1)
    comment.save()
    assert comment.move(Status.REMOVED)
    assert OpinionCount.objects.get(article=article).published == 0


# ------------------------------------------------------------ links


@pytest.mark.parametrize(("relation", "make"), [("tags", make_tag), ("events", make_event)])
def test_links_written_together_are_found_at_once(relation: str, make: object):
    articles, name = [make_article(f"Bài {number}") for number in range(2)], make("Cầu Thạch Sơn")
    for _twice in range(2):
        Article.objects.link(relation, [(article.pk, name.pk) for article in articles])
    assert sorted(found("cau thach son")) == ["Bài 0", "Bài 1"]
    assert [getattr(article, relation).get() for article in articles] == [name, name]


def test_linked_category_is_found_at_once():
    article, category = make_article("Bài"), make_category("Ngoài ra")
    Article.objects.link("further_categories", [(article.pk, category.pk)])
    assert list(Article.objects.in_category(category)) == [article]
    assert "khớp với cả" in run("reindex", "--check")


def test_rows_of_the_link_table_are_found_after_a_recount():
    article, tag = make_article("Bài một"), make_tag("Cầu Thạch Sơn")
    Article.tags.through.objects.create(article=article, tag=tag)  # Django tells nobody of it
    run("recount")
    assert found("cau thach son") == ["Bài một"]


# ------------------------------------------------------------ attachments


def test_file_that_is_in_the_storage_already_is_measured_and_read(django_capture_on_commit_callbacks):
    name = default_storage.save("tep/cu/nghi-quyet.pdf", ContentFile(pdf_of("Hồ Kẻ Gỗ")))
    with django_capture_on_commit_callbacks(execute=True):
        single = Attachment.objects.create(article=make_article("Một"), title="Nghị quyết", file=name)
        [bulk] = Attachment.objects.bulk_create([Attachment(article=make_article("Hai"), title="Bản sao", file=name)])
    assert single.size == bulk.size == default_storage.size(name)
    assert sorted(found("ho ke go")) == ["Hai", "Một"]


def test_recount_measures_and_reads_attachments_written_past_the_program():
    name = default_storage.save("tep/cu/nghi-quyet.pdf", ContentFile(pdf_of("Hồ Kẻ Gỗ")))
    Attachment.objects.create(article=make_article("Một"), title="Nghị quyết", file=name)
    Attachment.objects.create(article=make_article("Mất"), title="Mất tệp", file="tep/cu/mat.pdf")
    Attachment.objects.update(size=0, text="", text_read_at=None)
    assert "Dung lượng tệp đính kèm: sửa 1 tệp." in run("recount")
    assert Attachment.objects.get(title="Nghị quyết").size == default_storage.size(name)
    assert found("ho ke go") == ["Một"]


# ------------------------------------------------------------ views of articles


def test_opening_of_an_article_is_shown_with_its_views_and_in_no_sum(tmp_path: Path):
    article, other = make_article(), make_article()
    file = tmp_path / "luot-xem.csv"
    for content in ("article;views\n{};500\n", "article,views\n{},4000\n"):
        file.write_text(content.format(article.pk), encoding="utf-8-sig")
        assert "của 1 bài" in run("stats_import_articles", str(file))
    assert ArticleTotal.objects.of_articles([article.pk, other.pk]) == {article.pk: 4000}
    assert "đều khớp" in run("stats_check")


@pytest.mark.parametrize(
    "content",
    [
        "bai,views\n1,2\n",
        "article,views\n{0},-1\n",
        "article,views\n{0},9223372036854775807\n",
        "article,views\n{0},\n",
        "article,views\n{0}\n",
        "article,views\n{0},1\n{0},2\n",
        "article,views\n999999999,1\n",
        "",
    ],
)
def test_file_with_a_bad_line_is_refused_with_a_sentence(tmp_path: Path, content: str):
    file = tmp_path / "luot-xem.csv"
    file.write_text(content.format(make_article().pk), encoding="utf-8")
    with pytest.raises(CommandError):
        run("stats_import_articles", str(file))
    assert not ArticleTotal.objects.exists()


def test_recount_keeps_views_imported_into_the_total_and_lets_the_check_pass():
    article, drifted = make_article(), make_article()
    ArticleTotal.objects.create(article=article, views=900)
    make_article_views(drifted, date(2026, 3, 2), 5)
    ArticleTotal.objects.filter(article=drifted).update(views=2)
    assert "Tổng lượt xem của bài: sửa 2 bài." in run("recount")
    assert ArticleTotal.objects.of_articles([article.pk, drifted.pk]) == {article.pk: 900, drifted.pk: 5}
    assert (ArticleTotal.objects.get(article=article).views, ArticleTotal.objects.get(article=article).opening) == (
        0,
        900,
    )
    assert "Tổng lượt xem của bài: sửa 0 bài." in run("recount")


def test_recount_leaves_alone_what_is_right():
    make_comment(status=Status.PUBLISHED)
    assert run("recount").count("sửa 0") == 3
