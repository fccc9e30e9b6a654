"""`python -m app.practice`: the exchange, the emergency trainer, and practice calls by hand."""

import argparse
import os
import queue
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import platformdirs

from app.errors import JiesuError
from app.practice.cached_speech import CachedSpeech
from app.practice.caller import Caller
from app.practice.citizen import sounds_of
from app.practice.lifetime import end_on_signals
from app.practice.process import RTP_PORT, load_all, run_exchange
from app.practice.trainer import run_trainer
from app.speech.voice import VoiceMaker
from app.telephony.sip_events import SipEvent

_SCENARIOS = Path(__file__).resolve().parents[2] / "resources" / "practice"
_TICK_S = 0.02


def main(arguments: Sequence[str]) -> int:
    """The exit code: 0 done, 1 failed with one sentence on standard error, 2 wrongly asked."""
    options = _options(arguments)
    try:
        if options.what == "list":
            return _list()
        if options.what == "call":
            return _call(options.scenario, options.target)
        if options.what == "trainer":
            return _trainer(options.index)
        return _exchange()
    except KeyError as missing:
        _complain(f"jiesu practice: the environment has no {missing.args[0]}")
        return 2
    except (JiesuError, OSError, ValueError) as failed:
        _complain(f"jiesu practice: {failed}")
        return 1


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m app.practice", description="Scripted citizens that call the console")
    parts = parser.add_subparsers(dest="what")
    parts.add_parser("exchange", help="serve the console (JIESU_PRACTICE_LINK, JIESU_LINK_KEY, JIESU_PRACTICE_SIP)")
    parts.add_parser("list", help="the citizens there are")
    call = parts.add_parser("call", help="let one call now, and wait until the call is over")
    call.add_argument("scenario", metavar="KEY")
    call.add_argument("--target", required=True, metavar="sip:…", help="the SIP address to call")
    trainer = parts.add_parser("trainer", help="answer as 110/119/120/122 on the loopback (JIESU_TRAINER_SIP)")
    trainer.add_argument("--index", type=int, help="serve only the n-th address of JIESU_TRAINER_SIP, from 0")
    return parser.parse_args(arguments)


def _folder(variable: str, default: Path) -> Path:
    return Path(os.environ.get(variable) or default)


def _cache() -> Path:
    return _folder("JIESU_CACHE", platformdirs.user_cache_path("jiesu", appauthor=False))


def _speech() -> CachedSpeech:
    models = _folder("JIESU_MODELS", Path(__file__).resolve().parents[2] / "speech_models")
    return CachedSpeech(_cache() / "practice", VoiceMaker(models))


def _pack() -> Path | None:
    named = os.environ.get("JIESU_PRACTICE_PACK")
    return Path(named) if named else None


def _exchange() -> int:
    address, key, sip = (os.environ[name] for name in ("JIESU_PRACTICE_LINK", "JIESU_LINK_KEY", "JIESU_PRACTICE_SIP"))
    is_making_ahead = os.environ.get("JIESU_PRACTICE_AHEAD", "1") != "0"
    run_exchange(address, bytes.fromhex(key), sip, _speech(), load_all(_SCENARIOS, _pack()), is_making_ahead)
    return 0


def _trainer(index: int | None) -> int:
    addresses = [address for address in os.environ["JIESU_TRAINER_SIP"].split(",") if address.strip()]
    if not addresses or not 0 <= (index or 0) < len(addresses):
        _complain(f"jiesu practice: JIESU_TRAINER_SIP has {len(addresses)} addresses")
        return 2
    others = [_further_trainer(at) for at in range(1, len(addresses))] if index is None else []
    mine = index or 0
    run_trainer(addresses[mine].strip(), _folder("JIESU_TRAINER_FOLDER", _cache() / "trainer"), _speech(), mine, _say)
    for other in others:
        if other.stdin is not None:
            other.stdin.close()
        with suppress(subprocess.TimeoutExpired):
            other.wait(5)
    return 0


def _further_trainer(index: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "app.practice", "trainer", "--index", str(index)]
    return subprocess.Popen(command, stdin=subprocess.PIPE)


def _list() -> int:
    scenarios, wrong = load_all(_SCENARIOS, _pack())
    for scenario in scenarios:
        _say(f"{scenario.key:<20} {scenario.expected.emergency or '-':<4} {scenario.title}: {scenario.description}")
    for error in wrong:
        _complain(f"{error.values[0]}:{error.values[1]}: {error.values[2]} (allowed: {error.values[3]})")
    return 1 if wrong else 0


def _call(key: str, target: str) -> int:
    scenarios, _ = load_all(_SCENARIOS, _pack())
    scenario = next((scenario for scenario in scenarios if scenario.key == key), None)
    if scenario is None:
        _complain(f"jiesu practice: there is no {key}; there are: {', '.join(one.key for one in scenarios)}")
        return 2
    steps: list[str] = []

    def changed(_key: str, step: str, reason: str) -> None:
        steps.append(step)
        _say(f"{step} {reason}".strip())

    speech = _speech()
    sounds = sounds_of(scenario, speech, lambda count, of: changed(key, "preparing", f"{count}/{of}"))
    speech.rest()
    inbox: queue.SimpleQueue[SipEvent | None] = queue.SimpleQueue()
    caller = Caller(os.environ.get("JIESU_PRACTICE_SIP") or "127.0.0.1:0", RTP_PORT, inbox.put, changed)
    end_on_signals(lambda: inbox.put(None))
    caller.call(scenario, sounds, target)
    _attend(caller, inbox)
    caller.close()
    return 1 if "failed" in steps else 0


def _attend(caller: Caller, inbox: "queue.SimpleQueue[SipEvent | None]") -> None:
    """Until no call is left; asked to end, the citizens hang up first."""
    give_up_at = float("inf")
    while caller.is_busy and time.monotonic() < give_up_at:
        with suppress(queue.Empty):
            event = inbox.get(timeout=_TICK_S)
            if event is None:
                caller.hang_up_all()
                give_up_at = time.monotonic() + 3
            else:
                caller.handle(event)
        caller.live()


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _complain(text: str) -> None:
    sys.stderr.write(f"{text}\n")
