from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Func, IntegerField, OuterRef, ProtectedError, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from .. import workflow
from ..models import Article, ArticleQuerySet, Event, Photo
from ..photo_library.forms import PhotoAddForm, PhotoForm, save_or_delete_files
from ..staff import display_name, logged_in_user


def number_of(rows: QuerySet) -> Coalesce:
    counted = rows.order_by().values(number=Func("pk", function="COUNT"))
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def with_uses(photos: QuerySet[Photo]) -> QuerySet[Photo]:
    """Annotates `lead_uses`, `body_uses` (articles that show it in their body only) and `event_uses`."""
    photo = OuterRef("pk")
    return photos.annotate(
        lead_uses=number_of(Article.objects.filter(lead_photo=photo)),
        body_uses=number_of(Article.photos.through.objects.filter(photo=photo).exclude(article__lead_photo=photo)),
        event_uses=number_of(Event.objects.filter(photo=photo)),
    )


class UseFilter(admin.SimpleListFilter):
    title = _("nơi dùng")
    parameter_name = "dung"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("co", _("Đang dùng")), ("khong", _("Chưa dùng ở đâu"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Photo]) -> QuerySet[Photo]:
        unused = {"lead_of": None, "used_in": None, "events": None}
        if self.value() == "khong":
            return queryset.filter(**unused)
        if self.value() == "co":
            return queryset.exclude(pk__in=Photo.objects.filter(**unused).values("pk"))
        return queryset


@admin.register(Photo)
class PhotoAdmin(admin.ModelAdmin):
    list_display = ["thumbnail", "words", "size", "uses", "uploaded_by", "uploaded_at"]
    list_display_links = ["thumbnail", "words"]
    list_select_related = ["uploaded_by"]
    list_filter = [UseFilter]
    list_per_page = 50
    date_hierarchy = "uploaded_at"
    search_fields = ["caption"]  # only shows the search box, see get_search_results()
    search_help_text = _("Tìm trong chú thích, mô tả, người chụp và tên tệp, gõ có dấu hay không dấu đều được.")

    class Media:
        css = {"all": ["css/admin/photo-fields.css"]}

    # ------------------------------------------------------------ list

    def get_queryset(self, request: HttpRequest) -> QuerySet[Photo]:
        return with_uses(super().get_queryset(request))

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        return queryset.filter(pk__in=Photo.objects.matching(search_term).values("pk")), False

    @admin.display(description=_("ảnh"))
    def thumbnail(self, photo: Photo) -> SafeString:
        return format_html(
            '<img class="photo-thumbnail" src="{}" alt="{}" loading="lazy">', photo.thumbnail_url, photo.alt
        )

    @admin.display(description=_("chú thích"), ordering="caption")
    def words(self, photo: Photo) -> str:
        return str(photo)

    @admin.display(description=_("cỡ"), ordering="width")
    def size(self, photo: Photo) -> str:
        return f"{photo.width}\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}{photo.height}"

    @admin.display(description=_("nơi dùng"))
    def uses(self, photo: Any) -> str:  # a Photo with the numbers of with_uses()
        articles, events = photo.lead_uses + photo.body_uses, photo.event_uses
        parts = [_("%d bài") % articles if articles else "", _("%d sự kiện") % events if events else ""]
        return ", ".join(filter(None, parts)) or "–"

    # ------------------------------------------------------------ form

    def has_change_permission(self, request: HttpRequest, obj: Photo | None = None) -> bool:
        return super().has_change_permission(request, obj) and (
            obj is None or obj.may_be_changed_by(logged_in_user(request))
        )

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Photo | None:
        photo: Any = super().get_object(request, object_id, from_field)
        if photo:
            photo.seen_by = logged_in_user(request)  # for `places`, which Django calls without the request
        return photo

    def get_form(
        self, request: HttpRequest, obj: Photo | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        return super().get_form(request, obj, change, **(kwargs | {"form": PhotoForm if obj else PhotoAddForm}))

    def get_fields(self, request: HttpRequest, obj: Photo | None = None) -> list[str]:
        words = ["caption", "alt", "credit"]
        return ["picture", *words, "places", "file", "uploaded"] if obj else ["upload", *words]

    def get_readonly_fields(self, request: HttpRequest, obj: Photo | None = None) -> list[str]:
        return ["picture", "places", "file", "uploaded"] if obj else []

    def save_model(self, request: HttpRequest, obj: Photo, form: forms.ModelForm, change: bool) -> None:
        if change:
            obj.save(update_fields=["caption", "alt", "credit", "search_text"])
        else:
            obj.uploaded_by = logged_in_user(request)
            save_or_delete_files(obj)

    @admin.display(description=_("ảnh"))
    def picture(self, photo: Photo) -> SafeString:
        return format_html(
            '<a class="photo-preview" href="{}" target="_blank"><img src="{}" alt="{}"></a>',
            photo.url,
            photo.thumbnail_url,
            photo.alt,
        )

    @admin.display(description=_("đang dùng ở"))
    def places(self, photo: Any) -> str:  # a Photo of get_object()
        articles = articles_showing([photo.pk])
        seen = [article for article in articles if workflow.may_see(photo.seen_by, article)]
        in_use: list[Article | Event] = [*seen, *Event.objects.filter(photo=photo)]
        names = [admin_link(row) for row in in_use]
        if hidden := len(articles) - len(seen):
            names.append(format_html("{}", _("%d bài chưa đăng của người khác") % hidden))
        rows = format_html_join("", "<li>{}</li>", ([name] for name in names))
        return format_html('<ul class="photo-places">{}</ul>', rows) if names else str(_("Chưa dùng ở đâu."))

    @admin.display(description=_("tệp"))
    def file(self, photo: Photo) -> SafeString:
        note = _("Tệp không thay được vì các bài đang dựa vào nó. Muốn dùng ảnh khác, hãy tải lên ảnh mới.")
        return format_html(
            '{} ({})<div class="photo-note">{}</div>', photo.original_name or _("không rõ tên"), self.size(photo), note
        )

    @admin.display(description=_("tải lên"))
    def uploaded(self, photo: Photo) -> str:
        when = f"{timezone.localtime(photo.uploaded_at):%H:%M %d/%m/%Y}"
        return f"{when} – {display_name(photo.uploaded_by)}" if photo.uploaded_by else when

    # ------------------------------------------------------------ deleting

    def get_deleted_objects(
        self, objs: Sequence[Photo] | QuerySet[Photo], request: HttpRequest
    ) -> tuple[list, dict, set, list]:
        """Articles and events that show one of the photos are protected: their page would lose its picture."""
        tree, counts, missing_permissions, protected = super().get_deleted_objects(objs, request)
        ids = [photo.pk for photo in objs]
        in_use: list[Article | Event] = [*articles_showing(ids), *Event.objects.filter(photo__in=ids)]
        if in_use:
            return tree, counts, set(), [admin_link(row) for row in in_use]
        return tree, counts, missing_permissions, protected

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Photo]) -> None:
        """One by one, so that a photo that has come into use meanwhile does not keep the others."""
        for photo in queryset:
            self.delete_model(request, photo)

    def delete_model(self, request: HttpRequest, obj: Photo) -> None:
        try:
            obj.delete()
        except ProtectedError:  # taken into use since the question was asked
            self.message_user(request, _("Không xóa ảnh “%s”: ảnh vừa được dùng trong một bài.") % obj, messages.ERROR)


def articles_showing(photo_ids: list[int]) -> ArticleQuerySet:
    return (
        Article.objects.filter(Q(lead_photo__in=photo_ids) | Q(photos__in=photo_ids))
        .distinct()
        .newest_first()
        .for_cards()
    )


def admin_link(row: Article | Event) -> SafeString:
    address = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    return format_html('{}: <a href="{}">{}</a>', capfirst(row._meta.verbose_name), address, row)
