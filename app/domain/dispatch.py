"""To which unit a request goes (派单): a catalogue of undertaking units, and advice with reasons. The agent decides."""

from dataclasses import dataclass


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
