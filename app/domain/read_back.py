"""The number in a field that is to be read back: telephone and identity numbers, however they are written."""

import re

_RUN = re.compile(r"\+?\d[\d\s()（）-]{3,}[\dXx]")
LEAST = 5
"""Digits that make a number worth reading back."""


def number_in(text: str) -> str:
    """The longest number in a text, as digits (and a last X); "" where there is none.

    >>> number_in("张先生 138-0000 0001")
    '13800000001'
    """
    runs = [re.sub(r"[^\dXx]", "", run.group()) for run in _RUN.finditer(text)]
    longest = max(runs, key=len, default="")
    return longest.upper() if len(longest) >= LEAST else ""
