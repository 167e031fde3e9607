"""The states of an article, the transitions between them, who may make each and what must be filled in first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .text.cleaning import clean_line, clean_text
from .text.html import image_sources, to_text

PUBLISH_PERMISSION = "news.publish_article"
WRITE_PERMISSIONS = ("news.add_article", "news.change_article")


class Status(models.TextChoices):
    DRAFT = "draft", _("Nháp")
    SUBMITTED = "submitted", _("Chờ duyệt")
    RETURNED = "returned", _("Trả lại")
    APPROVED = "approved", _("Đã duyệt")
    WITHDRAWN = "withdrawn", _("Đã gỡ")


WITH_THE_AUTHOR = frozenset({Status.DRAFT, Status.RETURNED})
COMPLETE = frozenset({Status.SUBMITTED, Status.APPROVED})  # an article in these states has all required parts


@dataclass(frozen=True)
class Transition:
    name: str
    label: Promise  # of its button
    outcome: Promise  # for the message and the log
    sources: frozenset[Status]
    target: Status
    for_editors: bool  # if false, it is also open to the author of the article, who must still have a reporter's role
    for_author_only: bool = False
    needs_reason: bool = False
    reason_label: Promise | str = ""
    reason_help: Promise | str = ""
    no_reason: Promise | str = ""  # what is said if it is missing

    @property
    def needs_all_parts(self) -> bool:
        return self.target in COMPLETE


SUBMIT = Transition(
    name="submit",
    label=_("Gửi duyệt"),
    outcome=_("Đã gửi duyệt."),
    sources=WITH_THE_AUTHOR,
    target=Status.SUBMITTED,
    for_editors=False,
)
RECALL = Transition(
    name="recall",
    label=_("Rút lại"),
    outcome=_("Đã rút lại; bài trở về bản nháp."),
    sources=frozenset({Status.SUBMITTED}),
    target=Status.DRAFT,
    for_editors=False,
    for_author_only=True,
)
PUBLISH = Transition(
    name="publish",
    label=_("Đăng"),
    outcome=_("Đã đăng."),
    sources=frozenset(Status) - {Status.APPROVED},
    target=Status.APPROVED,
    for_editors=True,
)
RETURN = Transition(
    name="return",
    label=_("Trả lại"),
    outcome=_("Đã trả lại tác giả."),
    sources=frozenset({Status.SUBMITTED}),
    target=Status.RETURNED,
    for_editors=True,
    needs_reason=True,
    reason_label=_("Lý do trả lại"),
    reason_help=_("Tác giả đọc câu này khi mở lại bài. Bắt buộc khi bấm “Trả lại”."),
    no_reason=_("Hãy ghi lý do trả lại để tác giả biết cần sửa gì."),
)
WITHDRAW = Transition(
    name="withdraw",
    label=_("Gỡ"),
    outcome=_("Đã gỡ khỏi trang."),
    sources=frozenset({Status.APPROVED}),
    target=Status.WITHDRAWN,
    for_editors=True,
    needs_reason=True,
    reason_label=_("Lý do gỡ"),
    reason_help=_("Giữ trong lịch sử của bài, người đọc không thấy. Bắt buộc khi bấm “Gỡ”."),
    no_reason=_("Hãy ghi lý do gỡ để về sau còn biết vì sao bài rời khỏi trang."),
)
TRANSITIONS = (SUBMIT, RECALL, PUBLISH, RETURN, WITHDRAW)
REASON_BY_PROGRAM = _("Gỡ bằng lệnh hoặc chương trình, không có người ghi lý do.")


class Refusal(StrEnum):
    NOT_PERMITTED = "not_permitted"
    WRONG_STATE = "wrong_state"
    INCOMPLETE = "incomplete"
    NO_REASON = "no_reason"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    CHANGED_MEANWHILE = "changed_meanwhile"


class TransitionRefused(Exception):
    """The message is a sentence for the editor; `fields` maps each field that is at fault to an error message."""

    def __init__(self, code: Refusal, message: str | Promise = "", fields: Mapping[str, str | Promise] | None = None):
        self.code = code
        self.fields = {field: str(sentence) for field, sentence in (fields or {}).items()}
        super().__init__(str(message) or " ".join(self.fields.values()))


class ArticleLike(Protocol):
    """Those attributes of an article that the rules read. The model cannot be imported here: it imports this module."""

    title: str
    summary: str
    body: Any  # HTML; the base class of its field has no types
    status: str
    category_id: int
    author_id: int | None
    published_at: datetime | None
    expires_at: datetime | None
    return_reason: Any

    @property
    def state_label(self) -> str: ...

    @property
    def is_published(self) -> bool: ...

    @property
    def is_scheduled(self) -> bool: ...


# ---------------------------------------------------------------- who may do what


def is_editor(user: User) -> bool:
    return user.has_perm(PUBLISH_PERMISSION)


def is_author(user: User, article: ArticleLike) -> bool:
    return user.pk is not None and article.author_id == user.pk


def may_see(user: User, article: ArticleLike) -> bool:
    """The same rule as ArticleQuerySet.visible_to(), for one article."""
    return is_editor(user) or is_author(user, article) or article.is_published


def may_change(user: User, article: ArticleLike) -> bool:
    return is_editor(user) or (is_author(user, article) and article.status in WITH_THE_AUTHOR)


def is_deletable(article: ArticleLike) -> bool:
    return article.status != Status.APPROVED


def is_permitted(transition: Transition, article: ArticleLike, by: User | None) -> bool:
    """`by=None` stands for the system, such as an import or a command, which may make every transition."""
    if by is None or (is_editor(by) and not transition.for_author_only):
        return True
    return not transition.for_editors and is_author(by, article) and any(map(by.has_perm, WRITE_PERMISSIONS))


# ---------------------------------------------------------------- what is allowed now


def open_transitions(article: ArticleLike, by: User | None) -> list[Transition]:
    """The transitions that state and permissions allow; parts of the article may still be missing."""
    return [each for each in TRANSITIONS if article.status in each.sources and is_permitted(each, article, by)]


def check(transition: Transition, article: ArticleLike, *, by: User | None, reason: str = "") -> None:
    for refused in refusals(transition, article, by=by, reason=reason):
        raise refused


def refusals(
    transition: Transition, article: ArticleLike, *, by: User | None, reason: str = ""
) -> Iterator[TransitionRefused]:
    if not is_permitted(transition, article, by):
        message = _("Bạn không có quyền dùng “%(transition)s” với bài này.") % {"transition": transition.label}
        yield TransitionRefused(Refusal.NOT_PERMITTED, message)
    if article.status not in transition.sources:
        message = _("Bài đang ở trạng thái “%(state)s”.") % {"state": article.state_label}
        yield TransitionRefused(Refusal.WRONG_STATE, message)
    if transition.needs_all_parts and (missing := missing_parts(article)):
        yield TransitionRefused(Refusal.INCOMPLETE, fields=missing)
    if transition.needs_reason and not clean_text(reason).strip():
        yield TransitionRefused(Refusal.NO_REASON, fields={"return_reason": transition.no_reason})
    if transition is PUBLISH and ends_before_it_begins(article):
        wrong_end = {"expires_at": _("Giờ hết hạn phải sau giờ đăng.")}
        yield TransitionRefused(Refusal.ENDS_BEFORE_IT_BEGINS, fields=wrong_end)


def changed_meanwhile() -> TransitionRefused:
    message = _("Bài vừa được người khác sửa, chuyển bước hoặc xóa. Hãy mở lại bài rồi làm lại.")
    return TransitionRefused(Refusal.CHANGED_MEANWHILE, message)


def missing_parts(article: ArticleLike) -> dict[str, Promise]:
    missing: dict[str, Promise] = {}
    if not clean_line(article.title):
        missing["title"] = _("Bài chưa có tên.")
    if not clean_text(article.summary).strip():
        missing["summary"] = _("Bài chưa có sapo.")
    if not to_text(article.body) and not image_sources(article.body):
        missing["body"] = _("Bài chưa có nội dung.")
    if article.category_id is None:
        missing["category"] = _("Bài chưa có chuyên mục.")
    return missing


def ends_before_it_begins(article: ArticleLike) -> bool:
    begins = article.published_at or timezone.now()
    return article.expires_at is not None and article.expires_at <= begins


def log_message(transition: Transition, article: ArticleLike) -> str:
    """What the transition has done and why, for the admin's log."""
    if not transition.needs_reason:
        return outcome(transition, article)
    why = _("Lý do: %(reason)s") % {"reason": article.return_reason}
    return f"{outcome(transition, article)} {why}"


def outcome(transition: Transition, article: ArticleLike) -> str:
    if transition is PUBLISH and article.is_scheduled and article.published_at:
        when = timezone.localtime(article.published_at)
        return _("Đã hẹn đăng vào %(when)s (giờ Việt Nam).") % {"when": f"{when:%H:%M %d/%m/%Y}"}
    return str(transition.outcome)
