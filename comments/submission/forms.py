from collections.abc import Mapping
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from news.fields import validate_mail_address
from news.text.cleaning import clean_line, clean_text

from .. import conf

SINGLE_LINE_FIELDS = ("name", "email", "captcha")


class SenderAddressField(forms.EmailField):
    """In lower case before it is checked: an “İ” becomes two characters."""

    default_validators = [validate_email, validate_mail_address]

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").lower()


class OpinionForm(forms.Form):
    name = forms.CharField(
        label=_("Họ và tên"),
        min_length=2,
        max_length=80,
        error_messages={
            "required": _("Hãy ghi họ và tên."),
            "min_length": _("Họ và tên có ít nhất 2 chữ cái."),
            "max_length": _("Họ và tên dài quá %(limit_value)d ký tự, xin ghi gọn lại."),
        },
    )
    email = SenderAddressField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        error_messages={
            "invalid": _("E-mail chưa đúng, chẳng hạn thiếu @. Có thể để trống."),
            "max_length": _("E-mail dài quá %(limit_value)d ký tự. Có thể để trống."),
            "undeliverable": _("Không gửi thư được đến e-mail này, xin kiểm tra phần sau dấu @. Có thể để trống."),
        },
    )
    wants_mail = forms.BooleanField(label=_("Báo cho tôi qua e-mail khi ý kiến được xử lý"), required=False)
    body = forms.CharField(label=_("Nội dung"), error_messages={"required": _("Hãy viết nội dung ý kiến.")})
    consent = forms.BooleanField(
        label=_("Tôi đồng ý để cơ quan lưu và dùng thông tin trên để xem xét, đăng và trả lời ý kiến này."),
        error_messages={"required": _("Cần bạn đồng ý thì mới nhận được ý kiến.")},
    )
    captcha = forms.CharField(label=_("Mã xác nhận"), required=False)  # checked by Submission
    subject = forms.CharField(required=False)  # the honeypot: hidden from people, attractive for programs

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(None if data is None else self._cleaned_of_hidden_characters(data), auto_id="y-kien-%s")

    @classmethod
    def unvalidated(cls, data: Mapping[str, Any]) -> Self:
        """The same values without validation errors, for somebody who only asked for a new captcha."""
        form = cls()
        values = cls._cleaned_of_hidden_characters(data)
        form.initial = {name: value for name, value in values.items() if name != "captcha"}
        return form

    @classmethod
    def _cleaned_of_hidden_characters(cls, data: Mapping[str, Any]) -> dict[str, Any]:
        """Control and invisible characters are removed before validation and before the values are shown again."""
        return {
            name: (clean_line if name in SINGLE_LINE_FIELDS else clean_text)(str(data[name]))
            for name in cls.base_fields
            if name in data
        }

    def clear_captcha(self) -> None:
        self.data = {name: value for name, value in self.data.items() if name != "captcha"}

    def clean_body(self) -> str:
        text = self.cleaned_data["body"]
        least, most = conf.get("min_body"), conf.get("max_body")
        if len(text) < least:
            raise ValidationError(_("Nội dung ngắn quá, cần ít nhất %(least)d ký tự."), params={"least": least})
        if len(text) > most:
            params = {"length": number_format(len(text)), "most": number_format(most)}
            raise ValidationError(
                _("Nội dung dài %(length)s ký tự, quá %(most)s. Xin rút gọn hoặc gửi thành hai ý kiến."), params=params
            )
        return text

    def clean(self) -> None:
        if self.cleaned_data.get("wants_mail") and not self.cleaned_data.get("email") and "email" not in self.errors:
            self.add_error("email", _("Hãy ghi e-mail để nhận thư báo, hoặc bỏ chọn ô nhận thư."))
