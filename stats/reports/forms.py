"""What the dashboard, the report and the forms of the admin accept."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..models import AgentRule, OpeningTotal
from ..periods import Period, month_of
from .figures import Step

FIRST_YEAR = 2000  # no portal of today counted earlier
MAX_YEARS = 10  # in one picture
MAX_HOURLY_DAYS = 7  # 168 points; more would be finer than a pixel on a phone
MAX_DAILY_DAYS = 400
DAILY_FROM_HOURLY = 2  # days up to which a chart begins by the hour
MONTHLY_FROM = 120  # days from which it begins by the month
# Excel keeps 15 digits; together with everything ever counted the number must stay one that a database can add up.
MAX_OPENING = 10**15
MIN_PATTERN = 3  # letters; shorter ones stand in the name of every browser

CUSTOM = "tuy-chon"
PRESETS = {
    "hom-nay": (_("Hôm nay"), lambda: Period.today()),
    "7-ngay": (_("7 ngày"), lambda: Period.last_days(7)),
    "30-ngay": (_("30 ngày"), lambda: Period.last_days(30)),
    "90-ngay": (_("90 ngày"), lambda: Period.last_days(90)),
    "12-thang": (_("12 tháng"), lambda: Period.last_months(12)),
}
DEFAULT = "30-ngay"
STEPS: dict[str, tuple[Step, Any]] = {
    "gio": ("hour", _("Giờ")),
    "ngay": ("day", _("Ngày")),
    "thang": ("month", _("Tháng")),
}


class PeriodForm(forms.Form):
    """The address of every page of the dashboard. Unknown words mean the default; dates that make no sense are told."""

    tu = forms.DateField(
        label=_("Từ ngày"),
        required=False,
        widget=forms.DateInput(attrs={"placeholder": "dd/mm/yyyy", "inputmode": "numeric", "size": 11}),
    )
    den = forms.DateField(
        label=_("đến ngày"),
        required=False,
        widget=forms.DateInput(attrs={"placeholder": "dd/mm/yyyy", "inputmode": "numeric", "size": 11}),
    )
    ky = forms.CharField(required=False, widget=forms.HiddenInput)
    buoc = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("ky") != CUSTOM or self.errors:
            return cleaned
        first, today = cleaned.get("tu"), timezone.localdate()
        last = min(cleaned.get("den") or today, today)
        if first is None:
            raise ValidationError(_("Hãy ghi ngày đầu, chẳng hạn 01/11/2026."), code="first")
        if first > last:
            raise ValidationError(_("Ngày đầu phải đứng trước ngày cuối và không ở tương lai."), code="order")
        if first.year < FIRST_YEAR or (last - first).days > MAX_YEARS * 366:
            raise ValidationError(
                _("Hãy chọn khoảng không quá %(years)d năm, từ năm %(year)s trở đi."),
                code="long",
                params={"years": MAX_YEARS, "year": str(FIRST_YEAR)},
            )
        return cleaned | {"period": Period(first, last)}

    @property
    def choice(self) -> str:
        chosen = self.cleaned_data.get("ky", "")
        if chosen == CUSTOM and "period" in self.cleaned_data:
            return CUSTOM
        return chosen if chosen in PRESETS else DEFAULT

    @property
    def period(self) -> Period:
        return self.cleaned_data["period"] if self.choice == CUSTOM else PRESETS[self.choice][1]()

    @property
    def steps(self) -> dict[str, Any]:
        """The steps that the period may be drawn in, with their words."""
        days = self.period.days
        allowed = {
            "gio": days <= MAX_HOURLY_DAYS,
            "ngay": 1 < days <= MAX_DAILY_DAYS,
            "thang": len(list(self.period.months())) > 1,
        }
        return {key: words for key, (_step, words) in STEPS.items() if allowed[key]}

    @property
    def step_choice(self) -> str:
        chosen = self.cleaned_data.get("buoc", "")
        if chosen in self.steps:
            return chosen
        days = self.period.days
        return "gio" if days <= DAILY_FROM_HOURLY else "ngay" if days <= MONTHLY_FROM else "thang"

    @property
    def step(self) -> Step:
        return STEPS[self.step_choice][0]


class MonthForm(forms.Form):
    """One of the months that have a day with numbers, newest first; the last whole one to begin with."""

    thang = forms.ChoiceField(label=_("Tháng"))

    def __init__(self, *args: Any, months: list[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.months = {f"{month:%Y-%m}": month for month in months}
        self.fields["thang"].choices = [(key, f"{month:%m/%Y}") for key, month in self.months.items()]  # type: ignore[attr-defined]

    @property
    def month(self) -> date:
        """What was asked for, or the newest month that is over, or this one on a site that has only begun."""
        if self.is_valid():
            return self.months[self.cleaned_data["thang"]]
        over = [month for month in self.months.values() if month < month_of(timezone.localdate())]
        return next(iter(over or self.months.values()))


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
        if day.year < 1990:
            raise ValidationError(
                _("Năm %(year)s không đúng. Hãy ghi ngày dạng 11/08/2022."), code="year", params={"year": str(day.year)}
            )
        return day


class AgentRuleForm(forms.ModelForm):
    # One of each that most Vietnamese readers use: a rule that makes robots of them would empty the counter.
    PEOPLE = (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) coc_coc_browser/126.0.0 Chrome/120.0.0.0 Safari/537.36",
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
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
            and any(pattern in agent.lower() for agent in self.PEOPLE)
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
