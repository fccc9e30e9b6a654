"""Trouble with exchange, gateway, headset and callers' numbers: said in one sentence, and the citizen's request is kept."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest

from tests.end_to_end.kept_store import KeptStore
from tests.end_to_end.screen import Screen
from tests.end_to_end.workplace import Workplace, codes, legs, stages
from tests.exchange import SLOT, TRUNK, Exchange, ExchangePlan
from tests.headset import EARPIECE, MICROPHONE, VirtualHeadset, why_not
from tests.trunk import Caller, Gateway

pytestmark = [pytest.mark.programs("Xvfb", "xdotool"), pytest.mark.timeout(240)]

PLAN = ExchangePlan(port=15560, rtp_first=32000, rtp_last=32400, emergency=f"127.0.{SLOT}.9:15580")
GATEWAY = (f"127.0.{SLOT}.8", 15581)
SEAT_PORT = 15590
QUIET = {"practice.is_on": False, "speech.is_listening": False}
DIRECT = {**QUIET, "telephony.local_port": SEAT_PORT, "telephony.accepts_from": TRUNK}
"""Callers reach the desk without an exchange."""
WITH_EXCHANGE = {
    **QUIET,
    "telephony.pbx_address": f"{PLAN.address}:{PLAN.port}",
    "telephony.pbx_user": "1001",
    "telephony.pbx_password": "pw1001",
    "telephony.gateway_address": f"{GATEWAY[0]}:{GATEWAY[1]}",
    "emergency.is_signed_off": True,
}


@pytest.fixture
def home(own_home: Path) -> Path:
    """Of a console that has ticket numbers."""
    with KeptStore(own_home / "desk") as store:
        store.lease(1, 100)
    return own_home / "desk"


@pytest.fixture
def exchange() -> Iterator[Exchange]:
    with Exchange(PLAN) as exchange:
        yield exchange


@pytest.fixture
def citizen() -> Iterator[Caller]:
    """Speaks a tone."""
    caller = Caller(TRUNK, 15591)
    yield caller
    caller.close()


def answer(desk: Workplace) -> str:
    """Takes the call that rings; gives its id."""
    desk.shows(lambda state: "ringing" in stages(state), "a ringing call")
    desk.screen.key("F2")
    desk.shows(lambda state: "talking" in stages(state), "a call that talks")
    call: str = desk.state()["focus"]
    return call


@pytest.mark.pbx
def test_an_exchange_that_comes_late_and_dies_in_a_call_with_the_gateway_dead_too_costs_neither_note_nor_caller_nor_119(
    home: Path, screen: Screen, exchange: Exchange, citizen: Caller
) -> None:
    exchange.kill()
    with Workplace(home, screen, WITH_EXCHANGE, "--no-centre") as desk:
        desk.says("pbx_unreachable", "交换机", "无法连接")
        exchange.start()
        desk.is_silent_about("pbx_unreachable", 60)
        citizen.call(exchange.address, "1001")
        call = answer(desk)
        desk.note("smoke in the stairs")

        exchange.kill()
        desk.says("pbx_lost_in_call", "回拨")
        desk.says("pbx_unreachable")
        desk.screen.key("F10")
        desk.says("emergency_again", "119", timeout_s=30)
        desk.says("calling_back")
        view = desk.shows(lambda state: state["calls"][-1], "the caller who is called back")
        assert view["number"] == desk.state()["draft"]["ticket"]["contact"] == "13800138000"
        desk.note(", fourth floor")
        number = desk.save()

        gateway = Gateway(*GATEWAY)
        desk.shows(lambda state: ("119", "talking") in legs(state), "119 without another press", 40)
        gateway.wait_call("119")
        gateway.wait_call("13800138000", 30)
        desk.shows(lambda state: stages(state) == ["talking"], "the caller and 119 in one call")
        desk.is_silent_about("emergency_again")
        desk.is_silent_about("calling_back")
        desk.screen.key("shift+F3")
        desk.shows(lambda state: ("119", "talking") not in legs(state), "the end of 119")
        desk.screen.key("F3")
        desk.shows(lambda state: "talking" not in stages(state), "the end of the call")
        gateway.close()
        exchange.start()
        desk.is_silent_about("pbx_unreachable", 60)
        desk.screen.key("ctrl+1")
        desk.is_silent_about("pbx_lost_in_call")
    with KeptStore(home) as store:
        assert store.ticket(number).content == "smoke in the stairs, fourth floor"
        assert store.ends(call) == [("13800138000", "network")]
        outcomes = [one.outcome.split(":")[0] for one in store.emergencies(call)]
        assert [outcome for outcome, _ in groupby(outcomes)] == ["dialling", "answered", "ended"]


@pytest.mark.pbx
def test_a_wrong_password_is_said_and_corrected_in_the_settings(own_home: Path, screen: Screen, exchange: Exchange) -> None:
    wrong = {**WITH_EXCHANGE, "telephony.pbx_password": "wrong"}
    with Workplace(own_home / "desk", screen, wrong, "--no-centre") as desk:
        desk.says("pbx_wrong_password", "密码", "设置")

        desk.screen.key("ctrl+comma")
        desk.screen.focus("设置")
        desk.screen.key("Down", "Down")
        desk.tab_to("分机密码")
        desk.screen.key("ctrl+a")
        desk.screen.type("pw1001")
        desk.screen.key("Return")

        desk.is_silent_about("pbx_wrong_password")
        desk.shows(lambda state: state["lines"]["pbx"]["is_up"], "the registration")


ODD = {
    "with a stroke": ('"138/0013" <sip:138/0013@127.0.0.5>', "138/0013"),
    "of letters": ("<sip:zhang.san@127.0.0.5>", "zhang.san"),
    "none at all": ("<sip:127.0.0.5>", ""),
}


def test_a_callers_number_that_is_none_stops_nothing(home: Path, screen: Screen, citizen: Caller) -> None:
    numbers = []
    with Workplace(home, screen, DIRECT, "--no-centre") as desk:
        desk.says("pbx_not_set", "尚未设置交换机")
        for sender, shown in ODD.values():
            citizen.call(f"127.0.0.1:{SEAT_PORT}", "desk", sender)
            desk.shows(lambda state: "ringing" in stages(state), f"a call from {sender}")
            assert ("number_odd" in codes(desk.state())) is bool(shown)
            if shown:
                desk.says("number_odd", "不是有效号码")
            answer(desk)
            assert (desk.state()["calls"][-1]["number"], desk.state()["calls"][-1]["raw_number"]) == ("", shown)
            desk.note(f"called as {shown or 'nobody'}")
            numbers.append(desk.save())
            desk.screen.key("F3")
            desk.shows(lambda state: "talking" not in stages(state), "the end of the call")
            desk.is_silent_about("number_odd")
    with KeptStore(home) as store:
        kept = [store.ticket(number) for number in numbers]
        assert [ticket.content for ticket in kept] == ["called as 138/0013", "called as zhang.san", "called as nobody"]
        assert {ticket.contact for ticket in kept} == {""}
        assert [number for ticket in kept for number, _ in store.ends(ticket.call or "")] == ["138/0013", "zhang.san", ""]


@pytest.mark.skipif(bool(why_not()), reason=why_not())
def test_a_headset_that_is_missing_or_pulled_in_a_call_is_said_and_the_call_goes_on(
    home: Path, screen: Screen, citizen: Caller
) -> None:
    headset = VirtualHeadset()
    settings = {**DIRECT, "audio.microphone": MICROPHONE, "audio.earpiece": EARPIECE}
    with Workplace(home, screen, settings, "--no-centre", environment=headset.environment) as desk:
        desk.says("no_headset", "耳麦")
        with headset:
            desk.is_silent_about("no_headset", 30)
            desk.shows(lambda state: state["headset"]["earpiece"] == EARPIECE, "the headset")
            citizen.call(f"127.0.0.1:{SEAT_PORT}", "desk")
            answer(desk)

            headset.pull()
            desk.says("headset_pulled", EARPIECE, "通话仍在继续")
            desk.note("still talking")
            desk.shows(lambda state: state["headset"]["is_working"], "another device in its place")
            assert stages(desk.state()) == ["talking"]
            assert "headset_pulled" in codes(desk.state())
            number = desk.save()

            headset.plug()
            desk.screen.key("F3")
            desk.is_silent_about("headset_pulled", 40)
            assert desk.state()["headset"]["earpiece"] == EARPIECE
        desk.says("headset_pulled", timeout_s=30)
    with KeptStore(home) as store:
        assert store.ticket(number).content == "still talking"
