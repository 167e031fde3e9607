from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..listings.front_page import front_page
from ..models import CategoryTree, Event

EVENTS = 4


def home(request: HttpRequest) -> HttpResponse:
    tree = CategoryTree.load()
    events = Event.objects.visible().newest_first().select_related("photo")[:EVENTS]
    return render(request, "news/home.html", {"tree": tree, "front": front_page(tree), "events": events})
