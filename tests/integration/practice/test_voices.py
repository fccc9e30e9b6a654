"""Real voices and real recordings, where they are installed."""

import sys
from pathlib import Path

import pytest

from app.practice.cached_speech import CachedSpeech, Line
from app.practice.citizen import sounds_of
from app.practice.pack import load_pack
from app.practice.sounds import RATE, level_db
from app.speech.voice import VoiceMaker
from tests.habits.needs import MODELS

NOBODY = (sys.executable, "-c", "")
LINE = Line("我家着火了。", "zf_xiaoxiao")


@pytest.mark.speech("kokoro-82m")
def test_kokoro_speaks_a_sentence_once_for_all_later_calls(tmp_path: Path) -> None:
    with VoiceMaker(MODELS) as maker:
        first = CachedSpeech(tmp_path, maker).sound(LINE)

    nobody = VoiceMaker(MODELS, command=NOBODY)
    speech = CachedSpeech(tmp_path, nobody)
    again = speech.sound(LINE)

    assert 0.8 < len(first) / 2 / RATE < 4.0
    assert level_db(first) > -40
    assert again == first
    assert speech.flaw == ""


@pytest.mark.shared
def test_every_call_of_the_shared_pack_can_be_played(shared: Path, tmp_path: Path) -> None:
    speech = CachedSpeech(tmp_path, VoiceMaker(tmp_path, command=NOBODY))

    scenarios, wrong = load_pack(shared / "speech" / "calls")

    assert wrong == ()
    assert len(scenarios) >= 10
    for scenario in scenarios:
        assert all(len(sound) > RATE for sound in sounds_of(scenario, speech).values())
