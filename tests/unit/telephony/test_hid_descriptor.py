import random

import pytest

from app.telephony.hid_descriptor import (
    HOOK,
    LAMP_HOLD,
    LAMP_MUTE,
    LAMP_OFF_HOOK,
    LAMP_RING,
    MUTE,
    RINGER,
    parse,
)
from tests.hid.descriptors import ABSOLUTE, ALL, KEYBOARD, RELATIVE, SCATTERED, VENDOR_NOISE


@pytest.mark.parametrize("name", ALL)
def test_hook_and_mute_are_found_in_their_reports(name: str) -> None:
    described = ALL[name]

    descriptor = parse(described.raw)

    assert [descriptor.value(HOOK, raw) for raw in (described.idle, described.hook, described.mute)] == [0, 1, 0]
    assert [descriptor.value(MUTE, raw) for raw in (described.idle, described.hook, described.mute)] == [0, 0, 1]


def test_another_report_and_a_short_one_say_nothing() -> None:
    descriptor = parse(RELATIVE.raw)

    assert [descriptor.value(HOOK, raw) for raw in (bytes((1, 1)), bytes((16, 255)), bytes((3,)), b"")] == [None] * 4


@pytest.mark.parametrize(("name", "is_relative"), [("absolute", False), ("relative", True), ("scattered", False)])
def test_a_relative_hook_is_told_from_an_absolute_one(name: str, is_relative: bool) -> None:
    assert parse(ALL[name].raw).keys[HOOK][0].is_relative is is_relative


def test_lamps_share_a_report_as_the_descriptor_lays_them_out() -> None:
    descriptor = parse(ABSOLUTE.raw)

    assert descriptor.reports({LAMP_OFF_HOOK}) == [bytes((2, 0b0001))]
    assert descriptor.reports({LAMP_RING}) == [bytes((2, 0b0100))]
    assert descriptor.reports({LAMP_OFF_HOOK, LAMP_MUTE, LAMP_HOLD}) == [bytes((2, 0b1011))]
    assert descriptor.reports(set()) == [bytes((2, 0))]


def test_lamps_of_several_reports_are_each_written() -> None:
    descriptor = parse(SCATTERED.raw)

    assert descriptor.reports({LAMP_RING, RINGER}) == [bytes((5, 0)), bytes((6, 0)), bytes((7, 1)), bytes((8, 1))]


def test_without_report_ids_the_written_report_begins_with_zero() -> None:
    assert parse(ALL["plain"].raw).reports({LAMP_MUTE}) == [bytes((0, 0b010))]


@pytest.mark.parametrize("raw", [KEYBOARD, VENDOR_NOISE, b"", b"\xff" * 40, bytes.fromhex("05 0b 09")])
def test_what_is_no_headset_is_none(raw: bytes) -> None:
    assert not parse(raw).is_headset


def test_garbage_never_raises_and_never_takes_long() -> None:
    chance = random.Random(7)
    for _ in range(2000):
        raw = bytearray(chance.choice(list(ALL.values())).raw)
        for _ in range(chance.randint(1, 12)):
            raw[chance.randrange(len(raw))] = chance.randrange(256)

        descriptor = parse(bytes(raw[: chance.randint(0, len(raw))]))

        descriptor.value(HOOK, bytes(chance.randrange(256) for _ in range(5)))
        assert all(len(report) < 70_000 for report in descriptor.reports({LAMP_RING}))
