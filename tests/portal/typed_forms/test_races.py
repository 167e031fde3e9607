"""The same button, pressed several times before the first answer."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client

from news.models import Article
from tests.news.admin.forms import ADD_URL, LIST_URL, change_url, logged_in, typed
from tests.portal.typed_forms.forms import opened

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_three_presses_at_the_same_moment_make_one_article():
    editor = logged_in("Biên tập viên")
    form = opened(editor, ADD_URL) | typed(_publish="1")

    def press(_number: int) -> str:
        client = Client()
        client.cookies = editor.cookies
        try:
            return client.post(ADD_URL, form).headers["Location"]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as pool:
        answers = sorted(pool.map(press, range(3)))
    assert answers == [LIST_URL, *[change_url(Article.objects.get())] * 2]
