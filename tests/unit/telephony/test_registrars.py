"""Which server a line uses: next, home, no flapping, refusals."""

from collections.abc import Callable

import pytest

from app.desk.events import LineChanged
from app.telephony import registrars
from app.telephony.registrars import Line, Server
from app.telephony.sip_events import AccountChanged, AccountSpec


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


class Agent:
    """Remembers who is enrolled; runs what is due when told how much time goes by."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.enrolled: set[str] = set()
        self.sent: list[str] = []
        self._timers: list[tuple[float, Callable[[], None]]] = []

    def enrol(self, name: str, registers: bool) -> None:
        if registers:
            self.enrolled.add(name)
            self.sent.append(name)
        else:
            self.enrolled.discard(name)

    def renew(self, name: str) -> None:
        self.sent.append(name)

    def later(self, seconds: float, work: Callable[[], None]) -> None:
        self._timers.append((self._clock.now + seconds, work))

    def pass_time(self, seconds: float) -> None:
        end = self._clock.now + seconds
        while due := sorted((timer for timer in self._timers if timer[0] <= end), key=lambda timer: timer[0]):
            self._timers.remove(due[0])
            self._clock.now = due[0][0]
            due[0][1]()
        self._clock.now = end


class Place:
    def __init__(self, *priorities: int) -> None:
        self.clock = Clock()
        self.agent = Agent(self.clock)
        self.told: list[LineChanged] = []
        self.is_idle = True
        self.servers = [
            Server(AccountSpec(f"pbx.{i}", f"10.0.0.{i}:5060", "1", "x", registers=True), priority)
            for i, priority in enumerate(priorities, 1)
        ]
        self.line = Line("pbx", self.servers, self.agent, self.told.append, lambda: self.is_idle, home_after_s=30.0)

    def register(self, number: int) -> None:
        self.line.registered(self.servers[number - 1], AccountChanged(f"pbx.{number}", 200, "OK", 120))

    def refuse(self, number: int, code: int = 403) -> None:
        self.line.registered(self.servers[number - 1], AccountChanged(f"pbx.{number}", code, "no", 0))

    def lose(self, number: int) -> None:
        self.line.found(self.servers[number - 1], False, 408, "no answer")

    def answer(self, number: int) -> None:
        self.line.found(self.servers[number - 1], True, 200, "")

    def steady(self, number: int, seconds: int) -> None:
        for _ in range(seconds):
            self.answer(number)
            self.agent.pass_time(1)
            self.line.look_home()


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Place]:
    def make(*priorities: int) -> Place:
        made = Place(*priorities)
        monkeypatch.setattr(registrars, "time", made.clock)
        made.line.begin()
        return made

    return make


def test_the_next_server_is_asked_at_once_when_the_one_in_use_is_dead(place: Callable[..., Place]) -> None:
    here = place(0, 1)
    here.register(1)

    here.lose(1)
    here.register(2)

    assert [(said.is_up, said.server, said.is_home) for said in here.told] == [
        (True, "10.0.0.1:5060", True),
        (False, "10.0.0.1:5060", True),
        (True, "10.0.0.2:5060", False),
    ]
    assert here.agent.enrolled == {"pbx.2"}


def test_a_server_that_answers_no_register_is_passed_over_in_less_than_a_second(place: Callable[..., Place]) -> None:
    here = place(0, 1)

    here.agent.pass_time(0.9)

    assert here.agent.enrolled == {"pbx.2"}


def test_home_is_used_again_when_it_was_steady_and_only_then(place: Callable[..., Place]) -> None:
    here = place(0, 1)
    here.register(1)
    here.lose(1)
    here.register(2)

    here.steady(1, 29)
    before = set(here.agent.enrolled)
    here.steady(1, 1)

    assert before == {"pbx.2"}
    assert here.agent.enrolled == {"pbx.1", "pbx.2"}, "registered at home before the other is left"
    here.register(1)
    assert here.agent.enrolled == {"pbx.1"}
    assert here.told[-1].is_home


def test_a_home_that_comes_and_goes_is_left_alone(place: Callable[..., Place]) -> None:
    here = place(0, 1)
    here.register(1)
    here.lose(1)
    here.register(2)

    for _ in range(20):
        here.steady(1, 20)
        here.lose(1)

    assert here.agent.enrolled == {"pbx.2"}
    assert len(here.told) == 3


def test_nobody_goes_home_in_a_call(place: Callable[..., Place]) -> None:
    here = place(0, 1)
    here.register(1)
    here.lose(1)
    here.register(2)
    here.is_idle = False

    here.steady(1, 120)

    assert here.agent.enrolled == {"pbx.2"}


def test_a_home_that_answers_but_refuses_keeps_us_where_we_are(place: Callable[..., Place]) -> None:
    here = place(0, 1)
    here.register(1)
    here.lose(1)
    here.register(2)
    here.steady(1, 30)

    here.refuse(1, 503)

    assert here.line.is_up
    assert here.line.used is here.servers[1]
    assert here.agent.enrolled == {"pbx.2"}
    here.steady(1, 40)
    assert here.agent.enrolled == {"pbx.2"}, "not again before a minute"


def test_servers_of_one_priority_are_all_home(place: Callable[..., Place]) -> None:
    here = place(5, 5)
    here.register(1)
    here.lose(1)
    here.register(2)

    here.steady(1, 60)

    assert here.told[-1].is_home
    assert here.agent.enrolled == {"pbx.2"}


def test_with_all_dead_each_is_tried_again_every_few_seconds(place: Callable[..., Place]) -> None:
    here = place(0, 1)
    here.agent.pass_time(2)
    here.agent.sent.clear()

    here.agent.pass_time(20)

    assert here.agent.sent.count("pbx.1") >= 3
    assert here.agent.sent.count("pbx.2") >= 3
    here.register(2)
    assert here.line.is_up


def test_a_refused_password_is_not_tried_again_before_half_a_minute(place: Callable[..., Place]) -> None:
    here = place(0)
    here.refuse(1)
    here.agent.sent.clear()

    here.agent.pass_time(29)
    early = list(here.agent.sent)
    here.agent.pass_time(2)

    assert early == []
    assert here.agent.sent == ["pbx.1"]
    assert [said.code for said in here.told] == [403]


def test_a_refusal_of_the_second_is_said_while_the_first_is_dead(place: Callable[..., Place]) -> None:
    here = place(0, 1)
    here.register(1)
    here.lose(1)
    here.refuse(2)

    here.agent.pass_time(10)

    assert (here.told[-1].code, here.told[-1].server) == (403, "10.0.0.2:5060")
    assert len(here.told) == 3, "not said again with every try"


def test_a_late_success_of_an_earlier_try_is_used(place: Callable[..., Place]) -> None:
    here = place(0, 1)
    here.lose(1)
    here.lose(2)
    here.servers[0].is_enrolled = True

    here.register(1)

    assert here.line.is_up
    assert here.line.used is here.servers[0]
