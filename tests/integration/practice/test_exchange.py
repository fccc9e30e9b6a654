"""Citizens call over real SIP, from the exchange's process to another."""

from contextlib import ExitStack
from pathlib import Path

from app.desk.events import Noticed, PracticeReady
from app.domain.notice import NoticeCode
from tests.integration.practice.parties import Console, Exchange, Trainer, environment, free_port
from tests.waiting import wait_for


def test_a_citizen_rings_speaks_when_greeted_and_goes_on_when_answered(exchange: Exchange, console: Console) -> None:
    exchange.start("pack/short", console)

    came = console.fact("CallCame")
    call = console.take()
    console.do("speak", seconds=1.0)
    console.hear_sentence(0)
    console.do("speak", seconds=0.5)
    console.hear_sentence(1)
    console.do("hang_up", call=call)
    exchange.expect_step("pack/short", "ended")

    assert came["number"] == "13900000101"
    assert len(came["headers"]["X-Call-ID"]) == 32
    assert exchange.steps() == [
        ("preparing", "0/2"),
        ("preparing", "1/2"),
        ("calling", ""),
        ("talking", ""),
        ("ended", "agent"),
    ]


def test_a_window_hears_at_once_which_citizens_there_are(exchange: Exchange) -> None:
    ready: PracticeReady = exchange.expect(lambda event: isinstance(event, PracticeReady), "PracticeReady")

    keys = [scenario.key for scenario in ready.scenarios]

    assert {"kitchen_fire", "shouting_man", "pack/short"} <= set(keys)
    assert all(scenario.title and scenario.description for scenario in ready.scenarios)


def test_withheld_and_odd_numbers_arrive_as_the_network_would_say_them(exchange: Exchange, console: Console) -> None:
    exchange.start("shouting_man", console)
    withheld = console.fact("CallCame", 0, timeout_s=60)
    exchange.start("unpaid_wages", console)
    odd = console.fact("CallCame", 1, timeout_s=60)

    assert withheld["number"] == "anonymous"
    assert "P-Asserted-Identity" not in withheld["headers"]
    assert odd["number"] == "13900000006/01"


def test_a_second_citizen_calls_while_the_first_still_talks(exchange: Exchange, console: Console) -> None:
    exchange.start("pack/long", console)
    first = console.take(0)
    exchange.start("pack/short", console)
    second = console.take(1)

    console.do("hang_up", call=first)
    exchange.expect_step("pack/long", "ended")

    assert first != second
    assert console.facts("CallOver")[0]["call"] == first
    console.hear_sentence(0)


def test_on_hold_the_citizen_is_silent_and_then_says_the_sentence_again(exchange: Exchange, console: Console) -> None:
    exchange.start("pack/long", console)
    call = console.take()
    console.do("speak", seconds=0.5)
    console.fact("Voice", 0, is_voice=True)

    console.do("hold", call=call, is_held=True)
    console.fact("MediaChanged", media="held_by_us")
    console.fact("Voice", 0, is_voice=False)
    console.do("hold", call=call, is_held=False)
    console.fact("MediaChanged", 1, media="active")

    console.do("speak", seconds=0.5)
    console.fact("Voice", 1, is_voice=True)
    console.hear_sentence(1)
    assert not any(fact["call"] == call for fact in console.facts("CallOver"))


def test_a_citizen_who_is_transferred_tells_the_emergency_line_the_same(
    exchange: Exchange, console: Console, trainer: Trainer
) -> None:
    exchange.start("pack/short", console)
    call = console.take()

    console.do("transfer", call=call, target=trainer.target("119"))
    told = console.fact("TransferProgressed", is_final=True)
    console.do("hang_up", call=call)
    answered = trainer.record("answered")
    exchange.expect(lambda event: getattr(event, "reason", "") == "transferred", "the transferred call is up")
    exchange.stop()
    ended = trainer.record("ended")

    assert told["code"] == 200
    assert (answered["line"], answered["number"]) == ("119", "13900000101")
    assert ended["ended_by"] == "caller"
    assert exchange.expect_step("pack/short", "ended").reason == "citizen"


def test_a_citizen_whose_transfer_fails_is_still_on_the_line(exchange: Exchange, console: Console, trainer: Trainer) -> None:
    exchange.start("pack/short", console)
    call = console.take()

    console.do("transfer", call=call, target=trainer.target("999"))
    told = console.fact("TransferProgressed", is_final=True)
    console.do("speak", seconds=0.5)
    console.hear_sentence(0)

    assert told["code"] == 404
    assert console.facts("CallOver") == []


def test_a_console_that_refuses_is_told_as_failed(exchange: Exchange, console: Console) -> None:
    exchange.start("pack/short", console)
    call = console.fact("CallCame")["call"]

    console.do("reject", call=call, code=486)

    assert exchange.expect_step("pack/short", "failed").reason.startswith("486")


def test_a_citizen_stops_calling_when_the_practice_is_stopped(exchange: Exchange, console: Console) -> None:
    exchange.start("pack/short", console)
    console.fact("CallCame")

    exchange.stop()

    console.fact("CallOver", was_up=False)
    assert exchange.expect_step("pack/short", "ended").reason == "citizen"


def test_a_scenario_that_is_not_there_is_named(exchange: Exchange, console: Console) -> None:
    exchange.start("nobody", console)

    assert exchange.expect_step("nobody", "failed").reason == "no scenario nobody"


def test_a_recording_that_broke_is_told_and_the_next_call_still_comes(
    exchange: Exchange, console: Console, own_home: Path
) -> None:
    (own_home / "pack" / "short" / "0.wav").write_bytes(b"no sound")
    exchange.start("pack/short", console)
    failed = exchange.expect_step("pack/short", "failed")

    exchange.start("pack/long", console)

    console.take()
    assert "0.wav" in failed.reason


def test_a_script_that_is_wrong_is_told_to_every_window(own_home: Path, parties: ExitStack) -> None:
    (own_home / "pack" / "odd").mkdir(parents=True)
    (own_home / "pack" / "odd" / "script.json").write_text("{", encoding="utf-8")
    exchange = Exchange(own_home, own_home / "pack")
    parties.callback(exchange.end)

    noticed: Noticed = exchange.expect(lambda event: isinstance(event, Noticed), "a notice")

    assert noticed.notice.code is NoticeCode.SETTINGS_WRONG
    assert noticed.notice.values[:2] == ("odd/script.json", "1")


def test_ending_the_exchange_ends_its_calls_properly(own_home: Path, exchange: Exchange, console: Console) -> None:
    exchange.start("pack/long", console)
    call = console.take()

    code = exchange.end()

    assert code == 0
    assert console.fact("CallOver", call=call)["code"] == 200


def test_an_exchange_whose_launcher_died_ends_by_itself(exchange: Exchange) -> None:
    assert exchange.process.stdin is not None
    exchange.process.stdin.close()

    wait_for(lambda: exchange.process.poll() is not None, "the exchange ends", 10)

    assert exchange.process.returncode == 0


def test_the_trainer_lives_on_when_the_exchange_is_killed(exchange: Exchange, console: Console, trainer: Trainer) -> None:
    target = trainer.target("120")
    exchange.process.kill()
    exchange.process.wait(5)

    console.do("dial", target=target)

    assert trainer.record("answered")["line"] == "120"
    assert environment(trainer.folder)["JIESU_MODELS"].endswith("none")


def test_a_console_that_is_not_there_is_told_as_failed(exchange: Exchange, console: Console) -> None:
    console.address = f"sip:console@127.0.0.1:{free_port()};transport=tcp"

    exchange.start("pack/short", console)

    assert exchange.expect_step("pack/short", "failed").reason[:3] in {"503", "408", "502"}
