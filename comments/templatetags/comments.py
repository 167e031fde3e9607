from typing import Any

from django import template

from news.models import Article

from ..models import Comment, OpinionCount
from ..pagination import OpinionPage, page_of
from ..submission.forms import OpinionForm
from ..submission.limits import is_open

register = template.Library()


@register.inclusion_tag("comments/_feedback.html", takes_context=True)
def feedback(context: template.Context, article: Article) -> dict[str, Any]:
    """The opinions below an article and the form for a new one. Nothing in it belongs to one reader, so the page can be kept."""
    if context.get("is_preview") or article.pk is None or article.comment_mode == Article.CommentMode.HIDDEN:
        return {"is_shown": False}
    count = OpinionCount.objects.filter(article=article).values_list("published", flat=True).first() or 0
    return {
        "is_shown": True,
        "article": article,
        "count": count,
        "page": page_of(Comment.objects.of_article(article.pk), None) if count else OpinionPage([], True, ""),
        "form": OpinionForm(),
        "is_open": is_open(article),
    }


@register.filter
def field_note(field: Any) -> str:
    """The ids of what a screen reader says about a field: its hint, its errors."""
    parts = [f"{field.auto_id}-goi-y"] if field.name in ("email", "noi_dung") else []
    return " ".join([*parts, f"{field.auto_id}-loi"]) if field.errors else " ".join(parts)
