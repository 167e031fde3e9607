"""Model fields that clean their text, both in forms and on saving.

Cleaning does not change the column, so migrations name the field of Django with the same column and go on working
when this module changes.
"""

from email.errors import MessageError
from typing import Any

from ckeditor.fields import RichTextField as CKEditorField
from ckeditor.fields import RichTextFormField as CKEditorFormField
from django import forms
from django.core.exceptions import ValidationError
from django.core.mail.message import sanitize_address
from django.core.validators import URLValidator, validate_email
from django.db import models
from django.utils.translation import gettext_lazy as _

from .text.cleaning import clean_line, clean_text
from .text.html import UnacceptableHTML, clean_html, is_same_text


class LineFormField(forms.CharField):
    def has_changed(self, initial: Any, data: Any) -> bool:
        return clean_line(initial or "") != clean_line(data or "")


class ParagraphFormField(forms.CharField):
    def has_changed(self, initial: Any, data: Any) -> bool:
        """A browser sends line breaks as CR LF."""
        return clean_text(initial or "").strip() != clean_text(data or "").strip()


class RichTextFormField(CKEditorFormField):
    def has_changed(self, initial: Any, data: Any) -> bool:
        """The editor sends the text in a spelling of its own."""
        return not is_same_text(initial or "", data or "")


MAX_MAIL_ADDRESS = 254  # characters, RFC 5321 as corrected by erratum 1690


class StoredAs:
    """Mixin of a field whose migrations name the field class at `stored_as`."""

    stored_as: str  # dotted path

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()  # type: ignore[misc]
        return name, self.stored_as, args, kwargs


class LineField(StoredAs, models.CharField):
    """One line of plain text; see `clean_line`."""

    stored_as = "django.db.models.CharField"

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**({"form_class": LineFormField} | kwargs))

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return clean_line(value) if isinstance(value, str) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.to_python(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value


class ParagraphField(StoredAs, models.TextField):
    """Plain text that may have several lines; see `clean_text`."""

    stored_as = "django.db.models.TextField"

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**({"form_class": ParagraphFormField} | kwargs))

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return clean_text(value).strip() if isinstance(value, str) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.to_python(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value


class RichTextField(StoredAs, CKEditorField):
    """Rich text, cleaned by `news.text.html`."""

    stored_as = "django.db.models.TextField"

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**({"form_class": RichTextFormField} | kwargs))

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


class WebAddressField(StoredAs, models.URLField):
    """An http or https address; typed without a scheme it becomes https."""

    stored_as = "django.db.models.URLField"

    default_validators = [
        URLValidator(
            schemes=["http", "https"], message=_("Hãy ghi địa chỉ web đầy đủ, chẳng hạn https://vi-du.vn/bai-viet.")
        )
    ]

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**({"assume_scheme": "https"} | kwargs))


def validate_mail_address(address: str) -> None:
    """Checks the address as it will be sent, with its domain in ASCII (IDNA, RFC 3490). There each part of the domain
    has at most 63 characters, and characters such as a full-width comma have become others."""
    try:
        sent = sanitize_address(address, "utf-8")
        validate_email(sent)
    except (ValueError, IndexError, MessageError, ValidationError):
        sent = ""
    if not sent or len(sent) > MAX_MAIL_ADDRESS:
        raise ValidationError(
            _("Không gửi thư được đến địa chỉ này. Hãy kiểm tra phần sau dấu @, chẳng hạn ten@vi-du.vn."),
            code="undeliverable",
        )


class MailAddressField(StoredAs, models.EmailField):
    """An address to which mail can be sent."""

    stored_as = "django.db.models.EmailField"

    default_validators = [validate_email, validate_mail_address]
