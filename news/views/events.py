from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ..listings.by_slug import row_by_slug
from ..listings.pagination import page_of
from ..models import Article, Event


def events(request: HttpRequest) -> HttpResponse:
    page = page_of(request, Event.objects.visible().newest_first().select_related("photo"))
    return render(request, "news/events.html", {"page": page})


def event(request: HttpRequest, slug: str) -> HttpResponse:
    found = row_by_slug(Event.objects.visible().select_related("photo"), slug)
    if found.slug != slug:
        return redirect(found, permanent=True)
    articles = Article.objects.published().filter(events=found).newest_first().for_cards()
    return render(request, "news/event.html", {"event": found, "page": page_of(request, articles)})
