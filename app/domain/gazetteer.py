"""The districts and streets of this city, found in what was said: by name, without the last word, and by sound."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from app.domain.dispatch import DispatchCatalogue
from app.domain.sound import SoundOf, fuzzy

TAILS = ("街道", "地区", "镇", "乡")
"""What a street's name ends with (街道办事处 are streets, towns, townships)."""

_NOT_AFTER_BARE = (
    "门",
    "路",
    "街",
    "大街",
    "桥",
    "站",
    "医院",
    "公园",
    "剧场",
    "大厦",
    "大悦城",
    "小学",
    "中学",
    "土木",
    "办事处",
    "北路",
    "南大街",
    "北大街",
    "东大街",
    "西大街",
    "南街",
    "北街",
    "东街",
    "西街",
    "南路",
    "东路",
    "西路",
)
_ROADLIKE = ("路", "街", "门", "园", "庄园", "里", "湖", "山", "桥", "市场")
_NOT_STREETS = frozenset(["街道", "地区", "乡镇", "城镇", "本镇", "本乡", "全镇", "全乡"])


@dataclass(frozen=True, slots=True)
class Area:
    """A district or a street that words name. `how`: "name", "bare" (海淀, 方庄) or "sound" (海店区)."""

    name: str
    start: int
    end: int
    how: str
    is_street: bool = False


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Streets with the district that each lies in, and the districts. Empty where a site has no catalogue."""

    streets: Mapping[str, str] = field(default_factory=dict)
    districts: tuple[str, ...] = ()

    @classmethod
    def of(cls, catalogue: DispatchCatalogue) -> "Gazetteer":
        areas = [area for unit in catalogue.units for area in unit.areas if area not in catalogue.streets]
        names = dict.fromkeys((*catalogue.streets.values(), *areas))
        return cls(dict(catalogue.streets), tuple(name for name in names if name[-1] in "区县市旗" and len(name) > 1))


@dataclass(frozen=True, slots=True)
class _Name:
    name: str
    spelling: str
    is_street: bool
    is_bare: bool


class Areas:
    """Finds the areas of one gazetteer. Pure; the sounds are asked for at the first text, not before."""

    def __init__(self, gazetteer: Gazetteer, sound_of: SoundOf | None = None) -> None:
        self.gazetteer, self._sound_of = gazetteer, sound_of
        self._spellings: dict[str, list[_Name]] = {}
        for name in _names(gazetteer):
            self._spellings.setdefault(name.spelling[0], []).append(name)
        self._sounds: dict[str, list[tuple[tuple[str, ...], _Name]]] | None = None
        self.in_text = lru_cache(512)(self._in_text)

    def _in_text(self, text: str) -> tuple[Area, ...]:
        """Areas in order, none within another; a spelling outweighs a sound at the same place."""
        found = [*self._by_spelling(text), *self._by_sound(text)]
        found.sort(key=lambda area: (area.how == "sound", -(area.end - area.start)))
        kept: list[Area] = []
        for area in found:
            if not any(area.start < other.end and other.start < area.end for other in kept):
                kept.append(area)
        return tuple(sorted(kept, key=lambda area: area.start))

    def _by_spelling(self, text: str) -> list[Area]:
        found = []
        for start, sign in enumerate(text):
            for name in self._spellings.get(sign, ()):
                end = start + len(name.spelling)
                if text.startswith(name.spelling, start) and not (name.is_bare and text[end:].startswith(_NOT_AFTER_BARE)):
                    found.append(Area(name.name, start, end, "bare" if name.is_bare else "name", name.is_street))
        return found

    def _by_sound(self, text: str) -> list[Area]:
        """Whole names only, of three syllables and more: two syllables sound like too much else."""
        if self._sound_of is None or not self._spellings or not text:
            return []
        if self._sounds is None:
            self._sounds = self._prepared(self._sound_of)
        heard = tuple(fuzzy(sound) for sound in self._sound_of(text))
        found = []
        for start, sound in enumerate(heard):
            for sounds, name in self._sounds.get(sound, ()):
                end = start + len(sounds)
                if heard[start:end] == sounds and not text.startswith(name.spelling, start):
                    found.append(Area(name.name, start, end, "sound", name.is_street))
        return found

    def _prepared(self, sound_of: SoundOf) -> dict[str, list[tuple[tuple[str, ...], _Name]]]:
        sounds: dict[str, list[tuple[tuple[str, ...], _Name]]] = {}
        for name in (name for names in self._spellings.values() for name in names):
            if not name.is_bare and len(name.spelling) >= 3:
                key = tuple(fuzzy(sound) for sound in sound_of(name.spelling))
                sounds.setdefault(key[0], []).append((key, name))
        return sounds


def _names(gazetteer: Gazetteer) -> list[_Name]:
    names = []
    for street in gazetteer.streets:
        names.append(_Name(street, street, True, False))
        bare = bare_street(street)
        if bare != street and len(bare) > 1 and not bare.endswith(_ROADLIKE):
            names.append(_Name(street, bare, True, True))
    for district in gazetteer.districts:
        names.append(_Name(district, district, False, False))
        if len(district) > 2:
            names.append(_Name(district, district[:-1], False, True))
    return [name for name in names if name.name not in _NOT_STREETS]


def bare_street(street: str) -> str:
    for tail in TAILS:
        if street.endswith(tail):
            return street.removesuffix(tail)
    return street
