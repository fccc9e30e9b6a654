"""How Chinese text sounds: one toneless syllable a character, so that words are known by sound where the spelling erred."""

from functools import lru_cache

from pypinyin import Style, lazy_pinyin


@lru_cache(4096)
def sound_of(text: str) -> tuple[str, ...]:
    """One entry for each character of `text`: its toneless pinyin (火 → "huo"), or the character itself where it has none."""
    return tuple(lazy_pinyin(list(text), style=Style.NORMAL)) if text else ()
