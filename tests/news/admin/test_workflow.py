from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from news.models import Article
from tests.factories import make_article, make_category, make_image, make_photo, make_user
from tests.news.admin.forms import ADD_URL, LIST_URL, change_url, logged_in, moment, typed, user_of

pytestmark = pytest.mark.django_db
Status = Article.Status


def text_of(response) -> str:
    return response.content.decode()


def test_reporter_writes_a_draft_that_is_his():
    client = logged_in("Phóng viên", "lan")
    response = client.post(ADD_URL, typed(title="Bài đầu tay", _save="1"))
    article = Article.objects.get()
    assert response.headers["Location"] == change_url(article)
    assert (article.status, article.author.username, article.updated_by.username) == (Status.DRAFT, "lan", "lan")
    assert article.slug == "bai-dau-tay"


def test_slug_left_blank_keeps_the_letter_đ():
    logged_in("Phóng viên").post(ADD_URL, typed(title="Đường đến đại hội"))
    assert Article.objects.get().slug == "duong-den-dai-hoi"


def test_draft_may_be_incomplete():
    logged_in("Phóng viên").post(ADD_URL, typed(summary="", body=""))
    assert Article.objects.get().status == Status.DRAFT


def test_reporter_sends_a_draft_for_approval():
    client = logged_in("Phóng viên")
    response = client.post(ADD_URL, typed(_submit="1"), follow=True)
    article = Article.objects.get()
    assert article.status == Status.SUBMITTED
    assert "“Mùa cam Khe Mây”: Đã gửi duyệt." in text_of(response)
    assert "Đã gửi duyệt." in [entry.get_change_message() for entry in LogEntry.objects.all()]


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("summary", "Bài chưa có sapo."),
        ("body", "Bài chưa có nội dung."),
        ("title", "Không được để trống ô này."),
        ("category", "Không được để trống ô này."),
    ],
)
def test_incomplete_article_is_not_sent_on_and_loses_nothing(field, sentence):
    response = logged_in("Phóng viên").post(ADD_URL, typed(**{field: "", "byline": "Minh Hà", "_submit": "1"}))
    assert not Article.objects.exists()
    assert sentence in text_of(response)
    assert 'value="Minh Hà"' in text_of(response)


def test_body_of_empty_paragraphs_counts_as_empty():
    response = logged_in("Biên tập viên").post(ADD_URL, typed(body="<p>&nbsp;</p><p><br></p>", _publish="1"))
    assert "Bài chưa có nội dung." in text_of(response)


def test_summary_of_invisible_characters_counts_as_empty():
    response = logged_in("Biên tập viên").post(ADD_URL, typed(summary="\u200b", _publish="1"))
    assert "Bài chưa có sapo." in text_of(response)
    assert not Article.objects.exists()


def test_reason_of_invisible_characters_is_no_reason():
    article = make_article(status=Status.SUBMITTED)
    response = logged_in("Biên tập viên").post(change_url(article), typed(article, _return="1", return_reason="\u200b"))
    assert "Hãy ghi lý do trả lại để tác giả biết cần sửa gì." in text_of(response)


def test_body_of_one_library_picture_is_a_body():
    photo = make_photo()
    logged_in("Biên tập viên").post(ADD_URL, typed(body=f'<p><img src="{photo.url}" alt="Vườn cam"></p>', _publish="1"))
    article = Article.objects.get()
    assert article.is_published
    assert list(article.photos.all()) == [photo]


def test_editor_publishes_now():
    editor = logged_in("Biên tập viên", "bien-tap")
    article = make_article(status=Status.SUBMITTED, published_at=None, author=make_user(role="Phóng viên"))
    response = editor.post(change_url(article), typed(article, _publish="1"), follow=True)
    article.refresh_from_db()
    assert article.is_published
    assert article.approved_by.username == "bien-tap"
    assert "Đã đăng." in text_of(response)


def test_editor_publishes_for_an_hour_and_is_told_the_hour():
    article = make_article(status=Status.SUBMITTED, published_at=None)
    day = timezone.localtime() + timedelta(days=3)
    response = logged_in("Biên tập viên").post(
        change_url(article),
        typed(article, _publish="1", **moment("published_at", f"{day:%d/%m/%Y}", "07:56")),
        follow=True,
    )
    article.refresh_from_db()
    assert article.is_scheduled
    assert f"Đã hẹn đăng vào 07:56 {day:%d/%m/%Y} (giờ Việt Nam)." in text_of(response)


def test_dates_are_read_day_first():
    logged_in("Phóng viên").post(ADD_URL, typed(**moment("published_at", "03/11/2026", "07:05")))
    assert f"{timezone.localtime(Article.objects.get().published_at):%Y-%m-%d %H:%M}" == "2026-11-03 07:05"


def test_returning_needs_a_reason():
    article = make_article(status=Status.SUBMITTED)
    response = logged_in("Biên tập viên").post(change_url(article), typed(article, _return="1"))
    article.refresh_from_db()
    assert article.status == Status.SUBMITTED
    assert "Hãy ghi lý do trả lại để tác giả biết cần sửa gì." in text_of(response)


def test_author_reads_why_his_article_came_back():
    reporter = logged_in("Phóng viên")
    article = make_article(status=Status.SUBMITTED, author=user_of(reporter))
    logged_in("Biên tập viên").post(
        change_url(article), typed(article, _return="1", return_reason="Thiếu số liệu của xã.")
    )
    article.refresh_from_db()
    assert (article.status, article.return_reason) == (Status.RETURNED, "Thiếu số liệu của xã.")
    assert "Thiếu số liệu của xã." in text_of(reporter.get(change_url(article)))
    assert "Thiếu số liệu của xã." in text_of(reporter.get("/admin/"))


def test_editor_withdraws_and_publishes_again():
    editor = logged_in("Biên tập viên")
    article = make_article()
    editor.post(change_url(article), typed(article, _withdraw="1", return_reason="Số liệu sai."))
    article.refresh_from_db()
    assert article.status == Status.WITHDRAWN
    editor.post(change_url(article), typed(article, _publish="1"))
    article.refresh_from_db()
    assert article.is_published


def test_withdrawing_does_not_ask_for_missing_parts():
    article = make_article(summary="")
    logged_in("Biên tập viên").post(change_url(article), typed(article, _withdraw="1", return_reason="Số liệu sai."))
    article.refresh_from_db()
    assert article.status == Status.WITHDRAWN


def test_step_that_the_state_does_not_allow_is_refused_with_a_sentence():
    article = make_article(status=Status.DRAFT)
    response = logged_in("Biên tập viên").post(change_url(article), typed(article, _withdraw="1", title="Tên mới"))
    article.refresh_from_db()
    assert article.title != "Tên mới"
    assert "Bài đang ở trạng thái “Nháp” nên không dùng được nút “Gỡ”." in text_of(response)


def test_approved_article_keeps_its_publication_time():
    article = make_article()
    response = logged_in("Biên tập viên").post(change_url(article), typed(article, **moment("published_at", "", "")))
    assert "Bài đã duyệt phải có giờ đăng." in text_of(response)


def test_article_does_not_end_before_it_begins():
    article = make_article(status=Status.SUBMITTED, published_at=None)
    response = logged_in("Biên tập viên").post(
        change_url(article), typed(article, _publish="1", **moment("expires_at", "01/01/2020"))
    )
    article.refresh_from_db()
    assert article.status == Status.SUBMITTED
    assert "Giờ hết hạn phải sau giờ đăng." in text_of(response)


def test_buttons_fit_role_and_state():
    reporter, editor = logged_in("Phóng viên"), logged_in("Biên tập viên")
    article = make_article(status=Status.DRAFT, author=user_of(reporter))

    def buttons(client) -> set[str]:
        page = text_of(client.get(change_url(article)))
        return {
            name
            for name in ("_save", "_submit", "_publish", "_return", "_withdraw", "_preview")
            if f'name="{name}"' in page
        }

    assert buttons(reporter) == {"_save", "_submit", "_preview"}
    assert buttons(editor) == {"_save", "_submit", "_publish", "_preview"}
    article.submit()
    assert buttons(reporter) == set()
    assert buttons(editor) == {"_save", "_publish", "_return", "_preview"}
    article.publish(by=user_of(editor))
    assert buttons(editor) == {"_save", "_withdraw", "_preview"}


def test_pictures_of_other_sites_are_dropped_and_counted():
    photo = make_photo()
    body = f'<p>Ảnh:</p><p><img src="https://khac.example/a.jpg" alt=""><img src="{photo.url}" alt="ta"></p>'
    response = logged_in("Phóng viên").post(ADD_URL, typed(body=body), follow=True)
    assert "Đã bỏ 1 ảnh lấy từ trang khác." in text_of(response)
    assert "khac.example" not in Article.objects.get().body
    assert photo.url in Article.objects.get().body


def test_stored_html_is_cleaned_before_it_enters_the_editor():
    article = make_article(status=Status.DRAFT)
    Article.objects.filter(pk=article.pk).update(body='<p onclick="x()">Chữ</p><script>alert(1)</script>')
    page = text_of(logged_in("Biên tập viên").get(change_url(article)))
    assert "alert(1)" not in page
    assert "x()" not in page


def test_approved_article_is_not_deleted_before_it_is_withdrawn():
    article = make_article(title="Bài đang đăng")
    editor = logged_in("Biên tập viên")
    response = editor.post(f"/admin/news/article/{article.pk}/delete/", {"post": "yes"})
    assert "Bài “Bài đang đăng” đã duyệt đăng: hãy gỡ bài trước rồi mới xóa." in text_of(response)
    assert Article.objects.filter(pk=article.pk).exists()
    article.withdraw()
    editor.post(f"/admin/news/article/{article.pk}/delete/", {"post": "yes"})
    assert not Article.objects.filter(pk=article.pk).exists()


def test_attachment_needs_no_title_and_leaves_the_storage_with_its_row(settings, django_capture_on_commit_callbacks):
    from_form = {"attachments-TOTAL_FORMS": 1, "attachments-0-order": 1, "attachments-0-title": ""}
    pdf = make_image(name="Kế hoạch số 5.pdf")
    pdf.file.seek(0)
    pdf.file.write(b"%PDF-1.4 ")
    pdf.file.seek(0)
    editor = logged_in("Biên tập viên")
    editor.post(ADD_URL, typed(**from_form, **{"attachments-0-file": pdf}))
    article = Article.objects.get()
    attachment = article.attachments.get()
    assert attachment.title == "Kế hoạch số 5"
    path = settings.MEDIA_ROOT / attachment.file.name
    assert path.exists()
    removal = {
        "attachments-TOTAL_FORMS": 1,
        "attachments-INITIAL_FORMS": 1,
        "attachments-0-id": attachment.pk,
        "attachments-0-article": article.pk,
        "attachments-0-title": "x",
        "attachments-0-order": 1,
        "attachments-0-DELETE": "on",
    }
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(change_url(article), typed(article, **removal))
    assert not article.attachments.exists()
    assert not path.exists()


def test_wrong_attachment_is_refused_with_a_sentence_and_the_rest_stays():
    file = make_image(name="tho.exe")
    data = typed(
        **{
            "attachments-TOTAL_FORMS": 1,
            "attachments-0-order": 1,
            "attachments-0-title": "Phụ lục",
            "attachments-0-file": file,
        }
    )
    response = logged_in("Phóng viên").post(ADD_URL, data)
    assert "Chỉ nhận tệp PDF" in text_of(response)
    assert "Hãy chọn lại tệp đính kèm" in text_of(response)
    assert "Mùa cam Khe Mây" in text_of(response)
    assert not Article.objects.exists()


@pytest.mark.parametrize("twice", [True, False])
def test_related_article_is_neither_itself_nor_there_twice(twice):
    article, other = make_article(status=Status.DRAFT), make_article()
    rows = {"related_links-TOTAL_FORMS": 2 if twice else 1}
    for number in range(2):
        rows |= {
            f"related_links-{number}-related": (other if twice else article).pk,
            f"related_links-{number}-order": number,
            f"related_links-{number}-article": article.pk,
        }
    response = logged_in("Biên tập viên").post(change_url(article), typed(article, **rows))
    assert response.status_code == 200
    assert not article.related_links.exists()


def test_reporters_set_no_front_page_options():
    reporter = logged_in("Phóng viên")
    reporter.post(ADD_URL, typed(is_featured="on", **moment("pinned_until", "01/01/2030")))
    article = Article.objects.get()
    assert (article.is_featured, article.pinned_until) == (False, None)


def test_start_page_shows_each_his_own_work():
    reporter, editor = logged_in("Phóng viên"), logged_in("Biên tập viên")
    author = user_of(reporter)
    category = make_category()
    make_article("Nháp của tôi", status=Status.DRAFT, author=author, category=category)
    make_article("Nháp của người khác", status=Status.DRAFT, author=make_user(), category=category)
    make_article("Bài chờ của người khác", status=Status.SUBMITTED, author=make_user(), category=category)
    make_article("Bài hẹn giờ", published_at=timezone.now() + timedelta(days=1), category=category)
    own, all_ = text_of(reporter.get("/admin/")), text_of(editor.get("/admin/"))
    assert "Nháp của tôi" in own
    assert "Nháp của người khác" not in own + all_
    assert "Bài chờ của người khác" not in own
    assert "Bài chờ của người khác" in all_
    assert "Bài hẹn giờ" in all_
    assert "Bài hẹn giờ" not in own


def test_saving_returns_to_the_form_and_steps_to_the_list():
    editor = logged_in("Biên tập viên")
    assert editor.post(ADD_URL, typed()).headers["Location"] == change_url(Article.objects.get())
    article = Article.objects.get()
    assert editor.post(change_url(article), typed(article, _publish="1")).headers["Location"] == LIST_URL
