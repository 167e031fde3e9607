from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from ..converters import FIRST_YEAR, LAST_YEAR


class DayField(forms.DateField):
    default_error_messages = {"invalid": _("Ngày này không có trên lịch. Hãy chọn lại, dạng 20/11/2026.")}

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and value.year < FIRST_YEAR:
            raise forms.ValidationError(_("Kho tin không có bài cũ đến vậy. Hãy chọn một ngày gần hơn."))


class DayForm(forms.Form):
    ngay = DayField(label=_("Ngày"))

    def clean_ngay(self) -> date:
        day = self.cleaned_data["ngay"]
        if day.year > LAST_YEAR:
            raise forms.ValidationError(self.fields["ngay"].error_messages["invalid"])
        return day
