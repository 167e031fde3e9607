from typing import Any

from django import forms
from django.db import models
from django.forms import Field, widgets
from django.http import HttpRequest

from ..db.row_ids import is_row_id
from ..models import Photo


class PhotoChooserWidget(forms.NumberInput):
    """The id of a library photo, with the picture and buttons that open the library.

    Without JavaScript the id is typed; the library shows it beside every photo.
    """

    template_name = "admin/library/_photo_chooser.html"

    class Media:
        css = {"all": ["css/admin/photo-fields.css"]}
        js = [widgets.Script("js/admin/photo-chooser.js", type="module")]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["photo"] = self._photo(value)
        return context

    def _photo(self, value: Any) -> Photo | None:
        number = str(value if value is not None else "").strip()
        return Photo.objects.filter(pk=number).first() if is_row_id(number) else None


class PhotoChooserMixin:
    """For a ModelAdmin or an inline: the foreign keys named in `photo_fields` choose from the photo library."""

    photo_fields: tuple[str, ...] = ()

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Field | None:
        # Not formfield_for_foreignkey: its result gets wrapped in the stock "add another" icons.
        if db_field.name in self.photo_fields:
            return db_field.formfield(widget=PhotoChooserWidget, **kwargs)
        return super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
