from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..caching import cached_for_a_moment
from ..forms.search import SearchForm
from ..listings.pagination import page_of
from ..models import CategoryTree
from ..search.backends.base import SearchTooSlow
from ..search.query import parse
from ..search.results import suggestions as suggested_articles
from ..templatetags.news import news_date
from ..text.cleaning import clean_line

SUGGESTIONS = 8
MAX_TYPED_LENGTH = 100  # characters; a title that is typed so far needs no suggestion
SUGGESTIONS_MAX_AGE = 10  # seconds; short, because a withdrawn title must disappear


def search(request: HttpRequest) -> HttpResponse:
    tree = cached_for_a_moment("category_tree", CategoryTree.load)
    form = SearchForm(request.GET, tree)
    form.full_clean()
    context = {"tree": tree, "form": form, "query": form.cleaned_data.get("q", ""), "results": form.results()}
    try:
        page = page_of(request, context["results"])
    except SearchTooSlow:
        return render(request, "news/search.html", context | {"is_too_slow": True}, status=503)
    return render(request, "news/search.html", context | {"page": page})


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    typed = clean_line(request.GET.get("q", ""))[:MAX_TYPED_LENGTH]
    try:
        found = suggested_articles(parse(typed), SUGGESTIONS)
    except SearchTooSlow:
        found = []
    titles = [
        {"title": article.title, "url": article.get_absolute_url(), "day": news_date(article.published_at)}
        for article in found
    ]
    response = JsonResponse({"articles": titles}, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = f"public, max-age={SUGGESTIONS_MAX_AGE}"
    response["X-Robots-Tag"] = "noindex"
    return response
