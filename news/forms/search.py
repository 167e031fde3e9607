from typing import Any, cast

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..models import Category, CategoryTree, Event, Source
from ..search.query import parse
from ..search.results import Results
from ..search.scope import Scope, category_label, event_label, source_label
from ..text.cleaning import clean_line
from .category_field import CategoryField
from .day import DayField
from .select import NameField, Select

MAX_QUERY_LENGTH = 200  # characters
CALENDAR = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class SearchForm(forms.Form):
    """Search words and filters. An invalid filter is reported and ignored; the rest is searched all the same."""

    class Order(models.TextChoices):
        RELEVANCE = "", _("Sát nhất trước")
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
        """Call after `full_clean`; the form need not be valid."""
        asked = self.cleaned_data
        category, event, source = (asked.get(name) for name in ("chuyen_muc", "su_kien", "nguon"))
        labels = []
        if category:
            labels.append(frozenset(map(category_label, self.tree.ids_within(category))))
        labels += [frozenset([event_label(event.pk)])] if event else []
        labels += [frozenset([source_label(source.pk)])] if source else []
        scope = Scope(labels=tuple(labels), first_day=asked.get("tu"), last_day=asked.get("den"))
        return Results(parse(asked.get("q", "")), scope, newest_first=asked.get("xep") == self.Order.NEWEST)
