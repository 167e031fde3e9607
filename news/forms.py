from django import forms
from django.utils.translation import gettext_lazy as _

from .text import clean_line, fold

MAX_QUERY_LENGTH = 200  # characters


class SearchForm(forms.Form):
    q = forms.CharField(label=_("Từ khóa"), required=False, strip=True)

    def clean_q(self) -> str:
        query = clean_line(self.cleaned_data["q"])[:MAX_QUERY_LENGTH]
        if query and not any(char.isalnum() for char in fold(query)):
            raise forms.ValidationError(_("Hãy gõ ít nhất một chữ hoặc số để tìm."))
        return query
