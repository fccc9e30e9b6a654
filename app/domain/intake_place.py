"""Where it is: the address down to the door, gathered from what was said of it, with the district and the street it lies in."""

import re
from collections.abc import Callable, Set
from dataclasses import dataclass
from functools import lru_cache

from app.domain.gazetteer import Area, Areas
from app.domain.intake_told import Told
from app.domain.intake_turns import CORRECTED, Asked, Turn, evidence_in
from app.domain.places import Level, Place, parsed_places
from app.domain.transcript import Evidence

Found = tuple[str, tuple[Evidence, ...]]
_Named = tuple[Turn, Area, float]

NEAR = 2
"""Turns of the caller between which two parts of one address may lie without a question."""

_ANSWER = re.compile(
    r"^(?:[嗯啊呃哦喂对是的，,。 ]*)(?:我(?:们|家)?)?(?:现在|目前|人)?(?:就)?(?:是)?(?:住)?(?:在|位于|住|是|地址是|"
    r"位置是)?(?:那个)?"
    r"([\u4e00-\u9fffA-Za-z0-9]{2,14}?)(?:这边|那边|这块|那块|这里|那里|这儿|那儿|附近|旁边)?(?:[啊呀呢吧的]*)(?=[，,。、 ]|$)"
)
_NO_ANSWER = re.compile(
    r"[我你他她]|什么|怎么|知道|清楚|不|没|有|说|问|想|能|要|就是|这|那|您|等|好的|谢谢|喂|可以|对|已经|了|请|因为|电话"
)
_DOOR = re.compile(r"[0-9零〇一二三四五六七八九十百两甲乙丙A-Za-z]+(?:号楼|号院|栋|幢|座|单元|层|室)")
_ELSEWHERE = re.compile(r"(?:以前|之前|原来|老家|户口|户籍|单位|公司|上班|工作|娘家|身份证).{0,6}$")
_DISTRICT = re.compile(r"[\u4e00-\u9fff]{2,3}?(?:区|县)|[A-Z][0-9]{0,2}(?:区|县)")
_STREET = re.compile(r"[\u4e00-\u9fff]{2,6}(?:街道|镇|乡)")
_NOT_DISTRICTS = re.compile(
    r"(?:小|社|学|校|景|片|地|郊|新|发|高|园|灾|期|矿|楼|辖|居民|作业|别墅|文教|成熟|卸土|隔离|住宅|商业|老旧|小城|"
    r"新城|旧城|主城|保护|禁停|停车|候车|服务|休息|安置|棚户|开发|高新|试验|示范)区$|"
    r"^[一二三四五六七八九东南西北两本全各]?.[一二三四五六七八九]区"
)


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place in a turn. `weight`: how much speaks for it being the one of the request."""

    turn: Turn
    place: Place
    text: str
    weight: float
    is_elsewhere: bool


def _spots_in(turn: Turn) -> list[_Spot]:
    return [_spot(turn, place) for place in parsed_places(turn.text)]


def _spot(turn: Turn, place: Place) -> _Spot:
    levels, before = place.levels, turn.text[: place.start]
    weight = 2.0 * len(levels & {Level.ROAD, Level.ESTATE}) + len(levels & {Level.BUILDING, Level.UNIT, Level.ROOM})
    weight += 1.5 * place.has_number + place.is_crossing + 0.5 * len(levels & {Level.DISTRICT, Level.STREET})
    weight += 3.0 * (Asked.WHERE in turn.asked) + 2.0 * (turn.yes is not None)
    is_elsewhere = _ELSEWHERE.search(before) is not None
    text = turn.text[place.start : place.end]
    return _Spot(turn, place, text, weight + 2.5 * bool(CORRECTED.search(before)) - 3.0 * is_elsewhere, is_elsewhere)


def read_place(told: Told, unit: str = "") -> Found | None:
    """The address: the weightiest place, and what was said nearby of the levels that it does not name yet.

    The `unit` that the request is about is named by a field of its own.
    """
    spots = [spot for found in told.all(_spots_in) for spot in found if spot.text != unit]
    if not spots:
        return told.last(_answer_in)
    main = max(spots, key=lambda spot: spot.weight)
    chosen = _completed(main, spots, {id(turn) for turn in told.around(main.turn, NEAR)})
    evidence = tuple(one for spot in chosen for one in evidence_in(spot.turn, spot.place.start, spot.place.end, _rule(spot)))
    return "".join(spot.text for spot in chosen), evidence


def _completed(main: _Spot, spots: list[_Spot], near: Set[int]) -> list[_Spot]:
    """With what was said of other levels in the turns nearby, or as the answer to where it is."""
    chosen, levels = [main], set(main.place.levels)
    for spot in spots:
        far = id(spot.turn) not in near and Asked.WHERE not in spot.turn.asked
        if spot is main or far or not spot.place.levels or spot.place.levels & levels or spot.turn.yes is not None:
            continue
        if spot.is_elsewhere:
            continue
        chosen.append(spot)
        levels |= spot.place.levels
    if not levels & {Level.ROAD, Level.ESTATE} and levels:
        rest = _corrected_rest(main, [spot for spot in spots if id(spot.turn) in near])
        chosen += [rest] if rest is not None else []
    return sorted(chosen, key=lambda spot: min(spot.place.levels, default=Level.ROOM))


def _corrected_rest(main: _Spot, spots: list[_Spot]) -> _Spot | None:
    """望京西园四区411号楼，不对，414号楼: what stands ahead of the door that was said wrongly; `spots`: those nearby."""
    for spot in reversed(spots[: spots.index(main)]):
        match = _DOOR.search(spot.text)
        if match is None or match.start() < 3:
            continue
        end = spot.place.start + match.start()
        ahead = parsed_places(spot.turn.text[:end])
        if ahead and ahead[-1].end == end and not ahead[-1].levels & main.place.levels:
            return _spot(spot.turn, ahead[-1])
    return None


def _rule(spot: _Spot) -> str:
    levels = spot.place.levels
    if Asked.WHERE in spot.turn.asked and levels & {Level.ROAD, Level.ESTATE}:
        return "place:answer"
    if spot.place.is_crossing:
        return "place:crossing"
    if Level.ROAD in levels and spot.place.has_number:
        return "place:road+number"
    if Level.ESTATE in levels:
        return "place:estate+door" if spot.place.has_number else "place:estate"
    if Level.ROAD in levels:
        return "place:road"
    return "place:door" if spot.place.has_number else "place:area"


def _answer_in(turn: Turn) -> Found | None:
    """What was said right after the question where it is, without the form of an address: 就在三里屯这边."""
    if Asked.WHERE not in turn.asked or not turn.fresh or turn.yes is not None:
        return None
    match = _ANSWER.match(turn.text)
    if match is None or _NO_ANSWER.search(match[1]):
        return None
    return match[1], evidence_in(turn, *match.span(1), "place:answer-words")


def read_areas(told: Told, areas: Areas) -> dict[str, Found]:
    """District and street. A street of the catalogue brings its district; a district said outweighs it."""
    named = [one for found in told.all(areas_reader(areas)) for one in found]
    district = _best([one for one in named if not one[1].is_street])
    streets = [one for one in named if one[1].is_street]
    if district is not None and district[1].how != "sound":
        streets = [one for one in streets if areas.gazetteer.streets[one[1].name] == district[1].name]
    street = _best(streets)
    found: dict[str, Found] = {}
    unlisted = told.first(_unlisted_district)
    if unlisted is not None and (district is None or district[1].how == "bare"):
        return {"district": unlisted} | _unlisted_street(told)  # said in full it outweighs one said in part
    if district is not None:
        found["district"] = district[1].name, _signed(*district, "district")
    elif street is not None:
        found["district"] = areas.gazetteer.streets[street[1].name], _signed(*street, "district:street")
    if street is not None:
        found["street"] = street[1].name, _signed(*street, "street")
    return _unlisted_street(told) | found


@lru_cache(4)
def areas_reader(areas: Areas) -> Callable[[Turn], list[_Named]]:
    """Reads the areas of this gazetteer in a turn; the same reader for the same gazetteer."""
    return lambda turn: [(turn, area, _area_weight(turn, area)) for area in areas.in_text(turn.text)]


def _unlisted_street(told: Told) -> dict[str, Found]:
    found = told.first(_unlisted_town)
    return {"street": found} if found is not None else {}


def _best(named: list[_Named]) -> tuple[Turn, Area] | None:
    best = max(named, key=lambda one: one[2], default=None)
    return best[:2] if best is not None else None


def _area_weight(turn: Turn, area: Area) -> float:
    before = turn.text[: area.start]
    score = {"name": 3.0, "bare": 2.0, "sound": 1.0}[area.how] + 2.0 * (Asked.WHERE in turn.asked) + (turn.yes is not None)
    return score + 3.0 * bool(CORRECTED.search(before)) - 3.0 * bool(_ELSEWHERE.search(before))


def _signed(turn: Turn, area: Area, rule: str) -> tuple[Evidence, ...]:
    if rule in ("district", "street"):
        rule = f"{rule}:answer" if Asked.WHERE in turn.asked and area.how != "sound" else f"{rule}:{area.how}"
    elif area.how != "name":
        rule = "district:sound" if area.how == "sound" else "district:bare"
    return evidence_in(turn, area.start, area.end, rule)


def _unlisted_district(turn: Turn) -> Found | None:
    """A district that no catalogue knows, by its form; only inside what reads as a place."""
    for place in parsed_places(turn.text):
        match = _DISTRICT.match(turn.text[place.start : place.end])
        if match is not None and not _NOT_DISTRICTS.search(match[0]):
            return match[0], evidence_in(turn, place.start, place.start + match.end(), "district:pattern")
    return None


def _unlisted_town(turn: Turn) -> Found | None:
    """A street, town or township that no catalogue knows."""
    for place in parsed_places(turn.text):
        rest = _after_district(turn.text[place.start : place.end])
        match = _STREET.search(rest)
        if match is not None and not _NOT_DISTRICTS.search(match[0]):
            start = place.end - len(rest) + match.start()
            return match[0], evidence_in(turn, start, start + len(match[0]), "street:pattern")
    return None


def _after_district(words: str) -> str:
    match = _DISTRICT.match(words)
    return words[match.end() :] if match is not None and not _NOT_DISTRICTS.search(match[0]) else words


PLACE_READERS = (_spots_in, _answer_in, _unlisted_district, _unlisted_town)
