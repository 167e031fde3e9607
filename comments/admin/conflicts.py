"""Messages about opinions that a moderator could not change."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from news.staff import display_name

from ..models import Comment

MAX_NAMED = 5  # opinions named in one message


def warn_about_changed_opinion(request: HttpRequest, pk: int) -> None:
    warn_about_changed(request, [Comment.objects.select_related("decided_by").get(pk=pk)])


def warn_about_changed(request: HttpRequest, comments: list[Comment]) -> None:
    warn_about(request, comments, _("Không thay đổi gì, vì đã được người khác xử lý: %(named)s%(more)s."))


def warn_about(request: HttpRequest, comments: list[Comment], sentence: str) -> None:
    if not comments:
        return
    named = "; ".join(f"{comment.code}: {_status_and_person(comment)}" for comment in comments[:MAX_NAMED])
    rest = len(comments) - MAX_NAMED
    more = _(" và %(number)d ý kiến nữa") % {"number": rest} if rest > 0 else ""
    messages.warning(request, sentence % {"named": named, "more": more})


def _status_and_person(comment: Comment) -> str:
    status = comment.get_status_display()
    if comment.decided_by is None or comment.decided_at is None:
        return status
    return f"{status} ({display_name(comment.decided_by)}, {timezone.localtime(comment.decided_at):%H:%M})"
