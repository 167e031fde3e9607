"""What every admin form of this site has in common."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.urls import NoReverseMatch
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ..db.row_ids import is_row_id
from ..forms.category_field import TreeIterator
from ..models import SearchEntry
from ..text.folding import fold

FIRST_YEAR, LAST_YEAR = 1900, 2200  # outside, a moment may not survive the way to UTC and back


def validate_year(moment: Any) -> None:
    if moment and not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValidationError(
            _("Năm %(year)s không đúng. Hãy ghi ngày dạng 11/08/2022."), code="year", params={"year": moment.year}
        )


class RowsField(forms.ModelMultipleChoiceField):
    """Several rows; an id that no database can hold is answered with a sentence."""

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
    """Shows the rows a form came back with; what cannot be the number of a row is left out instead of looked up."""

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> Any:
        return super().optgroups(name, [pk for pk in value if pk == "" or is_row_id(pk)], attrs)  # type: ignore[misc]


class Autocomplete(_PlausibleRows, AutocompleteSelect):  # type: ignore[misc]
    pass


class AutocompleteMultiple(_PlausibleRows, AutocompleteSelectMultiple):  # type: ignore[misc]
    pass


class AutocompleteMixin:
    """For an admin or an inline: `autocomplete_fields` with the widgets above."""

    def formfield_for_foreignkey(self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs.setdefault("widget", Autocomplete(db_field, self.admin_site))  # type: ignore[attr-defined]
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: models.ManyToManyField, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs.setdefault("widget", AutocompleteMultiple(db_field, self.admin_site))  # type: ignore[attr-defined]
        return super().formfield_for_manytomany(db_field, request, **({"form_class": RowsField} | kwargs))  # type: ignore[misc]


class PlainDeletionMixin:
    """The page that asks before deleting names things, not the links between them (“Article_tags object (5)”), nor
    what the search index holds of them."""

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[list, dict, set, list]:
        to_delete, counts, perms_needed, protected = super().get_deleted_objects(objs, request)  # type: ignore[misc]
        links = [
            model._meta
            for model in apps.get_models(include_auto_created=True)
            if model._meta.auto_created or model is SearchEntry
        ]
        link_names = tuple(f"{capfirst(options.verbose_name)}:" for options in links)
        plurals = {options.verbose_name_plural for options in links}
        kept_counts = {name: count for name, count in counts.items() if name not in plurals}
        return without(link_names, to_delete), kept_counts, perms_needed, protected


def without(beginnings: tuple[str, ...], nested: list) -> list:
    """The nested list without its texts that begin so."""
    kept = [item for item in nested if isinstance(item, list) or not str(item).startswith(beginnings)]
    return [found for item in kept if (found := without(beginnings, item) if isinstance(item, list) else item) != []]


def badge(kind: str, label: object) -> SafeString:
    """A coloured word; the kinds are those of static/css/admin/components.css."""
    return format_html('<span class="state state--{}">{}</span>', kind, label)


class NewsAdmin(PlainDeletionMixin, AutocompleteMixin, admin.ModelAdmin):
    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(db_field, models.DateTimeField) and formfield:
            formfield.validators.append(validate_year)
        return formfield

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """The page itself, not Django's detour through the site's registered domain name."""
        if obj is None or not self.view_on_site or not hasattr(obj, "get_absolute_url"):
            return None
        try:
            return obj.get_absolute_url()
        except NoReverseMatch:  # the form came back with errors and its slug field blank
            return None


class MarksBlindSearch:
    """Search by name, typed with or without marks. For lists of some thousand rows at most."""

    folded_field = "name"

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet, search_term: str
    ) -> tuple[models.QuerySet, bool]:
        words = fold(search_term).split()
        if not words:
            return queryset, False
        names = queryset.order_by().values_list("pk", self.folded_field)
        found = [pk for pk, name in names if all(word in fold(name) for word in words)]
        return queryset.filter(pk__in=found), False


class ReadOnlyAdmin(admin.ModelAdmin):
    """For rows that only the program writes: `has_view_permission` alone decides."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
