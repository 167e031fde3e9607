"""Loaded by pytest before anything else (see addopts), because settings.py reads the environment once."""

import os

from hypothesis import settings

os.environ["TESTING"] = "1"
# Playwright's event loop lives in the same thread as the tests' own database calls.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# How long one example takes says more about what else the machine is doing than about the code.
settings.register_profile("portal", deadline=None)
settings.load_profile("portal")
