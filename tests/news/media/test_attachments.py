from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from news.models import Article, Attachment
from news.models.attachment import MEDIA_TYPES, SIGNATURES
from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db


def attach(article: Article) -> str:
    attachment = Attachment.objects.create(
        article=article, title="Dự thảo", file=ContentFile(b"%PDF-1.4 ...", name="Dự thảo.pdf")
    )
    return attachment.file.url


def test_attachment_of_a_published_article_opens_and_is_asked_for_anew_each_time(client: Client):
    response = client.get(attach(make_article()))
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-cache"
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize(
    "fields",
    [
        {"status": Article.Status.DRAFT},
        {"status": Article.Status.WITHDRAWN},
        {"published_at": timezone.now() + timedelta(days=900)},
        {"published_at": timezone.now() - timedelta(days=3), "expires_at": timezone.now() - timedelta(days=1)},
    ],
    ids=["draft", "withdrawn", "scheduled", "expired"],
)
def test_attachment_goes_with_its_article(client: Client, fields: dict):
    author, other = make_user("tac-gia", role="Phóng viên"), make_user("dong-nghiep", role="Phóng viên")
    editor = make_user("bien-tap", role="Biên tập viên")
    address = attach(make_article(author=author, **fields))
    around = address.replace("/media/", "/media/photos/../")
    assert [client.get(path).status_code for path in (address, around)] == [404, 404]
    answers = {}
    for user in (author, other, editor):
        client.force_login(user)
        answers[user.username] = client.get(address).status_code
    assert answers == {"tac-gia": 200, "dong-nghiep": 404, "bien-tap": 200}


def test_file_that_no_attachment_names_is_not_served(client: Client, settings):
    (settings.MEDIA_ROOT / "tep").mkdir(parents=True)
    (settings.MEDIA_ROOT / "tep" / "roi.pdf").write_bytes(b"%PDF-1.4")
    assert client.get("/media/tep/roi.pdf").status_code == 404


def test_every_kind_of_file_that_may_be_attached_has_its_media_type():
    assert MEDIA_TYPES.keys() == SIGNATURES.keys()
