from django.db import models
from django.http import HttpRequest

from ..text.folding import fold


class AccentInsensitiveSearchMixin:
    """Searches `folded_field` with or without diacritics. It reads all names: for a few thousand rows at most."""

    folded_field = "name"

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet, search_term: str
    ) -> tuple[models.QuerySet, bool]:
        words = fold(search_term).split()
        if not words:
            return queryset, False
        names = queryset.order_by().values_list("pk", self.folded_field)
        found = [pk for pk, name in names if all(word in fold(name) for word in words)]
        return queryset.filter(pk__in=found), False
