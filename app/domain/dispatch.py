"""To which unit a request goes (派单): a catalogue of undertaking units, and advice with reasons. The agent decides."""

from collections.abc import Mapping
from dataclasses import dataclass, field

FALLBACK_SCORE = 0.5
"""Below every unit that a word of the matter speaks for."""


@dataclass(frozen=True, slots=True)
class Unit:
    """An undertaking unit (承办单位) of the dispatch catalogue (派单目录)."""

    key: str
    name: str
    matters: tuple[str, ...] = ()  # words of the matters it is responsible for
    areas: tuple[str, ...] = ()  # districts and streets; empty = the whole city
    phone: str = ""
    is_fallback: bool = False  # 属地兜底: area known, unit unknown (R31)


@dataclass(frozen=True, slots=True)
class UnitAdvice:
    """One unit that may be right, and why: the words of the request and of the place that speak for it."""

    unit: Unit
    score: float
    matter_words: tuple[str, ...] = ()
    area_words: tuple[str, ...] = ()
    deadline: str = ""  # what the rule pack says of the next limit, for the screen


@dataclass(frozen=True, slots=True)
class DispatchCatalogue:
    """The dispatch catalogue (派单目录): the units, and the streets with the district that each lies in."""

    units: tuple[Unit, ...]
    streets: Mapping[str, str] = field(default_factory=dict)

    def unit(self, key: str) -> Unit | None:
        return next((unit for unit in self.units if unit.key == key), None)


def advise(catalogue: DispatchCatalogue, text: str, place: str, limit: int = 5) -> tuple[UnitAdvice, ...]:
    """The units that the words speak for, best first, each with its reasons; with an area and no unit, the area's own (R31).

    An area named in `place` outweighs one only mentioned in `text`. A unit of another area than the named one is left out.
    """
    areas = _areas(catalogue, place) or _areas(catalogue, text)
    found = [_advice(unit, text, areas) for unit in catalogue.units if not unit.is_fallback and _is_of(unit, areas)]
    fitting = sorted((advice for advice in found if advice.matter_words), key=lambda advice: -advice.score)
    fallbacks = [
        UnitAdvice(unit, FALLBACK_SCORE, area_words=tuple(area for area in areas if area in unit.areas))
        for unit in catalogue.units
        if unit.is_fallback and any(area in unit.areas for area in areas)
    ]
    return tuple([*fitting[: limit - bool(fallbacks)], *fallbacks[:1]][:limit])


def _advice(unit: Unit, text: str, areas: tuple[str, ...]) -> UnitAdvice:
    words = tuple(word for word in unit.matters if word in text)
    kept = tuple(word for word in words if not any(word != longer and word in longer for longer in words))
    area_words = tuple(area for area in areas if area in unit.areas)
    # a long word says more than a short one: 劳动合同纠纷 outweighs 合同
    score = sum(len(word) for word in kept) + (1.0 if area_words else 0.0)
    return UnitAdvice(unit, score, kept, area_words)


def _is_of(unit: Unit, areas: tuple[str, ...]) -> bool:
    return not unit.areas or any(area in unit.areas for area in areas)


def _areas(catalogue: DispatchCatalogue, text: str) -> tuple[str, ...]:
    """Districts and streets that the text names; a street brings its district with it. A named district wins over a street
    that lies elsewhere."""
    districts = tuple(
        dict.fromkeys(area for area in (*catalogue.streets.values(), *_own_areas(catalogue)) if _names(area, text))
    )
    named = [area for area in districts if area not in catalogue.streets]
    streets = [street for street in catalogue.streets if _names(street, text)]
    if named:
        streets = [street for street in streets if catalogue.streets[street] in named]
    return tuple(dict.fromkeys((*streets, *named, *(catalogue.streets[street] for street in streets))))


def _own_areas(catalogue: DispatchCatalogue) -> tuple[str, ...]:
    return tuple(area for unit in catalogue.units for area in unit.areas)


def _names(area: str, text: str) -> bool:
    """Whether the text names the area; a district also without its 区: 海淀 for 海淀区."""
    bare = area.removesuffix("区")
    return (bare if len(bare) > 1 else area) in text
