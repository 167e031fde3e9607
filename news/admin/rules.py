"""Who may do what with an article, and what an article needs before readers may see it."""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..models import Article, ArticleQuerySet
from ..text.html import image_sources, to_text

Status = Article.Status

WITH_THE_AUTHOR = frozenset({Status.DRAFT, Status.RETURNED})
NEEDS_ALL_PARTS = frozenset({Status.SUBMITTED, Status.APPROVED})


@dataclass(frozen=True)
class Step:
    """One way from state to state: a button of the form and a permission."""

    name: str
    label: Promise
    starts_from: frozenset[str]
    leads_to: str
    for_editors: bool

    @property
    def button(self) -> str:
        return f"_{self.name}"


SUBMIT = Step("submit", _("Gửi duyệt"), WITH_THE_AUTHOR, Status.SUBMITTED, for_editors=False)
PUBLISH = Step("publish", _("Đăng"), frozenset(Status) - {Status.APPROVED}, Status.APPROVED, for_editors=True)
RETURN = Step("return", _("Trả lại"), frozenset({Status.SUBMITTED}), Status.RETURNED, for_editors=True)
WITHDRAW = Step("withdraw", _("Gỡ"), frozenset({Status.APPROVED}), Status.WITHDRAWN, for_editors=True)
STEPS = (SUBMIT, PUBLISH, RETURN, WITHDRAW)


def is_editor(user: User) -> bool:
    return user.has_perm("news.publish_article")


def visible_articles(user: User, articles: ArticleQuerySet) -> ArticleQuerySet:
    """Editors see everything; a reporter sees what is his own and what readers see."""
    return articles if is_editor(user) else articles.written_by(user) | articles.published()


def may_see(user: User, article: Article) -> bool:
    return is_editor(user) or article.author_id == user.pk or article.is_published


def may_change(user: User, article: Article) -> bool:
    return is_editor(user) or (article.author_id == user.pk and article.status in WITH_THE_AUTHOR)


def may_take(user: User, step: Step, article: Article) -> bool:
    return (
        may_change(user, article) and article.status in step.starts_from and (is_editor(user) or not step.for_editors)
    )


def steps_open_to(user: User, article: Article) -> list[Step]:
    return [step for step in STEPS if may_take(user, step, article)]


def missing_parts(title: str, summary: str, body: str, has_category: bool) -> dict[str, Promise]:
    """Field → sentence for every part that an article must have before it is sent on or published."""
    missing: dict[str, Promise] = {}
    if not title:
        missing["title"] = _("Bài chưa có tên.")
    if not summary:
        missing["summary"] = _("Bài chưa có sapo.")
    if not to_text(body) and not image_sources(body):
        missing["body"] = _("Bài chưa có nội dung.")
    if not has_category:
        missing["category"] = _("Bài chưa có chuyên mục.")
    return missing


def why_not(user: User, step: Step, article: Article) -> str:
    """The reason, as a sentence, why this user can't take the stored article this step; "" if he can."""
    if not may_take(user, step, article):
        return _("Bài đang ở trạng thái “%(state)s”.") % {"state": article.state_label}
    if step.leads_to in NEEDS_ALL_PARTS:
        missing = missing_parts(article.title, article.summary, article.body, article.category_id is not None)
        if missing:
            return " ".join(map(str, missing.values()))
        if step is PUBLISH and ends_before_it_begins(article):
            return str(_("Giờ hết hạn phải sau giờ đăng."))
    return ""


def ends_before_it_begins(article: Article) -> bool:
    """True when publishing now, or at the article's own hour, would come after its end."""
    begins = article.published_at or timezone.now()
    return article.expires_at is not None and article.expires_at <= begins


def take(step: Step, article: Article, user: User, reason: str = "") -> None:
    if step is SUBMIT:
        article.submit()
    elif step is PUBLISH:
        article.publish(by=user)
    elif step is RETURN:
        article.return_to_author(reason)
    else:
        article.withdraw()


def touch(article: Article, user: User) -> None:
    """Notes a change made outside the form, so that whoever has the form open is told before saving over it."""
    article.version += 1
    article.updated_by = user
    article.save(update_fields=["version", "updated_by", "updated_at"])


def outcome(step: Step, article: Article) -> str:
    """What has happened, for the message and the log."""
    if step is PUBLISH and article.is_scheduled:
        when = timezone.localtime(article.published_at)
        return _("Đã hẹn đăng vào %(when)s (giờ Việt Nam).") % {"when": f"{when:%H:%M %d/%m/%Y}"}
    sentences = {
        SUBMIT: _("Đã gửi duyệt."),
        PUBLISH: _("Đã đăng."),
        RETURN: _("Đã trả lại tác giả."),
        WITHDRAW: _("Đã gỡ khỏi trang."),
    }
    return str(sentences[step])
