"""Digits as they are spoken in Mandarin: telephone numbers told on the telephone."""

import re

SPOKEN_DIGITS = dict(zip("零〇一二三四五六七八九幺洞两", "00123456789102", strict=True))
"""幺 is one; 洞 is zero; 两 is two."""

_RUN = re.compile(r"[零〇一二三四五六七八九幺洞两0-9](?:[\s,，、.。-]?[零〇一二三四五六七八九幺洞两0-9])*")


def spoken_digit_runs(text: str) -> list[tuple[int, int, str]]:
    """Stretches of digits, spoken or written, that follow each other: start, end and the digits as 0-9."""
    found = []
    for run in _RUN.finditer(text):
        digits = "".join(SPOKEN_DIGITS.get(sign, sign) for sign in run[0] if sign in SPOKEN_DIGITS or sign.isdigit())
        found.append((run.start(), run.end(), digits))
    return found
