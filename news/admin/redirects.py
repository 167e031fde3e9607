"""A redirect from the old address of a page when its slug is changed in the admin."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.redirects.models import Redirect
from django.db.models import F
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


def redirect_address(old: str, new: str) -> None:
    """Stores a redirect. Older redirects to `old` lead to `new` directly, and none starts at `new`."""
    redirects = Redirect.objects.filter(site_id=settings.SITE_ID)
    redirects.filter(new_path=old).update(new_path=new)
    redirects.filter(old_path=new).delete()  # a page stands there now
    redirects.filter(old_path=F("new_path")).delete()
    redirects.update_or_create(site_id=settings.SITE_ID, old_path=old, defaults={"new_path": new})


class MovedAddressMixin:
    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        old = type(obj).objects.get(pk=obj.pk).get_absolute_url() if change else ""
        super().save_model(request, obj, form, change)  # type: ignore[misc]
        new = obj.get_absolute_url()
        if old and old != new:
            redirect_address(old, new)
            messages.info(request, _("Địa chỉ cũ %(old)s nay dẫn sang %(new)s.") % {"old": old, "new": new})
