from typing import Any, Protocol

from django.db import OperationalError

from ..analysis import TermEncoder
from ..conjunction import Conjunction
from ..scope import Scope


class SearchTooSlow(OperationalError):
    """The database cancelled a search that exceeded its time limit, so that others get their turn."""


class Backend(Protocol):
    """Implemented by the modules sqlite and postgresql."""

    @property
    def encoder(self) -> TermEncoder[Any]: ...

    def find(self, conjunction: Conjunction, scope: Scope, limit: int) -> list[int]:
        """Newness of the newest matching entries, newest first. Raises SearchTooSlow."""
