from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from news.models import Photo
from news.photo_library.forms import MAX_FILES
from tests.factories import make_image, make_photo

pytestmark = pytest.mark.django_db

UPLOAD, BROWSE, ADD = "/admin/thu-vien-anh/tai-len/", "/admin/thu-vien-anh/", "/admin/thu-vien-anh/them/"


def staff_who_may(*names: str) -> User:
    user = User.objects.create_user(
        f"nguoi-{'-'.join(names) or 'khong'}", password="mat-khau", is_staff=True, last_name="Lê Văn A"
    )
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="news", codename__in=names))
    return user


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(staff_who_may("add_photo", "view_photo", "change_photo", "delete_photo"))
    return client


def files(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


def send(client: Client, upload: SimpleUploadedFile | None = None, field: str = "upload", **extra: str):
    return client.post(UPLOAD, ({field: upload} if upload else {}) | extra)


# ---------------------------------------------------------------- the editor's uploads


def test_upload_makes_a_photo_of_the_library(editor):
    answer = send(editor, make_image(1300, 900, name="Đường bộ ven biển.jpg"))
    photo = Photo.objects.get()
    assert answer.json() == {
        "uploaded": 1,
        "fileName": "Đường bộ ven biển.jpg",
        "url": photo.url,
        "width": 1300,
        "height": 900,
    }
    assert photo.uploaded_by.username.startswith("nguoi-")
    assert (photo.caption, photo.alt, photo.original_name) == ("", "", "Đường bộ ven biển.jpg")
    assert LogEntry.objects.get().object_id == str(photo.pk)


def test_upload_ignores_what_the_old_dialog_would_have_had_reflected(editor):
    answer = editor.post(
        f"{UPLOAD}?CKEditor=id_body&CKEditorFuncNum=1%3Balert(1)&langCode=vi",
        {"upload": make_image(20, 20), "CKEditorFuncNum": "1;alert(1)"},
    )
    assert answer["Content-Type"] == "application/json"
    assert b"alert" not in answer.content
    assert b"<" not in answer.content


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("trang.jpg", b"<html><script>alert(1)</script></html>"),
        ("anh.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        ("rong.png", b""),
        ("vo.gif", b"GIF89a" + b"\xff" * 50),
        ('x";alert(1)//.jpg', b"\xff\xd8\xff"),
        ("a.php", b"<?php system($_GET[0]); ?>"),
    ],
)
def test_bad_file_gets_a_sentence_and_leaves_nothing(editor, settings, name, content):
    answer = send(editor, SimpleUploadedFile(name, content, content_type="image/jpeg"))
    assert answer.status_code == 200
    assert answer.json()["uploaded"] == 0
    assert answer.json()["error"]["message"] == "Tệp này không phải ảnh JPEG, PNG, WebP hay GIF đọc được."
    assert Photo.objects.count() == 0
    assert files(settings.MEDIA_ROOT) == []


def test_gif_with_html_behind_it_is_stored_as_a_clean_picture(editor, settings):
    gif = BytesIO()
    Image.new("P", (30, 20)).save(gif, "GIF")
    answer = send(
        editor, SimpleUploadedFile("anh.html", gif.getvalue() + b"<script>alert(1)</script>", content_type="text/html")
    )
    assert answer.json()["url"].endswith("-30x20.png")
    assert {path.suffix for path in files(settings.MEDIA_ROOT)} == {".png", ".avif", ".jpg"}
    assert not any(b"<script>" in path.read_bytes() for path in files(settings.MEDIA_ROOT))


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("a" * 300 + ".jpg", "a" * 251 + ".jpg"),
        ("Đại hội Đảng.JPG", "Đại hội Đảng.JPG"),
        ("Ha\u0300 Ti\u0303nh.jpg", "Hà Tĩnh.jpg"),
        ("anh\u202egpj.exe", "anhgpj.exe"),
        ("../../etc/passwd.jpg", "passwd.jpg"),
        ("C:\\anh\\cau.jpg", "cau.jpg"),
        ("<script>.jpg", "<script>.jpg"),
        ("anh\u200b.jpg", "anh.jpg"),
        ("😀.jpg", "😀.jpg"),
    ],
)
def test_file_name_is_kept_as_text_and_never_used_on_the_disk(editor, settings, name, kept):
    answer = send(editor, make_image(20, 20, name=name))
    assert answer.json()["uploaded"] == 1
    assert Photo.objects.get().original_name == kept
    assert all(path.name.startswith(Path(Photo.objects.get().image.name).stem) for path in files(settings.MEDIA_ROOT))


def test_file_name_with_a_nul_is_no_error(editor):
    body = (
        b'--x\r\nContent-Disposition: form-data; name="upload"; filename="a\x00b.jpg"\r\n'
        b"Content-Type: image/jpeg\r\n\r\n" + make_image(20, 20).read() + b"\r\n--x--\r\n"
    )
    answer = editor.post(UPLOAD, body, content_type="multipart/form-data; boundary=x")
    assert answer.json()["uploaded"] == 1
    assert "\x00" not in Photo.objects.get().original_name


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", "multipart/form-data; boundary=x"),
        (b"--x\r\nrubbish", "multipart/form-data; boundary=x"),
        (b"x", "multipart/form-data; boundary=" + "y" * 300),
        (b'{"upload": "x"}', "application/json"),
        (b"upload=x", "application/x-www-form-urlencoded"),
    ],
)
def test_rubbish_instead_of_a_file_is_no_server_error(editor, body, content_type):
    assert editor.post(UPLOAD, body, content_type=content_type).status_code in (200, 400)
    assert Photo.objects.count() == 0


def test_file_in_another_field_and_no_file_get_a_sentence(editor):
    for answer in (send(editor, make_image(20, 20), field="file"), send(editor), send(editor, upload="chữ thường")):
        assert answer.json() == {"uploaded": 0, "error": {"message": "Chưa có tệp nào được gửi lên."}}


def test_full_disk_gets_a_sentence_and_makes_no_row(editor, settings):
    settings.MEDIA_ROOT.parent.joinpath("media").write_text("a file where the folder should be")
    assert "Máy chủ chưa lưu được ảnh" in send(editor, make_image(20, 20)).json()["error"]["message"]
    assert Photo.objects.count() == 0


def test_stranger_cannot_upload(client):
    answer = send(client, make_image(20, 20))
    assert answer.status_code == 403
    assert answer.json()["error"]["message"] == "Phiên làm việc đã hết. Hãy đăng nhập lại rồi tải ảnh lên."


def test_staff_without_permission_cannot_upload(client):
    client.force_login(staff_who_may("view_photo"))
    answer = send(client, make_image(20, 20))
    assert answer.status_code == 403
    assert answer.json()["error"]["message"] == "Tài khoản của bạn chưa được phép tải ảnh lên."


def test_reader_with_an_account_cannot_upload(client):
    client.force_login(User.objects.create_user("ban-doc", is_active=True))
    assert send(client, make_image(20, 20)).status_code == 403


def test_upload_rejects_get(editor):
    assert editor.get(UPLOAD).status_code == 405


def test_upload_needs_the_csrf_token():
    client = Client(enforce_csrf_checks=True)
    client.force_login(staff_who_may("add_photo", "view_photo"))
    assert send(client, make_image(20, 20)).status_code == 403
    assert Photo.objects.count() == 0
    token = client.get(BROWSE).context["csrf_token"]
    assert (
        client.post(UPLOAD, {"upload": make_image(20, 20)}, headers={"X-CSRFToken": str(token)}).json()["uploaded"] == 1
    )


# ---------------------------------------------------------------- the library's pages


def test_library_shows_photos_newest_first_a_page_at_a_time(editor):
    for number in range(26):
        Photo(image=f"photos/a-{number + 1}x10.jpg", width=number + 1, height=10, caption=f"Ảnh thứ {number}").save()
    first = editor.get(BROWSE)
    assert [photo.caption for photo in first.context["page"]] == [f"Ảnh thứ {number}" for number in range(25, 1, -1)]
    assert "Trang 1 / 2" in first.content.decode()
    assert len(editor.get(BROWSE, {"page": "2"}).context["page"].object_list) == 2


@pytest.mark.parametrize("query", ["cau ben thuy", "CẦU", "bến  Thủy", "Hoai An", "thuy cau"])
def test_library_is_searched_with_or_without_marks(editor, query):
    make_photo(20, 20, caption="Cầu Bến Thủy", credit="Hoài An")
    make_photo(20, 20, caption="Đồng lúa")
    assert [photo.caption for photo in editor.get(BROWSE, {"q": query}).context["page"]] == ["Cầu Bến Thủy"]


@pytest.mark.parametrize(
    "parameters",
    [
        {"page": "-1"},
        {"page": "9" * 25},
        {"page": "x"},
        {"q": "%_'\"\\"},
        {"q": "a" * 5000},
        {"q": "\u202e"},
        {"chon": "<script>"},
    ],
)
def test_library_takes_any_parameters(editor, parameters):
    make_photo(20, 20)
    page = editor.get(BROWSE, parameters)
    assert page.status_code == 200
    assert b"<script>" not in page.content.replace(b'<script src="', b"")


def test_library_query_count_does_not_grow(editor, django_assert_num_queries, django_assert_max_num_queries):
    make_photo(20, 20)
    editor.get(BROWSE)
    with django_assert_max_num_queries(12) as one:
        editor.get(BROWSE)
    for _ in range(2):
        make_photo(20, 20)
    with django_assert_num_queries(len(one)):
        editor.get(BROWSE)


def test_captions_are_escaped_where_scripts_read_them(editor):
    make_photo(20, 20, caption='"><img src=x onerror=alert(1)>', alt="' onclick='alert(1)", credit="<b>")
    html = editor.get(BROWSE, {"chon": "1"}).content.decode()
    assert "<img src=x" not in html
    assert 'data-caption="&quot;&gt;&lt;img src=x onerror=alert(1)&gt;"' in html
    assert 'data-alt="&#x27; onclick=&#x27;alert(1)"' in html


def test_several_files_are_uploaded_at_once_and_the_bad_one_is_named(editor):
    sent = {
        "files": [
            make_image(30, 20),
            make_image(40, 20, name="b.png", file_format="PNG"),
            SimpleUploadedFile("hong.jpg", b"x"),
        ]
    }
    page = editor.post(ADD, sent | {"caption": "Lễ hội", "alt": "Đua thuyền", "credit": "Hoài An"}, follow=True)
    assert page.redirect_chain == [(BROWSE, 302)]
    assert {(photo.width, photo.caption, photo.alt, photo.credit) for photo in Photo.objects.all()} == {
        (30, "Lễ hội", "Đua thuyền", "Hoài An"),
        (40, "Lễ hội", "Đua thuyền", "Hoài An"),
    }
    html = page.content.decode()
    assert "Không nhận “hong.jpg”. Tệp này không phải ảnh" in html
    assert "Đã tải lên 2 ảnh." in html


def test_one_uploaded_file_leads_to_its_words_inside_the_dialog_too(editor):
    page = editor.post(f"{ADD}?chon=1", {"files": [make_image(30, 20)]})
    assert page["Location"] == f"{BROWSE}{Photo.objects.get().pk}/?chon=1"


def test_failed_upload_keeps_the_words_and_says_that_the_file_is_lost(editor, settings):
    page = editor.post(ADD, {"files": [make_image(30, 20)], "caption": "Chú thích dài", "credit": "x" * 200})
    html = page.content.decode()
    assert "Chú thích dài</textarea>" in html
    assert "hãy chọn lại tệp ảnh" in html
    assert Photo.objects.count() == 0
    assert files(settings.MEDIA_ROOT) == []


def test_upload_form_without_files_or_with_too_many_asks_for_what_it_wants(editor):
    assert "Hãy chọn ít nhất một tệp ảnh." in editor.post(ADD, {"caption": "x"}).content.decode()
    many = [SimpleUploadedFile(f"{number}.jpg", b"x") for number in range(MAX_FILES + 1)]
    assert f"Mỗi lần tải lên không quá {MAX_FILES} ảnh." in editor.post(ADD, {"files": many}).content.decode()


def test_photo_page_saves_words_and_hands_the_photo_over(editor):
    photo = make_photo(30, 20)
    page = editor.post(
        f"{BROWSE}{photo.pk}/?chon=1", {"caption": "Cảng Vũng Áng", "alt": "Cần cẩu", "credit": "An", "choose": "1"}
    )
    assert b"data-chosen" in page.content
    assert 'data-caption="Cảng Vũng Áng"' in page.content.decode()
    photo.refresh_from_db()
    assert (photo.caption, photo.search_text) == ("Cảng Vũng Áng", "cang vung ang can cau an anh.jpg")


def test_photo_page_without_permission_shows_words_but_saves_none(client):
    photo = make_photo(30, 20, caption="Cũ")
    client.force_login(staff_who_may("view_photo"))
    page = client.get(f"{BROWSE}{photo.pk}/").content.decode()
    assert "Cũ" in page
    assert "<textarea" not in page
    assert client.post(f"{BROWSE}{photo.pk}/", {"caption": "Mới"}).status_code == 403
    assert Photo.objects.get().caption == "Cũ"


@pytest.mark.parametrize("pk", ["0", "999999", "9" * 30])
def test_photo_that_is_not_there_is_a_404(editor, pk):
    assert editor.get(f"{BROWSE}{pk}/").status_code == 404


@pytest.mark.parametrize("address", [BROWSE, ADD, f"{BROWSE}1/"])
def test_stranger_is_sent_to_log_in_and_staff_without_permission_is_refused(client, address):
    assert client.get(address)["Location"] == f"/admin/login/?next={address}"
    client.force_login(staff_who_may())
    assert client.get(address).status_code == 403


def test_library_may_stand_in_a_frame_of_the_admin_only_and_is_never_cached(editor):
    page = editor.get(BROWSE)
    assert "frame-ancestors 'self'" in page["Content-Security-Policy"]
    assert "script-src 'self';" in page["Content-Security-Policy"] + ";"
    assert "no-store" in page["Cache-Control"]


def test_public_pages_may_not_be_framed(client):
    assert "frame-ancestors 'none'" in client.get("/khong-co/")["Content-Security-Policy"]
