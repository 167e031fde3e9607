from collections.abc import Iterator
from datetime import date
from typing import Any, cast

from django import forms
from django.db import models
from django.forms.models import ModelChoiceIterator
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from ..caching import remembered
from ..converters import FIRST_YEAR, LAST_YEAR
from ..models import Category, CategoryTree, Event, Source
from ..search.query import parse
from ..search.results import Results
from ..search.scope import Scope, category_label, event_label, source_label
from ..text.cleaning import clean_line
from .category_field import CategoryField

MAX_QUERY_LENGTH = 200  # characters
CALENDAR = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})  # the browser's own


class Select(forms.Select):
    """Written in one go: Django's own asks a template for every option, and a site may have hundreds of sources."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        chosen = self.format_value(value)
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((key, flatatt({"selected": str(key) in chosen}), label) for key, label in self.choices),
        )
        return format_html(
            "<select{}>{}</select>", flatatt({"name": name, **self.build_attrs(self.attrs, attrs)}), options
        )


class NamesIterator(ModelChoiceIterator):
    """Names only, and remembered: a search would spend more time on the filters than on the index."""

    def __iter__(self) -> Iterator[Any]:
        yield "", self.field.empty_label
        yield from remembered(
            f"names_of_{self.queryset.model._meta.label_lower}", lambda: list(self.queryset.values_list("slug", "name"))
        )


class NameField(forms.ModelChoiceField):
    widget = Select
    iterator = NamesIterator


class DayField(forms.DateField):
    """A day of the time that the archive can hold."""

    default_error_messages = {"invalid": _("Ngày này không có trên lịch. Hãy chọn lại, dạng 20/11/2026.")}

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and value.year < FIRST_YEAR:
            raise forms.ValidationError(_("Kho tin không có bài cũ đến vậy. Hãy chọn một ngày gần hơn."))


class SearchForm(forms.Form):
    """What is looked for, and among which articles. A filter that makes no sense is named and left out; the rest is
    searched all the same."""

    class Order(models.TextChoices):
        FIT = "", _("Sát nhất trước")
        NEWEST = "moi", _("Mới nhất trước")

    q = forms.CharField(label=_("Từ khóa"), required=False, strip=True)
    chuyen_muc = CategoryField(
        Category.objects.all(),
        label=_("Chuyên mục"),
        required=False,
        to_field_name="slug",
        empty_label=_("Mọi chuyên mục"),
        widget=Select,
        error_messages={"invalid_choice": _("Không có chuyên mục này. Kết quả gồm mọi chuyên mục.")},
    )
    su_kien = NameField(
        Event.objects.visible().newest_first(),
        label=_("Sự kiện"),
        required=False,
        to_field_name="slug",
        empty_label=_("Mọi sự kiện"),
        error_messages={"invalid_choice": _("Không có sự kiện này. Kết quả gồm mọi sự kiện.")},
    )
    nguon = NameField(
        Source.objects.all(),
        label=_("Nguồn tin"),
        required=False,
        to_field_name="slug",
        empty_label=_("Mọi nguồn tin"),
        error_messages={"invalid_choice": _("Không có nguồn tin này. Kết quả gồm mọi nguồn tin.")},
    )
    tu = DayField(label=_("Từ ngày"), required=False, widget=CALENDAR)
    den = DayField(label=_("Đến ngày"), required=False, widget=CALENDAR)
    xep = forms.ChoiceField(label=_("Thứ tự"), required=False, choices=Order, widget=Select)

    FILTERS = ("chuyen_muc", "su_kien", "nguon", "tu", "den")

    def __init__(self, data: Any, tree: CategoryTree) -> None:
        super().__init__(data)
        self.tree = cast(CategoryField, self.fields["chuyen_muc"]).tree = tree

    def clean_q(self) -> str:
        query = clean_line(self.cleaned_data["q"])[:MAX_QUERY_LENGTH]
        if query and not parse(query):
            raise forms.ValidationError(_("Hãy gõ ít nhất một chữ hoặc số để tìm."))
        return query

    def clean(self) -> None:
        first, last = self.cleaned_data.get("tu"), self.cleaned_data.get("den")
        if first and last and last < first:
            self.cleaned_data["tu"] = self.cleaned_data["den"] = None
            self.add_error("den", _("Ngày cuối đứng trước ngày đầu. Kết quả gồm mọi ngày."))

    def filters(self) -> list[forms.BoundField]:
        return [self[name] for name in (*self.FILTERS, "xep")]

    @property
    def has_filters(self) -> bool:
        return any(self[name].value() for name in self.FILTERS)

    def results(self) -> Results:
        """Of a form that has been validated, whether or not it is valid."""
        asked = self.cleaned_data
        category, event, source = (asked.get(name) for name in ("chuyen_muc", "su_kien", "nguon"))
        labels = []
        if category:
            labels.append(frozenset(map(category_label, self.tree.ids_within(category))))
        labels += [frozenset([event_label(event.pk)])] if event else []
        labels += [frozenset([source_label(source.pk)])] if source else []
        scope = Scope(labels=tuple(labels), first_day=asked.get("tu"), last_day=asked.get("den"))
        return Results(parse(asked.get("q", "")), scope, newest_first=asked.get("xep") == self.Order.NEWEST)


class DayForm(forms.Form):
    """The day whose news a reader wants to see."""

    ngay = DayField(label=_("Ngày"))

    def clean_ngay(self) -> date:
        day = self.cleaned_data["ngay"]
        if day.year > LAST_YEAR:
            raise forms.ValidationError(self.fields["ngay"].error_messages["invalid"])
        return day
