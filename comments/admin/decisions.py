"""What a moderator's buttons ask for: the decision on one opinion or on many, and taking it back."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from news.staff import display_name

from .. import conf
from ..models import Comment, Reason, ReasonMissing, Status
from ..moderation.queues import moment_in

MAX_NOTE = 500  # characters, what the column is meant for
NAMED = 5  # opinions named one by one in a message
SEEN = re.compile(r"(\d{1,18}):(\d{1,9})")  # number:version of an opinion as the moderator saw it


@dataclass(frozen=True)
class Verb:
    """One decision: the word in the button's value, the state it leads to, what is said afterwards."""

    name: str
    target: Status
    label: Promise
    done: Promise


VERBS = {
    verb.name: verb
    for verb in (
        Verb("dang", Status.PUBLISHED, gettext_lazy("Đăng"), gettext_lazy("Đã đăng")),
        Verb("khong-dang", Status.REJECTED, gettext_lazy("Không đăng"), gettext_lazy("Không đăng")),
        Verb("rac", Status.SPAM, gettext_lazy("Rác"), gettext_lazy("Đã chuyển sang Rác")),
        Verb("cho-duyet", Status.PENDING, gettext_lazy("Đưa về Chờ duyệt"), gettext_lazy("Đã đưa về Chờ duyệt")),
        Verb("go", Status.REMOVED, gettext_lazy("Gỡ khỏi trang"), gettext_lazy("Đã gỡ khỏi trang")),
    )
}


class NotUnderstood(ValueError):
    """What was sent is no decision; the text is a sentence to the moderator."""


@dataclass
class Decision:
    verb: Verb
    versions: dict[int, int]  # number → version of each opinion as the moderator saw it
    reason: str = ""
    note: str = ""
    stale: list[Comment] = field(default_factory=list)  # changed by somebody else since
    impossible: list[Comment] = field(default_factory=list)  # unchanged, but in a state that this decision does not fit

    @classmethod
    def read(cls, post: QueryDict) -> "Decision":
        """`do` is "dang" for the ticked opinions, or "dang 17:3" for one of them; a reason may follow: "khong-dang 17:3 insult"."""
        words = post.get("do", "").split()
        verb = VERBS.get(words[0]) if words else None
        if verb is None:
            raise NotUnderstood(_("Không rõ bạn muốn làm gì. Hãy bấm lại một nút."))
        if len(words) > 1:
            versions = seen(words[1:2])
            reason = words[2] if len(words) > 2 else post.get("reason", "")
            note = post.get(f"note-{next(iter(versions), '')}", "") if reason == Reason.OTHER else ""
        else:
            groups = [post.get(f"same-{pk}", "").replace(",", " ").split() for pk in post.getlist("group")]
            versions = seen([*post.getlist("pick"), *(one for group in groups for one in group)])
            reason, note = post.get("reason", ""), post.get("note", "")
        if not versions:
            raise NotUnderstood(_("Hãy chọn ít nhất một ý kiến."))
        if verb.target != Status.REJECTED:
            reason = note = ""
        return cls(verb, versions, reason, note.strip()[:MAX_NOTE])

    def carry_out(self, by: User) -> list[int]:
        try:
            moved = Comment.objects.at_versions(self.versions).move(
                self.verb.target, by=by, reason=self.reason, note=self.note
            )
        except ReasonMissing as error:
            if self.reason == Reason.OTHER:
                raise NotUnderstood(_("Lý do khác cần được ghi cụ thể, vì người gửi sẽ đọc.")) from error
            raise NotUnderstood(_("Hãy chọn lý do không đăng; người gửi sẽ đọc lý do này.")) from error
        missed = self.versions.keys() - set(moved)
        if missed:
            for comment in Comment.objects.filter(pk__in=missed).select_related("decided_by").order_by("pk"):
                (self.impossible if comment.version == self.versions[comment.pk] else self.stale).append(comment)
        return moved


def seen(written: Iterable[str]) -> dict[int, int]:
    found = filter(None, map(SEEN.fullmatch, written))
    return {int(number): int(version) for number, version in (match.groups() for match in found)}


def decide(request: HttpRequest) -> bool:
    """Whether anything was decided; says to the moderator what has come of it."""
    try:
        decision = Decision.read(request.POST)
        moved = decision.carry_out(request.user)  # type: ignore[arg-type]
    except NotUnderstood as error:
        messages.error(request, str(error))
        return False
    if moved:
        number = len(moved)
        reason = f" ({Reason(decision.reason).label})" if decision.reason else ""
        sentence = ngettext("%(done)s: %(number)d ý kiến%(reason)s.", "%(done)s: %(number)d ý kiến%(reason)s.", number)
        messages.success(request, sentence % {"done": decision.verb.done, "number": number, "reason": reason})
    tell(request, decision.stale, _("Không thay đổi gì, vì đã được người khác xử lý: %(named)s%(more)s."))
    tell(request, decision.impossible, _("Không làm được việc này ở trạng thái hiện tại: %(named)s%(more)s."))
    return bool(moved)


def tell_stale(request: HttpRequest, comment: Comment) -> None:
    now = Comment.objects.select_related("decided_by").get(pk=comment.pk)
    tell(request, [now], _("Không thay đổi gì, vì đã được người khác xử lý: %(named)s%(more)s."))


def tell(request: HttpRequest, comments: list[Comment], sentence: str) -> None:
    if not comments:
        return
    named = "; ".join(f"{comment.code}: {state_and_person(comment)}" for comment in comments[:NAMED])
    more = _(" và %(number)d ý kiến nữa") % {"number": len(comments) - NAMED} if len(comments) > NAMED else ""
    messages.warning(request, sentence % {"named": named, "more": more})


def state_and_person(comment: Comment) -> str:
    state = comment.get_status_display()
    if comment.decided_by is None or comment.decided_at is None:
        return state
    return f"{state} ({display_name(comment.decided_by)}, {timezone.localtime(comment.decided_at):%H:%M})"


# ---------------------------------------------------------------- taking back


@dataclass
class LastDecision:
    moment: str  # which decision "Hoàn tác" takes back; a second press must not take back the one before
    label: str
    number: int
    seconds_left: int


def last_decision(user: User) -> LastDecision | None:
    rows = list(Comment.objects.undoable(user).order_by("-decided_at").values_list("decided_at", "status")[:1000])
    if not rows:
        return None
    moment, status = rows[0]
    assert moment is not None  # noqa: S101 - the filter saw to it
    left = moment + conf.get("undo_within") - timezone.now()
    number = sum(decided_at == moment for decided_at, _status in rows)
    return LastDecision(moment.isoformat(), str(Status(status).label), number, max(0, int(left / timedelta(seconds=1))))


def take_back(request: HttpRequest) -> bool:
    moment = moment_in(request.POST.get("moment", ""))
    mine = Comment.objects.filter(decided_at=moment) if moment else Comment.objects.none()
    undone = mine.undo(by=request.user)  # type: ignore[arg-type]
    if undone:
        sentence = ngettext(
            "Đã hoàn tác: %(number)d ý kiến trở lại hàng đợi.",
            "Đã hoàn tác: %(number)d ý kiến trở lại hàng đợi.",
            len(undone),
        )
        messages.success(request, sentence % {"number": len(undone)})
    else:
        seconds = int(conf.get("undo_within").total_seconds())
        messages.warning(
            request,
            _("Không hoàn tác được: đã quá %(seconds)d giây, hoặc ý kiến đã được người khác xử lý tiếp.")
            % {"seconds": seconds},
        )
    return bool(undone)
