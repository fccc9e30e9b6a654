"""Report descriptors as headsets send them, written after the HID specification: each shows one habit of real devices."""

from dataclasses import dataclass

VENDOR_NOISE = bytes.fromhex("06 00 ff 09 01 a1 01 85 10 15 00 26 ff 00 75 08 95 1f 09 02 81 02 09 03 91 02 c0")
"""A collection of the maker's own with 31 bytes each way, report 16."""

CONSUMER = bytes.fromhex("05 0c 09 01 a1 01 85 01 15 00 25 01 75 01 95 02 09 e9 09 ea 81 02 75 06 95 01 81 03 c0")
"""Volume keys, report 1."""


@dataclass(frozen=True, slots=True)
class Described:
    """`hook`, `mute`: raw reports with that bit, `idle`: with none. `lamp_report`: the id lamps are written to."""

    raw: bytes
    idle: bytes
    hook: bytes
    mute: bytes
    lamp_report: int


# hook an absolute switch, keys declared constant (0x23, 0x07), mute relative: telephony page, report 2
ABSOLUTE = Described(
    raw=bytes.fromhex(
        "05 0b 09 05 a1 01 85 02 05 0b 15 00 25 01 09 20 09 97 75 01 95 02 81 23"
        "09 2f 09 21 09 70 09 50 75 01 95 04 81 07 75 01 95 02 81 03"
        "05 08 09 17 09 09 09 18 09 20 09 21 75 01 95 05 91 22 95 03 91 03 c0"
    ),
    idle=bytes((2, 0b000)),
    hook=bytes((2, 0b001)),
    mute=bytes((2, 0b100)),
    lamp_report=2,
)

# hook a relative pulse; input report 3, lamps in report 4; volume keys and the maker's noise around it
RELATIVE = Described(
    raw=CONSUMER
    + bytes.fromhex(
        "05 0b 09 05 a1 01 85 03 15 00 25 01 75 01 95 01 09 20 81 06 09 2f 81 06 95 06 81 03"
        "85 04 05 08 09 18 09 17 09 09 09 20 95 04 91 02 95 04 91 03 c0"
    )
    + VENDOR_NOISE,
    idle=bytes((3, 0b00)),
    hook=bytes((3, 0b01)),
    mute=bytes((3, 0b10)),
    lamp_report=4,
)

# one lamp a report (5 off hook, 6 mute, 7 ring), the ringer as telephony usage 0x9E in report 8; keys behind a byte of noise
SCATTERED = Described(
    raw=VENDOR_NOISE
    + bytes.fromhex(
        "05 0b 09 05 a1 01 85 09 06 a0 ff 09 20 15 00 26 ff 00 75 08 95 01 81 02"
        "05 0b 25 01 75 01 95 01 09 20 81 22 09 2f 81 06 95 06 81 03"
        "85 05 05 08 09 17 95 01 91 22 95 07 91 03 85 06 09 09 95 01 91 22 95 07 91 03"
        "85 07 09 18 95 01 91 22 95 07 91 03 85 08 05 0b 09 9e 95 01 91 22 95 07 91 03 c0"
    ),
    idle=bytes((9, 0xA5, 0b00)),
    hook=bytes((9, 0x17, 0b01)),
    mute=bytes((9, 0x5A, 0b10)),
    lamp_report=5,
)

# no report ids at all
PLAIN = Described(
    raw=bytes.fromhex(
        "05 0b 09 05 a1 01 15 00 25 01 09 20 09 2f 75 01 95 02 81 02 95 06 81 03"
        "05 08 09 17 09 09 09 18 95 03 91 02 95 05 91 03 c0"
    ),
    idle=bytes((0b00,)),
    hook=bytes((0b01,)),
    mute=bytes((0b10,)),
    lamp_report=0,
)

# keys as an array: the report says the number of the key that is down
ARRAY = Described(
    raw=bytes.fromhex(
        "05 0b 09 05 a1 01 85 0b 15 01 25 03 75 08 95 01 09 20 09 2f 09 21 81 04"
        "05 08 15 00 25 01 09 17 09 09 09 18 75 01 95 03 91 02 95 05 91 03 c0"
    ),
    idle=bytes((11, 0)),
    hook=bytes((11, 1)),
    mute=bytes((11, 2)),
    lamp_report=11,
)

ALL = {"absolute": ABSOLUTE, "relative": RELATIVE, "scattered": SCATTERED, "plain": PLAIN, "array": ARRAY}

KEYBOARD = bytes.fromhex(
    "05 01 09 06 a1 01 05 07 19 e0 29 e7 15 00 25 01 75 01 95 08 81 02 95 01 75 08 81 01 95 05 75 01 05 08 19 01 29 05 91 02"
    "95 01 75 03 91 01 95 06 75 08 15 00 25 65 05 07 19 00 29 65 81 00 c0"
)
