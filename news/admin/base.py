"""What every ModelAdmin of this site has in common."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.urls import NoReverseMatch
from django.utils.translation import gettext_lazy as _

from .deletion import PlainDeletionMixin
from .row_choices import AutocompleteMixin

FIRST_YEAR, LAST_YEAR = 1900, 2200  # outside, a moment may not survive the way to UTC and back


def validate_year(moment: Any) -> None:
    if moment and not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValidationError(
            _("Năm %(year)s không đúng. Hãy ghi ngày dạng 11/08/2022."), code="year", params={"year": moment.year}
        )


class NewsAdmin(PlainDeletionMixin, AutocompleteMixin, admin.ModelAdmin):
    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(db_field, models.DateTimeField) and formfield:
            formfield.validators.append(validate_year)
        return formfield

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Links the page directly, not by Django's redirect through the domain name of the Site."""
        if obj is None or not self.view_on_site or not hasattr(obj, "get_absolute_url"):
            return None
        try:
            return obj.get_absolute_url()
        except NoReverseMatch:  # the form came back with errors and its slug field blank
            return None


class ReadOnlyAdmin(admin.ModelAdmin):
    """For rows that no person edits. Who may look at them is decided by `has_view_permission`."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
