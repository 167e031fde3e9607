"""The query parameters of the dashboard, its exports and the monthly report."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from ..periods import Period, month_of
from .figures import Step

FIRST_YEAR = 2000
MAX_YEARS = 10
MAX_HOURLY_DAYS = 7  # 168 points; more would be narrower than a pixel on a phone
MAX_DAILY_DAYS = 400
DEFAULT_HOURLY_DAYS = 2  # longest period for which a chart by hours is the default
DEFAULT_DAILY_DAYS = 120  # longest period for which a chart by days is the default

CUSTOM = "tuy-chon"  # a period given by its first and last day


class Preset(models.TextChoices):
    TODAY = "hom-nay", _("Hôm nay")
    WEEK = "7-ngay", _("7 ngày")
    MONTH = "30-ngay", _("30 ngày")
    QUARTER = "90-ngay", _("90 ngày")
    YEAR = "12-thang", _("12 tháng")

    @property
    def period(self) -> Period:
        match self:
            case Preset.TODAY:
                return Period.today()
            case Preset.WEEK:
                return Period.last_days(7)
            case Preset.MONTH:
                return Period.last_days(30)
            case Preset.QUARTER:
                return Period.last_days(90)
            case Preset.YEAR:
                return Period.last_months(12)


class PeriodForm(forms.Form):
    """Unknown presets and steps are replaced by the default; only invalid dates are errors."""

    CUSTOM = CUSTOM  # for the template

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
    def preset(self) -> Preset | None:
        """None for a valid custom period."""
        chosen = self.cleaned_data.get("ky", "")
        if chosen == CUSTOM and "period" in self.cleaned_data:
            return None
        return Preset(chosen) if chosen in Preset.values else Preset.MONTH

    @property
    def period(self) -> Period:
        return self.preset.period if self.preset else self.cleaned_data["period"]

    @property
    def steps(self) -> list[Step]:
        days = self.period.days
        allowed = {
            Step.HOUR: days <= MAX_HOURLY_DAYS,
            Step.DAY: 1 < days <= MAX_DAILY_DAYS,
            Step.MONTH: len(list(self.period.months())) > 1,
        }
        return [step for step in Step if allowed[step]]

    @property
    def step(self) -> Step:
        chosen = self.cleaned_data.get("buoc", "")
        if chosen in self.steps:
            return Step(chosen)
        days = self.period.days
        if days <= DEFAULT_HOURLY_DAYS:
            return Step.HOUR
        return Step.DAY if days <= DEFAULT_DAILY_DAYS else Step.MONTH

    def query_string(self, step: Step) -> str:
        query = {"ky": self.preset.value} if self.preset else custom_query(self.period)
        return "?" + urlencode(query | {"buoc": step.value})


def custom_query(period: Period) -> dict[str, str]:
    return {"ky": CUSTOM, "tu": f"{period.first:%d/%m/%Y}", "den": f"{period.last:%d/%m/%Y}"}


class MonthForm(forms.Form):
    """The choices are the months with numbers, newest first."""

    thang = forms.ChoiceField(label=_("Tháng"))

    def __init__(self, *args: Any, months: list[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.months = {f"{month:%Y-%m}": month for month in months}
        self.fields["thang"].choices = [(key, f"{month:%m/%Y}") for key, month in self.months.items()]  # type: ignore[attr-defined]

    @property
    def month(self) -> date:
        """The chosen month; by default the last complete month, or the newest one if none is complete."""
        if self.is_valid():
            return self.months[self.cleaned_data["thang"]]
        complete = [month for month in self.months.values() if month < month_of(timezone.localdate())]
        return next(iter(complete or self.months.values()))
