"""Writing the agency's answer: a draft, then the one visible reply, if need be together with publishing the opinion."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from news.staff import display_name

from ..models import Comment, ModerationEvent, OfficialReply, Status
from .rows import Row

if TYPE_CHECKING:
    from .comment import OpinionAdmin

AGENCIES_OFFERED = 20  # names of agencies that have answered lately


class SomebodyElseWasFaster(Exception):
    """The opinion or its replies are not what the writer saw when he began."""


class ReplyForm(forms.ModelForm):
    class Meta:
        model = OfficialReply
        fields = ["agency", "body"]
        widgets = {"body": forms.Textarea(attrs={"rows": 10}), "agency": forms.TextInput(attrs={"list": "agencies"})}


@require_http_methods(["GET", "HEAD", "POST"])
def reply_view(request: HttpRequest, *, desk: "OpinionAdmin", pk: int) -> HttpResponse:
    comment = Comment.objects.for_queue().filter(pk=pk).exclude(status=Status.ERASED).first()
    if comment is None:
        raise Http404
    if request.method != "POST":
        return _page(desk, request, comment, ReplyForm(initial=_begun(comment)))
    wanted = request.POST.get("do", "")
    if "duyet" in wanted and not request.user.has_perm("comments.moderate_comment"):
        raise PermissionDenied
    if wanted == "go":
        return _withdraw(request, comment)
    form = ReplyForm(request.POST)
    if wanted not in STEPS or not form.is_valid():
        return _page(desk, request, comment, form)
    try:
        with transaction.atomic():
            said = _store(request, comment, form, wanted)
    except SomebodyElseWasFaster as problem:
        now = Comment.objects.for_queue().get(pk=pk)
        return _page(desk, request, now, form, str(problem))
    messages.success(request, said)
    return HttpResponseRedirect(reverse("admin:comments_comment_change", args=[comment.pk]))


STEPS = {"nhap", "dang", "duyet-nhap", "duyet-dang"}


def _store(request: HttpRequest, comment: Comment, form: ReplyForm, wanted: str) -> str:
    user: User = request.user  # type: ignore[assignment]
    locked = Comment.objects.select_for_update(of=("self",)).prefetch_related("replies").get(pk=comment.pk)
    if request.POST.get("seen") != what_is_seen(locked):
        raise SomebodyElseWasFaster(_explanation(locked))
    done = []
    if wanted.startswith("duyet") and locked.status != Status.PUBLISHED:
        if Status.PUBLISHED not in locked.next_statuses or not locked.move(Status.PUBLISHED, by=user):
            raise SomebodyElseWasFaster(_explanation(locked))
        done.append(_("Đã đăng ý kiến %(code)s.") % {"code": locked.code})
    draft = Row(locked).draft_reply or OfficialReply(comment=locked)
    draft.agency, draft.body, draft.author = form.cleaned_data["agency"], form.cleaned_data["body"], user
    draft.save()
    if wanted.endswith("dang"):
        if locked.status != Status.PUBLISHED:
            raise SomebodyElseWasFaster(
                _("Ý kiến chưa được đăng nên trả lời chưa hiện được. Hãy bấm “Duyệt và đăng trả lời”.")
            )
        if shown := Row(locked).published_reply:
            shown.withdraw(by=user)
        draft.publish(by=user)
        done.append(_("Đã đăng trả lời."))
    else:
        done.append(_("Đã lưu bản nháp trả lời."))
    return " ".join(done)


def _withdraw(request: HttpRequest, comment: Comment) -> HttpResponse:
    shown = Row(comment).published_reply
    if shown and shown.withdraw(by=request.user):  # type: ignore[arg-type]
        messages.success(request, _("Đã gỡ trả lời khỏi trang."))
    else:
        messages.warning(request, _("Trả lời này đã được người khác gỡ."))
    return HttpResponseRedirect(reverse("admin:comments_comment_change", args=[comment.pk]))


def _begun(comment: Comment) -> dict[str, str]:
    row = Row(comment)
    reply = row.draft_reply or row.published_reply
    return {"agency": reply.agency, "body": reply.body} if reply else {}


def _page(
    desk: "OpinionAdmin", request: HttpRequest, comment: Comment, form: ReplyForm, problem: str = ""
) -> HttpResponse:
    agencies = OfficialReply.objects.order_by("-pk").values_list("agency", flat=True)[: 10 * AGENCIES_OFFERED]
    context = {
        **desk._context(request, _("Trả lời %(code)s") % {"code": comment.code}),
        "row": Row(comment),
        "comment": comment,
        "form": form,
        "problem": problem,
        "seen": what_is_seen(comment),
        "agencies": list(dict.fromkeys(agencies))[:AGENCIES_OFFERED],
    }
    response = render(request, "admin/comments/comment/reply.html", context, status=409 if problem else 200)
    response["Cache-Control"] = "no-store"
    return response


def what_is_seen(comment: Comment) -> str:
    """Changes as soon as anybody moves the opinion or touches one of its replies."""
    replies = sorted((reply.pk, reply.status, reply.updated_at.isoformat()) for reply in comment.replies.all())
    return " ".join([str(comment.version), *(f"{pk}/{status}/{moment}" for pk, status, moment in replies)])


def _explanation(comment: Comment) -> str:
    newest = max(comment.replies.all(), key=lambda reply: reply.updated_at, default=None)
    who = display_name(newest.author) if newest and newest.author else ""
    if who:
        return _(
            "%(who)s vừa sửa trả lời hoặc ý kiến đã được người khác xử lý. Những gì bạn viết còn nguyên dưới đây; hãy xem lại rồi lưu lần nữa."
        ) % {"who": who}
    return _("Ý kiến này đã được người khác xử lý. Những gì bạn viết còn nguyên dưới đây; hãy xem lại rồi lưu lần nữa.")


def needs_no_reply(comment: Comment, *, by: User) -> bool:
    """Whether this call took the opinion off the list of those that wait for a reply."""
    with transaction.atomic():
        unchanged: Any = Comment.objects.filter(pk=comment.pk, version=comment.version, reply_due_on__isnull=False)
        if not unchanged.update(reply_due_on=None, version=F("version") + 1):
            return False
        ModerationEvent.objects.create(
            comment=comment,
            action=ModerationEvent.Action.NO_REPLY,
            from_status=comment.status,
            to_status=comment.status,
            by=by,
        )
    return True
