"""Mandarin by sound: what a recogniser writes with the wrong characters still sounds like what was said."""

from collections.abc import Callable, Sequence

SoundOf = Callable[[str], Sequence[str]]
"""The toneless pinyin of each character of a text, one entry a character; what has no pinyin stands for itself."""

_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_FINALS = (("ang", "an"), ("eng", "en"), ("ing", "in"))


def fuzzy(syllable: str) -> str:
    """One spelling for syllables that are mixed up on the telephone: zh/z, ch/c, sh/s, n/l, ang/an, eng/en, ing/in."""
    for initial, plain in _INITIALS:
        if syllable.startswith(initial) and len(syllable) > len(initial):
            syllable = plain + syllable[len(initial) :]
            break
    for final, plain in _FINALS:
        if syllable.endswith(final):
            return syllable[: -len(final)] + plain
    return syllable
