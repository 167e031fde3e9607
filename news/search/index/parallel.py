"""Processes the articles in batches by several worker processes, for a rebuild."""

import gc
import os
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain
from multiprocessing import get_context, parent_process
from typing import TypeVar

from django.db import connection

from ...db.batches import in_batches
from ...models import Article
from ...models.search_entry import SearchEntry
from .entries import BATCH_SIZE, WHAT, Progress, all_article_ids, batches, build_entry, for_indexing, with_tokens

MAX_WORKERS = 4  # the database serves readers as well
MAX_PENDING_BATCHES = 8  # their results take memory
GC_THRESHOLD = 100_000  # allocations; one article with its words makes fewer

T = TypeVar("T")


def process_batches(
    function: Callable[[list[int]], T], progress: Progress, close_in_workers: Sequence[int] = ()
) -> Iterator[T]:
    """Calls the function with batches of article ids, the newest first, and yields its results in that order. Every
    worker has its own database connection; it closes the given file descriptors, which it inherits."""
    pending = list(batches(all_article_ids()[::-1]))
    connection.close()  # a forked worker must not inherit it
    with worker_pool(close_in_workers) as pool:
        yield from progress(ordered_results(pool, function, pending), "Lập chỉ mục", len(pending))


def build_entries(pks: list[int]) -> Iterator[SearchEntry]:
    """An article whose entry cannot be built is logged and left out."""
    return chain.from_iterable(in_batches(pks, build_batch, size=BATCH_SIZE, what=WHAT, writes=False))


def build_batch(pks: list[int]) -> list[SearchEntry]:
    return list(map(with_tokens, map(build_entry, for_indexing(Article.objects.filter(pk__in=pks)))))


def worker_pool(close_in_workers: Sequence[int] = ()) -> ProcessPoolExecutor:
    workers = min(os.cpu_count() or 1, MAX_WORKERS)
    return ProcessPoolExecutor(workers, get_context("fork"), initialize_worker, (close_in_workers,))


def initialize_worker(file_descriptors: Sequence[int]) -> None:
    gc.freeze()  # objects of the parent are no garbage; to scan them again and again takes a tenth of the time
    gc.set_threshold(GC_THRESHOLD)  # the words of an article are freed by their reference counts
    for file_descriptor in file_descriptors:
        os.close(file_descriptor)
    threading.Thread(target=exit_with_parent, daemon=True).start()


def exit_with_parent() -> None:
    """Otherwise the workers of a killed process would keep their connections and wait for work for ever."""
    if parent := parent_process():
        parent.join()
    os._exit(1)


def ordered_results(
    pool: ProcessPoolExecutor, function: Callable[[list[int]], T], pending: list[list[int]]
) -> Iterator[T]:
    futures: deque[Future[T]] = deque()
    for batch in pending:
        futures.append(pool.submit(function, batch))
        if len(futures) > MAX_PENDING_BATCHES:
            yield futures.popleft().result()
    while futures:
        yield futures.popleft().result()


def execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
