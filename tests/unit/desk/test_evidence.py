"""Evidence that lacks its recording is followed up: in this window, in the next one, and to a plain end."""

from app.desk.events import StoreOpened, Ticked
from app.desk.shield_events import EvidenceSealed, EvidenceWaits
from app.desk.shield_wishes import CompleteEvidence, ResumeEvidence, ShieldWish
from app.domain.agent import AgentState
from app.domain.evidence import PackFacts
from app.domain.notice import NoticeCode
from tests.fakes import FIRST, Place

LACKING = PackFacts("a.jsev", FIRST, 1_000.0, "8001", lacks=("audio",))


def asked(place: Place) -> list[CompleteEvidence]:
    wishes: list[ShieldWish] = place.store.shield_wishes
    return [wish for wish in wishes if isinstance(wish, CompleteEvidence)]


def passes(place: Place, seconds: int) -> None:
    for _ in range(seconds):
        place.clock.now += 1
        place.desk.handle(Ticked(place.clock.now))


def test_a_new_window_asks_what_the_last_one_left_and_follows_it_up() -> None:
    place = Place()
    place.desk.handle(StoreOpened("8001", AgentState.READY, 900.0, 5, (), ()))
    resumed = ResumeEvidence() in place.store.shield_wishes

    place.desk.handle(EvidenceWaits((FIRST,)))
    passes(place, 4)

    assert resumed
    assert asked(place) == [CompleteEvidence(FIRST)]


def test_after_three_minutes_the_missing_recording_is_stated_and_nothing_more_is_asked() -> None:
    place = Place()
    place.desk.handle(EvidenceSealed(LACKING))

    passes(place, 300)

    assert asked(place)[-1] == CompleteEvidence(FIRST, is_final=True)
    assert [wish.is_final for wish in asked(place)].count(True) == 1


def test_evidence_sealed_in_mid_call_waits_for_the_end_of_the_call_however_long_it_lasts() -> None:
    place = Place()
    place.talks()
    place.desk.handle(EvidenceSealed(LACKING))
    passes(place, 400)
    in_call = asked(place)
    place.ends()

    passes(place, 4)

    assert in_call == [] and asked(place) == [CompleteEvidence(FIRST)]


def test_a_statement_that_there_is_no_recording_is_said_as_that() -> None:
    place = Place()

    place.desk.handle(EvidenceSealed(PackFacts("b.jsev", FIRST, 1_200.0, "8001", lacks=("audio",), completes="a.jsev")))
    passes(place, 10)

    said = [state.notices for state in place.states if state.notices]
    assert [notice.values for notice in said[0] if notice.code is NoticeCode.EVIDENCE_SEALED] == [("b.jsev", "audio-missing")]
    assert asked(place) == []
