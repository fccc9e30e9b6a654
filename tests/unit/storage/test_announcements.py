"""Announcements that ship are small, evenly loud and not clipped; what is wrong in the file is named with its line."""

import wave
from pathlib import Path

import numpy as np
import pytest

from app.announcing import RESOURCES, with_announcements
from app.desk.policy import Policy
from app.domain.announcement import Announcement
from app.domain.notice import NoticeCode
from app.errors import SettingsError
from app.speech.levelling import LOUDNESS_DBFS, levelled, rms, spoken_frames
from app.storage.announcements import read_announcements
from app.storage.rulepack_file import read_rulepack

SHIPPED = read_announcements(RESOURCES / "announcements.toml")
WANTED = {"comfort", "recording", "civility_1", "civility_2", "civility_3", "farewell", "hold", "ring_back", "silent_help"}


def written(folder: Path, text: str) -> Path:
    (folder / "announcements.toml").write_text(text, encoding="utf-8")
    return folder / "announcements.toml"


def test_every_announcement_that_ships_has_its_sound() -> None:
    policy, flaw = with_announcements(Policy("8001"), RESOURCES)

    assert set(policy.announcements) >= WANTED
    assert (policy.unspoken, flaw) == ((), None)
    assert all(Path(path).is_absolute() for path in policy.announcements.values())


@pytest.mark.parametrize("announcement", SHIPPED, ids=lambda one: one.key)
def test_a_sound_is_16_bit_mono_at_16_khz_small_evenly_loud_and_not_clipped(announcement: Announcement) -> None:
    path = RESOURCES / "sounds" / announcement.file_name
    with wave.open(str(path)) as file:
        form = (file.getsampwidth(), file.getnchannels(), file.getframerate())
        samples = (np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768).astype(np.float32)

    loud = samples[: len(samples) // 320 * 320].reshape(-1, 320)[spoken_frames(samples)]
    assert form == (2, 1, 16_000)
    assert path.stat().st_size <= 200_000
    assert abs(20 * np.log10(rms(loud)) - LOUDNESS_DBFS) < 1.0
    assert float(np.abs(samples).max()) < 0.75


def test_changed_words_have_no_sound_until_it_is_made(tmp_path: Path) -> None:
    text = (RESOURCES / "announcements.toml").read_text(encoding="utf-8")
    written(tmp_path, text.replace("请您稍候，正在为您查询，请不要挂机。", "请稍等。"))
    (tmp_path / "sounds").symlink_to(RESOURCES / "sounds")

    policy, _ = with_announcements(Policy("8001"), tmp_path)

    assert [one.key for one in policy.unspoken] == ["hold"]
    assert "hold" not in policy.announcements


def test_a_damaged_sound_counts_as_missing(tmp_path: Path) -> None:
    written(tmp_path, 'voice = "v"\n[[announcement]]\nkey = "hold"\ntext = "x"\nfile = "own.wav"\n')
    (tmp_path / "sounds").mkdir()
    (tmp_path / "sounds" / "own.wav").write_bytes(b"RIFF nothing")

    policy, _ = with_announcements(Policy("8001"), tmp_path)

    assert policy.announcements == {}


def test_a_file_that_is_wrong_silences_the_announcements_and_not_the_console(tmp_path: Path) -> None:
    written(tmp_path, "voice = 3\n")

    policy, flaw = with_announcements(Policy("8001"), tmp_path)

    assert policy.announcements == {}
    assert flaw is not None and flaw.code is NoticeCode.SETTINGS_WRONG


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        ('key = "hold"\ntext = ""', 4),
        ('key = "ho ld"\ntext = "x"', 3),
        ('key = "hold"\ntext = "x"\nfile = "../../etc/x.wav"', 5),
        ('key = "hold"\ntext = "x"\nwords = "y"', 5),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, lines: str, line: int) -> None:
    path = written(tmp_path, f'voice = "v"\n[[announcement]]\n{lines}\n')

    with pytest.raises(SettingsError) as wrong:
        read_announcements(path)

    assert wrong.value.values[:2] == ("announcements.toml", str(line))


def test_a_sound_is_brought_to_the_common_loudness_without_dead_ends() -> None:
    voice = np.sin(np.arange(16_000, dtype=np.float32) / 10) * 0.01
    quiet = np.concatenate([np.zeros(16_000, np.float32), voice, np.zeros(16_000, np.float32)]).astype(np.float32)

    made = levelled(quiet, 16_000)

    assert abs(20 * np.log10(rms(made[3_000:-3_000])) - LOUDNESS_DBFS) < 1.0
    assert len(made) < 21_000


@pytest.mark.parametrize("city", ["beijing", "baoding"])
def test_the_steps_of_every_city_are_announcements_that_ship(city: str) -> None:
    abuse = read_rulepack(RESOURCES / "rulepacks" / f"{city}.toml").abuse

    assert set(abuse.steps) <= WANTED and abuse.farewell in WANTED
    assert abuse.steps
    assert abuse.may_end is (city == "baoding")


def test_a_notice_that_announces_the_end_is_only_played_where_a_call_may_be_ended() -> None:
    abuse = read_rulepack(RESOURCES / "rulepacks" / "beijing.toml").abuse

    assert "civility_3" not in abuse.steps


@pytest.mark.parametrize(
    ("table", "what"),
    [("may_end = true", "may_end"), ("steps = [1]", "steps"), ("night_from = 24", "night_from"), ("pauses = 3", "pauses")],
)
def test_an_abuse_table_that_is_wrong_is_refused(tmp_path: Path, table: str, what: str) -> None:
    head = 'key = "x"\ncity = "x"\nversion = "1"\nsource = "x"\nmay_decline = false\n'
    (tmp_path / "x.toml").write_text(f"{head}[abuse]\n{table}\n", encoding="utf-8")

    with pytest.raises(SettingsError) as wrong:
        read_rulepack(tmp_path / "x.toml")

    assert (wrong.value.values[1], what in wrong.value.values[2]) == ("7", True)


def test_a_pack_without_the_table_has_no_shield(tmp_path: Path) -> None:
    head = 'key = "x"\ncity = "x"\nversion = "1"\nsource = "x"\nmay_decline = false\n'
    (tmp_path / "x.toml").write_text(head, encoding="utf-8")

    abuse = read_rulepack(tmp_path / "x.toml").abuse

    assert (abuse.steps, abuse.may_end) == ((), False)
