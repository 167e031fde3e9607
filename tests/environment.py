"""Loaded by pytest before anything else (see addopts), because settings.py reads the environment once."""

import os

os.environ["TESTING"] = "1"
# Playwright's event loop lives in the same thread as the tests' own database calls.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
