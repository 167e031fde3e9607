import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from news.models import Article, Attachment, RelatedArticle
from tests.factories import make_article, make_event, make_source, make_tag
from tests.news.admin.forms import logged_in, typed, user_of

pytestmark = pytest.mark.django_db
NEW = "/admin/news/article/add/xem-truoc/"
Status = Article.Status


def text_of(response) -> str:
    return response.content.decode()


def of(article: Article) -> str:
    return f"/admin/news/article/{article.pk}/xem-truoc/"


def stored(article: Article) -> str:
    return f"/admin/news/article/{article.pk}/ban-da-luu/"


def test_unsaved_article_is_shown_as_readers_will_see_it_and_not_stored():
    tag, event, source, other = (
        make_tag("Nông sản"),
        make_event("Mùa cam"),
        make_source(short_name="BTSX"),
        make_article("Bài liên quan"),
    )
    data = typed(
        tags=[tag.pk],
        events=[event.pk],
        source=source.pk,
        category=other.category_id,
        **{
            "related_links-TOTAL_FORMS": 1,
            "related_links-0-related": other.pk,
            "related_links-0-order": 1,
        },
    )
    response = logged_in("Phóng viên").post(NEW, data)
    page = text_of(response)
    assert "news/article.html" in [template.name for template in response.templates]
    assert response.context["is_preview"] is True
    for visible in (
        "Mùa cam Khe Mây",
        "Cam chín sớm nửa tháng.",
        "Nhà vườn bắt đầu hái cam.",
        "Nông sản",
        "Mùa cam",
        "Theo",
        "BTSX",
        "Bài liên quan",
    ):
        assert visible in page
    assert list(Article.objects.all()) == [other]
    assert not RelatedArticle.objects.exists()


def test_preview_of_a_change_leaves_the_row_as_it_was():
    article = make_article("Tên đang đăng")
    response = logged_in("Biên tập viên").post(of(article), typed(article, title="Tên đang thử"))
    article.refresh_from_db()
    assert "Tên đang thử" in text_of(response)
    assert (article.title, article.version) == ("Tên đang đăng", 1)


def test_preview_writes_no_file(settings):
    pdf = SimpleUploadedFile("Phụ lục.pdf", b"%PDF-1.4 ", content_type="application/pdf")
    data = typed(
        **{
            "attachments-TOTAL_FORMS": 1,
            "attachments-0-order": 1,
            "attachments-0-title": "Phụ lục",
            "attachments-0-file": pdf,
        }
    )
    response = logged_in("Phóng viên").post(NEW, data)
    assert "Phụ lục" in text_of(response)
    assert not Attachment.objects.exists()
    assert not settings.MEDIA_ROOT.exists() or not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def test_preview_headers_keep_it_out_of_caches_and_search_engines():
    response = logged_in("Phóng viên").post(NEW, typed())
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response["Cache-Control"]
    assert "style-src 'self';" in response["Content-Security-Policy"] + ";"
    assert "unsafe-inline" not in response["Content-Security-Policy"]


def test_preview_of_an_invalid_form_lists_what_is_missing():
    response = logged_in("Phóng viên").post(NEW, typed(title="", category=""))
    assert response.status_code == 422
    assert text_of(response).count("Không được để trống ô này.") == 2


def test_preview_of_a_draft_without_summary_works():
    assert logged_in("Phóng viên").post(NEW, typed(summary="")).status_code == 200


def test_preview_ignores_that_somebody_saved_meanwhile():
    article = make_article(status=Status.DRAFT)
    assert logged_in("Biên tập viên").post(of(article), typed(article, version="999")).status_code == 200


def test_preview_is_a_post():
    article = make_article(status=Status.DRAFT)
    editor = logged_in("Biên tập viên")
    assert [editor.get(NEW).status_code, editor.get(of(article)).status_code] == [405, 405]


def test_stored_version_is_previewed_by_a_link():
    article = make_article("Bài chờ duyệt", status=Status.SUBMITTED)
    response = logged_in("Biên tập viên").get(stored(article))
    assert "Bài chờ duyệt" in text_of(response)
    assert response["X-Robots-Tag"] == "noindex, nofollow"


def test_reporter_previews_his_own_but_not_a_colleagues_draft():
    reporter = logged_in("Phóng viên")
    own, foreign = (
        make_article(status=Status.DRAFT, author=user_of(reporter)),
        make_article("Bí mật", status=Status.DRAFT),
    )
    assert reporter.get(stored(own)).status_code == 200
    assert reporter.get(stored(foreign)).status_code == 404
    assert reporter.post(of(foreign), typed(foreign)).status_code == 404


def test_preview_leaks_nothing_to_a_reader(client):
    article = make_article("Bí mật", status=Status.DRAFT)
    for address in (stored(article), of(article), NEW):
        response = client.get(address)
        assert response.status_code == 302
        assert "/admin/login/" in response["Location"]
    assert client.post(of(article), typed(article)).status_code == 302


def test_script_in_the_typed_body_does_not_reach_the_preview():
    response = logged_in("Phóng viên").post(NEW, typed(body='<p onmouseover="x()">Chữ</p><script>alert(1)</script>'))
    assert "alert(1)" not in text_of(response)
    assert "onmouseover" not in text_of(response)
