"""The article as readers will see it, from the form as it stands or from the row; nothing is stored."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import BaseInlineFormSet, all_valid
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ...models import Article, Attachment
from ...views.article import article_context

if TYPE_CHECKING:
    from .model_admin import ArticleAdmin


def address_of(article: Article | None) -> str:
    """Where the form's preview button sends what is typed."""
    return (
        reverse("admin:news_article_preview", args=[article.pk])
        if article
        else reverse("admin:news_article_preview_new")
    )


def new(admin: "ArticleAdmin", request: HttpRequest) -> HttpResponse:
    if not admin.has_add_permission(request):
        raise PermissionDenied
    return _from_form(admin, request, None)


def typed(admin: "ArticleAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    article = get_object_or_404(admin.get_queryset(request), pk=pk)
    if not admin.has_change_permission(request, article):
        raise PermissionDenied
    return _from_form(admin, request, article)


def stored(admin: "ArticleAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    article = get_object_or_404(admin.get_queryset(request), pk=pk)
    if not admin.has_view_permission(request, article):
        raise PermissionDenied
    return _shown(request, article)


def _from_form(admin: "ArticleAdmin", request: HttpRequest, article: Article | None) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    form = admin.get_form(request, article, change=article is not None)(request.POST, request.FILES, instance=article)
    form.is_for_preview = True
    form_is_valid = form.is_valid()
    formsets, _inlines = admin._create_formsets(request, form.instance, change=article is not None)  # type: ignore[attr-defined]
    if not all_valid(formsets) or not form_is_valid:
        context = {
            **admin.admin_site.each_context(request),
            "title": _("Chưa xem trước được"),
            "form": form,
            "formsets": formsets,
            "opts": admin.opts,
        }
        return render(request, "admin/news/article/preview_errors.html", context, status=422)
    return _saved_shown_and_undone(request, form, formsets)


def _saved_shown_and_undone(request: HttpRequest, form: Any, formsets: list[BaseInlineFormSet]) -> HttpResponse:
    """Tags, events and related articles need rows to hang on: they are saved inside a transaction that is rolled back.
    Attachments are not saved at all, for a file once written does not roll back."""
    with transaction.atomic():
        article = form.save(commit=False)
        article.save()
        form.save_m2m()
        for formset in formsets:
            if formset.model is not Attachment:
                formset.instance = article
                formset.save()
        _hang_on(
            article,
            [attachment for formset in formsets if formset.model is Attachment for attachment in _attachments(formset)],
        )
        response = _shown(request, article)
        transaction.set_rollback(True)
    return response


def _attachments(formset: BaseInlineFormSet) -> list[Attachment]:
    kept = [
        form.instance
        for form in formset.forms
        if form not in formset.deleted_forms and (form.instance.pk or form.has_changed())
    ]
    for attachment in kept:
        attachment.size = attachment.size or attachment.file.size
    return sorted(kept, key=lambda attachment: attachment.order)


def _hang_on(article: Article, attachments: list[Attachment]) -> None:
    rows = Attachment.objects.filter(article=article)
    rows._result_cache = attachments
    article._prefetched_objects_cache = {"attachments": rows}  # type: ignore[attr-defined]


def _shown(request: HttpRequest, article: Article) -> HttpResponse:
    article.published_at = article.published_at or timezone.now()
    response = render(request, "news/article.html", article_context(article) | {"is_preview": True})
    response._csp_replace = settings.PUBLIC_POLICY  # type: ignore[attr-defined]  # read by ContentSecurityPolicyMiddleware
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "no-store, private"
    return response
