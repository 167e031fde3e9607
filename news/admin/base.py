"""What every ModelAdmin of this site has in common."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.urls import NoReverseMatch
from django.utils.translation import gettext_lazy as _

from ..fields import LineField, ParagraphField, RichTextField
from .deletion import PlainDeletionMixin
from .row_choices import AutocompleteMixin

FIRST_YEAR, LAST_YEAR = 1900, 2200  # outside, a moment may not survive the way to UTC and back

EXACT = (models.DateTimeField, LineField, ParagraphField, RichTextField)  # shown in another spelling than stored


def validate_year(moment: Any) -> None:
    if moment and not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValidationError(
            _("Năm %(year)s không đúng. Hãy ghi ngày dạng 11/08/2022."), code="year", params={"year": moment.year}
        )


class MinuteField(forms.SplitDateTimeField):
    """A moment that the form shows to the minute, while the stored one has seconds."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(initial.replace(second=0, microsecond=0) if initial else initial, data)


class NewsAdmin(PlainDeletionMixin, AutocompleteMixin, admin.ModelAdmin):
    """Saving a form in which nothing was changed writes nothing, not even a line of the log."""

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        if isinstance(db_field, models.DateTimeField):
            kwargs["form_class"] = MinuteField
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(db_field, models.DateTimeField) and formfield:
            formfield.validators.append(validate_year)
        return formfield

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        """What was not changed stays as it is stored, although the form shows it in another spelling."""
        row = super().save_form(request, form, change)
        for field in self.opts.concrete_fields if change else ():
            if isinstance(field, EXACT) and field.name in form.initial and field.name not in form.changed_data:
                setattr(row, field.name, form.initial[field.name])
        return row

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change or form.has_changed():
            super().save_model(request, obj, form, change)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> LogEntry | None:
        return super().log_change(request, obj, message) if message else None

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
