"""How a syllable typed without marks can go on, for words that are only half typed."""

from .. import syllables
from .words import bare

SYLLABLES = frozenset(map(bare, syllables.SYLLABLES))
SHORTEST = 2  # letters; one letter goes on in hundreds of ways


def completions(start: str) -> list[str]:
    """Syllables that begin so and are longer: "vi" → "via", "vic", …, "vien", …"""
    if len(start) < SHORTEST:
        return []
    return sorted(syllable for syllable in SYLLABLES if syllable.startswith(start) and syllable != start)
