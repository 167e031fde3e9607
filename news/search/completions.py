"""How a syllable typed without marks can go on, for words that are only half typed."""

from functools import lru_cache

from ..text import syllables
from .words import bare

SYLLABLES = frozenset(map(bare, syllables.SYLLABLES))


@lru_cache(maxsize=1_000)
def completions(start: str) -> tuple[str, ...]:
    """Syllables that begin so and are longer: "vi" → "via", "vic", …, "vien", …"""
    return tuple(sorted(syllable for syllable in SYLLABLES if syllable.startswith(start) and syllable != start))
