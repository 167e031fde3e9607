"""A pytest plugin, loaded first (addopts in pyproject.toml) because settings.py reads the environment on import."""

import os

from hypothesis import settings

os.environ["TESTING"] = "1"
# Playwright runs its event loop in the thread of the tests, where Django would refuse database calls.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# The duration of an example depends more on the load of the machine than on the code.
settings.register_profile("portal", deadline=None)
settings.load_profile("portal")
