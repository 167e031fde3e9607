"""Two people edit the same article."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import connection
from django.utils.module_loading import import_string

from news.models import Article
from tests.factories import make_article
from tests.news.admin.forms import LIST_URL, change_url, logged_in, typed, user_of

Status = Article.Status


def text_of(response) -> str:
    return response.content.decode()


@pytest.fixture
def article(db) -> Article:
    return make_article("Tên ban đầu", status=Status.DRAFT, body="<p>Thân bài ban đầu.</p>")


def test_second_save_is_refused_and_shows_both_texts(article):
    first, second = logged_in("Biên tập viên", "lan"), logged_in("Biên tập viên", "minh")
    user = user_of(first)
    user.first_name = "Trần Thị Lan"
    user.save()
    form_of_first, form_of_second = (
        typed(article, title="Tên của Lan"),
        typed(article, title="Tên của Minh", body="<p>Thân bài của Minh.</p>"),
    )
    first.post(change_url(article), form_of_first)
    page = text_of(second.post(change_url(article), form_of_second))
    article.refresh_from_db()
    assert article.title == "Tên của Lan"
    assert f"Trần Thị Lan đã lưu bài này lúc {article.updated_at.astimezone():%H:%M:%S %d/%m/%Y}" in page
    assert 'value="Tên của Minh"' in page  # still in the form
    assert "Tên của Lan" in page  # beside it
    assert "Thân bài của Minh." in page
    assert "Thân bài ban đầu." in page
    assert 'value="Lưu' not in page  # the only way to save is the explicit one
    assert page.index('name="_save"') < page.index('name="_overwrite"')  # and the Enter key does not take it


def test_overwriting_is_an_explicit_second_step(article):
    first, second = logged_in("Biên tập viên"), logged_in("Biên tập viên")
    stale = typed(article, title="Tên của Minh")
    first.post(change_url(article), typed(article, title="Tên của Lan"))
    page = text_of(second.post(change_url(article), stale))
    article.refresh_from_db()
    assert f'name="_overwrite" value="{article.version}"' in page
    second.post(change_url(article), {**stale, "_overwrite": article.version})
    article.refresh_from_db()
    assert article.title == "Tên của Minh"


def test_overwriting_covers_only_the_version_that_was_shown(article):
    first, second = logged_in("Biên tập viên"), logged_in("Biên tập viên")
    stale = typed(article, title="Tên của Minh")
    first.post(change_url(article), typed(article, title="Lan, lần một"))
    article.refresh_from_db()
    shown = article.version
    first.post(change_url(article), typed(article, title="Lan, lần hai"))
    second.post(change_url(article), {**stale, "_overwrite": shown})
    article.refresh_from_db()
    assert article.title == "Lan, lần hai"


def test_thousandth_version_can_be_overwritten_too(article):
    Article.objects.filter(pk=article.pk).update(version=1000)
    page = logged_in("Biên tập viên").post(change_url(article), typed(article, version=999)).content.decode()
    assert 'name="_overwrite" value="1000"' in page


@pytest.mark.parametrize("version", ["", "0", "-1", "abc", "9" * 25, "1\x00"])
def test_forged_version_is_a_conflict_not_an_error(article, version):
    response = logged_in("Biên tập viên").post(change_url(article), typed(article, title="Khác", version=version))
    article.refresh_from_db()
    assert response.status_code == 200
    assert article.title == "Tên ban đầu"


def test_saving_twice_in_a_row_is_no_conflict(article):
    editor = logged_in("Biên tập viên")
    for title in ("Một", "Hai"):
        editor.post(change_url(article), typed(article, title=title))
        article.refresh_from_db()
        assert article.title == title


def test_publishing_from_the_list_is_noticed_by_an_open_form(article):
    stale = typed(article, title="Tên cũ sửa dở")
    editor = logged_in("Biên tập viên")
    editor.post(LIST_URL, {"action": "publish_selected", "_selected_action": [article.pk]})
    page = text_of(editor.post(change_url(article), stale))
    article.refresh_from_db()
    assert (article.status, article.title) == (Status.APPROVED, "Tên ban đầu")
    assert "So sánh hai bản" in page


def test_author_too_late_gets_his_words_back(db):
    reporter = logged_in("Phóng viên")
    article = make_article("Tên ban đầu", status=Status.DRAFT, author=user_of(reporter))
    stale = typed(article, title="Tên gõ muộn", body="<p>Thân bài gõ muộn.</p>")
    article.submit()
    response = reporter.post(change_url(article), stale)
    article.refresh_from_db()
    assert response.status_code == 409
    assert article.title == "Tên ban đầu"
    assert "Tên gõ muộn" in text_of(response)
    assert "Thân bài gõ muộn." in text_of(response)


@pytest.mark.django_db(transaction=True)
def test_two_simultaneous_saves_never_both_win():
    if not Group.objects.exists():  # an earlier test with transaction=True has emptied the database
        import_string("portal.migrations.0001_roles.make_roles")(apps, connection.schema_editor())
    article = make_article(status=Status.DRAFT)
    clients = [logged_in("Biên tập viên", name) for name in ("lan", "minh", "hoa")]
    for user in [user_of(client) for client in clients]:
        assert user.has_perm("news.publish_article")
    start = Barrier(len(clients))

    def save(number: int) -> int:
        start.wait()
        try:
            return clients[number].post(change_url(article), typed(article, title=f"Bản {number}")).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(clients)) as pool:
        answers = sorted(pool.map(save, range(len(clients))))
    version = article.version
    article.refresh_from_db()
    assert answers == [200, 200, 302]  # one saved, two told
    assert article.version == version + 1
