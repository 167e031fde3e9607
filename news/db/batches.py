import logging
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

from django.db import connection, transaction

logger = logging.getLogger(__name__)

T = TypeVar("T")


def in_batches(
    pks: Iterable[int], work: Callable[[list[int]], T], *, size: int, what: str, failed: list[int]
) -> Iterator[T]:
    """Does the work for each batch of rows in a transaction of its own, and yields what it returns.

    One bad row does not stop the others: where a batch fails, the work is done again for each of its rows alone. A row
    that fails alone is logged, with `what` it is, and added to `failed`. Raises only when the database is away."""
    remaining = iter(pks)
    while batch := list(islice(remaining, size)):
        try:
            with transaction.atomic():
                done = work(batch)
        except Exception:
            raise_if_away()
        else:
            yield done
            continue
        for pk in batch:
            try:
                with transaction.atomic():
                    done = work([pk])
            except Exception:
                raise_if_away()
                logger.exception("%s %s is left out, the others are done", what, pk)
                failed.append(pk)
            else:
                yield done


def raise_if_away() -> None:
    """Raises the exception that is being handled if the connection has broken: then the row is not to blame."""
    if not connection.is_usable():
        raise
