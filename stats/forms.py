from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .models import AgentRule, OpeningTotal

MAX_OPENING = 10**15  # Excel keeps 15 digits, and the sum with all visits must fit into a 64-bit column
FIRST_OPENING_YEAR = 1990
MIN_PATTERN = 3  # characters; shorter patterns occur in the agents of most browsers


class OpeningTotalForm(forms.ModelForm):
    class Meta:
        model = OpeningTotal
        fields = ["number", "date", "note"]
        localized_fields = ["number"]
        widgets = {"number": forms.TextInput(attrs={"inputmode": "numeric", "size": 20})}
        help_texts = {"number": _("Số lượt truy cập mà cổng cũ đã đếm được. Gõ 312343234 hay 312.343.234 đều được.")}

    def clean_number(self) -> int:
        number = self.cleaned_data["number"]
        if number > MAX_OPENING:
            raise ValidationError(_("Số này quá lớn. Hãy xem lại số chữ số."), code="large")
        return number

    def clean_date(self) -> date:
        day = self.cleaned_data["date"]
        if day > timezone.localdate():
            raise ValidationError(_("Ngày này chưa tới."), code="future")
        if day.year < FIRST_OPENING_YEAR:
            raise ValidationError(
                _("Năm %(year)s không đúng. Hãy ghi ngày dạng 11/08/2022."), code="year", params={"year": str(day.year)}
            )
        return day


class AgentRuleForm(forms.ModelForm):
    # Common browsers in Vietnam. A rule must not turn their users into robots.
    COMMON_BROWSERS = (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/126.0.0.0 Safari/537.36 Edg/126.0",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
        "coc_coc_browser/126.0.0 Chrome/120.0.0.0 Safari/537.36",
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/126.0.0.0 Mobile Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
        "Version/17.5 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:127.0) Gecko/20100101 Firefox/127.0",
    )

    class Meta:
        model = AgentRule
        fields = ["pattern", "verdict", "note"]

    def clean_pattern(self) -> str:
        pattern = self.cleaned_data["pattern"]
        if len(pattern) < MIN_PATTERN:
            raise ValidationError(
                _("Đoạn chữ cần ít nhất %(count)d chữ, nếu không sẽ trùng với tên của mọi trình duyệt."),
                code="short",
                params={"count": MIN_PATTERN},
            )
        return pattern

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        pattern = cleaned.get("pattern", "").lower()
        if (
            pattern
            and cleaned.get("verdict") == AgentRule.Verdict.ROBOT
            and any(pattern in agent.lower() for agent in self.COMMON_BROWSERS)
        ):
            raise ValidationError(
                {
                    "pattern": ValidationError(
                        _("Đoạn chữ này có trong tên của trình duyệt mà nhiều người dùng; người đọc sẽ bị coi là máy."),
                        code="people",
                    )
                }
            )
        return cleaned
