from functools import lru_cache

from ..text import syllables
from .analysis import fold_word

SYLLABLES = frozenset(map(fold_word, syllables.SYLLABLES))  # without diacritics


@lru_cache(maxsize=1_000)
def completions(prefix: str) -> tuple[str, ...]:
    """Longer syllables with this prefix: "vi" → "via", "vic", …, "vien", …"""
    return tuple(sorted(syllable for syllable in SYLLABLES if syllable.startswith(prefix) and syllable != prefix))
