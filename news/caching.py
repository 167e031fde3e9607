"""Cache for values that are the same on every page. `{% cache %}` in the templates uses the same cache."""

from collections.abc import Callable
from typing import TypeVar, cast

from django.core.cache import caches

T = TypeVar("T")

MOMENT = 1  # seconds; so short that nothing has to invalidate the cache when a row changes


def cached_for_a_moment(key: str, make: Callable[[], T]) -> T:
    return cast(T, caches["template_fragments"].get_or_set(key, make, MOMENT))
