"""A hotline for whole tests: an exchange with queue, manager and a way to the city, and a centre that keeps the queue."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.announcing import RESOURCES
from tests.end_to_end.citizen import Citizen, level, likeness, samples_of, sound_of
from tests.end_to_end.hall import PLAN, Hall
from tests.end_to_end.workplace import Workplace, stages
from tests.exchange import ExchangePlan
from tests.habits.needs import shared_folder
from tests.headset import EARPIECE, MICROPHONE
from tests.trunk import RATE as TELEPHONE_RATE
from tests.trunk import Talk
from tests.waiting import wait_for

NUMBER = "13800138000"
AMI = f"{PLAN.address}:15438"
MANAGER = f"""
enabled=yes
bindaddr={PLAN.address}
port=15438
[centre]
secret=s3cret
read=agent,call,system
write=agent,call,originate
"""
OUTSIDE = "[agents]\nexten => _1XXXXXXXXXX,1,Dial(PJSIP/${EXTEN}@trunk,30)\n"
"""The exchange's way to telephones of the city."""
WITH_QUEUE = ExchangePlan(
    port=15461,
    rtp_first=35500,
    rtp_last=35900,
    emergency=PLAN.emergency,
    extra={"manager.conf": MANAGER, "extensions.conf": OUTSIDE},
)
WORN = {"audio.microphone": MICROPHONE, "audio.earpiece": EARPIECE}
LOUD, QUIET = -30.0, -60.0
TENTH = TELEPHONE_RATE // 10
ALIKE = 0.6
"""A sound that was heard; speech that is another one reaches 0.3."""


def report(name: str, figure: float, unit: str) -> None:
    print(f"\nmeasured: {name}: {figure:.2f} {unit}")


@contextmanager
def hotline(folder: Path, centre_port: int) -> Iterator[Hall]:
    secret = folder / "ami"
    secret.write_text("s3cret\n")
    asked = ("--ami", AMI, "--ami-user", "centre", "--ami-secret-file", str(secret), "--queue", "hotline")
    with Hall(folder, centre_port, WITH_QUEUE, asked) as around:
        yield around


def spoken(call: str, turn: str) -> Path:
    folder = shared_folder()
    assert folder is not None
    return folder / "speech" / "calls" / call / turn


def announced(key: str) -> Path:
    return next((RESOURCES / "sounds").glob(f"{key}-*.wav"))


def is_working(desk: Workplace) -> None:
    desk.shows(lambda state: state["lines"]["pbx"]["is_up"], "the registration at the exchange", 60)
    desk.shows(lambda state: state["sync"]["numbers_left"] > 0, "leased ticket numbers", 60)


def answer(desk: Workplace) -> str:
    desk.shows(lambda state: "ringing" in stages(state), "a ringing call")
    desk.screen.focus("接诉|Jiesu")
    desk.screen.key("F2")
    desk.shows(lambda state: "talking" in stages(state), "a call that talks")
    call: str = desk.state()["focus"]
    return call


def hears(talk: Talk, caller: Citizen, sound: Path, since: int, seconds: float = 12.0) -> float:
    """Waits until this sound came out of the caller's telephone; gives how alike it is."""
    said = sound_of(sound)

    def look() -> float:
        found = likeness(samples_of(caller.heard_since(talk, since)), said)
        return found if found > ALIKE else 0.0

    return wait_for(look, f"{sound.name} in the caller's ear", seconds, 0.2)


def falls_silent(talk: Talk, caller: Citizen) -> None:
    wait_for(lambda: level(samples_of(caller.heard(talk, 0.5))) < QUIET, "silence in the caller's ear", 10, 0.1)
