"""The index is updated with every change of an article, by whatever way of Django it is made."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import serializers
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from news.models import Article, Attachment, Event, Photo, SearchEntry, Source, Tag
from news.search.query import parse
from news.search.results import Results, ids_matching
from tests.factories import make_article, make_category, make_event, make_photo, make_source, make_tag

pytestmark = pytest.mark.django_db


def found(typed: str) -> list[str]:
    return [article.title for article in Results(parse(typed))]


# ------------------------------------------------------------ single articles


def test_new_article_is_found_at_once():
    make_article("Khánh thành cầu Thạch Sơn")
    assert found("cau thach son") == ["Khánh thành cầu Thạch Sơn"]


def test_edited_article_is_found_by_its_new_words_only():
    article = make_article("Bài", body="<p>Mùa khoai lang</p>")
    article.body = "<p>Mùa lạc tiên</p>"
    article.save()
    assert (found("khoai lang"), found("lac tien")) == ([], ["Bài"])


def test_deleted_article_leaves_nothing_behind():
    make_article("Sẽ xóa").delete()
    assert (ids_matching("se xoa"), SearchEntry.objects.count()) == ([], 0)


def test_articles_deleted_together_leave_nothing_behind():
    for number in range(3):
        make_article(f"Sẽ xóa {number}")
    Article.objects.all().delete()
    assert (ids_matching("se xoa"), SearchEntry.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    "delete", [lambda article: article.delete(), lambda article: Article.objects.filter(pk=article.pk).delete()]
)
def test_article_with_a_file_can_be_deleted(delete: Callable[[Article], object]):
    article = make_article("Sẽ xóa")
    Attachment.objects.create(article=article, title="Phụ lục", file=ContentFile(b"%PDF-", name="a.pdf"))
    delete(article)
    connection.check_constraints()
    assert (ids_matching("phu luc"), SearchEntry.objects.count()) == ([], 0)


@pytest.mark.parametrize("status", [status for status in Article.Status if status != Article.Status.APPROVED])
def test_unpublished_article_is_not_found_by_readers_but_in_the_admin(status: Article.Status):
    article = make_article("Chưa công bố", status=status)
    assert (found("chua cong bo"), ids_matching("chua cong bo")) == ([], [article.pk])


def test_article_is_found_from_its_publication_until_it_expires(time_machine):
    begins = timezone.now() + timedelta(hours=2)
    make_article("Hẹn giờ", published_at=begins, expires_at=begins + timedelta(hours=1))
    assert found("hen gio") == []
    time_machine.move_to(begins + timedelta(minutes=1), tick=False)
    assert found("hen gio") == ["Hẹn giờ"]
    time_machine.move_to(begins + timedelta(hours=1), tick=False)
    assert found("hen gio") == []


def test_withdrawn_article_is_gone_and_comes_back_when_published_again():
    article = make_article("Gỡ xuống")
    article.withdraw()
    assert found("go xuong") == []
    article.publish(by=None)
    assert found("go xuong") == ["Gỡ xuống"]


# ------------------------------------------------------------ many at once


def test_bulk_update_updates_the_index():
    for number in range(3):
        make_article(f"Phác thảo {number}")
    Article.objects.filter(title__startswith="Phác").update(title="Đổi tên hàng loạt")
    assert (found("phac thao"), found("doi ten hang loat")) == ([], ["Đổi tên hàng loạt"] * 3)


def test_bulk_withdrawal_updates_the_index():
    make_article("Rút tất cả")
    Article.objects.update(status=Article.Status.WITHDRAWN)
    assert found("rut tat ca") == []


def test_bulk_update_of_objects_updates_the_index():
    articles = [make_article(f"Trước {number}") for number in range(2)]
    for article in articles:
        article.title = "Sau khi sửa"
    Article.objects.bulk_update(articles, ["title"])
    assert (found("truoc"), found("sau khi sua")) == ([], ["Sau khi sửa"] * 2)


@pytest.mark.parametrize("ignore_conflicts", [False, True])
def test_imported_articles_are_found(ignore_conflicts: bool):
    category, now = make_category(), timezone.now()
    rows = [
        Article(
            title=f"Nhập {number}", category=category, status="approved", published_at=now - timedelta(minutes=number)
        )
        for number in range(3)
    ]
    Article.objects.bulk_create(rows, ignore_conflicts=ignore_conflicts)
    assert found("nhap") == ["Nhập 0", "Nhập 1", "Nhập 2"]


def test_articles_of_a_fixture_are_found():
    article = make_article("Sao lưu rồi nạp lại", body="<p>Chữ trong bài</p>")
    dumped = serializers.serialize("json", [article.category, article, SearchEntry.objects.get()])
    article.delete()
    for row in serializers.deserialize("json", dumped):
        row.save()
    assert found("nap lai chu trong bai") == ["Sao lưu rồi nạp lại"]


def test_everything_of_a_dump_is_found_after_it_is_loaded(tmp_path: Path):
    """The dump has the articles before the tags, events, sources and photos that they refer to."""
    photo = make_photo(60, 40, caption="Chợ phiên")
    make_article(
        "Bài",
        tags=(make_tag("Sông La"),),
        events=(make_event("Hội làng"),),
        source=make_source("Báo Núi Hồng"),
        lead_photo=photo,
    )
    dump = str(tmp_path / "tin.json")
    call_command("dumpdata", "news", output=dump)
    for model in (Article, Tag, Event, Source, Photo):
        model.objects.all().delete()
    call_command("loaddata", dump, verbosity=0)
    assert [found(words) for words in ("cho phien", "song la", "hoi lang", "nui hong")] == [["Bài"]] * 4
    call_command("reindex", "--check")


# ------------------------------------------------------------ what belongs to an article


def test_captions_are_found_in_the_body_and_of_the_lead_photo():
    make_article(
        "Ảnh trong bài",
        body="<figure><img src='/media/a.jpg' alt=''><figcaption>Đò ngang bến Thủy</figcaption></figure><p>Chữ.</p>",
    )
    photo = make_photo(60, 40, caption="Chợ phiên miền núi")
    make_article("Ảnh đại diện", lead_photo=photo)
    assert (found("do ngang ben thuy"), found("cho phien mien nui")) == (["Ảnh trong bài"], ["Ảnh đại diện"])


def test_changed_caption_of_a_photo_changes_what_its_articles_are_found_by():
    photo = make_photo(60, 40, caption="Chợ phiên")
    make_article("Bài", lead_photo=photo)
    photo.caption = "Hội làng"
    photo.save()
    assert (found("cho phien"), found("hoi lang")) == ([], ["Bài"])


def test_own_caption_replaces_that_of_the_library():
    make_article("Bài", lead_photo=make_photo(60, 40, caption="Chợ phiên"), lead_caption="Hội làng")
    assert (found("cho phien"), found("hoi lang")) == ([], ["Bài"])


def test_attachments_are_found_by_name_and_text_until_they_are_deleted():
    article = make_article("Bài")
    attachment = Attachment.objects.create(
        article=article, title="Phụ lục kinh phí", file=ContentFile(b"%PDF-", name="a.pdf")
    )
    Attachment.objects.filter(pk=attachment.pk).update(text="Danh sách hộ nghèo")
    assert (found("phu luc kinh phi"), found("ho ngheo")) == (["Bài"], ["Bài"])
    attachment.delete()
    assert (found("phu luc kinh phi"), found("ho ngheo")) == ([], [])


def in_memory(attachment: Attachment, article: Article) -> Attachment:
    attachment.article = article
    return attachment


@pytest.mark.parametrize(
    "move",
    [
        lambda attachment, article: in_memory(attachment, article).save(),
        lambda attachment, article: Attachment.objects.update(article=article),
        lambda attachment, article: Attachment.objects.bulk_update([in_memory(attachment, article)], ["article"]),
        lambda attachment, article: article.attachments.add(attachment),
    ],
)
def test_attachment_that_moves_is_found_in_its_new_article_only(move: Callable[[Attachment, Article], object]):
    attachment = Attachment.objects.create(
        article=make_article("Cũ"), title="Phụ lục", file=ContentFile(b"%PDF-", name="a.pdf")
    )
    move(attachment, make_article("Mới"))
    assert found("phu luc") == ["Mới"]


@pytest.mark.parametrize(
    "give",
    [
        lambda article: make_category("Khác").articles.add(article),
        lambda article: make_source("Báo Núi Hồng").articles.set([article]),
        lambda article: make_photo(60, 40, caption="Bến đò").lead_of.add(article),
    ],
)
def test_article_given_to_a_category_source_or_photo_leaves_the_index_consistent(give: Callable[[Article], object]):
    give(make_article("Bài"))
    call_command("reindex", "--check")


@pytest.mark.parametrize("name", ["tags", "events"])
def test_names_of_tags_and_events_are_found_whichever_side_links_them(name: str):
    article, other = make_article("Bài"), make_article("Khác")
    named = {"tags": make_tag, "events": make_event}[name]("Sông Ngàn Phố")
    getattr(article, name).add(named)
    assert found("ngan pho") == ["Bài"]
    named.articles.set([other])
    assert found("ngan pho") == ["Khác"]
    named.name = "Sông La"
    named.save()
    assert (found("ngan pho"), found("song la")) == ([], ["Khác"])
    named.articles.clear()
    assert found("song la") == []
    named.articles.add(article)
    named.delete()
    assert found("song la") == []


def test_name_of_a_hidden_event_is_neither_found_nor_shown():
    event = make_event("Chuyện chưa công bố", is_visible=False)
    make_article("Bài", events=(event,))
    assert found("chuyen chua cong bo") == []
    event.is_visible = True
    event.save()
    assert found("chuyen chua cong bo") == ["Bài"]


def test_source_is_found_by_both_names():
    source = make_source("Báo Núi Hồng", "BNH")
    make_article("Bài", source=source)
    assert (found("bao nui hong"), found("BNH")) == (["Bài"], ["Bài"])
    source.name = "Báo Sông La"
    source.save()
    assert (found("nui hong"), found("song la")) == ([], ["Bài"])


def test_names_changed_in_bulk_update_the_index():
    photo = make_photo(60, 40, caption="Chợ phiên")
    make_article("Bài", tags=(make_tag("Cũ"),), events=(make_event("Cũ"),), source=make_source("Cũ"), lead_photo=photo)
    Tag.objects.update(name="Sông La")
    Event.objects.update(name="Hội làng")
    Source.objects.update(name="Báo Núi Hồng")
    Photo.objects.update(caption="Bến đò")
    assert [found(words) for words in ("song la", "hoi lang", "nui hong", "ben do")] == [["Bài"]] * 4


def test_deleted_further_category_leaves_the_index_consistent():
    category = make_category()
    make_article("Bài", further_categories=(category,))
    category.delete()
    call_command("reindex", "--check")


def test_markup_and_addresses_of_pictures_are_no_words():
    make_article("Bài", body='<p class="text-center"><strong>Chữ</strong></p>')
    assert (found("strong"), found("text center"), found("chu")) == ([], [], ["Bài"])


# ------------------------------------------------------------ consistency


def change_title_by_sql(article: Article, title: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE news_article SET title = %s WHERE id = %s", [title, article.pk])


def test_check_accepts_a_consistent_index(capsys):
    make_article("Khớp")
    call_command("reindex", check=True)
    assert "khớp với cả 1 bài" in capsys.readouterr().out


def test_check_lists_articles_changed_by_sql_and_reindex_repairs_them(capsys):
    article = make_article("Trước")
    make_article("Không đổi")
    change_title_by_sql(article, "Sau")
    with pytest.raises(CommandError, match="1 bài không khớp"):
        call_command("reindex", check=True)
    assert "Sau" in capsys.readouterr().out
    call_command("reindex")
    assert (found("truoc"), found("sau")) == ([], ["Sau"])
    call_command("reindex", check=True)


def test_check_finds_missing_entries_and_wrong_tokens():
    missing, wrong = make_article("Thiếu"), make_article("Sai")
    SearchEntry.objects.filter(pk=missing.pk).delete()
    SearchEntry.objects.filter(pk=wrong.pk).update(tokens=set())
    with pytest.raises(CommandError, match="2 bài không khớp"):
        call_command("reindex", check=True)
    call_command("reindex")
    assert (found("thieu"), found("sai")) == (["Thiếu"], ["Sai"])


def test_missing_articles_can_be_added_alone():
    article, other = make_article("Thiếu"), make_article("Cũ")
    SearchEntry.objects.filter(pk=article.pk).delete()
    change_title_by_sql(other, "Mới")
    call_command("reindex", missing=True)
    assert (found("thieu"), found("cu"), found("moi")) == (["Thiếu"], ["Mới"], [])


def test_photo_library_has_its_own_search():
    photo = make_photo(60, 40, caption="Đua thuyền")
    assert list(Photo.objects.matching("dua thuyen")) == [photo]


@pytest.mark.django_db(transaction=True)
def test_rebuilt_index_finds_the_same():
    for number in range(3):
        make_article(f"Lập lại {number}", body="<p>Tab\tvà \\ dấu gạch\nchéo ngược</p>")
    SearchEntry.objects.all().delete()
    call_command("reindex", rebuild=True)
    assert found("lap lai dau gach cheo nguoc") == ["Lập lại 2", "Lập lại 1", "Lập lại 0"]
    call_command("reindex", check=True)
    Article.objects.filter(title="Lập lại 1").update(title="Đổi sau khi lập lại")
    assert found("doi sau khi lap lai") == ["Đổi sau khi lập lại"]
    Article.objects.all().delete()
    assert SearchEntry.objects.count() == 0
