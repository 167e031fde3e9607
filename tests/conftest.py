import os
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("TESTING", "1")
# Playwright's event loop lives in the same thread as the tests' own database calls.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

import pytest
from pytest_django.fixtures import SettingsWrapper


@pytest.fixture(autouse=True)
def fast_and_private(settings: SettingsWrapper, tmp_path: Path) -> Iterator[None]:
    """Cheap password hashes; uploads go to a folder that ends with the test."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path / "media"
    yield
