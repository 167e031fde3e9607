from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from ... import workflow
from ...models import Article, ArticleStep
from ...staff import logged_in_user
from .actions import BulkActionsMixin
from .change_form import ChangeFormMixin
from .changelist import ChangeListMixin
from .saving import SavingMixin


@admin.register(Article)
class ArticleAdmin(BulkActionsMixin, SavingMixin, ChangeFormMixin, ChangeListMixin):
    def has_view_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        allowed = super().has_view_permission(request, obj)
        return allowed and (obj is None or workflow.may_see(logged_in_user(request), obj))

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or workflow.may_change(logged_in_user(request), obj))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.recall)
        return [path("<row_id:pk>/rut-lai/", view, name="news_article_recall"), *super().get_urls()]

    def recall(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Takes back an article that waits for approval, whose form its author cannot save."""
        article = get_object_or_404(self.get_queryset(request), pk=pk)
        if request.method == "POST":
            try:
                with transaction.atomic():
                    article.recall(by=logged_in_user(request))
                    self.log_change(request, article, workflow.log_message(workflow.RECALL, article))
            except workflow.TransitionRefused as refused:
                messages.error(request, str(refused))
            else:
                messages.success(request, workflow.outcome(workflow.RECALL, article))
        return redirect("admin:news_article_change", article.pk)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        steps = ArticleStep.objects.filter(article__in=self.get_queryset(request).filter(pk=unquote(object_id)))
        context = {"steps": steps.select_related("by"), **(extra_context or {})}
        return super().history_view(request, object_id, context)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[list, dict, set, list]:
        """A published article is withdrawn first: readers have its address, and the log should tell who took it off."""
        to_delete, counts, perms_needed, protected = super().get_deleted_objects(objs, request)
        protected += [
            _("Bài “%(title)s” đã duyệt đăng: hãy gỡ bài trước rồi mới xóa.") % {"title": article.title}
            for article in objs
            if not workflow.is_deletable(article)
        ]
        return to_delete, counts, perms_needed, protected
