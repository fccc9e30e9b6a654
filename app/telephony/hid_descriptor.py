"""The report descriptor of a USB headset: which bit of which report is the hook, the mute key, a lamp.

Written after "Device Class Definition for HID" 1.11, 6.2.2, and "HID Usage Tables", page 0x0B (telephony) and 0x08 (lamps). A
parser of our own: what headsets really say (keys declared constant, several ids, pages of the maker's own) must not stop it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

TELEPHONY, LAMPS = 0x0B, 0x08
HOOK, FLASH, DROP, MUTE, LINE_BUSY = ((TELEPHONY, usage) for usage in (0x20, 0x21, 0x26, 0x2F, 0x97))
RINGER = (TELEPHONY, 0x9E)
LAMP_MUTE, LAMP_OFF_HOOK, LAMP_RING, LAMP_HOLD = ((LAMPS, usage) for usage in (0x09, 0x17, 0x18, 0x20))

Usage = tuple[int, int]
"""(page, usage)."""

_MOST_FIELDS, _MOST_BITS = 4096, 8 * 1024
"""A descriptor that promises more is garbage."""
_INPUT, _OUTPUT, _COLLECTION, _END = 0x8, 0x9, 0xA, 0xC


@dataclass(frozen=True, slots=True)
class Bit:
    """Where a usage stands: `offset` in bits after the report id. An array field names its usages by number: `choice` is the
    number of this one, 0 for a field of its own."""

    report: int
    offset: int
    size: int
    is_relative: bool
    choice: int = 0

    def read(self, report: int, data: bytes) -> int | None:
        """The value in a report's data (without its id); None where the report does not hold it."""
        if report != self.report or self.offset + self.size > len(data) * 8:
            return None
        value = int.from_bytes(data, "little") >> self.offset & (1 << self.size) - 1
        return int(value == self.choice) if self.choice else value


@dataclass(frozen=True, slots=True)
class Descriptor:
    """`keys`: inputs by usage (an array of several slots gives several); `lamps`: outputs; `lengths`: bytes of data of each
    output report; `has_ids`: whether every report begins with its id."""

    keys: dict[Usage, tuple[Bit, ...]]
    lamps: dict[Usage, Bit]
    lengths: dict[int, int]
    has_ids: bool

    @property
    def is_headset(self) -> bool:
        """Whether it has a key or lamp of a telephone."""
        return HOOK in self.keys or MUTE in self.keys

    def value(self, usage: Usage, raw: bytes) -> int | None:
        """What a received report says about a usage; None where it says nothing."""
        report, data = (raw[0], raw[1:]) if self.has_ids and raw else (0, raw)
        values = [value for bit in self.keys.get(usage, ()) if (value := bit.read(report, data)) is not None]
        return max(values) if values else None

    def reports(self, lit: set[Usage]) -> list[bytes]:
        """The output reports that light these lamps and put out all others; the id comes first, 0 where there is none."""
        written = []
        for report, length in sorted(self.lengths.items()):
            ours = {usage: lamp.offset for usage, lamp in self.lamps.items() if lamp.report == report}
            bits = sum(1 << offset for offset in {offset for usage, offset in ours.items() if usage in lit})
            if ours:
                written.append(bytes([report]) + bits.to_bytes(length, "little"))
        return written


@dataclass(slots=True)
class _State:
    """Global items (6.2.2.7)."""

    page: int = 0
    size: int = 0
    count: int = 0
    report: int = 0
    low: int = 0


@dataclass(slots=True)
class _Reading:
    state: _State = field(default_factory=_State)
    stack: list[_State] = field(default_factory=list)
    usages: list[Usage] = field(default_factory=list)
    first: Usage | None = None
    offsets: dict[tuple[int, int], int] = field(default_factory=dict)
    keys: dict[Usage, list[Bit]] = field(default_factory=dict)
    lamps: dict[Usage, Bit] = field(default_factory=dict)
    has_ids: bool = False


def parse(raw: bytes) -> Descriptor:
    """Never raises: what cannot be understood ends the reading, and what was read until then counts."""
    reading = _Reading()
    for kind, tag, data in _items(raw):
        if kind == 0:
            _main(reading, tag, int.from_bytes(data, "little"))
        elif kind == 1:
            _global(reading, tag, data)
        elif kind == 2:
            _local(reading, tag, data)
    ends = {report: offset for (way, report), offset in reading.offsets.items() if way == _OUTPUT}
    lengths = {report: (bits + 7) // 8 for report, bits in ends.items()}
    keys = {usage: tuple(bits) for usage, bits in reading.keys.items()}
    return Descriptor(keys, reading.lamps, lengths, reading.has_ids)


def _items(raw: bytes) -> Iterator[tuple[int, int, bytes]]:
    place = 0
    while place < len(raw):
        prefix = raw[place]
        if prefix == 0xFE:  # a long item: none is defined, it is stepped over
            place += 3 + (raw[place + 1] if place + 1 < len(raw) else 0)
            continue
        size = (0, 1, 2, 4)[prefix & 3]
        if place + 1 + size > len(raw):
            return
        yield prefix >> 2 & 3, prefix >> 4, raw[place + 1 : place + 1 + size]
        place += 1 + size


def _global(reading: _Reading, tag: int, data: bytes) -> None:
    value = int.from_bytes(data, "little")
    state = reading.state
    match tag:
        case 0x0:
            state.page = value
        case 0x1:
            state.low = int.from_bytes(data, "little", signed=True)
        case 0x7:
            state.size = value
        case 0x8:
            state.report = value & 0xFF
            reading.has_ids = True
        case 0x9:
            state.count = value
        case 0xA:
            reading.stack.append(replace(state))
        case 0xB if reading.stack:
            reading.state = reading.stack.pop()


def _local(reading: _Reading, tag: int, data: bytes) -> None:
    value = int.from_bytes(data, "little")
    usage = (value >> 16, value & 0xFFFF) if len(data) == 4 else (reading.state.page, value)
    match tag:
        case 0x0:
            reading.usages.append(usage)
        case 0x1:
            reading.first = usage
        case 0x2 if reading.first is not None and usage[1] - reading.first[1] < _MOST_FIELDS:
            page, first = reading.first
            reading.usages += [(page, each) for each in range(first, usage[1] + 1)]
            reading.first = None


def _main(reading: _Reading, tag: int, flags: int) -> None:
    if tag in (_INPUT, _OUTPUT):
        _fields(reading, tag, flags)
    reading.usages, reading.first = [], None


def _fields(reading: _Reading, way: int, flags: int) -> None:
    state, usages = reading.state, reading.usages
    start = reading.offsets.get((way, state.report), 0)
    count = min(state.count, _MOST_FIELDS)
    if not state.size or start + state.size * count > _MOST_BITS:
        return
    reading.offsets[way, state.report] = start + state.size * count
    is_array, is_relative = not flags & 2, bool(flags & 4)
    for number, usage in enumerate(usages if is_array else usages[:count]):
        if is_array:
            slots = [start + state.size * slot for slot in range(count)]
            choice = state.low + number
            bits = [Bit(state.report, slot, state.size, is_relative, choice) for slot in slots if choice]
        else:
            bits = [Bit(state.report, start + state.size * number, state.size, is_relative)]
        if way == _INPUT:
            reading.keys.setdefault(usage, []).extend(bits)
        elif bits and not bits[0].choice and usage[0] in (LAMPS, TELEPHONY):
            reading.lamps.setdefault(usage, bits[0])
