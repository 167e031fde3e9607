from typing import Any

from ckeditor.widgets import CKEditorWidget
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.flatpages.admin import FlatPageAdmin
from django.contrib.flatpages.forms import FlatpageForm
from django.contrib.flatpages.models import FlatPage
from django.contrib.redirects.admin import RedirectAdmin
from django.contrib.redirects.models import Redirect
from django.contrib.sites import admin as sites_admin
from django.contrib.sites.models import Site
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from news.admin.articles.model_admin import ArticleAdmin
from news.admin.base import NewsAdmin
from news.media.images import name_from_url
from news.models import Article
from news.text.cleaning import clean_line
from news.text.html import UnacceptableHTML, clean_html, harmless, without_foreign_images
from stats.reports.readership import ReadershipColumn

from . import accounts

# Imported so that what they register is there to be replaced. The registered domain name is not: nothing of this
# site reads it, addresses follow the host the reader asked for.
__all__ = ["accounts", "sites_admin"]
admin.site.unregister([Article, FlatPage, Redirect, Site])


@admin.register(Article)
class ArticleDesk(ReadershipColumn, ArticleAdmin):
    """Where the rooms meet: the newsroom's list with a column of what each article was read."""


class PageForm(FlatpageForm):
    """A page of its own (giới thiệu, liên hệ …): the address checked, the text cleaned as an article's is."""

    dropped_pictures = 0

    class Meta:
        model = FlatPage
        fields = ["title", "url", "content"]
        widgets = {"content": CKEditorWidget()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["content"] = harmless(self.instance.content)

    def clean_title(self) -> str:
        return clean_line(self.cleaned_data["title"])

    def clean_url(self) -> str:
        url = super().clean_url()
        try:
            resolve(url)
        except Resolver404:
            return url
        raise ValidationError(_("Địa chỉ này đã là của một trang khác trên cổng. Hãy chọn địa chỉ khác."), code="taken")

    def clean_content(self) -> str:
        try:
            content = clean_html(self.cleaned_data["content"])
        except UnacceptableHTML as error:
            raise ValidationError(
                _("Nội dung quá dài (trên 1 triệu ký tự) hoặc lồng quá nhiều lớp."), code="unacceptable"
            ) from error
        content, self.dropped_pictures = without_foreign_images(
            content, lambda source: name_from_url(source) is not None
        )
        return content

    def clean(self) -> dict[str, Any]:
        same = FlatPage.objects.filter(url=self.cleaned_data.get("url")).exclude(pk=self.instance.pk)
        if same.exists():
            raise ValidationError({"url": ValidationError(_("Đã có trang ở địa chỉ này."), code="duplicate_url")})
        return self.cleaned_data


@admin.register(FlatPage)
class PageAdmin(NewsAdmin):
    form = PageForm
    fields = ("title", "url", "content")
    list_display = ("title", "url")
    search_fields = FlatPageAdmin.search_fields
    ordering = ("url",)

    def save_related(self, request: HttpRequest, form: PageForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        form.instance.sites.add(settings.SITE_ID)
        if form.dropped_pictures:
            messages.warning(
                request,
                _(
                    "Đã bỏ %(count)d ảnh lấy từ trang khác. Hãy tải ảnh về máy, đưa vào thư viện ảnh rồi chèn lại từ thư viện."
                )
                % {"count": form.dropped_pictures},
            )


class RedirectForm(forms.ModelForm):
    class Meta:
        model = Redirect
        fields = ["old_path", "new_path"]
        labels = {"old_path": _("Địa chỉ cũ"), "new_path": _("Dẫn sang")}
        help_texts = {
            "old_path": _("Phần sau tên miền, bắt đầu bằng dấu /, chẳng hạn /tin-cu/bai-123.html."),
            "new_path": _(
                "Địa chỉ trên cổng này (bắt đầu bằng dấu /) hoặc địa chỉ đầy đủ https://…. Để trống nếu trang cũ đã bỏ hẳn."
            ),
        }

    def clean_old_path(self) -> str:
        path = clean_line(self.cleaned_data["old_path"])
        if not path.startswith("/") or path.startswith("//"):
            raise ValidationError(_("Địa chỉ cũ phải bắt đầu bằng một dấu /."), code="slash")
        if Redirect.objects.filter(site_id=settings.SITE_ID, old_path=path).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Địa chỉ cũ này đã được dẫn sang nơi khác."), code="duplicate")
        return path

    def clean_new_path(self) -> str:
        path = clean_line(self.cleaned_data["new_path"])
        is_own = path.startswith("/") and not path.startswith("//")
        if path and not is_own and not path.startswith(("https://", "http://")):
            raise ValidationError(_("Hãy ghi địa chỉ bắt đầu bằng dấu / hoặc bằng https://."), code="address")
        if path and path == self.cleaned_data.get("old_path"):
            raise ValidationError(_("Địa chỉ mới trùng địa chỉ cũ."), code="loop")
        return path


@admin.register(Redirect)
class MovedAddressAdmin(NewsAdmin):
    form = RedirectForm
    fields = ("old_path", "new_path")
    list_display = ("old_path", "new_path")
    search_fields = RedirectAdmin.search_fields
    view_on_site = False

    def save_model(self, request: HttpRequest, obj: Redirect, form: forms.ModelForm, change: bool) -> None:
        obj.site_id = settings.SITE_ID
        super().save_model(request, obj, form, change)
