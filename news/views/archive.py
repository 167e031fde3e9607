from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ..forms.day import DayForm
from ..listings.archive import PeriodCount, calendar_weeks, count_articles, years_with_articles
from ..listings.pagination import page_of
from ..listings.periods import ArchiveRoot, Day, Month, Period, Year
from ..models import Article


def archive(request: HttpRequest) -> HttpResponse:
    form = DayForm(request.GET)
    if form.is_valid():
        return redirect("news:day_archive", form.cleaned_data["ngay"])
    years = years_with_articles()
    context = {
        "path": [ArchiveRoot()],
        "years": years,
        "months": count_articles(years[0].period.parts) if years else [],
        "form": form if request.GET.get("ngay") else None,
    }
    return render(request, "news/archive.html", context)


def year_archive(request: HttpRequest, first: date) -> HttpResponse:
    months = count_articles(Year(first).parts)
    context = {"months": months, **period_context(request, Year(first), months)}
    return render(request, "news/year_archive.html", context)


def month_archive(request: HttpRequest, first: date) -> HttpResponse:
    days = count_articles(Month(first).parts)
    context = {"weeks": calendar_weeks(days), **period_context(request, Month(first), days)}
    return render(request, "news/month_archive.html", context)


def day_archive(request: HttpRequest, day: date) -> HttpResponse:
    return render(request, "news/day_archive.html", {"day": day, **period_context(request, Day(day))})


def period_context(
    request: HttpRequest, period: Period, counts_of_parts: list[PeriodCount] | None = None
) -> dict[str, object]:
    articles = Article.objects.published_within(period.first, period.last).newest_first().for_cards()
    count = sum(part.count for part in counts_of_parts) if counts_of_parts is not None else None
    return {
        "period": period,
        "path": [ArchiveRoot(), *period.path],
        "page": page_of(request, articles, count=count),
        "earlier": period.earlier(),
        "later": period.later(),
    }
