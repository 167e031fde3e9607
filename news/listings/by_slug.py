from typing import TypeVar

from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404

M = TypeVar("M", bound=Model)


def row_by_slug(rows: QuerySet[M], slug: str) -> M:
    """Raises Http404. Rows that came by SQL may have capital letters in their slugs."""
    return rows.filter(slug=slug).first() or get_object_or_404(rows.order_by("pk"), slug__iexact=slug)
