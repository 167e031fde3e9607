from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from ... import workflow
from ...forms.category_field import CategoryField
from ...models import Article
from ...staff import logged_in_user
from ...text.html import harmless
from ..row_choices import CategoriesField
from ..widgets import PhotoChooserMixin
from .changelist import state_badge
from .form import CONVERTED, ArticleForm
from .inlines import AttachmentInline, RelatedArticleInline
from .preview import PreviewMixin

SHORT_TEXTS = {"summary": 4, "lead_caption": 2}  # field → lines
ADDED_FROM_THE_FORM = ("tags", "events", "source")

WRITING = (None, {"fields": ("title", "summary", "body")})
PICTURE = (_("Ảnh đại diện"), {"fields": ("lead_photo", "lead_caption", "show_lead_photo")})
PLACE = (_("Xếp loại"), {"fields": ("category", "further_categories", "tags", "events")})
ORIGIN = (_("Nguồn và tác giả"), {"fields": ("source", "source_url", "byline")})
TIME = (_("Thời gian"), {"fields": ("published_at", "expires_at")})
OPTIONS = (_("Tùy chọn"), {"fields": ("is_featured", "pinned_until", "comment_mode", "comments_until")})
ADDRESS = (_("Địa chỉ trang"), {"fields": ("slug",), "classes": ("collapse",)})
READING = (
    (None, {"fields": ("title", "summary", "shown_body")}),
    (_("Ảnh đại diện"), {"fields": ("lead_photo", "lead_caption")}),
    PLACE,
    ORIGIN,
    TIME,
)


class ChangeFormMixin(PhotoChooserMixin, PreviewMixin):
    form = ArticleForm
    photo_fields = ("lead_photo",)
    autocomplete_fields = ("tags", "events", "source")
    inlines = (RelatedArticleInline, AttachmentInline)

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        if obj and not self.has_change_permission(request, obj):
            return READING
        options = (OPTIONS,) if workflow.is_editor(logged_in_user(request)) else ()
        return (WRITING, PICTURE, PLACE, ORIGIN, TIME, *options, ADDRESS)

    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> Any:
        return ("shown_body",) if obj and not self.has_change_permission(request, obj) else ()

    @admin.display(description=_("nội dung"))
    def shown_body(self, article: Article) -> SafeString:
        return format_html('<div class="stored-body">{}</div>', SafeString(harmless(article.body)))

    def get_form(self, request: HttpRequest, obj: Article | None = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.user = logged_in_user(request)  # type: ignore[attr-defined]
        form.file_not_stored = getattr(request, "file_not_stored", False)  # type: ignore[attr-defined]
        return form

    def formfield_for_foreignkey(self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "category":
            kwargs |= {"form_class": CategoryField, "empty_label": _("Chọn chuyên mục")}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: models.ManyToManyField, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "further_categories":
            kwargs |= {"form_class": CategoriesField, "widget": forms.CheckboxSelectMultiple}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        """Fewer icons: an article's form is not the place to change or delete a category or a source."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_change_related = field.widget.can_delete_related = field.widget.can_view_related = False
            field.widget.can_add_related = field.widget.can_add_related and db_field.name in ADDED_FROM_THE_FORM
        if field and isinstance(field.widget, forms.Textarea) and db_field.name in SHORT_TEXTS:
            field.widget.attrs["rows"] = SHORT_TEXTS[db_field.name]
        return field

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Article | None = None,
    ) -> HttpResponse:
        article = obj or Article(author=logged_in_user(request))
        can_change = self.has_add_permission(request) if add else self.has_change_permission(request, obj)
        transitions = workflow.open_transitions(article, logged_in_user(request))
        context |= {
            "article": article,
            "steps": article.steps.select_related("by") if change else [],
            "may_recall": not can_change and workflow.RECALL in transitions,
            "conflict": context["adminform"].form.conflict,
            "conversions": context["adminform"].form.conversions if can_change else [],
            "can_save": can_change,
            "can_delete": change and workflow.is_deletable(article),
            "transitions": transitions if can_change else [],
            "preview_url": self.preview_url(obj if change else None),
            "stored_preview_url": reverse("admin:news_article_preview_stored", args=[obj.pk]) if change and obj else "",
            "state_badge": state_badge(article) if change else "",
            "files_lost": bool(request.FILES),
        }
        if len(context["errors"]) == 1 and context["adminform"].form.is_only_converted:
            messages.warning(request, CONVERTED.message)
            context["errors"] = []  # there is nothing to correct
        return super().render_change_form(request, context, add, change, form_url, obj)
