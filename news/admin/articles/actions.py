from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from ...models import Article, ArticleQuerySet
from ...staff import logged_in_user
from ...workflow import PUBLISH, WITHDRAW, Transition, TransitionRefused, is_editor, log_message
from ..base import NewsAdmin
from .form import ReasonForm

NAMED_IN_MESSAGE = 10  # articles; a longer list of refusals is cut


class BulkActionsMixin(NewsAdmin):
    actions = ("publish_selected", "withdraw_selected")

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return is_editor(logged_in_user(request))

    @admin.action(description=_("Đăng các bài đã chọn"), permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: ArticleQuerySet) -> None:
        self._move_selected(request, queryset, PUBLISH)

    @admin.action(description=_("Gỡ các bài đã chọn"), permissions=["publish"])
    def withdraw_selected(self, request: HttpRequest, queryset: ArticleQuerySet) -> HttpResponse | None:
        """Asks for the reason on a page of its own."""
        form = ReasonForm(WITHDRAW, request.POST if "return_reason" in request.POST else None)
        if not form.is_valid():
            return self._ask_why(request, queryset, form)
        self._move_selected(request, queryset, WITHDRAW, form.cleaned_data["return_reason"])
        return None

    def _ask_why(self, request: HttpRequest, queryset: ArticleQuerySet, form: ReasonForm) -> HttpResponse:
        count = queryset.count()
        selection = [
            (name, value)
            for name in (ACTION_CHECKBOX_NAME, "select_across", "index")
            for value in request.POST.getlist(name)
        ]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Vì sao gỡ?"),
            "opts": self.opts,
            "action": "withdraw_selected",
            "selection": selection,
            "count": count,
            "titles": queryset.values_list("title", flat=True)[:NAMED_IN_MESSAGE],
            "more": max(0, count - NAMED_IN_MESSAGE),
            "field": form["return_reason"],
            "back": request.get_full_path(),
        }
        return render(request, "admin/news/article/withdraw_selected.html", context)

    @transaction.atomic
    def _move_selected(
        self, request: HttpRequest, queryset: ArticleQuerySet, move: Transition, reason: str = ""
    ) -> None:
        done, refused = [], []
        for article in Article.objects.select_for_update(of=("self",)).filter(pk__in=queryset.order_by().values("pk")):
            try:
                article.move(move, by=logged_in_user(request), reason=reason)
            except TransitionRefused as refusal:
                refused.append(format_html("<li>“{}”: {}</li>", article.title, refusal))
                continue
            self.log_change(request, article, log_message(move, article))
            done.append(article)
        self._report(request, move, done, refused)

    def _report(self, request: HttpRequest, move: Transition, done: list[Article], refused: list[SafeString]) -> None:
        if done:
            scheduled = sum(article.is_scheduled for article in done) if move is PUBLISH else 0
            told = _("Đã đăng %(count)d bài.") if move is PUBLISH else _("Đã gỡ %(count)d bài.")
            later = _(" Trong đó %(count)d bài chờ đến giờ hẹn.") % {"count": scheduled} if scheduled else ""
            messages.success(request, f"{told % {'count': len(done)}}{later}")
        if refused:
            told = _("%(count)d bài không đăng được:") if move is PUBLISH else _("%(count)d bài không gỡ được:")
            more = format_html("<li>{}</li>", _("và %(count)d bài khác.") % {"count": len(refused) - NAMED_IN_MESSAGE})
            items = [*refused[:NAMED_IN_MESSAGE], *([more] if len(refused) > NAMED_IN_MESSAGE else [])]
            messages.warning(
                request, format_html("{}<ul>{}</ul>", told % {"count": len(refused)}, SafeString("".join(items)))
            )
