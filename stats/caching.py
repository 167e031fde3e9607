"""A value that one process remembers for some seconds. The pages are full of numbers that nobody needs to the second."""

from collections.abc import Callable, Hashable
from time import monotonic
from typing import Generic, TypeVar

from django.db import DatabaseError

T = TypeVar("T")


class Remembered(Generic[T]):
    """One value under one key: another key (another day) makes it anew at once."""

    def __init__(self, make: Callable[[], T]) -> None:
        self.make = make
        self.kept: tuple[Hashable, float, T] | None = None

    def get(self, key: Hashable, seconds: float) -> T:
        kept = self.kept
        if kept and kept[0] == key and monotonic() < kept[1]:
            return kept[2]
        try:
            value = self.make()
        except DatabaseError:
            if kept and kept[0] == key and seconds:
                return kept[2]  # better a number of a minute ago than a page without one
            raise
        self.kept = (key, monotonic() + seconds, value)
        return value
