from typing import Any

from django import template
from django.forms import BoundField

from news.models import Article

from ..models import Comment, OpinionCount
from ..opinion_period import accepts_opinions, period_for_readers
from ..pagination import OpinionPage, opinion_page
from ..submission.forms import OpinionForm

register = template.Library()

FIELDS_WITH_HINT = ("email", "body")


@register.inclusion_tag("comments/_feedback.html", takes_context=True)
def feedback(context: template.Context, article: Article) -> dict[str, Any]:
    """The opinions on an article and the form for a new one: the same for every reader, so that pages can be cached."""
    if context.get("is_preview") or article.pk is None or article.comment_mode == Article.CommentMode.HIDDEN:
        return {"is_shown": False}
    count = OpinionCount.objects.filter(article=article).values_list("published", flat=True).first() or 0
    return {
        "is_shown": True,
        "article": article,
        "count": count,
        "page": opinion_page(Comment.objects.of_article(article.pk), None) if count else OpinionPage([], True, ""),
        "form": OpinionForm(),
        "is_open": accepts_opinions(article),
        "period": period_for_readers(article),
    }


@register.filter
def described_by(field: BoundField) -> str:
    ids = [f"{field.auto_id}-hint"] if field.name in FIELDS_WITH_HINT else []
    return " ".join([*ids, f"{field.auto_id}-error"] if field.errors else ids)
