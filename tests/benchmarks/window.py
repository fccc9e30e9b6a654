"""From a key to the painted letter, in the ticket's content field below a long transcript: idle, and with words coming in."""

import random
import time

import numpy as np
import numpy.typing as npt

from tests.benchmarks import call as call_part
from tests.benchmarks.eyes import Box
from tests.benchmarks.report import Figure, Group, Missing
from tests.benchmarks.seat import Babble, Seat
from tests.benchmarks.taken import taken_cores

WIDTH, HEIGHT = 1366, 768
FORM_LEFT = 830
"""The ticket stands right of this pixel."""

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SAID_BEFORE = 200
TO_THE_CONTENT = "alt+t"
CARET_WIDTH = 2

Pixels = npt.NDArray[np.uint32]


def measure(is_quick: bool) -> Group:
    if reason := call_part.why_not():
        raise Missing(reason)
    keys = 20 if is_quick else 200
    with Seat() as seat:
        call = seat.take_call()
        seat.hear_much(call, SAID_BEFORE)
        seat.screen.key(TO_THE_CONTENT)
        box = _where_letters_come(seat)
        idle = _type(seat, box, keys)
        with Babble(seat, call, SAID_BEFORE, call_part.BUSY_PER_S) as babble:
            busy = _type(seat, box, keys)
        with taken_cores():
            taken = _type(seat, box, keys)
    note = (
        f"typing into the ticket beside a transcript of {SAID_BEFORE} utterances, every key in the journal; painted = "
        f"the field's pixels on the X server changed; words coming: {call_part.BUSY_PER_S:g} partial words a second, "
        f"window at {babble.load:.0%} of a core"
    )
    return Group(
        "window",
        [
            Figure("key_paint_ms", "key press → paint", "ms", idle),
            Figure("key_paint_busy_ms", "key press → paint, words coming", "ms", busy),
            Figure("key_paint_taken_ms", "key press → paint, both cores taken", "ms", taken),
        ],
        [note],
    )


def _where_letters_come(seat: Seat) -> Box:
    """The part of the ticket that a letter changes: looked for, so that no layout is known here."""
    for letter in LETTERS[:3]:  # the first ones move marks and notes about the field
        time.sleep(0.4)
        before = _form(seat)
        seat.eyes.press(letter)
        time.sleep(0.25)
        changed = np.argwhere(_form(seat) != before)
    if not len(changed):
        raise Missing("no letter was painted")
    (top, left), (bottom, right) = changed.min(0), changed.max(0)
    line = Box(FORM_LEFT + int(left), int(top), int(right - left) + 1, int(bottom - top) + 1)
    room = 40
    return Box(FORM_LEFT, line.y, WIDTH - FORM_LEFT, min(line.height + room, HEIGHT - line.y))


def _form(seat: Seat) -> Pixels:
    seen = np.frombuffer(seat.eyes.see(Box(FORM_LEFT, 0, WIDTH - FORM_LEFT, HEIGHT)), np.uint32)
    return seen.reshape(HEIGHT, WIDTH - FORM_LEFT)


def _type(seat: Seat, box: Box, keys: int) -> list[float]:
    """Milliseconds."""
    taken = []
    for number in range(keys):
        time.sleep(random.uniform(0.06, 0.2))
        before = np.frombuffer(seat.eyes.see(box), np.uint32).reshape(box.height, box.width)
        begun = seat.eyes.press(LETTERS[number % len(LETTERS)])
        taken.append((seat.eyes.watch(box, lambda seen: _has_letter(before, seen)) - begun) * 1e3)  # noqa: B023 - asked at once
    return taken


def _has_letter(before: Pixels, seen: bytes) -> bool:
    """Whether more is new than a caret, which blinks by itself."""
    changed = np.frombuffer(seen, np.uint32).reshape(before.shape) != before
    return int(changed.any(axis=0).sum()) > CARET_WIDTH
