"""Numbers of people kept out of what is written down: telephone and identity numbers become a word, ids of calls stay."""

import logging
import re
import traceback
from pathlib import Path

MASK = "[number]"
_STEPS = 6

_SPOKEN = "零〇一二三四五六七八九幺洞"
_MOBILE = "|".join(
    "1[3-9]" + "[ -]".join(rf"\d{{{size}}}" for size in (first - 2, *rest))
    for first, *rest in ((11,), (3, 4, 4), (3, 3, 5), (4, 3, 4), (4, 4, 3), (5, 6), (7, 4), (3, 8))
)
_PERSONAL = re.compile(
    r"(?P<id>\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b|\b[0-9a-fA-F]{32}(?:[0-9a-fA-F]{32})?\b)|(?:"
    r"(?<![0-9])[1-9]\d{16}[0-9Xx](?![0-9A-Za-z])"  # an identity card
    r"|(?<![0-9])[1-9]\d{14}(?![0-9A-Za-z])"  # one of the old form
    r"|(?<![0-9A-Za-z])\+\d(?:[ -]?\d){6,14}(?![0-9])"  # with the code of a country
    rf"|(?<![0-9.])(?:(?:00)?86[ -]?|0)?(?:{_MOBILE})(?![0-9])"
    r"|(?<![0-9.])0(?:10|2\d|[3-9]\d\d)[ -]?[2-8]\d{2,3}[ -]?\d{4}(?![0-9])"  # a landline with its area code
    r"|(?<![0-9.A-Fa-f_=/-])(?!20[0-4]\d(?:0\d|1[0-2])[0-3]\d)[2-8]\d{7}(?![0-9A-Fa-f.])"  # a landline of this city, no date
    r"|(?<![0-9.])[48]00[ -]?\d{3}[ -]?\d{4}(?![0-9])"
    rf"|[{_SPOKEN}](?:[ ，,、-]?[{_SPOKEN}]){{6,}}"  # read out
    r")"
)


def masked(text: str) -> str:
    """The text without numbers that lead to a person."""
    return _PERSONAL.sub(lambda found: found[0] if found["id"] else MASK, text)


def place_of(wrong: BaseException) -> str:
    """What failed and where, without what it says of it: over words of a caller, a message may hold them."""
    steps = traceback.extract_tb(wrong.__traceback__)[-_STEPS:]
    return " < ".join([type(wrong).__name__, *(f"{Path(step.filename).name}:{step.lineno}" for step in reversed(steps))])


class MaskingFormatter(logging.Formatter):
    """Masks the whole record, its traceback included."""

    def format(self, record: logging.LogRecord) -> str:
        return masked(super().format(record))


def mask_log() -> None:
    """Masks what the handlers of the root logger write from now on, in the form they have."""
    for handler in logging.getLogger().handlers:
        form = handler.formatter
        handler.setFormatter(MaskingFormatter(form._fmt if form is not None else None))
