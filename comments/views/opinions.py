from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from news.models import Article

from ..models import Comment, OpinionCount
from ..opinion_period import accepts_opinions, period_for_readers
from ..pagination import decode_cursor, opinion_page
from ..submission.forms import OpinionForm
from ..submission.submission import SubmissionResult


def get_article_with_opinions(pk: int) -> Article:
    articles = Article.objects.published().exclude(comment_mode=Article.CommentMode.HIDDEN).select_related("category")
    return get_object_or_404(articles.defer("body"), pk=pk)


def render_opinions(
    request: HttpRequest, article: Article, result: SubmissionResult | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {
        "article": article,
        "result": result,
        "form": result.form if result else OpinionForm(),
        "is_open": result.is_open if result else accepts_opinions(article),
        "period": period_for_readers(article),
        "page": opinion_page(Comment.objects.of_article(article.pk), decode_cursor(request.GET.get("truoc", ""))),
        "count": OpinionCount.objects.filter(article=article).values_list("published", flat=True).first() or 0,
    }
    return render(request, "comments/opinions.html", context, status=status)


@require_safe
def opinion(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(Comment.objects.published().for_page(), code=code)
    article = get_article_with_opinions(found.article_id)
    return render(request, "comments/opinion.html", {"opinion": found, "article": article})
