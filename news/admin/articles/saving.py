from collections.abc import Iterable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import label_for_field, unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ... import workflow
from ...models import Article, Attachment, FileNotStored
from ...staff import logged_in_user
from ..base import NewsAdmin
from .buttons import OVERWRITE, pressed_transition
from .form import WRITTEN, ArticleForm


class SavingMixin(NewsAdmin):
    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Article | None:
        """Locks the row of a POST until the end of its transaction: the second of two simultaneous saves sees the
        version of the first. On SQLite the IMMEDIATE transaction is that lock."""
        article = super().get_object(request, object_id, from_field)
        if article is None or request.method != "POST":
            return article
        return Article.objects.select_for_update(of=("self",)).filter(pk=article.pk).first()

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if request.method == "POST":
            transition = pressed_transition(request.POST)
            if transition and transition.for_editors and not workflow.is_editor(logged_in_user(request)):
                raise PermissionDenied
            if object_id and (article := self._no_longer_with_its_author(request, unquote(object_id))):
                return self._too_late(request, article)
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except FileNotStored:  # everything is rolled back; once more, for the form with all that was typed
            request.file_not_stored = True  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra_context)

    def _no_longer_with_its_author(self, request: HttpRequest, object_id: str) -> Article | None:
        """The article, if this user wrote it and may not change it any more."""
        user = logged_in_user(request)
        with transaction.atomic():
            article = self.get_object(request, object_id)
        is_own = article is not None and workflow.is_author(user, article)
        return article if article and is_own and not workflow.may_change(user, article) else None

    def _too_late(self, request: HttpRequest, article: Article) -> HttpResponse:
        """The article was submitted or approved while its author had the form open. The page shows what was typed, to
        be copied."""
        context = {
            **self.admin_site.each_context(request),
            "title": _("Chưa lưu: bài đã sang bước khác"),
            "opts": self.opts,
            "article": article,
            "typed": [(label_for_field(name, Article), request.POST.get(name, "")) for name in WRITTEN],
        }
        return render(request, "admin/news/article/too_late.html", context, status=409)

    # ------------------------------------------------------------ what is stored

    def save_model(self, request: HttpRequest, obj: Article, form: ArticleForm, change: bool) -> None:
        if not change or form.has_changed():
            self._save_version(request, obj, change)
        if form.dropped_pictures:
            messages.warning(
                request,
                _(
                    "Đã bỏ %(count)d ảnh lấy từ trang khác. Hãy tải ảnh về máy, đưa vào thư viện ảnh "
                    "rồi chèn lại từ thư viện."
                )
                % {"count": form.dropped_pictures},
            )
        if form.transition and form.conversions:  # after other buttons the form itself says so
            messages.warning(
                request,
                _(
                    "Bài “%(title)s” có chữ gõ bằng TCVN3 hoặc VNI, người đọc thấy sai và không tìm ra. "
                    "Hãy mở lại bài và bấm “Chuyển sang Unicode”."
                )
                % {"title": obj.title},
            )

    def _save_version(self, request: HttpRequest, article: Article, change: bool) -> None:
        if change:
            article.version += 1
        article.updated_by = logged_in_user(request)
        article.save()

    def save_related(self, request: HttpRequest, form: ArticleForm, formsets: Any, change: bool) -> None:
        article = form.instance
        are_parts_changed = any(formset.has_changed() for formset in formsets)
        if change and are_parts_changed and not form.has_changed():
            self._save_version(request, article, change)
        super().save_related(request, form, formsets, change)  # of which Django writes only what was changed
        article.sync_photos()
        if change and not (form.has_changed() or are_parts_changed):
            request.nothing_changed = True  # type: ignore[attr-defined]
        if form.transition:
            article.move(form.transition, by=logged_in_user(request), reason=form.cleaned_data.get("return_reason", ""))

    def save_formset(self, request: HttpRequest, form: ArticleForm, formset: BaseInlineFormSet, change: bool) -> None:
        super().save_formset(request, form, formset, change)
        if formset.model is Attachment:
            replaced = [attachment for attachment, changed in formset.changed_objects if "file" in changed]
            # Comes after the reading, which the attachments themselves put off until the commit.
            told = partial(warn_of_files_without_text, request, [*formset.new_objects, *replaced])
            transaction.on_commit(told, robust=True)

    # ------------------------------------------------------------ what is answered

    def response_add(self, request: HttpRequest, obj: Article, post_url_continue: str | None = None) -> HttpResponse:
        transition = self._log_transition(request, obj)
        if IS_POPUP_VAR in request.POST:
            return super().response_add(request, obj, post_url_continue)
        return self._response_after_saving(request, obj, transition)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        transition = self._log_transition(request, obj)
        if IS_POPUP_VAR in request.POST:
            return super().response_change(request, obj)
        return self._response_after_saving(request, obj, transition)

    def _log_transition(self, request: HttpRequest, article: Article) -> workflow.Transition | None:
        transition = pressed_transition(request.POST)
        if transition:
            self.log_change(request, article, workflow.log_message(transition, article))
        return transition

    def _response_after_saving(
        self, request: HttpRequest, article: Article, transition: workflow.Transition | None
    ) -> HttpResponse:
        if transition is None:
            saved = _("Đã lưu đè bản trước.") if OVERWRITE in request.POST else _("Đã lưu.")
            if hasattr(request, "nothing_changed"):
                saved = _("Bài không có gì thay đổi nên vẫn là bản đã lưu trước đó.")
            messages.success(request, saved)
            return HttpResponseRedirect(reverse("admin:news_article_change", args=[article.pk]))
        link = (
            format_html(' <a href="{}">{}</a>', article.get_absolute_url(), _("Xem trên trang"))
            if article.is_published
            else ""
        )
        outcome = workflow.outcome(transition, article)
        messages.success(request, format_html("“{}”: {}{}", article.title, outcome, link))
        return self.response_post_save_change(request, article)


def warn_of_files_without_text(request: HttpRequest, attachments: Iterable[Attachment]) -> None:
    for attachment in attachments:
        if attachment.is_readable and not attachment.text:
            messages.warning(
                request,
                _(
                    "Đã lưu tệp “%(title)s”, nhưng không đọc được chữ bên trong nên người đọc không tìm thấy tệp "
                    "theo nội dung. Có thể tệp là bản quét, có mật khẩu hoặc bị hỏng."
                )
                % {"title": attachment.title},
            )
