"""What is the same on every page and would otherwise be asked of the database for each. `{% cache %}` in the templates
remembers in the same place."""

from collections.abc import Callable
from typing import TypeVar, cast

from django.core.cache import caches

T = TypeVar("T")

KEPT = 1  # seconds: so soon a change is seen on every host, and nothing has to tell of it


def remembered(name: str, make: Callable[[], T]) -> T:
    return cast(T, caches["template_fragments"].get_or_set(name, make, KEPT))
