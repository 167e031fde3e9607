from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ..listings.by_slug import row_by_slug
from ..listings.pagination import page_of
from ..models import Article, Category, CategoryTree, Source, Tag


def category(request: HttpRequest, slug: str) -> HttpResponse:
    found = row_by_slug(Category.objects.all(), slug)
    if found.slug != slug:
        return redirect(found, permanent=True)
    tree = CategoryTree.load()
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
    found = row_by_slug(Tag.objects.in_use(), slug)
    if found.slug != slug:
        return redirect(found, permanent=True)
    articles = Article.objects.published().filter(tags=found).newest_first().for_cards()
    return render(request, "news/tag.html", {"tag": found, "page": page_of(request, articles)})


def source(request: HttpRequest, slug: str) -> HttpResponse:
    found = row_by_slug(Source.objects.all(), slug)
    if found.slug != slug:
        return redirect(found, permanent=True)
    articles = Article.objects.published().filter(source=found).newest_first().for_cards()
    return render(request, "news/source.html", {"source": found, "page": page_of(request, articles)})
