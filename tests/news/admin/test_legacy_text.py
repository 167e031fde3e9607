"""An editor pastes from a document in TCVN3 or VNI."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from news.models import Article, Attachment
from tests.factories import make_article
from tests.news.admin.forms import ADD_URL, change_url, logged_in, typed

TITLE = "QuyÕt ®Þnh vÒ thuû lîi phÝ"
BODY = (
    '<p class="text-center"><strong>Coäng hoøa xaõ hoäi</strong> chuû nghóa Vieät Nam</p><p>Đoạn này đã đúng, 5 µm.</p>'
)
READ_BODY = (
    '<p class="text-center"><strong>Cộng hòa xã hội</strong> chủ nghĩa Việt Nam</p><p>Đoạn này đã đúng, 5 µm.</p>'
)
BUTTON = 'name="_to_unicode"'


@pytest.fixture
def reporter(db) -> Client:
    return logged_in("Phóng viên")


def text_of(response) -> str:
    return response.content.decode()


def test_save_is_taken_and_the_form_offers_conversion(reporter):
    page = text_of(reporter.post(ADD_URL, typed(title=TITLE, body=BODY), follow=True))
    assert Article.objects.values_list("title", "body").get() == (TITLE, BODY)
    assert "Đã lưu." in page
    assert "Bài có chữ gõ bằng TCVN3 hoặc VNI" in page
    assert f"{TITLE} → <strong>Quyết định về thuỷ lợi phí</strong>" in page
    assert (
        "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam Đoạn này đã đúng, 5 µm. → <strong>Cộng hòa xã hội chủ nghĩa Việt Nam"
        in page
    )
    assert page.index('name="_save"') < page.index(BUTTON), "the Enter key saves"


def test_conversion_shows_the_words_and_saves_nothing_yet(reporter):
    reporter.post(ADD_URL, typed(title=TITLE, body=BODY))
    article = Article.objects.get()
    response = reporter.post(change_url(article), typed(article, summary="Sapo vừa gõ", _to_unicode=1))
    page = text_of(response)
    assert "Chưa lưu: chữ TCVN3, VNI trong tên, sapo, nội dung đã chuyển sang Unicode." in page
    assert BUTTON not in page
    assert "errornote" not in page, "there is nothing to correct"
    form = response.context["adminform"].form
    assert [form[name].value() for name in ("title", "summary", "body")] == [
        "Quyết định về thuỷ lợi phí",
        "Sapo vừa gõ",
        READ_BODY,
    ]
    assert Article.objects.values_list("title", "body").get() == (TITLE, BODY)
    reporter.post(
        change_url(article), typed(article, **{name: form[name].value() for name in ("title", "summary", "body")})
    )
    assert Article.objects.values_list("title", "summary", "body").get() == (
        "Quyết định về thuỷ lợi phí",
        "Sapo vừa gõ",
        READ_BODY,
    )


def test_conversion_does_not_pass_over_a_colleague(reporter):
    reporter.post(ADD_URL, typed(title=TITLE, body=BODY))
    article = Article.objects.get()
    stale = typed(article)
    logged_in("Biên tập viên").post(change_url(article), typed(article, summary="Sapo của biên tập viên"))
    response = reporter.post(change_url(article), {**stale, "_to_unicode": 1})
    assert "đã lưu bài này lúc" in text_of(response)
    assert response.context["adminform"].form["title"].value() == "Quyết định về thuỷ lợi phí"
    again = {**stale, "title": "Quyết định về thuỷ lợi phí", "body": READ_BODY}
    assert "đã lưu bài này lúc" in text_of(reporter.post(change_url(article), again))
    assert Article.objects.values_list("title", "summary").get() == (TITLE, "Sapo của biên tập viên")


def test_new_article_is_converted_before_it_is_ever_saved(reporter):
    response = reporter.post(ADD_URL, typed(title=TITLE, summary="", body=BODY, category="", _to_unicode=1))
    assert response.context["adminform"].form["title"].value() == "Quyết định về thuỷ lợi phí"
    assert "Chưa lưu: chữ TCVN3" in text_of(response) and "errornote" in text_of(response), (
        "the category is missing, too"
    )
    assert not Article.objects.exists()


def test_file_chosen_before_the_conversion_is_asked_for_again(reporter):
    file = SimpleUploadedFile("phu-luc.zip", b"PK\x03\x04")
    page = text_of(
        reporter.post(
            ADD_URL,
            typed(
                title=TITLE,
                _to_unicode=1,
                **{"attachments-TOTAL_FORMS": 1, "attachments-0-order": 1, "attachments-0-file": file},
            ),
        )
    )
    assert "Chưa lưu: chữ TCVN3" in page and "Hãy chọn lại tệp đính kèm" in page


def test_form_with_a_fault_offers_conversion_of_what_is_typed(reporter):
    page = text_of(reporter.post(ADD_URL, typed(title=TITLE, body=BODY, category="")))
    assert f"{TITLE} → <strong>Quyết định về thuỷ lợi phí</strong>" in page
    assert not Article.objects.exists()


def test_who_sends_the_article_on_is_told(reporter):
    page = text_of(reporter.post(ADD_URL, typed(title=TITLE, _submit=1), follow=True))
    assert f"Bài “{TITLE}” có chữ gõ bằng TCVN3 hoặc VNI" in page
    assert Article.objects.get().status == Article.Status.SUBMITTED


def test_ordinary_article_hears_nothing_of_it(reporter):
    page = text_of(reporter.post(ADD_URL, typed(), follow=True))
    assert "Đã lưu." in page and BUTTON not in page
    assert "TCVN3" not in text_of(
        reporter.post(change_url(Article.objects.get()), typed(Article.objects.get(), _submit=1), follow=True)
    )


def test_who_may_not_change_the_article_is_offered_nothing(reporter):
    article = make_article(TITLE, body=BODY)
    page = text_of(reporter.get(change_url(article)))
    assert TITLE in page and BUTTON not in page


def test_costly_body_is_refused_by_its_own_sentence(reporter):
    page = text_of(reporter.post(ADD_URL, typed(title=TITLE, body="<div>" * 300 + "µ", _to_unicode=1)))
    assert "lồng quá nhiều lớp" in page


def test_preview_shows_what_is_typed(reporter):
    page = text_of(reporter.post(f"{ADD_URL}xem-truoc/", typed(title=TITLE, _preview=1)))
    assert TITLE in page


def test_file_named_in_tcvn3_gets_a_readable_title(reporter):
    file = SimpleUploadedFile("QuyÕt ®Þnh.zip", b"PK\x03\x04")
    reporter.post(
        ADD_URL,
        typed(
            **{
                "attachments-TOTAL_FORMS": 1,
                "attachments-0-order": 1,
                "attachments-0-title": "",
                "attachments-0-file": file,
            }
        ),
    )
    assert Attachment.objects.get().title == "Quyết định"
