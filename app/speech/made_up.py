"""Words that a speech model makes up where nobody speaks: credits of the films it learnt from, too much for the time."""

import re
import unicodedata

_CREDITS = re.compile(
    "字幕(由|志愿者|制作|組|组|提供|by)|請不吝|请不吝|点赞.{0,4}订阅|订阅.{0,4}转发|打赏支持|明镜与点点|独播剧场|观看.{0,3}本期|感谢(您的|大家的?)?观看|谢谢(您的|大家的?)?(观看|收看|收听)"
    "|作词.{0,6}作曲|词曲|编曲|amara|subtitle|thankyouforwatching|thanksforwatching|pleasesubscribe"
)
_ONLY_CREDITS = ("请不吝", "請不吝", "明镜与点点", "独播剧场", "amara")
_SIGNS_PER_S = 11.0
"""Nobody speaks faster: the quickest talkers reach eight or nine syllables a second."""
_SPARE = 4
_WHOLE = 0.5


def is_made_up(text: str, voiced_s: float) -> bool:
    """Whether nobody said this: mostly a credit, or far more signs than the speech could hold."""
    plain = _plain(text)
    if not plain:
        return True
    if _signs(plain) > voiced_s * _SIGNS_PER_S + _SPARE:
        return True
    return bool(_CREDITS.search(plain)) and _is_a_credit(plain)


def _is_a_credit(plain: str) -> bool:
    """A caller may speak of subtitles; a credit is nothing but that, in one short line."""
    found = sum(len(match.group()) for match in _CREDITS.finditer(plain))
    return found >= _WHOLE * len(plain) or any(mark in plain for mark in _ONLY_CREDITS)


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).lower()
    return "".join(sign for sign in folded if unicodedata.category(sign)[0] in "LN")


def _signs(plain: str) -> int:
    """Syllables, roughly: a Latin word counts as a third of its letters."""
    latin = sum(sign.isascii() and sign.isalpha() for sign in plain)
    return len(plain) - latin + latin // 3
