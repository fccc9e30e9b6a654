"""The line of a call is measured while the network gets bad and good again: the call stays, and the score says what happens."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pytest

from app.desk.commands import AnswerCall, HangUp
from app.desk.events import CallEnded, QualityMeasured
from app.domain.call import CallId
from app.domain.quality import BAD_MOS, LineQuality, Trouble
from tests.impairment import BadNetwork, FarCaller
from tests.integration.telephony.seat import Seat, caller_voice, way_back
from tests.waiting import wait_for


@pytest.fixture
def network() -> Iterator[BadNetwork]:
    network = BadNetwork()
    yield network
    network.close()


@pytest.fixture
def far_citizen(network: BadNetwork) -> Iterator[FarCaller]:
    caller = FarCaller(network)
    yield caller
    caller.close()


def take(seat: Seat, citizen: FarCaller) -> CallId:
    seat.set_up(way_back(citizen))
    seat.wait_up("practice")
    citizen.call(seat.sip, "agent")
    rang = seat.wait_ring()
    seat.send(AnswerCall(rang.call))
    seat.wait_answered(rang.call)
    return rang.call


def looks(seat: Seat, since: int = 0) -> list[LineQuality]:
    return [event.quality for event in list(seat.events[since:]) if isinstance(event, QualityMeasured)]


def babble(seconds: int) -> bytes:
    """Like speech to an ear that knows no words: noise in syllables of uneven length and loudness."""
    chance = np.random.default_rng(7)
    parts: list[npt.NDArray[np.float64]] = []
    while sum(len(part) for part in parts) < seconds * 8000:
        syllable = int(chance.uniform(0.1, 0.28) * 8000)
        edge = np.hanning(syllable) * chance.uniform(2000, 9000)
        parts += [chance.standard_normal(syllable) * edge / 2, np.zeros(int(chance.uniform(0.03, 0.2) * 8000))]
    return np.clip(np.concatenate(parts)[: seconds * 8000], -32000, 32000).astype("<i2").tobytes()


def loudness(voice: bytes, rate: int) -> npt.NDArray[np.float64]:
    """How loud each 20 ms are."""
    samples = np.frombuffer(voice, "<i2").astype(float)
    frames = samples[: len(samples) // (rate // 50) * (rate // 50)].reshape(-1, rate // 50)
    loud: npt.NDArray[np.float64] = np.sqrt((frames**2).mean(axis=1))
    return loud


def likeness(heard: npt.NDArray[np.float64], said: npt.NDArray[np.float64]) -> float:
    """Best correlation, a second at a time, of the course of loudness with what was said around that time: the rhythm by
    which syllables are told apart. A jitter buffer may stretch time a little between seconds."""
    best = []
    for start in range(0, len(heard) - 50, 50):
        piece = heard[start : start + 50]
        scores = [np.corrcoef(piece, said[place : place + 50])[0, 1] for place in range(len(said) - 50)]
        best.append(max(scores))
    return float(np.median(best))


def test_words_stay_understandable_at_5_percent_loss_and_60_ms_jitter_and_the_score_falls_and_recovers(
    seat: Seat, network: BadNetwork
) -> None:
    said = babble(10)
    citizen = FarCaller(network, says=said)
    try:
        call = take(seat, citizen)
        wait_for(lambda: len(looks(seat)) >= 2, "the line is measured", 10)
        good = looks(seat)[-1]

        network.worsen(0.05, 60)
        since = seat.count
        wait_for(lambda: len(looks(seat, since)) >= 2, "the line got worse", 10)
        frames = seat.listen(8)
        bad = looks(seat, since)[1:]
        network.worsen(0, 0)
        since = seat.count
        wait_for(lambda: any(look.mos > 4.1 for look in looks(seat, since)), "the line is good again", 30)
    finally:
        citizen.close()

    assert good.codec == "PCMA" and good.mos > 4.2 and good.loss_out == 0
    assert not [event for event in seat.events if isinstance(event, CallEnded)]
    scores = [look.mos for look in bad]
    assert min(scores) < 4.0 and np.mean(scores) < good.mos - 0.2
    assert 0.5 < np.mean([look.loss_out for look in bad]) < 12
    assert np.mean([look.jitter_in_ms for look in bad]) > 8
    twice = np.tile(loudness(said, 8000), 2)
    assert likeness(loudness(caller_voice(frames), 16_000), twice) > 0.85
    seat.send(HangUp(call))
    seat.wait(CallEnded)


def test_a_line_that_loses_a_third_is_called_bad_for_both_sides(
    seat: Seat, far_citizen: FarCaller, network: BadNetwork
) -> None:
    take(seat, far_citizen)
    wait_for(lambda: looks(seat), "the line is measured", 10)
    since = seat.count

    network.worsen(0.33, 0)

    wait_for(lambda: any(look.trouble is Trouble.BOTH for look in looks(seat, since)), "both sides hear badly", 15)
    worst = min(look.mos for look in looks(seat, since))
    assert worst < BAD_MOS
