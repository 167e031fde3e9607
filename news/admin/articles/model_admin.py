from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ... import workflow
from ...models import Article
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

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[list, dict, set, list]:
        """A published article is withdrawn first: readers have its address, and the log should tell who took it off."""
        to_delete, counts, perms_needed, protected = super().get_deleted_objects(objs, request)
        protected += [
            _("Bài “%(title)s” đã duyệt đăng: hãy gỡ bài trước rồi mới xóa.") % {"title": article.title}
            for article in objs
            if not workflow.is_deletable(article)
        ]
        return to_delete, counts, perms_needed, protected
