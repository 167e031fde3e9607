from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.redirects.admin import RedirectAdmin
from django.contrib.redirects.models import Redirect
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from news.admin.base import NewsAdmin
from news.text.cleaning import clean_line

from ..meant_addresses import is_target

admin.site.unregister(Redirect)


class PortalRedirectForm(forms.ModelForm):
    class Meta:
        model = Redirect
        fields = ["old_path", "new_path"]
        labels = {"old_path": _("Địa chỉ cũ"), "new_path": _("Dẫn sang")}
        help_texts = {
            "old_path": _("Phần sau tên miền, bắt đầu bằng dấu /, chẳng hạn /tin-cu/bai-123.html."),
            "new_path": _(
                "Địa chỉ trên cổng này (bắt đầu bằng dấu /) hoặc địa chỉ đầy đủ https://…. "
                "Để trống nếu trang cũ đã bỏ hẳn."
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
        if path and not is_target(path):
            raise ValidationError(_("Hãy ghi địa chỉ bắt đầu bằng dấu / hoặc bằng https://."), code="address")
        if path and path == self.cleaned_data.get("old_path"):
            raise ValidationError(_("Địa chỉ mới trùng địa chỉ cũ."), code="loop")
        return path


@admin.register(Redirect)
class PortalRedirectAdmin(NewsAdmin):
    form = PortalRedirectForm
    fields = ("old_path", "new_path")
    list_display = ("old_path", "new_path")
    search_fields = RedirectAdmin.search_fields
    view_on_site = False

    def save_model(self, request: HttpRequest, obj: Redirect, form: forms.ModelForm, change: bool) -> None:
        obj.site_id = settings.SITE_ID
        super().save_model(request, obj, form, change)
