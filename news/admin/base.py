"""What every admin form of this site has in common."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ..text import fold

FIRST_YEAR, LAST_YEAR = 1900, 2200  # outside, a moment may not survive the way to UTC and back
MAX_ID_DIGITS = 18  # a larger number is no row's: PostgreSQL and SQLite raise on it


def validate_year(moment: Any) -> None:
    if moment and not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValidationError(_("Năm %(year)s không đúng. Hãy ghi ngày dạng 11/08/2022."), code="year", params={"year": moment.year})


class RowsField(forms.ModelMultipleChoiceField):
    """Several rows; an id that no database can hold is answered with a sentence."""

    def clean(self, value: Any) -> Any:
        for pk in value if isinstance(value, Sequence) else ():
            if not str(pk).isdecimal() or len(str(pk)) > MAX_ID_DIGITS:
                raise ValidationError(self.error_messages["invalid_pk_value"], code="invalid_pk_value", params={"pk": str(pk)[:40]})
        return super().clean(value)


class NewsAdmin(admin.ModelAdmin):
    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(db_field, models.DateTimeField) and formfield:
            formfield.validators.append(validate_year)
        return formfield

    def formfield_for_manytomany(self, db_field: models.ManyToManyField, request: HttpRequest, **kwargs: Any) -> Any:
        return super().formfield_for_manytomany(db_field, request, **({"form_class": RowsField} | kwargs))

    def view_on_site(self, obj: Any) -> str | None:
        """The page itself, not Django's detour through the site's registered domain name."""
        return obj.get_absolute_url() if hasattr(obj, "get_absolute_url") else None


class MarksBlindSearch:
    """Search by name, typed with or without marks. For lists of some thousand rows at most."""

    folded_field = "name"

    def get_search_results(self, request: HttpRequest, queryset: models.QuerySet, search_term: str) -> tuple[models.QuerySet, bool]:
        words = fold(search_term).split()
        if not words:
            return queryset, False
        names = queryset.order_by().values_list("pk", self.folded_field)
        found = [pk for pk, name in names if all(word in fold(name) for word in words)]
        return queryset.filter(pk__in=found), False
