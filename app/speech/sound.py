"""How Chinese text sounds: one toneless syllable a character, so that words are known by sound where the spelling erred."""

import os
from functools import lru_cache

# Characters are asked one by one: the table of phrases would never be looked at, and costs 46 MB and 0.2 s.
# A child process, such as a voice, may want it: the word about it is taken back.
os.environ["PYPINYIN_NO_PHRASES"] = "1"
try:
    from pypinyin import Style, lazy_pinyin, pinyin
finally:
    del os.environ["PYPINYIN_NO_PHRASES"]


@lru_cache(4096)
def sound_of(text: str) -> tuple[str, ...]:
    """One entry for each character of `text`: its toneless pinyin (火 → "huo"), or the character itself where it has none."""
    return tuple(lazy_pinyin(list(text), style=Style.NORMAL)) if text else ()


_MANY_VOICED = frozenset(
    "着长重行乐都大会和还调觉校便藏传弹得地干更好号几假间教降角结解尽看空累量落没难宁铺强切曲散少省盛石数似宿提为系相削兴"
    "压应与晕载扎占朝折只中种转车单厦场番柏堡卡露陆率薄差冲处畜创恶发分给供冠观喝划监将券圈杉扇上翘血壳参"
)
"""Signs whose other readings live in today's speech; the table knows dead ones of many more (台 as yi)."""


def readings_of(word: str) -> tuple[frozenset[str], ...]:
    """The toneless readings of each sign of `word`: 着 → {zhe, zhao, zhuo}."""
    every = pinyin(list(word), style=Style.NORMAL, heteronym=True)
    return tuple(frozenset(ways if sign in _MANY_VOICED else ways[:1]) for sign, ways in zip(word, every, strict=True))
