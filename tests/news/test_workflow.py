"""Every state × transition × role, and what else refuses a transition."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone

from news import workflow
from news.models import Article, ArticleStep, SearchEntry
from news.models.article_step import AppendOnly
from news.workflow import Refusal, Status, TransitionRefused
from tests.factories import make_article, make_category, make_user

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
ROLES = ("system", "editor", "author", "colleague", "author without a role", "inactive editor")
TRANSITIONS: dict[str, Callable[[Article, User | None], None]] = {
    "submit": lambda article, by: article.submit(by=by),
    "publish": lambda article, by: article.publish(by=by),
    "return": lambda article, by: article.return_to_author("Thiếu số liệu.", by=by),
    "withdraw": lambda article, by: article.withdraw("Số liệu sai.", by=by),
    "recall": lambda article, by: article.recall(by=by),
}
TARGETS = {
    "submit": Status.SUBMITTED,
    "publish": Status.APPROVED,
    "return": Status.RETURNED,
    "withdraw": Status.WITHDRAWN,
    "recall": Status.DRAFT,
}
SOURCES = {
    "submit": {Status.DRAFT, Status.RETURNED},
    "publish": {Status.DRAFT, Status.SUBMITTED, Status.RETURNED, Status.WITHDRAWN},
    "return": {Status.SUBMITTED},
    "withdraw": {Status.APPROVED},
    "recall": {Status.SUBMITTED},
}
PERMITTED = {
    "submit": {"system", "editor", "author"},
    "publish": {"system", "editor"},
    "return": {"system", "editor"},
    "withdraw": {"system", "editor"},
    "recall": {"system", "author"},
}


def cast_of(role: str) -> tuple[User | None, User]:
    """Who acts, and who wrote the article."""
    author = make_user()
    if role == "system":
        return None, author
    if role == "editor":
        return make_user(role="Biên tập viên"), author
    if role == "inactive editor":
        return make_user(role="Biên tập viên", is_active=False), author
    if role == "colleague":
        return make_user(role="Phóng viên"), author
    if role == "author":
        author = make_user(role="Phóng viên")
    return author, author


def stored(article: Article) -> dict[str, Any]:
    return Article.objects.filter(pk=article.pk).values().get()


def refusal_of(article: Article, name: str, by: User | None = None) -> TransitionRefused:
    """The transition is refused, and neither the row nor the instance has changed."""
    before, in_memory = stored(article), (article.status, article.version)
    with pytest.raises(TransitionRefused) as refused:
        TRANSITIONS[name](article, by)
    assert stored(article) == before
    assert (article.status, article.version) == in_memory
    return refused.value


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", TRANSITIONS)
@pytest.mark.parametrize("status", Status)
def test_table(status: Status, name: str, role: str):
    by, author = cast_of(role)
    article = make_article(status=status, author=author)
    if role not in PERMITTED[name]:
        assert refusal_of(article, name, by).code == Refusal.NOT_PERMITTED
    elif status not in SOURCES[name]:
        assert refusal_of(article, name, by).code == Refusal.WRONG_STATE
    else:
        before = stored(article)
        TRANSITIONS[name](article, by)
        after = stored(article)
        assert (after["status"], after["version"]) == (TARGETS[name], before["version"] + 1)
        assert after["updated_by_id"] == (by.pk if by else None)
        assert after["updated_at"] > before["updated_at"]
        assert after == {field: getattr(article, field) for field in after}  # the instance knows


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("status", Status)
def test_buttons_are_those_that_are_not_refused(status: Status, role: str):
    by, author = cast_of(role)
    article = make_article(status=status, author=author)
    offered = {transition.name for transition in workflow.open_transitions(article, by)}
    assert offered == {name for name in TRANSITIONS if role in PERMITTED[name] and status in SOURCES[name]}


def test_everything_a_shell_or_an_import_does_without_a_user_obeys_the_table():
    live = make_article("Bài đang đăng")
    refused = refusal_of(live, "submit")
    assert (refused.code, str(refused)) == (Refusal.WRONG_STATE, "Bài đang ở trạng thái “Đang đăng”.")
    empty = Article.objects.create(title="Nháp rỗng", category=make_category())
    refused = refusal_of(empty, "publish", make_user(role="Biên tập viên"))
    assert (refused.code, str(refused)) == (Refusal.INCOMPLETE, "Bài chưa có sapo. Bài chưa có nội dung.")


def test_sentence_names_the_state_as_editors_know_it():
    scheduled = make_article(published_at=timezone.now() + HOUR)
    assert str(refusal_of(scheduled, "publish")) == "Bài đang ở trạng thái “Hẹn giờ”."


def test_stranger_reads_that_he_has_no_permission():
    refused = refusal_of(make_article(status=Status.SUBMITTED), "publish", make_user(role="Phóng viên"))
    assert str(refused) == "Bạn không có quyền dùng “Đăng” với bài này."


@pytest.mark.parametrize("name", ["submit", "publish"])
@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"title": ""}, {"title": "Bài chưa có tên."}),
        ({"summary": ""}, {"summary": "Bài chưa có sapo."}),
        ({"body": ""}, {"body": "Bài chưa có nội dung."}),
        ({"body": "<p>&nbsp;</p><p><br></p>"}, {"body": "Bài chưa có nội dung."}),
        (
            {"title": "\u200b", "summary": " \n\u200b"},
            {"title": "Bài chưa có tên.", "summary": "Bài chưa có sapo."},
        ),
    ],
    ids=["title", "summary", "body", "body of empty paragraphs", "invisible characters"],
)
def test_parts_that_an_article_needs(name: str, fields: dict[str, str], missing: dict[str, str]):
    article = make_article(status=Status.DRAFT)
    Article.objects.filter(pk=article.pk).update(**fields)  # as an older version or SQL may have left it
    article.refresh_from_db()
    refused = refusal_of(article, name)
    assert (refused.code, refused.fields, str(refused)) == (Refusal.INCOMPLETE, missing, " ".join(missing.values()))


def test_withdrawing_and_returning_ask_for_no_parts():
    live, waiting = make_article(summary="", body=""), make_article(status=Status.SUBMITTED, summary="", body="")
    live.withdraw()
    waiting.return_to_author("Bài trống.")
    assert (stored(live)["status"], stored(waiting)["status"]) == (Status.WITHDRAWN, Status.RETURNED)


def test_value_that_was_not_saved_fills_nothing_in():
    article = make_article(status=Status.DRAFT, summary="")
    article.summary = "Chưa lưu."
    assert refusal_of(article, "publish").code == Refusal.INCOMPLETE
    article.save()
    article.publish()
    assert stored(article)["status"] == Status.APPROVED


@pytest.mark.parametrize("reason", ["", " \n ", "\u200b"])
def test_returning_needs_a_reason(reason: str):
    article = make_article(status=Status.SUBMITTED)
    with pytest.raises(TransitionRefused) as refused:
        article.return_to_author(reason)
    assert refused.value.code == Refusal.NO_REASON
    assert str(refused.value) == "Hãy ghi lý do trả lại để tác giả biết cần sửa gì."
    assert stored(article)["status"] == Status.SUBMITTED


@pytest.mark.parametrize("reason", ["", " \n ", "\u200b"])
def test_a_person_withdraws_only_with_a_reason(reason: str):
    article = make_article()
    with pytest.raises(TransitionRefused) as refused:
        article.withdraw(reason, by=make_user(role="Biên tập viên"))
    assert refused.value.code == Refusal.NO_REASON
    assert str(refused.value) == "Hãy ghi lý do gỡ để về sau còn biết vì sao bài rời khỏi trang."
    assert article.is_published


def test_every_step_is_logged_and_no_reason_is_overwritten():
    editor, author = make_user(role="Biên tập viên"), make_user(role="Phóng viên")
    article = make_article(status=Status.SUBMITTED, published_at=None, author=author)
    article.return_to_author("Thiếu số liệu.", by=editor)
    article.submit(by=author)
    article.return_to_author("Thiếu ảnh.", by=editor)
    article.publish(by=editor)
    article.withdraw("Sai tên xã.", by=editor)
    assert [(step.to_status, step.reason, step.by) for step in reversed(article.steps.all())] == [
        (Status.RETURNED, "Thiếu số liệu.", editor),
        (Status.SUBMITTED, "", author),
        (Status.RETURNED, "Thiếu ảnh.", editor),
        (Status.APPROVED, "", editor),
        (Status.WITHDRAWN, "Sai tên xã.", editor),
    ]


def test_log_of_steps_is_neither_changed_nor_deleted_but_goes_with_its_article():
    article = make_article()
    article.withdraw()
    step = article.steps.get()
    step.reason = "Khác"
    for change in (step.save, step.delete, article.steps.all().delete, lambda: article.steps.update(reason="")):
        with pytest.raises(AppendOnly):
            change()
    assert article.steps.get().reason == "Gỡ bằng lệnh hoặc chương trình, không có người ghi lý do."
    article.delete()
    assert not ArticleStep.objects.exists()


def test_refused_step_leaves_no_line_in_the_log():
    article = make_article()
    with pytest.raises(TransitionRefused):
        article.submit()
    assert not article.steps.exists()


def test_reason_is_stored_clean_and_gone_once_the_article_is_sent_again():
    article = make_article(status=Status.SUBMITTED)
    article.return_to_author(" Thiếu\u200b nguồn. \r\nThiếu ảnh.")
    assert stored(article)["return_reason"] == "Thiếu nguồn. \nThiếu ảnh."
    article.submit()
    assert stored(article)["return_reason"] == ""


@pytest.mark.parametrize("late", [timedelta(0), HOUR])
def test_article_whose_end_has_come_is_not_published_now(late: timedelta, time_machine):
    time_machine.move_to("2026-03-01T08:00:00+07:00", tick=False)
    article = make_article(status=Status.SUBMITTED, published_at=None, expires_at=timezone.now() - late)
    refused = refusal_of(article, "publish")
    assert (refused.code, refused.fields) == (
        Refusal.ENDS_BEFORE_IT_BEGINS,
        {"expires_at": "Giờ hết hạn phải sau giờ đăng."},
    )


def test_article_that_ends_after_an_hour_of_its_own_is_approved_even_when_both_are_over():
    now = timezone.now()
    article = make_article(status=Status.SUBMITTED, published_at=now - 2 * HOUR, expires_at=now - HOUR)
    article.publish()
    assert article.is_expired


def test_publishing_keeps_the_hour_of_the_article_and_notes_who_approved():
    hour, editor = timezone.now() + HOUR, make_user(role="Biên tập viên")
    article = make_article(status=Status.SUBMITTED, published_at=hour)
    article.publish(by=editor)
    after = stored(article)
    assert (after["published_at"], after["approved_by_id"]) == (hour, editor.pk)
    assert workflow.outcome(workflow.PUBLISH, article).startswith("Đã hẹn đăng vào ")


# ---------------------------------------------------------------- two at once


def test_second_of_two_who_hold_the_same_article_is_told():
    first = make_article(status=Status.SUBMITTED)
    second = Article.objects.get(pk=first.pk)
    first.return_to_author("Thiếu số liệu.")
    refused = refusal_of(second, "publish")
    assert refused.code == Refusal.CHANGED_MEANWHILE
    assert str(refused) == "Bài vừa được người khác sửa, chuyển bước hoặc xóa. Hãy mở lại bài rồi làm lại."
    second.refresh_from_db()
    second.publish()
    assert stored(first)["status"] == Status.APPROVED


def test_article_that_came_back_to_its_state_is_another_one_all_the_same():
    first = make_article(status=Status.SUBMITTED)
    second = Article.objects.get(pk=first.pk)
    first.return_to_author("Thiếu số liệu.")
    first.submit()
    assert refusal_of(second, "publish").code == Refusal.CHANGED_MEANWHILE


def test_article_without_a_row_is_refused():
    article = make_article(status=Status.SUBMITTED)
    Article.objects.all().delete()
    for gone in (article, Article(title="Chưa lưu", category=article.category)):
        with pytest.raises(TransitionRefused) as refused:
            gone.publish()
        assert refused.value.code == Refusal.CHANGED_MEANWHILE


@pytest.mark.django_db(transaction=True)
def test_of_four_who_publish_at_the_same_moment_one_does():
    article = make_article(status=Status.SUBMITTED)
    instances = [Article.objects.get(pk=article.pk) for _number in range(4)]
    start = Barrier(len(instances))

    def publish(instance: Article) -> str:
        start.wait()
        try:
            instance.publish()
        except TransitionRefused as refused:
            return refused.code
        finally:
            connection.close()
        return "published"

    with ThreadPoolExecutor(len(instances)) as pool:
        answers = sorted(pool.map(publish, instances))
    assert answers == [Refusal.CHANGED_MEANWHILE] * 3 + ["published"]
    assert stored(article)["version"] == article.version + 1


# ---------------------------------------------------------------- what follows from it


def test_search_index_follows_a_transition():
    article = make_article(status=Status.SUBMITTED, published_at=None)
    article.publish()
    entry = SearchEntry.objects.get(article=article)
    assert entry.status == Status.APPROVED
    assert entry.newness > 1 << 30  # it has an hour of publication now
    article.withdraw()
    entry.refresh_from_db()
    assert entry.status == Status.WITHDRAWN


def test_transition_that_is_rolled_back_leaves_row_and_index_as_they_were():
    article = make_article()
    before = stored(article)
    with transaction.atomic():
        article.withdraw()
        transaction.set_rollback(True)
    assert stored(article) == before
    assert SearchEntry.objects.get(article=article).status == Status.APPROVED


def test_rule_of_what_a_user_sees_is_the_same_for_a_query_and_for_one_article():
    reporter, editor = make_user(role="Phóng viên"), make_user(role="Biên tập viên")
    for status in Status:
        make_article(status=status, author=reporter)
        make_article(status=status, author=editor)
    make_article(published_at=timezone.now() + HOUR, author=editor)
    for user in (reporter, editor, make_user()):
        seen = {article.pk for article in Article.objects.all() if workflow.may_see(user, article)}
        assert set(Article.objects.visible_to(user).values_list("pk", flat=True)) == seen
