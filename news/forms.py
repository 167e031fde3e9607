from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from .converters import FIRST_YEAR, LAST_YEAR
from .text import clean_line, fold

MAX_QUERY_LENGTH = 200  # characters


class SearchForm(forms.Form):
    q = forms.CharField(label=_("Từ khóa"), required=False, strip=True)

    def clean_q(self) -> str:
        query = clean_line(self.cleaned_data["q"])[:MAX_QUERY_LENGTH]
        if query and not any(char.isalnum() for char in fold(query)):
            raise forms.ValidationError(_("Hãy gõ ít nhất một chữ hoặc số để tìm."))
        return query


class DayForm(forms.Form):
    """The day whose news a reader wants to see."""

    ngay = forms.DateField(label=_("Ngày"), error_messages={"invalid": _("Ngày này không có trên lịch. Hãy chọn lại, dạng 20/11/2026.")})

    def clean_ngay(self) -> date:
        day = self.cleaned_data["ngay"]
        if day.year > LAST_YEAR:
            raise forms.ValidationError(self.fields["ngay"].error_messages["invalid"])
        if day.year < FIRST_YEAR:
            raise forms.ValidationError(_("Kho tin không có bài cũ đến vậy. Hãy chọn một ngày gần hơn."))
        return day
