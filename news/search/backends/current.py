from django.db import connection

from . import postgresql, sqlite
from .base import Backend


def current_backend() -> Backend:
    return postgresql if connection.vendor == "postgresql" else sqlite
