"""Repairs that were taken back: never made again at this seat, over restarts too, until the setting forgets them."""

from dataclasses import replace

from app.desk.events import Heard, StoreOpened
from app.desk.transcript_wishes import KeepUndoneRepairs
from app.domain.agent import AgentState
from app.domain.transcript import Repair, Speaker, Utterance
from tests.fakes import FIRST, SECOND, Place

PAIR = ("攻击金", "公积金")
REPAIRED = Utterance(
    Speaker.CALLER, 0, "我要提公积金", 0.0, 2.0, True, repairs=(Repair(3, 6, "攻击金"),), heard_as="我要提攻击金"
)


def opened(*undone: tuple[str, str]) -> StoreOpened:
    return StoreOpened("8001", AgentState.READY, 0.0, 10, (), (), undone_repairs=undone)


def hears(place: Place, number: int = 0) -> str:
    """What stands there of a sentence that was repaired."""
    place.desk.handle(Heard(place.state.focus, replace(REPAIRED, number=number)))
    return place.state.transcript.utterances[-1].text


def kept(place: Place) -> list[tuple[tuple[str, str], ...]]:
    return [wish.pairs for wish in place.store.word_wishes if isinstance(wish, KeepUndoneRepairs)]


def talking(is_kept: bool = True, *undone: tuple[str, str]) -> Place:
    place = Place(keeps_undone_repairs=is_kept)
    place.desk.handle(opened(*undone))
    place.talks()
    return place


def test_a_repair_that_was_taken_back_is_not_made_in_the_next_call_either() -> None:
    place = talking()
    hears(place)
    place.desk.undo_repair(Speaker.CALLER, 0)
    place.ends(FIRST)
    place.desk.new_ticket()

    place.talks(SECOND)
    place.desk._focus_on(SECOND)

    assert hears(place) == "我要提攻击金" and kept(place) == [(PAIR,)]


def test_the_next_window_knows_what_was_taken_back_before_it() -> None:
    place = talking(True, PAIR)

    assert hears(place) == "我要提攻击金"


def test_what_is_undone_before_the_store_is_open_is_kept_beside_what_lies_there() -> None:
    place = Place()
    place.talks()
    hears(place)
    place.desk.undo_repair(Speaker.CALLER, 0)

    place.desk.handle(opened(("紧修", "锦绣")))

    assert kept(place)[-1] == (("紧修", "锦绣"), PAIR)


def test_a_repair_that_is_brought_back_is_made_again() -> None:
    place = talking()
    hears(place)
    place.desk.undo_repair(Speaker.CALLER, 0)

    place.desk.restore_words(Speaker.CALLER, 0)

    assert hears(place, 1) == "我要提公积金" and kept(place)[-1] == ()


def test_the_agents_own_words_in_a_repaired_sentence_refuse_nothing_for_later_calls() -> None:
    place = talking()
    hears(place)

    place.desk.correct_words(Speaker.CALLER, 0, "我要提公积金了")

    assert kept(place) == []


def test_the_setting_forgets_all_of_it_at_once() -> None:
    place = talking(True, PAIR)
    before = hears(place)

    place.desk.undone.follow(False)

    assert before == "我要提攻击金" and hears(place, 1) == "我要提公积金" and kept(place) == [()]


def test_where_the_setting_is_off_what_an_older_start_kept_is_forgotten() -> None:
    place = talking(False, PAIR)

    assert hears(place) == "我要提公积金" and kept(place) == [()]
