"""A line with several exchanges: a dead one is known in a second, the next one used at once, the first when it is steady."""

import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.desk.commands import AddLeg, AnswerCall, Dial, HangUp, LineAccount
from app.desk.events import CallEnded, LegChanged, LineChanged
from app.domain.call import CallId, LegPurpose, LegStage
from tests.exchange import SLOT, Exchange, ExchangePlan, why_not
from tests.integration.telephony.edge import Edge
from tests.integration.telephony.edge import is_installed as has_edge
from tests.integration.telephony.names import Names, Srv
from tests.integration.telephony.seat import Seat, caller_voice, level
from tests.trunk import Caller, Gateway

pytestmark = pytest.mark.pbx
LEG = CallId("b" * 32)
B_ADDRESS = f"127.0.{SLOT}.14"
HOME_AFTER_S = 4.0


def make_second() -> Exchange:
    return Exchange(ExchangePlan(address=B_ADDRESS, rtp_first=32000, rtp_last=32400, trunk_port=15071, name=f"{SLOT}b"))


@pytest.fixture
def second_exchange() -> Iterator[Exchange]:
    if why_not():
        pytest.skip(why_not())
    with make_second() as exchange:
        yield exchange


def pid_of(exchange: Exchange) -> int:
    found = subprocess.run(
        ["ss", "-Hlnup", f"src {exchange.plan.address} and sport = :{exchange.plan.port}"], capture_output=True, text=True
    )
    match = re.search(r"pid=(\d+)", found.stdout)
    assert match, found.stdout
    return int(match[1])


class Frozen:
    """The exchange stands still: its sockets are there, nobody answers."""

    def __init__(self, exchange: Exchange) -> None:
        self._pid = pid_of(exchange)

    def __enter__(self) -> "Frozen":
        subprocess.run(["kill", f"-{signal.SIGSTOP.name.removeprefix('SIG')}", str(self._pid)], check=True)
        return self

    def __exit__(self, *_: object) -> None:
        subprocess.run(["kill", f"-{signal.SIGCONT.name.removeprefix('SIG')}", str(self._pid)], check=True)


def both(first: Exchange, second: Exchange, password: str = "pw1001", home_after_s: float = HOME_AFTER_S) -> LineAccount:
    return LineAccount("pbx", f"{first.address}, {second.address}", "1001", password, home_after_s=home_after_s)


def is_on(exchange: Exchange) -> Callable[[LineChanged], bool]:
    return lambda event: event.line == "pbx" and event.is_up and event.server == exchange.address


def when(seat: Seat, event: object, since: int) -> float:
    return seat.times[seat.events.index(event, since)]


def talk(seat: Seat, exchange: Exchange) -> CallId:
    """A call that is up and heard."""
    since = seat.count
    exchange.ring("1001", "602")
    rang = seat.wait_ring(since)
    seat.send(AnswerCall(rang.call))
    seat.wait_answered(rang.call)
    assert level(caller_voice(seat.listen(1.0)), 440) > -35
    return rang.call


def report(name: str, seconds: float) -> None:
    print(f"\nmeasured: {name}: {seconds * 1000:.0f} ms")


def test_a_killed_exchange_is_known_at_once_and_the_next_one_takes_over(
    seat: Seat, mortal_exchange: Exchange, second_exchange: Exchange
) -> None:
    seat.set_up(both(mortal_exchange, second_exchange))
    assert seat.wait_up().is_home
    since = seat.count

    killed = time.perf_counter()
    mortal_exchange.kill()

    lost = seat.wait(LineChanged, lambda event: not event.is_up, since=since)
    up = seat.wait(LineChanged, is_on(second_exchange), since=since)
    report("killed -> known", when(seat, lost, since) - killed)
    report("known -> registered on B", when(seat, up, since) - when(seat, lost, since))
    assert when(seat, lost, since) - killed < 1.0
    assert when(seat, up, since) - when(seat, lost, since) < 1.0
    assert not up.is_home
    second_exchange.ring("1001", "602")
    seat.wait_ring(since)


def test_a_frozen_exchange_is_known_within_a_second_of_a_call(
    seat: Seat, mortal_exchange: Exchange, second_exchange: Exchange
) -> None:
    seat.set_up(both(mortal_exchange, second_exchange))
    seat.wait_up()
    call = talk(seat, mortal_exchange)
    since = seat.count

    with Frozen(mortal_exchange):
        frozen = time.perf_counter()
        lost = seat.wait(LineChanged, lambda event: not event.is_up, since=since)
        up = seat.wait(LineChanged, is_on(second_exchange), since=since)
        ended = seat.wait(CallEnded, since=since)

    report("frozen -> known", when(seat, lost, since) - frozen)
    report("known -> registered on B", when(seat, up, since) - when(seat, lost, since))
    assert when(seat, lost, since) - frozen < 1.0
    assert when(seat, up, since) - when(seat, lost, since) < 1.0
    assert (ended.call, ended.by) == (call, "network")
    assert when(seat, ended, since) - frozen < 3.0


def test_a_call_outlives_an_exchange_that_froze_for_a_moment_and_the_line_goes_home_after_it(
    seat: Seat, mortal_exchange: Exchange, second_exchange: Exchange
) -> None:
    seat.set_up(both(mortal_exchange, second_exchange))
    seat.wait_up()
    call = talk(seat, mortal_exchange)
    since = seat.count
    with Frozen(mortal_exchange):
        seat.wait(LineChanged, is_on(second_exchange), since=since)
    seat.wait(LineChanged, is_on(second_exchange), since=since)
    thawed = time.perf_counter()

    heard = seat.listen(HOME_AFTER_S + 2.0)

    assert level(caller_voice(heard[-100:]), 440) > -35, "the call goes on through the first exchange"
    assert not [event for event in seat.events[since:] if isinstance(event, CallEnded)]
    assert not [e for e in seat.events[since:] if isinstance(e, LineChanged) and e.is_home and e.is_up], "not in a call"
    since = seat.count
    hung_up = time.perf_counter()
    seat.send(HangUp(call))
    home = seat.wait(LineChanged, is_on(mortal_exchange), since=since)
    report("thawed -> home", when(seat, home, since) - thawed)
    report("call over -> home", when(seat, home, since) - hung_up)
    assert home.is_home
    assert second_exchange.cli("pjsip show contacts").count("1001/") == 0


def test_a_silent_far_end_alone_ends_nothing_and_moves_nothing(
    seat: Seat, mortal_exchange: Exchange, second_exchange: Exchange
) -> None:
    """Extension 604 waits for digits and may send no voice; the exchange answers."""
    seat.set_up(both(mortal_exchange, second_exchange))
    seat.wait_up()
    since = seat.count
    seat.send(Dial(CallId("c" * 32), "604"))
    seat.wait_answered(CallId("c" * 32))

    time.sleep(4)

    assert not [event for event in seat.events[since:] if isinstance(event, LineChanged | CallEnded)]


def test_a_home_that_comes_and_goes_leaves_us_where_we_are(
    seat: Seat, mortal_exchange: Exchange, second_exchange: Exchange
) -> None:
    seat.set_up(both(mortal_exchange, second_exchange, home_after_s=6.0))
    seat.wait_up()
    since = seat.count
    mortal_exchange.kill()
    seat.wait(LineChanged, is_on(second_exchange), since=since)
    since = seat.count

    for _ in range(3):
        mortal_exchange.start()
        time.sleep(2.5)
        mortal_exchange.kill()
        time.sleep(0.5)

    assert not [event for event in seat.events[since:] if isinstance(event, LineChanged)]
    mortal_exchange.start()
    started = time.perf_counter()
    home = seat.wait(LineChanged, is_on(mortal_exchange), 20, since)
    report("started -> home (steady for 6 s)", when(seat, home, since) - started)
    assert when(seat, home, since) - started > 5


def test_a_second_exchange_that_refuses_the_password_is_said_and_the_first_is_used_again(
    seat: Seat, mortal_exchange: Exchange
) -> None:
    if why_not():
        pytest.skip(why_not())
    plan = ExchangePlan(address=B_ADDRESS, rtp_first=32000, rtp_last=32400, name=f"{SLOT}b")
    with Exchange(plan) as second:
        changed = (second.files / "etc/pjsip.conf").read_text().replace("password=pw1001", "password=other")
        (second.files / "etc/pjsip.conf").write_text(changed)
        second.cli("core reload")
        seat.set_up(both(mortal_exchange, second))
        seat.wait_up()
        since = seat.count
        mortal_exchange.kill()

        refused = seat.wait(LineChanged, lambda event: event.code in (401, 403), since=since)

        assert refused.server == second.address
        since = seat.count
        mortal_exchange.start()
        assert seat.wait(LineChanged, is_on(mortal_exchange), 15, since).is_home


def test_with_both_dead_it_is_said_and_119_goes_through_the_gateway_and_whoever_comes_first_is_used(
    seat: Seat, mortal_exchange: Exchange, second_exchange: Exchange, second_gateway: Gateway
) -> None:
    seat.set_up(both(mortal_exchange, second_exchange), LineAccount("gateway", second_gateway.target, transport="udp"))
    seat.wait_up()
    seat.wait_up("gateway")
    since = seat.count
    second_exchange.kill()
    mortal_exchange.kill()
    seat.wait(LineChanged, lambda event: event.line == "pbx" and not event.is_up, since=since)
    pressed = time.perf_counter()

    seat.send(AddLeg(CallId(""), LEG, LegPurpose.EMERGENCY, "119", (("pbx", "119"), ("gateway", "119"))))

    up = seat.wait(LegChanged, lambda event: event.stage is LegStage.TALKING, since=since)
    report("both dead: press -> answered by the gateway", when(seat, up, since) - pressed)
    assert up.route == "gateway"
    assert when(seat, up, since) - pressed < 0.5
    since = seat.count
    second_exchange.start()
    started = time.perf_counter()
    there = seat.wait(LineChanged, is_on(second_exchange), 15, since)
    report("B started -> registered", when(seat, there, since) - started)


def test_an_emergency_leg_goes_through_the_exchange_that_is_used_now(
    seat: Seat, mortal_exchange: Exchange, second_exchange: Exchange, gateways: Callable[..., Gateway]
) -> None:
    address, _, port = second_exchange.plan.emergency.rpartition(":")
    brigade = gateways(address, int(port), pitch=1900)
    seat.set_up(both(mortal_exchange, second_exchange))
    seat.wait_up()
    since = seat.count
    mortal_exchange.kill()
    seat.wait(LineChanged, is_on(second_exchange), since=since)

    seat.send(AddLeg(CallId(""), LEG, LegPurpose.EMERGENCY, "119", (("pbx", "119"),)))

    assert seat.wait(LegChanged, lambda event: event.stage is LegStage.TALKING).route == "pbx"
    assert brigade.wait_call("119").header("User-Agent") == "test-exchange"


# --- another maker's ---


@pytest.fixture
def edge(tmp_path: Path) -> Iterator[Edge]:
    if not has_edge():
        pytest.skip("kamailio is not installed")
    one = Edge(tmp_path, f"127.0.{SLOT}.44")
    one.start()
    yield one
    one.stop()


def test_an_edge_of_another_maker_takes_over_and_a_call_through_its_route_is_held_and_ended(
    seat: Seat, mortal_exchange: Exchange, edge: Edge
) -> None:
    seat.set_up(LineAccount("pbx", f"{mortal_exchange.address}, {edge.address}", "1001", "pw1001"), accepts_from=())
    seat.wait_up()
    since = seat.count
    mortal_exchange.kill()
    seat.wait(LineChanged, lambda event: event.is_up and event.server == edge.address, since=since)
    citizen = Caller(f"127.0.{SLOT}.45", pitch=700)
    try:
        talk = citizen.call(edge.address, "1001", "<sip:13800138000@127.0.0.5>")
        rang = seat.wait_ring(since)
        seat.send(AnswerCall(rang.call))
        seat.wait_answered(rang.call)
        assert level(caller_voice(seat.listen(1.0)), 700) > -35

        seat.send(HangUp(rang.call))

        assert seat.wait(CallEnded, since=since).by == "agent"
        assert citizen.wait(lambda known: known.is_over) is talk
    finally:
        citizen.close()


# --- names ---


@pytest.fixture
def names() -> Iterator[Names]:
    server = Names(f"127.0.{SLOT}.53")
    yield server
    server.close()


@pytest.fixture
def named_seat(tmp_path: Path, names: Names) -> Iterator[Seat]:
    """Asks our own name server."""
    seat = Seat(tmp_path, {"JIESU_NAME_SERVER": names.address})
    try:
        seat.attach()
        yield seat
    finally:
        code = seat.end()
    assert code == 0, seat.log


def test_an_srv_name_gives_the_exchanges_in_their_order(
    named_seat: Seat, names: Names, mortal_exchange: Exchange, second_exchange: Exchange
) -> None:
    names.srv["_sip._tcp.sip.example.org"] = [
        Srv(20, 100, second_exchange.plan.port, "b.example.org"),
        Srv(10, 1, mortal_exchange.plan.port, "a.example.org"),
    ]
    names.hosts |= {"a.example.org": mortal_exchange.plan.address, "b.example.org": second_exchange.plan.address}
    named_seat.set_up(LineAccount("pbx", "srv:sip.example.org", "1001", "pw1001"), accepts_from=())
    first = named_seat.wait_up()
    since = named_seat.count
    mortal_exchange.kill()

    second = named_seat.wait(LineChanged, is_on(second_exchange), since=since)

    assert (first.server, first.is_home) == (mortal_exchange.address, True)
    assert not second.is_home
    second_exchange.ring("1001", "602")
    assert named_seat.wait_ring(since).line == "pbx"


def test_an_srv_name_that_leads_nowhere_is_said_and_used_as_soon_as_it_does(
    named_seat: Seat, names: Names, mortal_exchange: Exchange
) -> None:
    named_seat.set_up(LineAccount("pbx", "srv:nowhere.example.org", "1001", "pw1001"))

    unknown = named_seat.wait(LineChanged)

    assert not unknown.is_up
    assert "_sip._tcp.nowhere.example.org" in unknown.reason
    names.hosts["a.example.org"] = mortal_exchange.plan.address
    names.srv["_sip._tcp.nowhere.example.org"] = [Srv(1, 1, mortal_exchange.plan.port, "a.example.org")]
    assert named_seat.wait_up().server == mortal_exchange.address


def test_a_name_server_that_is_silent_holds_nothing_up(tmp_path: Path, second_gateway: Gateway) -> None:
    seat = Seat(tmp_path, {"JIESU_NAME_SERVER": f"127.0.{SLOT}.54:5399"})
    citizen = Caller(f"127.0.{SLOT}.5")
    try:
        seat.attach()
        gateway = LineAccount("gateway", second_gateway.target, transport="udp")
        seat.set_up(LineAccount("pbx", "srv:sip.example.org", "1001", "pw1001"), gateway)
        begun = time.perf_counter()
        citizen.call(seat.sip, "agent")

        rang = seat.wait_ring()

        assert when(seat, rang, 0) - begun < 0.5
        assert not seat.wait(LineChanged, lambda event: event.line == "pbx").is_up
    finally:
        citizen.close()
        assert seat.end() == 0, seat.log
