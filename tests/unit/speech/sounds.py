"""What the tests of words by their sound share: fuzzy syllables, one a sign."""

from app.domain.sound import fuzzy
from app.speech.sound import sound_of


def fuzzy_sounds(text: str) -> tuple[str, ...]:
    return tuple(fuzzy(syllable) for syllable in sound_of(text))
