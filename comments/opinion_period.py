"""Until when an article takes opinions: one rule for the form, its page and the editors."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from news.models import Article
from news.models.article_queries import midnight

from . import conf

FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(9998, 12, 31)  # any day before or after means the same


def accepts_opinions(article: Article) -> bool:
    """By the article's own comment mode, and until `closes_at`."""
    if article.comment_mode != Article.CommentMode.OPEN or not article.is_published:
        return False
    end = closes_at(article)
    return end is None or timezone.now() < end


def closes_at(article: Article) -> datetime | None:
    """The end of the day that an editor has set, otherwise `close_after_days` after the publication; at the latest when
    the article leaves the page. None if it does not end."""
    ends = [end for end in (_end_by_rule(article), article.expires_at) if end]
    return min(ends, default=None)


def _end_by_rule(article: Article) -> datetime | None:
    if day := article.comments_until:
        return midnight(min(max(day, FIRST_DAY), LAST_DAY) + timedelta(days=1))
    days = conf.get("close_after_days")
    if not days or article.published_at is None:
        return None
    try:
        return article.published_at + timedelta(days=days)
    except OverflowError:
        return None


def end_in_words(article: Article) -> str:
    """Such as “hết ngày 31/12/2026” or “09:30 ngày 31/12/2026”; empty without an end."""
    if (end := closes_at(article)) is None:
        return ""
    local = timezone.localtime(end)
    if local.time() == time.min:
        return _("hết ngày %(day)s") % {"day": f"{local - timedelta(days=1):%d/%m/%Y}"}
    return _("%(hour)s ngày %(day)s") % {"hour": f"{local:%H:%M}", "day": f"{local:%d/%m/%Y}"}


def period_for_readers(article: Article) -> str:
    """Empty when there is nothing to say: the article takes opinions without an end."""
    end = end_in_words(article)
    if accepts_opinions(article):
        return _("Bài nhận ý kiến đến %(end)s.") % {"end": end} if end else ""
    if end and article.comment_mode == Article.CommentMode.OPEN:
        return _("Bài này không còn nhận ý kiến mới: thời hạn là đến %(end)s.") % {"end": end}
    return _("Bài này không còn nhận ý kiến mới.")


def period_for_editors(article: Article) -> str:
    """About a stored article, or about a new one."""
    if article.comment_mode == Article.CommentMode.HIDDEN:
        return _("Bài không có phần ý kiến.")
    if article.comment_mode == Article.CommentMode.CLOSED:
        return _("Bài không nhận ý kiến mới, chỉ hiện ý kiến đã đăng.")
    if end := closes_at(article):
        until = {"end": end_in_words(article)}
        if timezone.now() >= end:
            return _("Bài đã thôi nhận ý kiến từ %(end)s. Biên tập viên mở lại bằng ô “Nhận ý kiến đến ngày”.") % until
        if article.is_published:
            return _("Bài đang nhận ý kiến, đến %(end)s.") % until
        return _("Khi được đăng, bài nhận ý kiến đến %(end)s.") % until
    if days := conf.get("close_after_days"):
        return _("Bài nhận ý kiến trong %(days)d ngày kể từ giờ đăng.") % {"days": days}
    return _("Bài nhận ý kiến không thời hạn.")
