"""How Chinese text sounds: one toneless syllable a character, so that words are known by sound where the spelling erred."""

import os
from functools import lru_cache

# Characters are asked one by one: the table of phrases would never be looked at, and costs 46 MB and 0.2 s.
# A child process, such as a voice, may want it: the word about it is taken back.
os.environ["PYPINYIN_NO_PHRASES"] = "1"
try:
    from pypinyin import Style, lazy_pinyin
finally:
    del os.environ["PYPINYIN_NO_PHRASES"]


@lru_cache(4096)
def sound_of(text: str) -> tuple[str, ...]:
    """One entry for each character of `text`: its toneless pinyin (火 → "huo"), or the character itself where it has none."""
    return tuple(lazy_pinyin(list(text), style=Style.NORMAL)) if text else ()
