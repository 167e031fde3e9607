from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from ..listings.pagination import page_of
from ..models import Article, Event


def events(request: HttpRequest) -> HttpResponse:
    page = page_of(request, Event.objects.visible().newest_first().select_related("photo"))
    return render(request, "news/events.html", {"page": page})


def event(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Event.objects.visible().select_related("photo"), slug=slug)
    articles = Article.objects.published().filter(events=found).newest_first().for_cards()
    return render(request, "news/event.html", {"event": found, "page": page_of(request, articles)})
