from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from ..converters import ArticleSlugConverter
from ..models import Article, CategoryTree

NEIGHBOURS = 5  # newer and older articles each that are listed below an article


def article(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = get_object_or_404(Article.objects.published().for_page(), pk=pk)
    if slug != ArticleSlugConverter().to_url(found.slug):
        return redirect(found, permanent=True)
    return render(request, "news/article.html", article_context(found))


def article_context(article: Article) -> dict[str, object]:
    neighbours = Article.objects.published().filter(category=article.category).for_cards()
    has_neighbours = article.published_at is not None and article.pk is not None
    tree = CategoryTree.load()
    return {
        "tree": tree,
        "article": article,
        "path": tree.path_to(article.category),
        "events": article.visible_events(),
        "related": article.related_articles(),
        "newer": list(neighbours.newer_than(article).oldest_first()[:NEIGHBOURS])[::-1] if has_neighbours else [],
        "older": neighbours.older_than(article).newest_first()[:NEIGHBOURS] if has_neighbours else [],
    }
