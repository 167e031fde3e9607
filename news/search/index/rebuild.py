from django.db import connection

from .entries import Progress
from .rebuild_postgresql import build_and_swap
from .rebuild_sqlite import rebuild_in_place


def rebuild(progress: Progress) -> None:
    if connection.vendor == "postgresql":
        build_and_swap(progress)
    else:
        rebuild_in_place(progress)
