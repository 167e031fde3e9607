from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from ..listings.pagination import page_of
from ..models import Article, CategoryTree, Source, Tag


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


def tag(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Tag.objects.in_use(), slug=slug)
    articles = Article.objects.published().filter(tags=found).newest_first().for_cards()
    return render(request, "news/tag.html", {"tag": found, "page": page_of(request, articles)})


def source(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Source, slug=slug)
    articles = Article.objects.published().filter(source=found).newest_first().for_cards()
    return render(request, "news/source.html", {"source": found, "page": page_of(request, articles)})
