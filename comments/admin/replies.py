from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from news.staff import display_name, logged_in_user

from ..models import Comment, OfficialReply, Status
from ..moderation.replies import (
    OpinionNotPublished,
    ReplyAction,
    ReplyConflict,
    SavedReply,
    draft_reply,
    published_reply,
    reply_state,
    save_reply,
    waive_reply,
)
from .conflicts import warn_about_changed_opinion
from .pages import MODERATE, back_url, get_opinion_as_seen, render_page
from .rows import OpinionRow

AGENCIES_OFFERED = 20  # names of agencies that have replied recently
REPLIES_SEARCHED = 200  # the newest replies, in which those names are found


class ReplyForm(forms.ModelForm):
    class Meta:
        model = OfficialReply
        fields = ["agency", "body"]
        widgets = {"body": forms.Textarea(attrs={"rows": 10}), "agency": forms.TextInput(attrs={"list": "agencies"})}


@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    comment = Comment.objects.for_queue().filter(pk=pk).exclude(status=Status.ERASED).first()
    if comment is None:
        raise Http404
    if request.method != "POST":
        return form_page(request, comment, ReplyForm(initial=initial_values(comment)))
    action = posted_action(request)
    if action == ReplyAction.WITHDRAW:
        return withdraw(request, comment)
    form = ReplyForm(request.POST)
    if action is None or not form.is_valid():
        return form_page(request, comment, form)
    state = request.POST.get("seen", "")
    try:
        saved = save_reply(pk, action, state=state, by=logged_in_user(request), **form.cleaned_data)
    except (ReplyConflict, OpinionNotPublished) as error:
        changed = Comment.objects.for_queue().get(pk=pk)
        return form_page(request, changed, form, problem_message(error, changed))
    messages.success(request, saved_message(comment, saved))
    return HttpResponseRedirect(reverse("admin:comments_comment_change", args=[pk]))


@require_POST
def waive(request: HttpRequest, pk: int) -> HttpResponse:
    comment = get_opinion_as_seen(request, pk)
    if waive_reply(comment, by=logged_in_user(request)):
        messages.success(request, _("Ý kiến %(code)s không còn chờ trả lời.") % {"code": comment.code})
    else:
        warn_about_changed_opinion(request, pk)
    return HttpResponseRedirect(back_url(request))


def posted_action(request: HttpRequest) -> ReplyAction | None:
    """None for an unknown value. Raises PermissionDenied when the user must not approve opinions."""
    value = request.POST.get("action", "")
    action = ReplyAction(value) if value in list(ReplyAction) else None
    if action and action.approves_opinion and not request.user.has_perm(MODERATE):
        raise PermissionDenied
    return action


def withdraw(request: HttpRequest, comment: Comment) -> HttpResponse:
    published = published_reply(comment)
    if published and published.withdraw(by=logged_in_user(request)):
        messages.success(request, _("Đã gỡ trả lời khỏi trang."))
    else:
        messages.warning(request, _("Trả lời này đã được người khác gỡ."))
    return HttpResponseRedirect(reverse("admin:comments_comment_change", args=[comment.pk]))


def initial_values(comment: Comment) -> dict[str, str]:
    stored = draft_reply(comment) or published_reply(comment)
    return {"agency": stored.agency, "body": stored.body} if stored else {}


def form_page(request: HttpRequest, comment: Comment, form: ReplyForm, problem: str = "") -> HttpResponse:
    agencies = OfficialReply.objects.order_by("-pk").values_list("agency", flat=True)[:REPLIES_SEARCHED]
    context = {
        "row": OpinionRow(comment),
        "comment": comment,
        "form": form,
        "problem": problem,
        "seen": reply_state(comment),
        "agencies": list(dict.fromkeys(agencies))[:AGENCIES_OFFERED],
    }
    title = _("Trả lời %(code)s") % {"code": comment.code}
    return render_page(request, "reply.html", title, context, status=409 if problem else 200)


def saved_message(comment: Comment, saved: SavedReply) -> str:
    sentences = [_("Đã đăng ý kiến %(code)s.") % {"code": comment.code}] if saved.approved_opinion else []
    sentences.append(_("Đã đăng trả lời.") if saved.published else _("Đã lưu bản nháp trả lời."))
    return " ".join(sentences)


def problem_message(error: Exception, comment: Comment) -> str:
    if isinstance(error, OpinionNotPublished):
        return _("Ý kiến chưa được đăng nên trả lời chưa hiện được. Hãy bấm “Duyệt và đăng trả lời”.")
    newest = max(comment.replies.all(), key=lambda stored: stored.updated_at, default=None)
    if author := display_name(newest.author if newest else None):
        return _(
            "%(who)s vừa sửa trả lời hoặc ý kiến đã được người khác xử lý. "
            "Những gì bạn viết còn nguyên dưới đây; hãy xem lại rồi lưu lần nữa."
        ) % {"who": author}
    return _("Ý kiến này đã được người khác xử lý. Những gì bạn viết còn nguyên dưới đây; hãy xem lại rồi lưu lần nữa.")
