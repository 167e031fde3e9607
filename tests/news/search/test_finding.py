"""Which articles the search page finds, in which order, and how it shows them."""

import unicodedata
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from news.models import Article
from news.search import results
from tests.factories import make_article, make_category
from tests.news.search.searching import found, page

pytestmark = pytest.mark.django_db

# ------------------------------------------------------------ words


@pytest.mark.parametrize(
    "query",
    ["đại hội", "dai hoi", "ĐẠI HỘI", "hoi dai", unicodedata.normalize("NFD", "đại hội"), "  dai   hoi  ", "dai, hoi!"],
)
def test_title_is_found_with_and_without_diacritics(client: Client, query: str):
    make_article("Khai mạc Đại hội thể thao")
    make_article("Chuyện khác")
    assert found(client, query) == ["Khai mạc Đại hội thể thao"]


def test_words_of_summary_and_body_are_found(client: Client):
    make_article("Bài", summary="Cầu vượt sông", body="<p>Thông xe <strong>sớm</strong></p>")
    assert found(client, "cau vuot") == ["Bài"]
    assert found(client, "thong xe som") == ["Bài"]


def test_words_of_title_summary_and_body_count_together(client: Client):
    make_article("Cầu Thạch Sơn", summary="Nối hai bờ sông Cả.", body="<p>Thông xe tháng Tám.</p>")
    assert found(client, "cầu thạch sơn sông cả thông xe") == ["Cầu Thạch Sơn"]


def test_exact_diacritics_come_before_others_that_are_in_the_title(client: Client):
    make_article("Bảo hiểm cho mọi nhà", published_at=timezone.now() - timedelta(hours=1))
    make_article("Báo cáo quý", published_at=timezone.now() - timedelta(hours=2))
    make_article(
        "Ứng phó thiên tai", body="<p>Cơn bão đổi hướng.</p>", published_at=timezone.now() - timedelta(days=400)
    )
    assert found(client, "bão")[0] == "Ứng phó thiên tai"
    assert set(found(client, "bao")) == {"Bảo hiểm cho mọi nhà", "Báo cáo quý", "Ứng phó thiên tai"}


def test_exact_diacritics_stand_first_among_more_articles_than_the_shortlist_holds(client: Client):
    make_article("Thời tiết", body="<p>Cơn bão đổi hướng.</p>", published_at=timezone.now() - timedelta(days=900))
    category, now = make_category(), timezone.now()
    Article.objects.bulk_create(
        Article(
            title=f"Báo cáo {number}", category=category, status="approved", published_at=now - timedelta(hours=number)
        )
        for number in range(results.SHORTLIST_SIZE + 40)
    )
    assert found(client, "bão")[0] == "Thời tiết"


@pytest.mark.parametrize("query", ["giáo viên", "giao vien", "lương giáo viên", "chính sách giáo viên", "30/th"])
def test_old_article_with_the_query_in_its_title_stands_before_newer_texts_with_the_same_words(
    client: Client, query: str
):
    make_article(f"Quy định mới: {query}", published_at=timezone.now() - timedelta(days=900))
    category, now = make_category(), timezone.now()
    Article.objects.bulk_create(
        Article(
            title=f"Tin {number}",
            body=f"<p>Có nói đến {query} ở một câu.</p>",
            category=category,
            status="approved",
            published_at=now - timedelta(hours=number),
        )
        for number in range(results.SHORTLIST_SIZE + 2 * results.PER_REFINEMENT)
    )
    assert found(client, query)[0] == f"Quy định mới: {query}"


def test_article_with_the_phrase_in_its_title_stands_before_newer_ones_with_scattered_words(client: Client):
    make_article("Tuyển sinh lớp 10", published_at=timezone.now() - timedelta(days=300))
    make_article("Lớp học hè", body="<p>Sinh viên được tuyển dạy 10 buổi.</p>")
    assert found(client, "tuyen sinh lop 10") == ["Tuyển sinh lớp 10", "Lớp học hè"]


@pytest.mark.parametrize(
    ("typed", "written"),
    [("hoà bình", "hòa bình"), ("kĩ sư", "kỹ sư"), ("công ti", "công ty"), ("sức khoẻ", "sức khỏe"), ("Thuý", "Thúy")],
)
def test_both_spellings_of_a_syllable_are_the_same(client: Client, typed: str, written: str):
    make_article("Đúng", body=f"<p>{written}</p>")
    make_article("Khác", published_at=timezone.now())
    assert found(client, typed) == ["Đúng"]
    assert found(client, written) == ["Đúng"]


def test_half_typed_word_is_found_and_a_whole_one_is_not_taken_for_half_of_another(client: Client):
    make_article("Lũ về")
    make_article("Tiền lương mới")
    assert found(client, "tien luo") == ["Tiền lương mới"]
    assert found(client, "lũ") == ["Lũ về"]


def test_half_typed_foreign_name_is_found_in_titles(client: Client):
    make_article("Nhà máy Vinfast mở rộng")
    assert found(client, "nha may vinf") == ["Nhà máy Vinfast mở rộng"]


def test_half_typed_word_is_looked_for_as_a_beginning_and_not_as_a_word_of_another_article(client: Client):
    make_article(
        "Bưởi chín",
        summary="Hiện có mã trên từng quả bưởi.",
        body="<p>Người hiền thì mã nhiều.</p>",
        published_at=timezone.now(),
    )
    make_article("Ngày hội hiến máu", published_at=timezone.now() - timedelta(days=600))
    assert found(client, "hien ma")[0] == "Ngày hội hiến máu"


def test_half_typed_word_is_found_beside_a_word_that_no_article_has(client: Client):
    make_article("Bốn người nhập viện sau bữa canh nấm rừng", published_at=timezone.now() - timedelta(days=600))
    make_article("Ra quân đầu năm", body="<p>Rõ người, rõ việc.</p>")
    assert found(client, "ngo doc nam ru")[0] == "Bốn người nhập viện sau bữa canh nấm rừng"


@pytest.mark.parametrize("query", ["dai h", "dai ho", "đại hộ"])
def test_half_typed_word_is_completed_behind_the_word_before_it(client: Client, query: str):
    make_article("Đại hội đã họp")
    make_article("Học sinh và đại biểu", body="<p>Hội trường lớn.</p>")
    assert found(client, query) == ["Đại hội đã họp"]


def test_half_typed_foreign_word_is_found_too(client: Client):
    make_article("Vũng Áng đón chuyến container đầu tiên")
    assert (
        found(client, "vũng áng đón chuyến con")
        == found(client, "chuyen contai")
        == ["Vũng Áng đón chuyến container đầu tiên"]
    )


def test_words_side_by_side_in_summary_and_text_outweigh_the_same_words_scattered_in_a_title(client: Client):
    make_article(
        "Phòng ngập",
        summary="Công điện phát lúc 5 giờ.",
        body="<p>Công điện số 41 giao chủ tịch xã.</p>",
        published_at=timezone.now() - timedelta(days=60),
    )
    make_article("Công nghiệp tăng, điện bù cho bia", body="<p>Thép đạt 1,41 triệu tấn.</p>")
    assert found(client, "cong dien 41")[0] == "Phòng ngập"


def test_words_of_a_title_are_found_behind_many_newer_articles_with_other_words_of_a_question(client: Client):
    make_article(
        "Trễ hẹn phải xin lỗi", body="<p>Hồ sơ muộn có thư.</p>", published_at=timezone.now() - timedelta(days=900)
    )
    category, now = make_category(), timezone.now()
    Article.objects.bulk_create(
        Article(
            title=f"Tin {number}",
            body="<p>Nộp hồ sơ.</p>",
            category=category,
            status="approved",
            published_at=now - timedelta(hours=number),
        )
        for number in range(results.PER_REFINEMENT + 10)
    )
    assert found(client, "hồ sơ bị trễ hẹn thì sao")[0] == "Trễ hẹn phải xin lỗi"


def test_word_that_no_article_has_is_ignored_and_the_page_says_so(client: Client):
    make_article("Khởi công đập Rào Quán")
    response = page(client, "khoi cong dap xyzq")
    assert [article.title for article in response.context["page"]] == ["Khởi công đập Rào Quán"]
    assert "Không bài nào có đủ các chữ" in response.content.decode()


# ------------------------------------------------------------ phrases and numbers


@pytest.mark.parametrize("quotes", ['""', "“”", "„“", "«»"])
def test_quoted_words_must_stand_side_by_side(client: Client, quotes: str):
    make_article("Liền", body="<p>Sông La hiền hòa.</p>")
    make_article("Rời", body="<p>Hiền ra sông; hòa nhạc ở La.</p>")
    assert found(client, f"{quotes[0]}song la{quotes[1]}") == ["Liền"]
    assert set(found(client, "song la")) == {"Liền", "Rời"}


def test_words_beside_a_quoted_phrase_may_stand_anywhere(client: Client):
    make_article("Đủ", body="<p>Mùa lũ, nước sông La dâng.</p>")
    make_article("Thiếu", body="<p>Nước sông La trong.</p>")
    assert found(client, 'lũ "sông la"') == ["Đủ"]


@pytest.mark.parametrize(
    "query", ["308/KH-UBND", "308/kh-ubnd", "308 KH UBND", "308/KH", '"308/KH-UBND"', "kế hoạch 308/KH-UBND"]
)
def test_number_of_a_document_is_found_however_it_is_typed(client: Client, query: str):
    make_article("Kế hoạch", body="<p>Kế hoạch số 308/KH-UBND ngày 5/8/2022.</p>")
    make_article("Khác", body="<p>Kế hoạch số 1308/KH-UBND, biên bản 308, công văn KH-UBND.</p>")
    assert found(client, query)[0] == "Kế hoạch"


@pytest.mark.parametrize("query", ["42/2022/NĐ-CP", "42/2022", "42/2022/nd-cp"])
def test_part_of_a_decrees_number_is_enough(client: Client, query: str):
    make_article("Nghị định", body="<p>Theo Nghị định 42/2022/NĐ-CP của Chính phủ.</p>")
    make_article("Rời", body="<p>Năm 2022 có 42 xã.</p>")
    assert found(client, query) == ["Nghị định"]


# ------------------------------------------------------------ what is shown


def test_hits_are_marked_in_title_and_snippet(client: Client):
    make_article(
        "Học sinh lớp 5",
        summary="",
        body=f"<p>{'Chữ đệm. ' * 60}</p><p>Mọi học sinh đều biết bơi.</p><p>{'Chữ đệm. ' * 60}</p>",
    )
    markup = page(client, "hoc sinh").content.decode()
    assert "<mark>Học sinh</mark> lớp 5" in markup
    assert "Mọi <mark>học sinh</mark> đều biết bơi." in markup
    assert "… " in markup


def test_snippet_has_no_markup_of_the_article(client: Client):
    make_article("Bài <b>đậm</b>", body="<p>Mã &lt;script&gt;alert(1)&lt;/script&gt; hiểm độc</p>")
    markup = page(client, "hiểm độc").content.decode()
    assert "<script>alert(1)" not in markup
    assert "&lt;script&gt;alert(1)&lt;/script&gt; <mark>hiểm độc</mark>" in markup
    assert "Bài &lt;b&gt;đậm&lt;/b&gt;" in markup


def test_number_of_results_is_shown(client: Client):
    make_article("Một bài")
    assert "Có <strong>1</strong> bài khớp với <strong>“một bài”</strong>" in page(client, "một bài").content.decode()


def test_page_says_which_results_have_only_some_of_the_words(client: Client):
    make_article("Gặt lúa", body="<p>Chiều qua ở bãi xa</p>")
    make_article("Lúa chiều")
    assert (
        "Có <strong>1</strong> bài có đủ các chữ của <strong>“lúa chiều gặt”</strong>. Kèm theo là"
        in page(client, "lúa chiều gặt").content.decode()
    )
    assert (
        "Không bài nào có đủ các chữ của <strong>“lúa chiều đông”</strong>"
        in page(client, "lúa chiều đông").content.decode()
    )
    make_article("Chiều đông ở Vũ Quang")
    assert "Có <strong>1</strong> bài khớp với <strong>“chiều đ”</strong>" in page(client, "chiều đ").content.decode()


def test_all_results_are_on_some_page_once(client: Client):
    for number in range(45):
        make_article(f"Gặt {number:02}")
    titles = [title for number in ("1", "2", "3") for title in found(client, "gat", page=number)]
    assert sorted(titles) == [f"Gặt {number:02}" for number in range(45)]


def test_page_says_that_there_are_more_results_than_are_counted(client: Client):
    category, now = make_category(), timezone.now()
    Article.objects.bulk_create(
        Article(
            title=f"Gặt {number}", category=category, status="approved", published_at=now - timedelta(minutes=number)
        )
        for number in range(results.MAX_RESULTS + 5)
    )
    response = page(client, "gặt")
    assert "Có hơn <strong>500</strong> bài" in response.content.decode()
    assert len(found(client, "gat", page="25")) == 20


def test_article_whose_publication_time_changes_during_the_search_does_no_harm(client: Client):
    category, now = make_category(), timezone.now()
    Article.objects.bulk_create(
        Article(
            title=title,
            body="<p>Gặt</p>",
            category=category,
            status="approved",
            published_at=now - timedelta(minutes=number),
        )
        for number, title in enumerate(["Tin mới"] * 2 * results.SHORTLIST_SIZE + ["Gặt lúa"] * results.SHORTLIST_SIZE)
    )
    moved = []

    def move_first(execute: Callable[..., Any], sql: str, *others: Any) -> Any:
        if sql.startswith('SELECT "news_searchentry"') and not moved:
            moved.append(Article.objects.newest_first().first())
            Article.objects.filter(pk=moved[0].pk).update(published_at=now - timedelta(days=9))
        return execute(sql, *others)

    with connection.execute_wrapper(move_first):
        assert len(found(client, "gặt")) == 20
    assert moved


def test_search_results_are_not_for_search_engines(client: Client):
    assert "noindex" in client.get("/tim-kiem/?q=a").content.decode()
