"""The words of a call fill the form at once, or, where nothing of a long call was read yet, in steps that keep none."""

from dataclasses import replace

from app.desk.events import DeskEvent, WordsUnread
from app.domain.call import CallId
from app.domain.transcript import Transcript
from tests.fakes import Place


class Slow:
    """Reads no more than two utterances a step."""

    def __init__(self) -> None:
        self.read = 0
        self.asked: list[int] = []

    def read_ahead(self, transcript: Transcript, seconds: float) -> bool:
        assert 0 < seconds <= 0.015
        self.read = min(self.read + 2, len(transcript.utterances))
        self.asked.append(self.read)
        return self.read == len(transcript.utterances)


def slow_place() -> tuple[Place, Slow, list[DeskEvent]]:
    place, slow, waiting = Place(), Slow(), list[DeskEvent]()
    place.desk.rules = replace(place.desk.rules, read_ahead=slow.read_ahead)
    place.desk.ports = replace(place.desk.ports, later=waiting.append)
    place.talks()
    return place, slow, waiting


def place_heard(place: Place) -> str:
    assert place.state.draft is not None
    return place.state.draft.ticket.place


def test_words_that_are_read_in_a_moment_fill_the_form_at_once() -> None:
    place, _, waiting = slow_place()

    place.hears("我在幸福路")

    assert place_heard(place) == "我在幸福路"
    assert waiting == []


def test_a_call_that_was_never_read_fills_the_form_once_all_of_it_is_read() -> None:
    place, slow, waiting = slow_place()
    place.hears("我在幸福路")
    for number in range(1, 7):
        place.hears("喂", number=number)
    slow.read = 0  # as after a restart of the window
    place.hears("我在人民路", number=0)

    place.hears("快点来", number=9)
    place.hears("你听到没有", number=10)
    while waiting:
        assert len(waiting) == 1  # asked once, however much is said meanwhile
        assert place_heard(place) == "我在幸福路"
        place.desk.handle(waiting.pop())

    assert place_heard(place) == "我在人民路"


def test_what_waits_of_a_call_that_has_left_the_desk_is_let_go() -> None:
    place, slow, _ = slow_place()

    place.desk.handle(WordsUnread(CallId("gone")))

    assert slow.asked == []
    assert place_heard(place) == ""
