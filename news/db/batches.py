"""Work on many rows, of which one bad one must not stop the others."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from itertools import islice
from typing import TypeVar

from django.db import InterfaceError, OperationalError, ProgrammingError, transaction

logger = logging.getLogger(__name__)

# The database is away, locked or full, or its tables are not those of this release: no row is to blame, and the whole
# work is tried again later.
AWAY = (OperationalError, InterfaceError, ProgrammingError)

K = TypeVar("K")
T = TypeVar("T")


def one_by_one(items: Iterable[K], work: Callable[[K], T], *, what: str, failed: list[K] | None = None) -> Iterator[T]:
    """Yields what the work returns for each item. An item that fails is logged, with `what` it is, and added to
    `failed`. Raises only AWAY."""
    for item in items:
        try:
            done = work(item)
        except AWAY:
            raise
        except Exception:
            logger.exception("%s %s is left out, the others go on", what, item)
            if failed is not None:
                failed.append(item)
        else:
            yield done


def in_batches(
    pks: Iterable[int],
    work: Callable[[list[int]], T],
    *,
    size: int,
    what: str,
    failed: list[int] | None = None,
    writes: bool = True,
) -> Iterator[T]:
    """Does the work for each batch of rows, in a transaction of its own if it `writes`, and yields what it returns.

    Where a batch fails, the work is done again for each of its rows alone; see one_by_one()."""

    def in_transaction(batch: list[int]) -> T:
        with transaction.atomic() if writes else nullcontext():
            return work(batch)

    remaining = iter(pks)
    while batch := list(islice(remaining, size)):
        try:
            done = in_transaction(batch)
        except AWAY:
            raise
        except Exception:
            yield from one_by_one(batch, lambda pk: in_transaction([pk]), what=what, failed=failed)
        else:
            yield done
