"""From the mouse to the wire and back to the screen: click → INVITE at a gateway, INVITE of a citizen → painted ring."""

import random
import shutil
import time

from tests.benchmarks import eyes
from tests.benchmarks.eyes import Box
from tests.benchmarks.report import Figure, Group, Missing, Target
from tests.benchmarks.seat import Babble, Seat

LINES = ("110", "119", "120", "122")
BUSY_PER_S = 50.0
SAID_BEFORE = 60
ANSWER = "Answer"


def why_not() -> str:
    if not shutil.which("Xvfb"):
        return "no Xvfb"
    return eyes.why_not()


def measure(is_quick: bool) -> Group:
    """Xvfb holds the screen; keys and clicks are X events, the ring is seen in the pixels of the Answer button."""
    if reason := why_not():
        raise Missing(reason)
    rings, clicks = (8, 8) if is_quick else (60, 100)
    with Seat() as seat:
        rung = _rings(seat, rings)
        idle = _clicks(seat, clicks)
        call = seat.take_call()
        seat.hear_much(call, SAID_BEFORE)
        with Babble(seat, call, SAID_BEFORE, BUSY_PER_S) as babble:
            busy = _clicks_in_call(seat, clicks)
    note = (
        "a click on 110/119/120/122 in a call → the first datagram of the INVITE at a UDP gateway; busy: "
        f"{BUSY_PER_S:g} partial words a second into a transcript of {SAID_BEFORE} utterances and more, "
        f"which kept the window at {babble.load:.0%} of a core"
    )
    return Group(
        "call",
        [
            Figure("click_invite_ms", "click → INVITE on the wire", "ms", idle, Target("p95", 10)),
            Figure("click_invite_busy_ms", "click → INVITE, window busy", "ms", busy, Target("p95", 25)),
            Figure("invite_ring_ms", "INVITE → window rings (painted)", "ms", rung, Target("p95", 100)),
        ],
        [
            note,
            "the ring is the first change of Answer's pixels after the citizen's INVITE left, looked for every 0.5 ms",
        ],
    )


def _rings(seat: Seat, count: int) -> list[float]:
    """Milliseconds; the first ring only shows where to look."""
    _, give_up = seat.ring()
    seat.shows(lambda state: state["calls"], "a ring")
    x, y = seat.shows(lambda _: _place(seat), "the Answer button")
    box = Box.around(x, y, 60, 24)
    give_up()
    seat.shows(lambda state: not state["calls"], "an end of the ring")
    taken = []
    for _ in range(count):
        time.sleep(random.uniform(0.15, 0.35))
        before = seat.eyes.see(box)
        begun, give_up = seat.ring()
        taken.append((seat.eyes.watch_change(box, before) - begun) * 1e3)
        seat.shows(lambda state: state["calls"], "a ring")
        give_up()
        seat.shows(lambda state: not state["calls"], "an end of the ring")
    return taken


def _place(seat: Seat) -> tuple[int, int] | None:
    try:
        return seat.button(ANSWER)
    except StopIteration:
        return None


def _clicks(seat: Seat, count: int) -> list[float]:
    """With a call up and nobody speaking."""
    seat.take_call()
    taken = _clicks_in_call(seat, count)
    seat.eyes.press("F3")
    seat.shows(lambda state: all(call["stage"] == "ended" for call in state["calls"]), "an end of the call")
    return taken


def _clicks_in_call(seat: Seat, count: int) -> list[float]:
    """Milliseconds from the release of the button; the line is busy, so that it can be pressed again."""
    taken = []
    for number in range(count + 1):
        line = LINES[number % len(LINES)]
        seat.eyes.point(*seat.button(line))
        time.sleep(random.uniform(0.1, 0.25))
        since = len(seat.gateway.came)
        begun = seat.eyes.click()
        taken.append((seat.gateway.wait_invite(since) - begun) * 1e3)
        seat.screen.key("shift+F3")  # a busy line would be tried again and again
        seat.shows(lambda state: _is_over(state["calls"]), f"the end of {line}")
    return taken[1:]  # the first one pays for what is loaded late


def _is_over(calls: list[dict[str, list[dict[str, str]]]]) -> bool:
    """Whether no emergency line is still being dialled."""
    legs = [leg for call in calls for leg in call["legs"]]
    return bool(legs) and all(leg["stage"] in ("failed", "ended") for leg in legs)
