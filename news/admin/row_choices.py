"""Form fields and widgets that choose rows of other tables. An impossible id is a form error, not a server error."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest

from ..db.row_ids import is_row_id
from ..forms.category_field import TreeIterator


class RowsField(forms.ModelMultipleChoiceField):
    def clean(self, value: Any) -> Any:
        for pk in value if isinstance(value, Sequence) else ():
            if not is_row_id(pk):
                raise ValidationError(
                    self.error_messages["invalid_pk_value"], code="invalid_pk_value", params={"pk": str(pk)[:40]}
                )
        return super().clean(value)


class CategoriesField(RowsField):
    iterator = TreeIterator


class _PlausibleRows:
    """A form that comes back with errors shows the chosen rows again, without looking up ids that no row can have."""

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> Any:
        return super().optgroups(name, [pk for pk in value if pk == "" or is_row_id(pk)], attrs)  # type: ignore[misc]


class Autocomplete(_PlausibleRows, AutocompleteSelect):  # type: ignore[misc]
    pass


class AutocompleteMultiple(_PlausibleRows, AutocompleteSelectMultiple):  # type: ignore[misc]
    pass


class AutocompleteMixin:
    """For a ModelAdmin or an inline: gives its `autocomplete_fields` the widgets above."""

    def formfield_for_foreignkey(self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs.setdefault("widget", Autocomplete(db_field, self.admin_site))  # type: ignore[attr-defined]
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: models.ManyToManyField, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs.setdefault("widget", AutocompleteMultiple(db_field, self.admin_site))  # type: ignore[attr-defined]
        return super().formfield_for_manytomany(db_field, request, **({"form_class": RowsField} | kwargs))  # type: ignore[misc]
