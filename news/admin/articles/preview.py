"""The article as readers will see it, made from the form as it is typed or from the row. Nothing is stored."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import BaseInlineFormSet, all_valid
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ...models import Article, Attachment
from ...views.article import article_context
from ..base import NewsAdmin


class PreviewMixin(NewsAdmin):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("add/xem-truoc/", view(self.preview_new), name="news_article_preview_new"),
            path("<row_id:pk>/xem-truoc/", view(self.preview_typed), name="news_article_preview"),
            path("<row_id:pk>/ban-da-luu/", view(self.preview_stored), name="news_article_preview_stored"),
            *super().get_urls(),
        ]

    def preview_url(self, article: Article | None) -> str:
        if article:
            return reverse("admin:news_article_preview", args=[article.pk])
        return reverse("admin:news_article_preview_new")

    def preview_new(self, request: HttpRequest) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return self._preview_of_form(request, None)

    def preview_typed(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        return self._preview_of_form(request, article)

    def preview_stored(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        return render_preview(request, article)

    def _preview_of_form(self, request: HttpRequest, article: Article | None) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        change = article is not None
        form_class = self.get_form(request, article, change=change)
        form: Any = form_class(request.POST, request.FILES, instance=article)
        form.is_for_preview = True
        form_is_valid = form.is_valid()
        formsets, _inlines = self._create_formsets(request, form.instance, change=change)  # type: ignore[attr-defined]
        if not all_valid(formsets) or not form_is_valid:
            context = {
                **self.admin_site.each_context(request),
                "title": _("Chưa xem trước được"),
                "form": form,
                "formsets": formsets,
                "opts": self.opts,
            }
            return render(request, "admin/news/article/preview_errors.html", context, status=422)
        return save_render_and_roll_back(request, form, formsets)


def save_render_and_roll_back(request: HttpRequest, form: Any, formsets: list[BaseInlineFormSet]) -> HttpResponse:
    """Tags, events and related articles can only be shown of a stored article, so everything is saved in a transaction
    that is rolled back. Attachments are not saved, because writing their files to the storage cannot be rolled back."""
    with transaction.atomic():
        article = form.save(commit=False)
        article.save()
        form.save_m2m()
        for formset in formsets:
            if formset.model is not Attachment:
                formset.instance = article
                formset.save()
        set_attachments(
            article,
            [
                attachment
                for formset in formsets
                if formset.model is Attachment
                for attachment in typed_attachments(formset)
            ],
        )
        response = render_preview(request, article)
        transaction.set_rollback(True)
    return response


def typed_attachments(formset: BaseInlineFormSet) -> list[Attachment]:
    kept = [
        form.instance
        for form in formset.forms
        if form not in formset.deleted_forms and (form.instance.pk or form.has_changed())
    ]
    for attachment in kept:
        attachment.size = attachment.size or attachment.file.size
    return sorted(kept, key=lambda attachment: attachment.order)


def set_attachments(article: Article, attachments: list[Attachment]) -> None:
    rows = Attachment.objects.filter(article=article)
    rows._result_cache = attachments
    article._prefetched_objects_cache = {"attachments": rows}  # type: ignore[attr-defined]


def render_preview(request: HttpRequest, article: Article) -> HttpResponse:
    article.published_at = article.published_at or timezone.now()
    response = render(request, "news/article.html", article_context(article) | {"is_preview": True})
    response._csp_replace = settings.PUBLIC_POLICY  # type: ignore[attr-defined]  # read by ContentSecurityPolicyMiddleware
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "no-store, private"
    return response
