from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ..caching import cached_for_a_moment


class Select(forms.Select):
    """Rendered as one string: Django renders a template for every option, and a site may have hundreds of sources."""

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
    """Reads slugs and names only, and from the cache: otherwise the filters of a search take longer than its index."""

    def __iter__(self) -> Iterator[Any]:
        yield "", self.field.empty_label
        yield from cached_for_a_moment(
            f"names_of_{self.queryset.model._meta.label_lower}", lambda: list(self.queryset.values_list("slug", "name"))
        )


class NameField(forms.ModelChoiceField):
    widget = Select
    iterator = NamesIterator
