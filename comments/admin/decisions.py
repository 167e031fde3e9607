import re
from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from news.staff import logged_in_user

from .. import conf
from ..models import Reason, ReasonMissing
from ..moderation.cursors import parse_moment
from ..moderation.decisions import Decision, DecisionKind
from ..moderation.undo import undo_decision
from .conflicts import warn_about, warn_about_changed
from .pages import MAX_NOTE, back_url

VERSION = re.compile(r"(\d{1,18}):(\d{1,9})")  # "17:3": version 3 of the opinion with the primary key 17


@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    try:
        decision = parse_decision(request.POST)
        result = decision.apply(logged_in_user(request))
    except ValidationError as error:
        messages.error(request, error.message)
    except ReasonMissing:
        messages.error(request, missing_reason_message(decision.reason))
    else:
        if result.moved:
            messages.success(request, done_message(decision, len(result.moved)))
        warn_about_changed(request, result.stale)
        sentence = _("Không làm được việc này ở trạng thái hiện tại: %(named)s%(more)s.")
        warn_about(request, result.not_allowed, sentence)
    return HttpResponseRedirect(back_url(request))


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    undone = undo_decision(parse_moment(request.POST.get("moment", "")), by=logged_in_user(request))
    if undone:
        sentence = ngettext(
            "Đã hoàn tác: %(number)d ý kiến trở lại hàng đợi.",
            "Đã hoàn tác: %(number)d ý kiến trở lại hàng đợi.",
            len(undone),
        )
        messages.success(request, sentence % {"number": len(undone)})
    else:
        sentence = _("Không hoàn tác được: đã quá %(seconds)d giây, hoặc ý kiến đã được người khác xử lý tiếp.")
        messages.warning(request, sentence % {"seconds": conf.get("undo_within").total_seconds()})
    return HttpResponseRedirect(back_url(request))


def parse_decision(post: QueryDict) -> Decision:
    """`action` is "publish" for the selected opinions, or "publish 17:3" for one of them. A reason may follow, as in
    "reject 17:3 insult". Raises ValidationError."""
    words = post.get("action", "").split()
    if not words or words[0] not in DecisionKind.values:
        raise ValidationError(_("Không rõ bạn muốn làm gì. Hãy bấm lại một nút."))
    kind = DecisionKind(words[0])
    if len(words) > 1:
        versions = parse_versions(words[1:2])
        reason = words[2] if len(words) > 2 else post.get("reason", "")
        note = post.get(f"note-{next(iter(versions), '')}", "") if reason == Reason.OTHER else ""
    else:
        groups = [post.get(f"same-{pk}", "").replace(",", " ").split() for pk in post.getlist("group")]
        versions = parse_versions([*post.getlist("selected"), *(version for group in groups for version in group)])
        reason, note = post.get("reason", ""), post.get("note", "")
    if not versions:
        raise ValidationError(_("Hãy chọn ít nhất một ý kiến."))
    if kind != DecisionKind.REJECT:
        reason = note = ""
    return Decision(kind, versions, reason, note.strip()[:MAX_NOTE])


def parse_versions(values: Iterable[str]) -> dict[int, int]:
    found = filter(None, map(VERSION.fullmatch, values))
    return {int(pk): int(version) for pk, version in (match.groups() for match in found)}


def missing_reason_message(reason: str) -> str:
    if reason == Reason.OTHER:
        return _("Lý do khác cần được ghi cụ thể, vì người gửi sẽ đọc.")
    return _("Hãy chọn lý do không đăng; người gửi sẽ đọc lý do này.")


def done_message(decision: Decision, number: int) -> str:
    reason = f" ({Reason(decision.reason).label})" if decision.reason else ""
    sentence = ngettext("%(done)s: %(number)d ý kiến%(reason)s.", "%(done)s: %(number)d ý kiến%(reason)s.", number)
    return sentence % {"done": decision.kind.done_label, "number": number, "reason": reason}
