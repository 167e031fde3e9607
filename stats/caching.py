from collections.abc import Callable, Hashable
from time import monotonic
from typing import Generic, NamedTuple, TypeVar

from django.db import DatabaseError

T = TypeVar("T")


class Entry(NamedTuple, Generic[T]):
    key: Hashable
    expires_at: float  # seconds of the monotonic clock
    value: T


class CachedValue(Generic[T]):
    """One computed value, cached in this process for some seconds.

    A value cached under another key (such as another day) is never returned."""

    def __init__(self, compute: Callable[[], T]) -> None:
        self.compute = compute
        self.entry: Entry[T] | None = None

    def get(self, key: Hashable, max_age: float) -> T:
        """Raises DatabaseError when the database fails and no value of the same key, even an expired one, is cached."""
        entry = self.entry if self.entry and self.entry.key == key else None
        if entry and monotonic() < entry.expires_at:
            return entry.value
        try:
            value = self.compute()
        except DatabaseError:
            if entry and max_age:
                return entry.value
            raise
        self.entry = Entry(key, monotonic() + max_age, value)
        return value

    def clear(self) -> None:
        self.entry = None
