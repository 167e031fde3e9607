from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ..forms.search import DayForm
from ..listings.archive import Archive, Counted, Day, Month, Period, Year, counted, weeks, years
from ..listings.pagination import page_of
from ..models import Article


def archive(request: HttpRequest) -> HttpResponse:
    """All years, and the way to one day."""
    form = DayForm(request.GET)
    if form.is_valid():
        return redirect("news:day_archive", form.cleaned_data["ngay"])
    found = years()
    months = counted(found[0].period.parts) if found else []
    context = {"path": [Archive()], "years": found, "months": months, "form": form if request.GET.get("ngay") else None}
    return render(request, "news/archive.html", context)


def year_archive(request: HttpRequest, first: date) -> HttpResponse:
    months = counted(Year(first).parts)
    return render(request, "news/year_archive.html", {"months": months, **listed(request, Year(first), months)})


def month_archive(request: HttpRequest, first: date) -> HttpResponse:
    days = counted(Month(first).parts)
    return render(request, "news/month_archive.html", {"weeks": weeks(days), **listed(request, Month(first), days)})


def day_archive(request: HttpRequest, day: date) -> HttpResponse:
    return render(request, "news/day_archive.html", {"day": day, **listed(request, Day(day))})


def listed(request: HttpRequest, period: Period, parts: list[Counted] | None = None) -> dict[str, object]:
    """The articles of the period and the way to others; where its parts are counted, it need not be counted again."""
    articles = Article.objects.published_within(period.first, period.last).newest_first().for_cards()
    count = sum(part.count for part in parts) if parts is not None else None
    return {
        "period": period,
        "path": [Archive(), *period.path],
        "page": page_of(request, articles, count=count),
        "earlier": period.earlier(),
        "later": period.later(),
    }
