from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from ..listings.front_page import front_page
from ..listings.pagination import page_of
from ..models import Article, CategoryTree, Event, Source, Tag

NEARBY = 5  # newer and older articles listed below an article
LISTED = 200  # feeds of a kind on the page that lists them; the others are found on the pages they belong to


def home(request: HttpRequest) -> HttpResponse:
    tree = CategoryTree.load()
    events = Event.objects.visible().newest_first().select_related("photo")[:4]
    return render(request, "news/home.html", {"tree": tree, "front": front_page(tree), "events": events})


def category(request: HttpRequest, slug: str) -> HttpResponse:
    tree = CategoryTree.load()
    found = next((item for item in tree.by_id.values() if item.slug == slug), None)
    if found is None:
        raise Http404
    articles = Article.objects.published().in_category(found, tree).newest_first().for_cards()
    context = {
        "tree": tree,
        "category": found,
        "path": tree.path_to(found),
        "children": tree.children[found.pk],
        "page": page_of(request, articles),
    }
    return render(request, "news/category.html", context)


def article(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = get_object_or_404(Article.objects.published().for_page(), pk=pk)
    if found.slug != slug:
        return redirect(found, permanent=True)
    return render(request, "news/article.html", article_context(found))


def article_context(article: Article) -> dict[str, object]:
    """Everything the article page shows; the admin's preview shows it through the same words."""
    neighbours = Article.objects.published().filter(category=article.category).for_cards()
    placed = article.published_at is not None and article.pk is not None
    tree = CategoryTree.load()
    return {
        "tree": tree,
        "article": article,
        "path": tree.path_to(article.category),
        "events": article.visible_events(),
        "related": article.related_articles(),
        "newer": list(neighbours.newer_than(article).oldest_first()[:NEARBY])[::-1] if placed else [],
        "older": neighbours.older_than(article).newest_first()[:NEARBY] if placed else [],
    }


def events(request: HttpRequest) -> HttpResponse:
    page = page_of(request, Event.objects.visible().newest_first().select_related("photo"))
    return render(request, "news/events.html", {"page": page})


def event(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Event.objects.visible().select_related("photo"), slug=slug)
    articles = Article.objects.published().filter(events=found).newest_first().for_cards()
    return render(request, "news/event.html", {"event": found, "page": page_of(request, articles)})


def tag(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Tag.objects.in_use(), slug=slug)
    articles = Article.objects.published().filter(tags=found).newest_first().for_cards()
    return render(request, "news/tag.html", {"tag": found, "page": page_of(request, articles)})


def source(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Source, slug=slug)
    articles = Article.objects.published().filter(source=found).newest_first().for_cards()
    return render(request, "news/source.html", {"source": found, "page": page_of(request, articles)})


def feeds(request: HttpRequest) -> HttpResponse:
    """All that can be subscribed to."""
    context = {
        "tree": CategoryTree.load(),
        "events": Event.objects.visible().newest_first()[:LISTED],
        "sources": Source.objects.all()[:LISTED],
        "tags": Tag.objects.in_use()[:LISTED],
    }
    return render(request, "news/feeds.html", context)
