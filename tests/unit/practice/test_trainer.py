"""The trainer answers within this machine only, and greets with tones until its voice is made."""

import threading
from pathlib import Path

import pytest

from app.practice.cached_speech import CachedSpeech
from app.practice.sounds import tone, tone_speech, write_wav
from app.practice.trainer import GREETINGS, Greetings, check_loopback, greeting_line
from app.telephony.sip_events import SipError
from tests.waiting import wait_for


class SlowEngine:
    """A maker that waits until it may speak."""

    def __init__(self) -> None:
        self.may_speak = threading.Event()

    def voices(self) -> tuple[str, ...]:
        return ("kokoro:zf_xiaobei",)

    def make(self, text: str, voice: str, path: Path, speed: float = 1.0) -> float:
        assert self.may_speak.wait(10)
        write_wav(path, tone(440, 0.1))
        return 0.1

    def close(self) -> None:
        pass


@pytest.mark.parametrize("address", ["0.0.0.0:5060", "192.168.1.4:5060", "localhost:5060", "[::1]:5060", "example.com:5060"])
def test_the_trainer_listens_at_no_address_that_others_can_reach(address: str) -> None:
    with pytest.raises(SipError, match=r"127\.0\.0\.0/8"):
        check_loopback(address)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.1:", "127.0.0.1:http", "127.0.0.1:70000", ""])
def test_an_address_without_a_port_is_named(address: str) -> None:
    with pytest.raises(SipError, match="host:port"):
        check_loopback(address)


def test_every_loopback_address_will_do() -> None:
    assert check_loopback("127.0.0.2:15210") == ("127.0.0.2", 15210)


def test_a_line_names_itself_digit_by_digit() -> None:
    assert [greeting_line(line).text[:3] for line in GREETINGS] == ["幺幺零", "幺幺九", "幺二零", "幺二二"]


def test_tones_greet_until_the_voice_is_made(tmp_path: Path) -> None:
    engine = SlowEngine()
    greetings = Greetings(CachedSpeech(tmp_path, engine))
    greetings.make()
    before = greetings.of("119")
    engine.may_speak.set()

    wait_for(lambda: all(greetings.of(line) == tone(440, 0.1) for line in GREETINGS), "all greetings are spoken")

    assert before == tone_speech(GREETINGS["119"])
