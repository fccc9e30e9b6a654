"""What typing costs: key presses with an input method, the fewest that a practised agent needs."""

from collections.abc import Callable
from math import ceil

from app.speech.sound import sound_of

WORD = 4
"""Signs that one key accepts from the candidates: long, so that typing is not made to look dear."""

HOW = """Keys. A chord (Ctrl+J, Alt+P) is one. Chinese is typed by double pinyin (shuangpin): two keys a sign, and one key
takes up to four signs at once, no candidate is ever searched for and nothing mistyped: fewer keys than agents need, so
that help is not made to look better than it is. "full pinyin" counts the letters of each syllable instead. Figures,
letters and punctuation are one key each. Without help the same form is filled by the same keys with no recogniser; a
field is reached by one key in both. With help the transcript is replayed through the real desk, each unsure field is
confirmed by its key, wrong and missing values are put right by real keys, and the ticket is compared with the reference
at the end. Choosing the unit and saving are the same in both: not counted. A paragraph is right when it holds the facts
of the reference; a missing fact is typed at its end, other wrong words in it are not counted."""


def is_chinese(sign: str) -> bool:
    return "\u3400" <= sign <= "\u9fff"


def keys_for(text: str) -> int:
    """Presses for a text by 双拼."""
    return _keys(text, lambda run: 2 * len(run))


def full_keys_for(text: str) -> int:
    """Presses for a text by whole pinyin."""
    return _keys(text, lambda run: sum(len(one) for one in sound_of(run)))


def _keys(text: str, spelt: Callable[[str], int]) -> int:
    total, run = 0, ""
    for sign in f"{text}\n":
        if is_chinese(sign):
            run += sign
            continue
        total += spelt(run) + ceil(len(run) / WORD) if run else 0
        total += sign != "\n"
        run = ""
    return total
