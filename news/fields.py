"""Model fields that clean their text, both in forms and on saving."""

from typing import Any

from ckeditor.fields import RichTextField as CKEditorField
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .text.cleaning import clean_line, clean_text
from .text.html import UnacceptableHTML, clean_html


class LineField(models.CharField):
    """One line of plain text; see `clean_line`."""

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return clean_line(value) if isinstance(value, str) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.to_python(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value


class ParagraphField(models.TextField):
    """Plain text that may have several lines; see `clean_text`."""

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return clean_text(value).strip() if isinstance(value, str) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.to_python(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value


class RichTextField(CKEditorField):
    """Rich text, cleaned by `news.text.html`."""

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        try:
            value = clean_html(value) if value else value
        except UnacceptableHTML as error:
            raise ValidationError(
                _(
                    "Nội dung quá dài (trên 1 triệu ký tự) hoặc lồng quá nhiều lớp. "
                    "Hãy dán lại bằng nút “Dán dạng văn bản thuần”."
                ),
                code="unacceptable",
            ) from error
        return super().clean(value, model_instance)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = clean_html(super().pre_save(model_instance, add) or "")
        setattr(model_instance, self.attname, value)
        return value


class WebAddressField(models.URLField):
    """An http or https address; typed without a scheme it becomes https."""

    default_validators = [
        URLValidator(
            schemes=["http", "https"], message=_("Hãy ghi địa chỉ web đầy đủ, chẳng hạn https://vi-du.vn/bai-viet.")
        )
    ]

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**({"assume_scheme": "https"} | kwargs))
