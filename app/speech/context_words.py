"""Words that their neighbours give away, put right by sound: 3单远 → 3单元, 502市 → 502室, and fire where it burns."""

import re
from collections.abc import Sequence

from app.domain.sound import fuzzy
from app.speech.signs import Change

_NUMBER = "[0-9零〇一二三四五六七八九十百幺]"
_HAN = "[\u4e00-\u9fff]"
_ROOM = f"(?<=[元栋幢楼座]{_NUMBER}{{3}}){_HAN}|(?<=[元栋幢楼座]{_NUMBER}{{4}}){_HAN}"
_WORDS = tuple(
    (re.compile(pattern), word, sounds)
    for pattern, word, sounds in (
        (rf"(?<={_NUMBER})[单丹弹担旦]{_HAN}", "单元", ({"dan"}, {"yuan", "yan", "yun"})),
        (rf"(?<={_NUMBER})号{_HAN}(?={_NUMBER})", "号楼", ({"hao"}, {"lou"})),
        (_ROOM, "室", ({"si"},)),
        (rf"(?<={_HAN}{{2}})[录陆鹿露绿](?={_NUMBER}{{1,5}}号)", "路", ({"lu", "lv"},)),
    )
)
"""The sounds are as `fuzzy` leaves them."""
_STAYS = re.compile(r"[零〇一二三四五六七八九十百千万两]|是|时|事|市[中场区长]|失|单[据位身价独子]|担[心保任]|弹[簧性]")
"""Real words in these places: 三号楼402是我家."""
_FIRE = re.compile(r"[找招照召](?=火(?:了|啦|吗|没|[，。！？]|$))")
_BURNS = re.compile(r"烟|烧|消防|着火|火灾|救|119|一一九|[楼房屋家里]|仓库|店|厂|山上|车")
"""Without one of these a caller may well be looking for a light."""


def context_changes(text: str, sounds: Sequence[str]) -> tuple[Change, ...]:
    """In order and apart; each as long as what it replaces. `sounds`: one toneless syllable a sign."""
    found = []
    for pattern, word, wanted in _WORDS:
        for match in pattern.finditer(text):
            heard = [fuzzy(sound) for sound in sounds[match.start() : match.end()]]
            fits = all(sound in ways for sound, ways in zip(heard, wanted, strict=True))
            if fits and match[0] != word and not _STAYS.match(text, match.start()):
                found.append(Change(match.start(), match.end(), word))
    fires = list(_FIRE.finditer(text))
    if len(fires) > 1 or (fires and _BURNS.search(text)):
        found += [Change(match.start(), match.end(), "着") for match in fires]
    return tuple(sorted(found, key=lambda change: change.start))
