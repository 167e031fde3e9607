from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from news.admin.base import ReadOnlyAdmin
from news.db.row_ids import is_row_id
from news.models import Article

from ..models import Comment, Reason, Status
from ..moderation import queues, redaction
from ..moderation.queues import BY_SLUG, COUNTED, FOUND, QUEUES, Queue
from . import persons, replies
from .decisions import MAX_NOTE, Verb, decide, last_decision, take_back, tell_stale
from .rows import Row, hidden_email, verbs_from

MODERATE = "comments.moderate_comment"
SEE_EMAIL = "comments.see_email_of_comment"


@admin.register(Comment)
class OpinionAdmin(ReadOnlyAdmin):
    """The moderators' desk. Nothing is added, edited or deleted here; opinions only move from state to state."""

    def get_urls(self) -> list[URLPattern]:
        def moderators(view: Any, permission: str = MODERATE) -> Any:
            return self.admin_site.admin_view(permission_required(permission, raise_exception=True)(view))

        replying = moderators(partial(replies.reply_view, desk=self), "comments.add_officialreply")
        own = [
            path("xu-ly/", moderators(self.decide_view), name="comments_comment_decide"),
            path("hoan-tac/", moderators(self.undo_view), name="comments_comment_undo"),
            path(
                "nguoi-gui/",
                moderators(partial(persons.person_view, desk=self), "comments.erase_comment"),
                name="comments_comment_person",
            ),
            path("<int:pk>/che/", moderators(self.mask_view), name="comments_comment_mask"),
            path("<int:pk>/bo-che/", moderators(self.unmask_view), name="comments_comment_unmask"),
            path("<int:pk>/tra-loi/", replying, name="comments_comment_reply"),
            path("<int:pk>/khong-can-tra-loi/", moderators(self.no_reply_view), name="comments_comment_no_reply"),
        ]
        return own + super().get_urls()

    # ------------------------------------------------------------ the queues

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        search = request.GET.get("q", "").strip()[:200]
        queue = FOUND if search and "hang" not in request.GET else BY_SLUG.get(request.GET.get("hang", ""), QUEUES[0])
        article = article_of(request.GET.get("bai", ""))
        page = queues.page_of(
            queue, after=request.GET.get("sau", ""), article=article.pk if article else None, search=search
        )
        is_moderator = request.user.has_perm(MODERATE)
        context = {
            **self._context(request, queue.label),
            "queue": queue,
            "tabs": tabs(),
            "page": page,
            "rows": [
                Row(
                    comment, [Row(other) for other in page.same.get(comment.pk, [])], page.same_total.get(comment.pk, 0)
                )
                for comment in page.comments
            ],
            "is_queue": True,
            "article": article,
            "search": search,
            "bulk_verbs": bulk_verbs(queue) if is_moderator else [],
            "last": last_decision(request.user) if is_moderator else None,  # type: ignore[arg-type]
            "next_url": address(request.GET, sau=page.next_key),
            "first_url": address(request.GET, sau=""),
            **(extra_context or {}),
        }
        return never_stored(render(request, "admin/comments/comment/queue.html", context))

    # ------------------------------------------------------------ one opinion

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if not self.has_view_permission(request) or request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        number = unquote(object_id)
        rows = Comment.objects.for_queue().filter(pk=number) if is_row_id(number) else Comment.objects.none()
        comment = rows.first()
        if comment is None:
            raise Http404
        sees_email = request.user.has_perm(SEE_EMAIL)
        same = (
            Comment.objects.filter(text_hash=comment.text_hash).exclude(pk=comment.pk)
            if comment.text_hash
            else Comment.objects.none()
        )
        context = {
            **self._context(request, comment.code),
            "row": Row(comment),
            "comment": comment,
            "email": comment.email if sees_email else hidden_email(comment.email),
            "same": same.select_related("article").order_by("-created_at")[: queues.SAME_SHOWN],
            "events": comment.events.select_related("by")[: queues.SAME_SHOWN],
        }
        return never_stored(render(request, "admin/comments/comment/opinion.html", context))

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """The log stands on the opinion's own page."""
        return HttpResponseRedirect(reverse("admin:comments_comment_change", args=[object_id]) + "#nhat-ky")

    def _context(self, request: HttpRequest, title: object) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "back": request.get_full_path(),
            "reasons": Reason.choices,
            "max_note": MAX_NOTE,
            "is_moderator": request.user.has_perm(MODERATE),
            "may_answer": request.user.has_perm("comments.add_officialreply"),
            "may_erase": request.user.has_perm("comments.erase_comment"),
        }

    # ------------------------------------------------------------ what buttons do

    @staticmethod
    @require_POST
    def decide_view(request: HttpRequest) -> HttpResponse:
        decide(request)
        return HttpResponseRedirect(way_back(request))

    @staticmethod
    @require_POST
    def undo_view(request: HttpRequest) -> HttpResponse:
        take_back(request)
        return HttpResponseRedirect(way_back(request))

    @staticmethod
    @require_POST
    def mask_view(request: HttpRequest, pk: int) -> HttpResponse:
        comment = seen_opinion(request, pk)
        words = request.POST.get("words", "")
        found = redaction.selected(
            comment,
            request.POST.get("field", ""),
            whole_number(request.POST.get("start")),
            whole_number(request.POST.get("end")),
            words,
        )
        if not Row(comment).may_be_masked:
            messages.error(request, _("Không che được ở trạng thái này."))
        elif not found:
            messages.error(request, _("Không thấy những chữ này trong ý kiến. Hãy chép đúng từng chữ cần che."))
        elif redaction.mask(comment, found, by=request.user):  # type: ignore[arg-type]
            messages.success(
                request, _("Đã che %(number)d chỗ trong %(code)s.") % {"number": len(found), "code": comment.code}
            )
        else:
            tell_stale(request, comment)
        return HttpResponseRedirect(way_back(request))

    @staticmethod
    @require_POST
    def unmask_view(request: HttpRequest, pk: int) -> HttpResponse:
        comment = seen_opinion(request, pk)
        post = request.POST
        start, end = whole_number(post.get("start")), whole_number(post.get("end"))
        if redaction.unmask(comment, post.get("field", ""), start, end, by=request.user):  # type: ignore[arg-type]
            messages.success(request, _("Đã bỏ che trong %(code)s.") % {"code": comment.code})
        else:
            tell_stale(request, comment)
        return HttpResponseRedirect(way_back(request))

    @staticmethod
    @require_POST
    def no_reply_view(request: HttpRequest, pk: int) -> HttpResponse:
        comment = seen_opinion(request, pk)
        if replies.needs_no_reply(comment, by=request.user):  # type: ignore[arg-type]
            messages.success(request, _("Ý kiến %(code)s không còn chờ trả lời.") % {"code": comment.code})
        else:
            tell_stale(request, comment)
        return HttpResponseRedirect(way_back(request))


# ---------------------------------------------------------------- addresses and numbers that come in


def never_stored(response: HttpResponse) -> HttpResponse:
    """Names and words that are not public stay in no browser's store."""
    response["Cache-Control"] = "no-store"
    return response


def whole_number(written: str | None) -> int:
    return int(written) if written and is_row_id(written) else 0


def article_of(number: str) -> Article | None:
    return Article.objects.defer("body").filter(pk=number).first() if is_row_id(number) else None


def seen_opinion(request: HttpRequest, pk: int) -> Comment:
    """The opinion, at the version at which the moderator saw it: a later one makes every change fail."""
    comment = get_object_or_404(Comment, pk=pk)
    comment.version = whole_number(request.POST.get("version"))
    return comment


def way_back(request: HttpRequest) -> str:
    """The page the button was on; nothing but pages of this desk."""
    desk = reverse("admin:comments_comment_changelist")
    back = request.POST.get("back", "")
    return (
        back
        if back.startswith((f"{desk}?", f"{desk}#")) or (back.startswith(desk) and back.endswith("/change/"))
        else desk
    )


def address(query: QueryDict, **changes: str) -> str:
    changed = query.copy()
    for name, value in changes.items():
        changed.pop(name, None)
        if value:
            changed[name] = value
    return f"?{changed.urlencode()}"


def tabs() -> list[tuple[Queue, str]]:
    numbers = queues.counts()
    return [
        (queue, f"{COUNTED - 1:,}+".replace(",", ".") if numbers[queue.slug] >= COUNTED else str(numbers[queue.slug]))
        for queue in QUEUES
    ]


def bulk_verbs(queue: Queue) -> list[Verb]:
    statuses = {
        "cho-duyet": Status.PENDING,
        "nghi-rac": Status.SUSPECT,
        "da-dang": Status.PUBLISHED,
        "rac": Status.SPAM,
        "khong-dang": Status.REJECTED,
    }
    return verbs_from({statuses[queue.slug]}) if queue.slug in statuses else []
