import pytest

from app.telephony.hid_descriptor import LAMP_MUTE, LAMP_OFF_HOOK, LAMP_RING, Usage, parse
from app.telephony.hid_press import KeyReader
from tests.hid.descriptors import ABSOLUTE, ALL, ARRAY, PLAIN, RELATIVE, Described

LIT: frozenset[Usage] = frozenset({LAMP_OFF_HOOK})
RINGS: frozenset[Usage] = frozenset({LAMP_RING})
DARK: frozenset[Usage] = frozenset()


def reader(described: Described, lit: frozenset[Usage] = DARK) -> KeyReader:
    keys = KeyReader(parse(described.raw))
    keys.wrote(lit, 0.0)
    return keys


def test_lifting_an_absolute_hook_while_it_rings_is_a_press_and_what_follows_is_an_echo() -> None:
    keys = reader(ABSOLUTE, RINGS)

    lifted = keys.pressed(ABSOLUTE.hook, 10.0)
    keys.wrote(LIT, 10.1)  # answered: the lamp agrees now
    again = keys.pressed(ABSOLUTE.hook, 10.2)

    assert (lifted, again) == (("hook",), ())


def test_an_absolute_hook_that_follows_our_lamp_is_no_press() -> None:
    keys = reader(ABSOLUTE)

    keys.wrote(LIT, 5.0)  # answered on the screen
    up = keys.pressed(ABSOLUTE.hook, 5.05)
    keys.wrote(DARK, 60.0)  # the caller hung up
    down = keys.pressed(ABSOLUTE.idle, 61.5)

    assert (up, down) == ((), ())


def test_putting_an_absolute_hook_down_in_a_call_is_a_press() -> None:
    keys = reader(ABSOLUTE, LIT)
    keys.pressed(ABSOLUTE.hook, 1.0)

    assert keys.pressed(ABSOLUTE.idle, 9.0) == ("hook",)


def test_a_hook_out_of_step_with_the_lamp_is_known() -> None:
    keys = reader(ABSOLUTE, RINGS)

    keys.pressed(ABSOLUTE.hook, 1.0)
    apart = keys.is_in_step
    keys.wrote(LIT, 1.1)

    assert (apart, keys.is_in_step) == (False, True)


@pytest.mark.parametrize("has_release", [True, False])
def test_every_pulse_of_a_relative_hook_is_one_press(has_release: bool) -> None:
    keys = reader(RELATIVE, RINGS)
    release = (RELATIVE.idle,) if has_release else ()

    first = [keys.pressed(raw, 10.0) for raw in (RELATIVE.hook, *release)]
    keys.wrote(LIT, 10.1)
    second = [keys.pressed(raw, 30.0) for raw in (RELATIVE.hook, *release)]

    assert first[0] == second[0] == ("hook",)
    assert first[1:] == second[1:] == [()] * len(release)


def test_a_relative_hook_that_answers_our_lamp_at_once_is_an_echo() -> None:
    keys = reader(RELATIVE)

    keys.wrote(LIT, 5.0)

    assert keys.pressed(RELATIVE.hook, 5.1) == ()


@pytest.mark.parametrize("name", ALL)
def test_mute_sends_one_then_zero_and_is_one_press(name: str) -> None:
    described = ALL[name]
    keys = reader(described, LIT)
    keys.pressed(described.hook if name in ("absolute", "scattered", "plain") else described.idle, 0.5)
    both = bytes(a | b for a, b in zip(described.mute, described.hook, strict=True)) if name in (
        "absolute", "plain") else described.mute  # fmt: skip

    found = [key for raw in (both, described.hook if name in ("absolute", "plain") else described.idle)
             for key in keys.pressed(raw, 20.0) if key == "mute"]  # fmt: skip

    assert found == ["mute"]


def test_a_mute_key_that_answers_its_own_lamp_does_not_toggle_for_ever() -> None:
    keys = reader(PLAIN, LIT)

    first = keys.pressed(bytes((0b10,)), 10.0)
    keys.wrote(LIT | {LAMP_MUTE}, 10.05)
    keys.pressed(bytes((0b00,)), 10.06)
    echo = keys.pressed(bytes((0b10,)), 10.1)
    keys.pressed(bytes((0b00,)), 10.2)
    second = keys.pressed(bytes((0b10,)), 12.0)

    assert ["mute" in found for found in (first, echo, second)] == [True, False, True]


def test_the_same_array_report_again_is_no_second_press() -> None:
    keys = reader(ARRAY)

    found = [keys.pressed(raw, 9.0) for raw in (ARRAY.mute, ARRAY.mute, ARRAY.idle, ARRAY.mute)]

    assert found == [("mute",), (), (), ("mute",)]
