from collections.abc import Callable, Iterable, Iterator
from typing import Any

# Yields the items while showing progress: items, label, number of items.
Track = Callable[[Iterable[Any], str, int], Iterator[Any]]
