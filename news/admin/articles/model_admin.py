from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import label_for_field, unquote
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from ...forms.category_field import CategoryField
from ...models import Article, ArticleQuerySet, FileNotStored
from ...search.backends.base import SearchTooSlow
from ...search.results import ids_matching
from ...staff import display_name, logged_in_user
from ...templatetags.news import news_time
from ...text.html import harmless
from .. import rules
from ..base import CategoriesField, NewsAdmin, badge
from ..rules import PUBLISH, STEPS, WITHDRAW, Step
from ..widgets import PhotoChooserMixin
from . import preview
from .attachments import AttachmentFilesMixin
from .filters import AuthorFilter, CategoryFilter, EventFilter, SourceFilter, StateFilter
from .form import CONVERTED, OVERWRITE, ArticleForm
from .inlines import AttachmentInline, RelatedArticleInline

SHORT_TEXTS = {"summary": 4, "lead_caption": 2}  # lines
NAMED_IN_MESSAGE = 10  # articles; a longer list of refusals is cut

WRITING = (None, {"fields": ("title", "summary", "body")})
PICTURE = (_("Ảnh đại diện"), {"fields": ("lead_photo", "lead_caption", "show_lead_photo")})
PLACE = (_("Xếp loại"), {"fields": ("category", "further_categories", "tags", "events")})
ORIGIN = (_("Nguồn và tác giả"), {"fields": ("source", "source_url", "byline")})
TIME = (_("Thời gian"), {"fields": ("published_at", "expires_at")})
OPTIONS = (_("Tùy chọn"), {"fields": ("is_featured", "pinned_until", "comment_mode")})
ADDRESS = (_("Địa chỉ trang"), {"fields": ("slug",), "classes": ("collapse",)})
READING = (
    (None, {"fields": ("title", "summary", "shown_body")}),
    (_("Ảnh đại diện"), {"fields": ("lead_photo", "lead_caption")}),
    PLACE,
    ORIGIN,
    TIME,
)


class ArticleList(ChangeList):
    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> models.QuerySet:
        return super().get_queryset(request, exclude_parameters).defer("body", "return_reason")


@admin.register(Article)
class ArticleAdmin(AttachmentFilesMixin, PhotoChooserMixin, NewsAdmin):
    form = ArticleForm
    photo_fields = ("lead_photo",)
    autocomplete_fields = ("tags", "events", "source")
    inlines = (RelatedArticleInline, AttachmentInline)
    list_display = ("title", "state", "category", "author_name", "publication_time", "page_link")
    list_display_links = ("title",)
    list_filter = (StateFilter, CategoryFilter, EventFilter, SourceFilter, AuthorFilter)
    list_select_related = ("category", "author")
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER  # each count would be a query of its own
    search_fields = ("title",)  # stands for the search index, see get_search_results
    search_help_text = _("Tìm trong tên bài, sapo và nội dung, gõ có dấu hay không dấu đều được.")
    date_hierarchy = "published_at"
    ordering = (F("published_at").desc(nulls_first=True), "-pk")
    actions = ("publish_selected", "withdraw_selected")

    # ------------------------------------------------------------ the list

    @admin.display(description=_("trạng thái"))
    def state(self, article: Article) -> SafeString:
        kind = "scheduled" if article.is_scheduled else "expired" if article.is_expired else article.status
        return badge(kind, article.state_label)

    @admin.display(description=_("người viết"), ordering="author__first_name")
    def author_name(self, article: Article) -> str:
        return display_name(article.author)

    @admin.display(description=_("giờ đăng"), ordering="published_at")
    def publication_time(self, article: Article) -> str:
        return news_time(article.published_at)

    @admin.display(description=_("trang"))
    def page_link(self, article: Article) -> SafeString:
        if article.is_published:
            return format_html('<a href="{}">{}</a>', article.get_absolute_url(), _("Xem"))
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:news_article_preview_stored", args=[article.pk]), _("Xem trước")
        )

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ArticleList

    def get_queryset(self, request: HttpRequest) -> ArticleQuerySet:
        return rules.visible_articles(logged_in_user(request), cast(ArticleQuerySet, super().get_queryset(request)))

    def get_search_results(
        self, request: HttpRequest, queryset: ArticleQuerySet, search_term: str
    ) -> tuple[ArticleQuerySet, bool]:
        if not search_term.strip():
            return queryset, False
        try:
            return queryset.filter(pk__in=ids_matching(search_term)), False
        except SearchTooSlow:
            messages.error(request, _("Lần tìm này lâu quá nên đã dừng lại. Hãy gõ thêm chữ để tìm hẹp hơn."))
            return queryset.none(), False

    # ------------------------------------------------------------ permissions

    def has_view_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return super().has_view_permission(request, obj) and (
            obj is None or rules.may_see(logged_in_user(request), obj)
        )

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return super().has_change_permission(request, obj) and (
            obj is None or rules.may_change(logged_in_user(request), obj)
        )

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return rules.is_editor(logged_in_user(request))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[list, dict, set, list]:
        """A published article is withdrawn first: readers have its address, and the log should tell who took it off."""
        to_delete, counts, perms_needed, protected = super().get_deleted_objects(objs, request)
        approved = [article for article in objs if article.status == Article.Status.APPROVED]
        protected += [
            _("Bài “%(title)s” đã duyệt đăng: hãy gỡ bài trước rồi mới xóa.") % {"title": article.title}
            for article in approved
        ]
        return to_delete, counts, perms_needed, protected

    # ------------------------------------------------------------ the form

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        if obj and not self.has_change_permission(request, obj):
            return READING
        options = (OPTIONS,) if rules.is_editor(logged_in_user(request)) else ()
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

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        """Fewer icons: an article's form is not the place to change or delete a category or a source."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_change_related = field.widget.can_delete_related = field.widget.can_view_related = False
            field.widget.can_add_related = field.widget.can_add_related and db_field.name in {
                "tags",
                "events",
                "source",
            }
        if field and isinstance(field.widget, forms.Textarea) and db_field.name in SHORT_TEXTS:
            field.widget.attrs["rows"] = SHORT_TEXTS[db_field.name]
        return field

    def formfield_for_manytomany(self, db_field: models.ManyToManyField, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "further_categories":
            kwargs |= {"form_class": CategoriesField, "widget": forms.CheckboxSelectMultiple}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Article | None:
        """A row that is about to be saved stays locked till the end of the request: of two simultaneous saves the
        second sees the first one's version. (On SQLite the IMMEDIATE transaction is that lock.)"""
        article = super().get_object(request, object_id, from_field)
        if article is None or request.method != "POST":
            return article
        return Article.objects.select_for_update(of=("self",)).filter(pk=article.pk).first()

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if request.method == "POST":
            if any(step.for_editors and step.button in request.POST for step in STEPS) and not rules.is_editor(
                logged_in_user(request)
            ):
                raise PermissionDenied
            if object_id and (article := self._taken_from_its_author(request, unquote(object_id))):
                return self._typed_too_late(request, article)
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except FileNotStored:  # everything is rolled back; once more, for the form with all that was typed
            request.file_not_stored = True  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra_context)

    def _taken_from_its_author(self, request: HttpRequest, object_id: str) -> Article | None:
        with transaction.atomic():
            article = self.get_object(request, object_id)
        is_own = article is not None and article.author_id == logged_in_user(request).pk
        return article if article and is_own and not rules.may_change(logged_in_user(request), article) else None

    def _typed_too_late(self, request: HttpRequest, article: Article) -> HttpResponse:
        """The author had the form open while the article was sent on or approved: he gets his words back, to copy."""
        context = {
            **self.admin_site.each_context(request),
            "title": _("Chưa lưu: bài đã sang bước khác"),
            "opts": self.opts,
            "article": article,
            "typed": [
                (label_for_field(name, Article), request.POST.get(name, "")) for name in ("title", "summary", "body")
            ],
        }
        return render(request, "admin/news/article/too_late.html", context, status=409)

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
        context |= {
            "article": article,
            "conflict": context["adminform"].form.conflict,
            "conversions": context["adminform"].form.conversions if can_change else [],
            "can_save": can_change,
            "steps": rules.steps_open_to(logged_in_user(request), article) if can_change else [],
            "preview_url": preview.address_of(obj if change else None),
            "stored_preview_url": reverse("admin:news_article_preview_stored", args=[obj.pk]) if change and obj else "",
            "state_badge": self.state(article) if change else "",
            "files_lost": bool(request.FILES),
        }
        if len(context["errors"]) == 1 and context["adminform"].form.is_only_converted:
            messages.warning(request, CONVERTED.message)
            context["errors"] = []  # there is nothing to correct
        return super().render_change_form(request, context, add, change, form_url, obj)

    # ------------------------------------------------------------ saving

    def save_model(self, request: HttpRequest, obj: Article, form: ArticleForm, change: bool) -> None:
        if change:
            obj.version += 1
        obj.updated_by = logged_in_user(request)
        super().save_model(request, obj, form, change)
        if form.dropped_pictures:
            messages.warning(
                request,
                _(
                    "Đã bỏ %(count)d ảnh lấy từ trang khác. Hãy tải ảnh về máy, đưa vào thư viện ảnh rồi chèn lại từ thư viện."
                )
                % {"count": form.dropped_pictures},
            )
        if form.step and form.conversions:  # after other buttons the form itself says so
            messages.warning(
                request,
                _(
                    "Bài “%(title)s” có chữ gõ bằng TCVN3 hoặc VNI, người đọc thấy sai và không tìm ra. Hãy mở lại bài và bấm “Chuyển sang Unicode”."
                )
                % {"title": obj.title},
            )

    def save_related(self, request: HttpRequest, form: ArticleForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        article = form.instance
        article.remember_photos()
        if form.step:
            rules.take(form.step, article, logged_in_user(request), form.cleaned_data.get("return_reason", ""))

    def _log_step(self, request: HttpRequest, article: Article) -> Step | None:
        step = next((step for step in STEPS if step.button in request.POST), None)
        if step:
            self.log_change(request, article, rules.outcome(step, article))
        return step

    def response_add(self, request: HttpRequest, obj: Article, post_url_continue: str | None = None) -> HttpResponse:
        step = self._log_step(request, obj)
        if IS_POPUP_VAR in request.POST:
            return super().response_add(request, obj, post_url_continue)
        return self._after_saving(request, obj, step)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        step = self._log_step(request, obj)
        return (
            super().response_change(request, obj)
            if IS_POPUP_VAR in request.POST
            else self._after_saving(request, obj, step)
        )

    def _after_saving(self, request: HttpRequest, article: Article, step: Step | None) -> HttpResponse:
        if step is None:
            saved = _("Đã lưu đè bản trước.") if OVERWRITE in request.POST else _("Đã lưu.")
            messages.success(request, saved)
            return HttpResponseRedirect(reverse("admin:news_article_change", args=[article.pk]))
        link = (
            format_html(' <a href="{}">{}</a>', article.get_absolute_url(), _("Xem trên trang"))
            if article.is_published
            else ""
        )
        messages.success(request, format_html("“{}”: {}{}", article.title, rules.outcome(step, article), link))
        return self.response_post_save_change(request, article)

    # ------------------------------------------------------------ preview

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("add/xem-truoc/", view(self.preview_new), name="news_article_preview_new"),
            path("<row_id:pk>/xem-truoc/", view(self.preview_typed), name="news_article_preview"),
            path("<row_id:pk>/ban-da-luu/", view(self.preview_stored), name="news_article_preview_stored"),
            *super().get_urls(),
        ]

    def preview_new(self, request: HttpRequest) -> HttpResponse:
        return preview.new(self, request)

    def preview_typed(self, request: HttpRequest, pk: int) -> HttpResponse:
        return preview.typed(self, request, pk)

    def preview_stored(self, request: HttpRequest, pk: int) -> HttpResponse:
        return preview.stored(self, request, pk)

    # ------------------------------------------------------------ actions

    @admin.action(description=_("Đăng các bài đã chọn"), permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: ArticleQuerySet) -> None:
        self._take_selected(request, queryset, PUBLISH)

    @admin.action(description=_("Gỡ các bài đã chọn"), permissions=["publish"])
    def withdraw_selected(self, request: HttpRequest, queryset: ArticleQuerySet) -> None:
        self._take_selected(request, queryset, WITHDRAW)

    @transaction.atomic
    def _take_selected(self, request: HttpRequest, queryset: ArticleQuerySet, step: Step) -> None:
        done, refused = [], []
        for article in Article.objects.select_for_update(of=("self",)).filter(pk__in=queryset.order_by().values("pk")):
            if reason := rules.why_not(logged_in_user(request), step, article):
                refused.append(format_html("<li>“{}”: {}</li>", article.title, reason))
                continue
            rules.take(step, article, logged_in_user(request))
            rules.touch(article, logged_in_user(request))
            self.log_change(request, article, rules.outcome(step, article))
            done.append(article)
        self._report(request, step, done, refused)

    def _report(self, request: HttpRequest, step: Step, done: list[Article], refused: list[SafeString]) -> None:
        if done:
            scheduled = sum(article.is_scheduled for article in done) if step is PUBLISH else 0
            told = _("Đã đăng %(count)d bài.") if step is PUBLISH else _("Đã gỡ %(count)d bài.")
            later = _(" Trong đó %(count)d bài chờ đến giờ hẹn.") % {"count": scheduled} if scheduled else ""
            messages.success(request, f"{told % {'count': len(done)}}{later}")
        if refused:
            told = _("%(count)d bài không đăng được:") if step is PUBLISH else _("%(count)d bài không gỡ được:")
            more = format_html("<li>{}</li>", _("và %(count)d bài khác.") % {"count": len(refused) - NAMED_IN_MESSAGE})
            items = [*refused[:NAMED_IN_MESSAGE], *([more] if len(refused) > NAMED_IN_MESSAGE else [])]
            messages.warning(
                request, format_html("{}<ul>{}</ul>", told % {"count": len(refused)}, SafeString("".join(items)))
            )
