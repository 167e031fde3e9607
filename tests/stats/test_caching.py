import pytest
from django.db import OperationalError

from stats.caching import CachedValue


def test_cached_value_is_returned_while_the_database_is_away(monkeypatch: pytest.MonkeyPatch):
    answers = iter([7])

    def compute() -> int:
        try:
            return next(answers)
        except StopIteration:
            raise OperationalError("away") from None

    cached = CachedValue(compute)
    monkeypatch.setattr("stats.caching.monotonic", lambda: 0.0)
    assert cached.get("hôm nay", 20) == 7
    monkeypatch.setattr("stats.caching.monotonic", lambda: 100.0)
    assert cached.get("hôm nay", 20) == 7
    with pytest.raises(OperationalError):
        cached.get("hôm sau", 20)
