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
from django.core.validators import RegexValidator, URLValidator, validate_email
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _

from .text.addresses import web_address
from .text.cleaning import clean_line, clean_text
from .text.folding import addressable, is_addressable, slugify
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
    """An http or https address; typed without a scheme it becomes https.

    A form refuses anything else; written without a form, it is stored as "", so that one bad link stops no import.
    """

    stored_as = "django.db.models.URLField"

    default_validators = [
        URLValidator(
            schemes=["http", "https"], message=_("Hãy ghi địa chỉ web đầy đủ, chẳng hạn https://vi-du.vn/bai-viet.")
        )
    ]

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**({"assume_scheme": "https"} | kwargs))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = web_address(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        """Also called by update() and bulk_update(), for which there is no pre_save."""
        return super().get_db_prep_save(web_address(value) if isinstance(value, str) else value, connection)


ROOM_FOR_NUMBER = 5  # characters: "-9999"
PLAIN_SLUG = RegexValidator(
    r"^[-a-z0-9_]*\Z", _("Địa chỉ chỉ gồm chữ không dấu, chữ số, gạch nối và gạch dưới, chẳng hạn ha-tinh.")
)


def free_slug(instance: models.Model, text: str) -> str:
    """A slug that no other row of the model has: "Ung" and "Ưng" become "ung" and "ung-2"."""
    longest: int = getattr(instance._meta.get_field("slug"), "max_length")  # noqa: B009 - unknown to mypy
    wanted = slugify(text, max_length=longest - ROOM_FOR_NUMBER)
    others = type(instance)._default_manager.exclude(pk=instance.pk)
    taken = set(others.filter(slug__startswith=wanted).values_list("slug", flat=True))
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug


class SlugFormField(forms.SlugField):
    default_validators = [PLAIN_SLUG]

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").lower()


class AddressSlugField(StoredAs, models.SlugField):
    """The part of an address that names a row, in the characters that addresses of this site have.

    A form refuses others; whatever is written without a form is folded, and an empty one is filled in from the field
    `filled_from`.
    """

    stored_as = "django.db.models.SlugField"
    default_validators = [PLAIN_SLUG]

    def __init__(self, *args: Any, filled_from: str = "", **kwargs: Any) -> None:
        self.filled_from = filled_from
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Also called for values in queries, so get_or_create() finds what it has stored; other values of rows that
        came by SQL are compared as they are."""
        value = super().to_python(value)
        return value.lower() if isinstance(value, str) and value.isascii() else value

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**({"form_class": SlugFormField} | kwargs))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = str(super().pre_save(model_instance, add) or "").strip().lower()
        if not is_addressable(value):
            text = value or getattr(model_instance, self.filled_from)
            value = free_slug(model_instance, text) if self.unique else slugify(text)
        value = addressable(value, self.max_length or len(value))
        setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        """Also called by update() and bulk_update(), for which there is no pre_save."""
        if isinstance(value, str):
            value = addressable(value, self.max_length or len(value))
        return super().get_db_prep_save(value, connection)


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
