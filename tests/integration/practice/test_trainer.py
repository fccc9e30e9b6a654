"""The emergency trainer answers over real SIP and keeps what it was given."""

import os
import stat
import subprocess
import sys
import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.practice.sounds import RATE, level_db
from tests.integration.practice.parties import ROOT, Console, Trainer, environment, free_port
from tests.waiting import wait_for


def samples(path: Path) -> "np.ndarray[Any, Any]":
    with wave.open(str(path)) as file:
        assert (file.getframerate(), file.getsampwidth(), file.getnchannels()) == (RATE, 2, 1)
        return np.frombuffer(file.readframes(file.getnframes()), dtype="<i2").astype(np.float64)


def heard_bytes(trainer: Trainer) -> int:
    return sum(path.stat().st_size for path in trainer.folder.glob("*.wav"))


def loudest_hz(sound: "np.ndarray[Any, Any]") -> float:
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound))))
    return float(np.argmax(spectrum) * RATE / len(sound))


def test_the_trainer_greets_and_keeps_the_voice_the_number_and_the_digits(console: Console, trainer: Trainer) -> None:
    console.do("dial", target=trainer.target("119"))
    call = console.fact("CallUp")["call"]
    console.hear_sentence(0)
    console.do("digits", call=call, digits="12#")
    wait_for(lambda: trainer.records()[-1]["digits"] == "12#", "three digits")
    before = heard_bytes(trainer)
    console.do("speak", seconds=1.5, frequency=700.0)
    wait_for(lambda: heard_bytes(trainer) > before + 2.5 * RATE * 2, "two and a half seconds more", 10)
    console.do("hang_up", call=call)
    record = trainer.record("ended")

    sound = samples(trainer.folder / record["file"])

    assert (record["line"], record["number"], record["digits"]) == ("119", "console", "12#")
    assert record["headers"]["X-Call-ID"] == "42"
    assert record["ended_by"] == "caller"
    assert record["seconds"] == pytest.approx(len(sound) / RATE, abs=0.5)
    assert loudest_hz(sound) == pytest.approx(700, abs=5)


@pytest.mark.parametrize("line", ["110", "119", "120", "122"])
def test_the_trainer_answers_as_each_emergency_line(console: Console, trainer: Trainer, line: str) -> None:
    console.do("dial", target=trainer.target(line))

    assert trainer.record("answered")["line"] == line


def test_a_number_that_is_no_emergency_line_is_not_found(console: Console, trainer: Trainer) -> None:
    console.do("dial", target=trainer.target("12345"))

    assert console.fact("CallOver")["code"] == 404
    assert trainer.records() == []


def test_a_trainer_that_is_killed_leaves_what_it_heard(console: Console, trainer: Trainer) -> None:
    console.do("dial", target=trainer.target("110"))
    console.fact("CallUp")
    console.do("speak", seconds=5.0)
    wait_for(lambda: heard_bytes(trainer) > 2 * RATE * 2, "two seconds heard", 10)

    trainer.process.kill()
    trainer.process.wait(5)

    (path,) = trainer.folder.glob("*.wav")
    sound = samples(path)
    assert len(sound) > 1.5 * RATE
    assert level_db(sound.astype("<i2").tobytes()) > -40


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_what_the_trainer_keeps_is_the_users_own(console: Console, trainer: Trainer) -> None:
    console.do("dial", target=trainer.target("110"))
    trainer.record("answered")

    assert stat.S_IMODE(trainer.folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in trainer.folder.iterdir()} == {0o600}


def test_stopping_the_trainer_ends_its_calls_and_writes_them_down(console: Console, trainer: Trainer) -> None:
    console.do("dial", target=trainer.target("122"))
    call = console.fact("CallUp")["call"]

    code = trainer.end()

    assert code == 0
    assert console.fact("CallOver", call=call)["code"] == 200
    assert trainer.record("ended")["ended_by"] == "trainer"


def refused(own_home: Path, *arguments: str, **names: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app.practice", *arguments],
        env=environment(own_home, names),
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def test_a_trainer_that_others_could_reach_does_not_start(own_home: Path) -> None:
    done = refused(own_home, "trainer", JIESU_TRAINER_SIP="0.0.0.0:15230")

    assert done.returncode == 1
    assert "0.0.0.0 is not within 127.0.0.0/8" in done.stderr


def test_a_trainer_without_an_address_says_what_is_missing(own_home: Path) -> None:
    assert "JIESU_TRAINER_SIP" in refused(own_home, "trainer", JIESU_TRAINER_SIP="").stderr


def test_a_trainer_whose_address_is_taken_says_so_and_ends(own_home: Path, trainer: Trainer) -> None:
    taken = trainer.target("119").removeprefix("sip:119@").partition(";")[0]

    done = refused(own_home, "trainer", JIESU_TRAINER_SIP=taken)

    assert done.returncode == 1
    assert "jiesu practice:" in done.stderr


def test_one_command_serves_every_address_of_the_list(own_home: Path, console: Console) -> None:
    ports = (free_port(), free_port())
    both = Trainer(own_home, ",".join(f"127.0.0.1:{port}" for port in ports))
    try:
        wait_for(lambda: sum(" answers at " in line for line in both.lines) == 2, "two trainers", 30)
        for port in ports:
            console.do("dial", target=f"sip:119@127.0.0.1:{port};transport=tcp")

        wait_for(lambda: len(both.records()) == 2, "two calls kept", 10)
    finally:
        assert both.end() == 0
