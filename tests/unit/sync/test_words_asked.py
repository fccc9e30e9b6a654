"""Words asked of the centre: answered in turn, told once that it is away, and one bad answer harms no other."""

from dataclasses import dataclass, field

import pytest

from app.desk.events import DeskEvent
from app.desk.transcript_events import Sought, WordsFetched, WordsSought
from app.desk.transcript_wishes import AskWords
from app.domain.call import CallId
from app.errors import CentreError
from app.sync.client import CentreGarbage, CentreRefused
from app.sync.words_asked import MOST, WordsAsked
from app.wire import KeptWords

ONE, TWO = (AskWords(CallId(f"case {name}"), f"ticket {name}", CallId(name * 32), 5.0) for name in "ab")


@dataclass
class Centre:
    """Answers each call as it is told to; without an answer it is away."""

    answers: dict[CallId, KeptWords | CentreError] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def words(self, ticket: str, call: CallId, since: float) -> KeptWords:
        self.asked.append(ticket)
        answer = self.answers.get(call, CentreError("away"))
        if isinstance(answer, CentreError):
            raise answer
        return answer


@dataclass
class Around:
    centre: Centre = field(default_factory=Centre)
    told: list[DeskEvent] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.words = WordsAsked(self.centre, self.told.append)


def test_what_is_kept_comes_with_who_kept_it_and_when() -> None:
    around = Around()
    around.centre.answers[ONE.call] = KeptWords(ONE.call, "8002", 9.0)
    around.words.ask(ONE)

    around.words.answer()
    around.words.answer()

    assert around.told == [WordsFetched(ONE.case, ONE.call, "8002", 9.0, ())]
    assert around.centre.asked == [ONE.ticket]


def test_a_lost_centre_is_told_once_and_asked_again_when_it_is_back() -> None:
    around = Around()
    around.words.ask(ONE)
    with pytest.raises(CentreError):
        around.words.answer()
    around.words.away()
    around.centre.answers[ONE.call] = KeptWords(ONE.call, "8002", 9.0)

    around.words.answer()

    assert around.told[0] == WordsSought(ONE.case, Sought.AWAY)
    assert [type(event) for event in around.told[1:]] == [WordsFetched]


@pytest.mark.parametrize("wrong", [CentreRefused("no-ticket", ""), CentreGarbage("status 404")])
def test_a_centre_that_gives_none_or_knows_no_such_door_keeps_nobody_else_waiting(wrong: CentreError) -> None:
    around = Around()
    around.centre.answers = {ONE.call: wrong, TWO.call: KeptWords(TWO.call, "8002", 9.0)}
    around.words.ask(ONE)
    around.words.ask(TWO)

    around.words.answer()

    assert around.told == [WordsSought(ONE.case, Sought.NONE), WordsFetched(TWO.case, TWO.call, "8002", 9.0, ())]


def test_a_case_that_asks_again_is_answered_once() -> None:
    around = Around()
    around.centre.answers[ONE.call] = KeptWords(ONE.call, "8002", 9.0)
    around.words.ask(ONE)
    around.words.ask(ONE)

    around.words.answer()

    assert len(around.told) == 1


def test_of_very_many_tickets_the_oldest_wishes_are_forgotten() -> None:
    around = Around()
    wishes = [AskWords(CallId(f"case {n}"), f"ticket {n}", CallId(f"{n}"), 5.0) for n in range(MOST + 3)]
    for wish in wishes:
        around.centre.answers[wish.call] = KeptWords(wish.call, "", 0.0)
        around.words.ask(wish)

    around.words.answer()

    assert around.centre.asked == [wish.ticket for wish in wishes[3:]]
