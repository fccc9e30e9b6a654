"""What the desk listens for in the caller's words, loaded beside the window: danger (R18, R42-R44) and abuse (R14)."""

import threading
from pathlib import Path

from app.desk.policy import Danger
from app.domain.abuse import Abuse, AbuseListener
from app.domain.danger_sense import DangerSense
from app.domain.emergency import EmergencyListener
from app.domain.linear_text import LinearText, SoundGrams
from app.domain.sound import SoundOf
from app.storage.emergency_file import read_abuse_words, read_emergency_words, read_learnt


class Vigilance:
    """Any thread. `prepare` takes a quarter of a second; who hears before it is done waits for it."""

    def __init__(self, folder: Path, sound_of: SoundOf) -> None:
        self._folder, self._sound_of = folder, sound_of
        self._lock = threading.Lock()
        self._listeners: tuple[DangerSense, AbuseListener] | None = None

    def prepare(self) -> None:
        """Raises SettingsError where a file of the folder is wrong."""
        self._ready()

    def hear_danger(self, text: str, is_open: bool = False) -> Danger | None:
        heard = self._ready()[0].hear(text, is_open)
        return Danger(heard.line, heard.because, heard.matter, heard.is_worded) if heard is not None else None

    def hear_abuse(self, text: str) -> Abuse | None:
        return self._ready()[1].hear(text)

    def _ready(self) -> tuple[DangerSense, AbuseListener]:
        if self._listeners is None:
            with self._lock:
                if self._listeners is None:
                    wordings = EmergencyListener(read_emergency_words(self._folder), self._sound_of)
                    learnt = LinearText(read_learnt(self._folder), SoundGrams(self._sound_of))
                    danger = DangerSense(wordings, learnt)
                    abuse = AbuseListener(read_abuse_words(self._folder), self._sound_of)
                    danger.prepare()
                    abuse.prepare()
                    self._listeners = (danger, abuse)
        return self._listeners
