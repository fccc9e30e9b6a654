"""Character error rate: signs to change, add or remove, over the signs that were said.

Counted after compatibility forms are folded (NFKC), signs simplified, digits read out one by one, case folded and
punctuation and spaces dropped; so "１３８" is 一三八, and "臺" is 台.
"""

import functools
import unicodedata
from collections.abc import Callable, Iterable

import numpy as np

_DIGITS = str.maketrans("0123456789幺〇", "零一二三四五六七八九一零")


def plain(text: str) -> str:
    """Letters and digits as they are said."""
    folded = _simplify(unicodedata.normalize("NFKC", text)).translate(_DIGITS).casefold()
    return "".join(sign for sign in folded if unicodedata.category(sign)[0] in "LN")


def distance(wanted: str, got: str) -> int:
    """Signs to change, add or remove; counted as given, see `plain`."""
    if not wanted or not got:
        return len(wanted) or len(got)
    heard = np.array([ord(sign) for sign in got])
    row = np.arange(len(got) + 1)
    steps = np.arange(len(got) + 1)
    for sign in wanted:
        changed = np.minimum(row[1:] + 1, row[:-1] + (heard != ord(sign)))
        fresh = np.concatenate([[row[0] + 1], changed])
        row = np.minimum.accumulate(fresh - steps) + steps  # adding signs, from left to right
    return int(row[-1])


def error_rate(pairs: Iterable[tuple[str, str]]) -> float:
    """Over all pairs of what was said and what was heard; 0 where nothing was said and nothing heard."""
    wrong = signs = 0
    for wanted, got in pairs:
        said = plain(wanted)
        wrong += distance(said, plain(got))
        signs += len(said)
    return wrong / max(1, signs)


def _simplify(text: str) -> str:
    return _converter()(text)


@functools.cache
def _converter() -> Callable[[str], str]:
    import opencc  # loaded when something is first measured

    convert: Callable[[str], str] = opencc.OpenCC("t2s").convert
    return convert
