from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.flatpages.admin import FlatPageAdmin
from django.contrib.flatpages.forms import FlatpageForm
from django.contrib.flatpages.models import FlatPage
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from news.admin.base import NewsAdmin
from news.fields import LineFormField, RichTextFormField
from news.media.images import name_from_url
from news.text.cleaning import clean_line
from news.text.html import UnacceptableHTML, clean_html, harmless, without_foreign_images

admin.site.unregister(FlatPage)


class PortalFlatPageForm(FlatpageForm):
    """Cleans the content like the body of an article and refuses addresses of other pages."""

    dropped_images = 0
    title = LineFormField(label=capfirst(_("title")), max_length=200)
    content = RichTextFormField(label=capfirst(_("content")), required=False)

    class Meta:
        model = FlatPage
        fields = ["title", "url", "content"]

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
        content, self.dropped_images = without_foreign_images(content, lambda source: name_from_url(source) is not None)
        return content

    def clean(self) -> dict[str, Any]:
        same = FlatPage.objects.filter(url=self.cleaned_data.get("url")).exclude(pk=self.instance.pk)
        if same.exists():
            raise ValidationError({"url": ValidationError(_("Đã có trang ở địa chỉ này."), code="duplicate_url")})
        return self.cleaned_data


@admin.register(FlatPage)
class PortalFlatPageAdmin(NewsAdmin):
    form = PortalFlatPageForm
    fields = ("title", "url", "content")
    list_display = ("title", "url")
    search_fields = FlatPageAdmin.search_fields
    ordering = ("url",)

    def save_related(self, request: HttpRequest, form: PortalFlatPageForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        form.instance.sites.add(settings.SITE_ID)
        if form.dropped_images:
            text = _(
                "Đã bỏ %(count)d ảnh lấy từ trang khác. "
                "Hãy tải ảnh về máy, đưa vào thư viện ảnh rồi chèn lại từ thư viện."
            )
            messages.warning(request, text % {"count": form.dropped_images})
