"""A form that the server cannot read tells what is too large and gives the text back."""

from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from news.models import Article, Attachment, Tag
from tests.factories import make_image
from tests.news.admin.forms import ADD_URL, logged_in, typed
from tests.portal.typed_forms.forms import hidden_fields, opened, text_of

pytestmark = pytest.mark.django_db

LONG_BODY = "<p>" + "Cam Khe Mây chín sớm. " * 200_000 + "</p>"  # 5 MB


@pytest.fixture
def editor() -> Client:
    return logged_in("Biên tập viên")


def test_form_of_5_megabytes_says_what_is_too_large_and_keeps_the_text(editor: Client):
    form = opened(editor, ADD_URL) | typed(title="Bài dài nhất năm", body=LONG_BODY, byline="Minh Hà")
    response = editor.post(ADD_URL, form)
    page = text_of(response)
    assert response.status_code == 413
    assert "Chữ trong biểu mẫu lớn quá 4 MB" in page
    assert "Dài nhất là ô “Nội dung”" in page
    offered = hidden_fields(page)
    assert (offered["title"], offered["byline"]) == ("Bài dài nhất năm", "Minh Hà")
    assert offered["category"] == str(form["category"])
    assert len(offered["body"]) > 1_000_000
    assert LONG_BODY.startswith(offered["body"])
    again = editor.post(ADD_URL, offered | {"_refill": "1"})
    assert 'value="Bài dài nhất năm"' in text_of(again)
    assert not Article.objects.exists()


def test_form_that_is_not_multipart_keeps_its_text_too(editor: Client):
    form = opened(editor, "/admin/news/tag/add/") | {"name": "cam", "slug": "x" * 5_000_000}
    response = editor.post("/admin/news/tag/add/", urlencode(form), content_type="application/x-www-form-urlencoded")
    assert response.status_code == 413
    assert hidden_fields(text_of(response))["name"] == "cam"


def test_small_form_that_is_not_multipart_is_read_as_ever(editor: Client):
    form = opened(editor, "/admin/news/tag/add/") | {"name": "cam"}
    editor.post("/admin/news/tag/add/", urlencode(form), content_type="application/x-www-form-urlencoded")
    assert Tag.objects.get().name == "cam"


def test_too_many_fields_are_named_and_the_first_are_kept(editor: Client):
    form = opened(editor, ADD_URL) | typed(title="Bài nhiều ô") | {f"x-{number}": "1" for number in range(4100)}
    response = editor.post(ADD_URL, form)
    assert response.status_code == 413
    assert "quá nhiều ô (hơn 4.000)" in text_of(response)
    assert hidden_fields(text_of(response))["title"] == "Bài nhiều ô"


def test_other_addresses_answer_with_the_sentence():
    response = Client(enforce_csrf_checks=True).post("/tim-kiem/", {"q": "x" * 5_000_000})
    assert response.status_code == 413
    assert "lớn quá 4 MB" in text_of(response)


def test_text_beside_a_file_with_an_endless_name_is_kept(editor: Client):
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.4")
    file._name = "a" * 5000 + ".pdf"  # past the limit of UploadedFile, as a browser may send it
    form = opened(editor, ADD_URL) | typed(title="Bài có tệp tên dài")
    response = editor.post(ADD_URL, form | {"attachments-TOTAL_FORMS": "1", "attachments-0-file": file})
    assert response.status_code == 400
    assert "Tên tệp dài quá" in text_of(response)
    assert hidden_fields(text_of(response))["title"] == "Bài có tệp tên dài"


def test_form_of_another_site_is_not_shown(editor: Client):
    response = editor.post(ADD_URL, typed(title="Tin giả", body=LONG_BODY), HTTP_ORIGIN="https://ke-xau.example")
    assert response.status_code == 413
    assert "Tin giả" not in text_of(response)


# ---------------------------------------------------------------- uploads


def test_picture_with_an_endless_name_is_refused_in_the_format_of_the_editor(editor: Client):
    file = SimpleUploadedFile("a.jpg", make_image(20, 20).read(), "image/jpeg")
    file._name = "ả" * 5000 + ".jpg"
    response = editor.post("/admin/thu-vien-anh/tai-len/", {"upload": file})
    assert response.json()["uploaded"] == 0
    assert "Tên tệp dài quá" in response.json()["error"]["message"]


def test_upload_with_an_outdated_token_is_refused_in_the_format_of_the_editor(editor: Client):
    editor.handler.enforce_csrf_checks = True
    response = editor.post("/admin/thu-vien-anh/tai-len/", {"upload": SimpleUploadedFile("a.jpg", b"x")})
    assert response.status_code == 403
    assert "Trang đã mở quá lâu." in response.json()["error"]["message"]


def test_oversized_upload_field_is_refused_in_the_format_of_the_editor(editor: Client):
    response = editor.post("/admin/thu-vien-anh/tai-len/", {"upload": "x" * 5_000_000})
    assert response.json()["uploaded"] == 0
    assert "4 MB" in response.json()["error"]["message"]


@pytest.mark.parametrize("length", [195, 201, 250, 700])
def test_long_name_of_an_attachment_is_shortened_and_keeps_its_ending(editor: Client, length: int):
    stem = "Nghị quyết về phát triển cây cam " * 30
    name = f"{stem[: length - 20].strip()} số 15-NQ-HĐND.pdf"
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.4 x")
    file._name = name
    form = typed() | {"attachments-TOTAL_FORMS": "1", "attachments-0-file": file, "attachments-0-order": "100"}
    response = editor.post(ADD_URL, form)
    assert response.status_code == 302, response.context["errors"]
    attachment = Attachment.objects.get()
    assert len(attachment.title) <= 200
    assert attachment.title.endswith("số 15-NQ-HĐND") or length > 250
    assert attachment.file.name.endswith(".pdf")
