"""Eyes-free work (免视操作): a voice in the agent's ear says where the keyboard is and what has happened."""

import re
from dataclasses import dataclass
from enum import IntEnum

from app.desk.commands import PlayToEar, Say, StopEar
from app.desk.events import SoundOver, SpeechMade
from app.desk.speaking import Speaking
from app.domain.announcement import SoundEnd

PATIENCE_S = 4.0
"""So long a field's words wait for the caller's pause: after that the agent is elsewhere."""
FORGOTTEN_S = 20.0
"""A sentence that nobody said the end of for so long is over."""
_TRIES = 3
LONG = re.compile(r"\d{5,}[Xx]?")
"""Digits that are a number to be dialled or written down, and no sum or year."""


class Rank(IntEnum):
    """What may take the place of what: the field under the cursor, something that happened, danger."""

    FIELD = 0
    NEWS = 1
    DANGER = 2


@dataclass(frozen=True, slots=True)
class _Words:
    text: str
    rank: Rank
    request: str = ""
    until: float = 0.0
    tries: int = 1


class EyesFree(Speaking):
    """At most one sentence is heard and one waits: what is no longer true is not read out."""

    _being_read: _Words | None = None
    _next_read: _Words | None = None

    # --- asked for by the agent ---

    def toggle_eyes_free(self) -> None:
        """On or off; whoever asked keeps it in the settings."""
        self._set_eyes_free(not self.state.voice.is_eyes_free)

    def read_out(self, text: str, rank: Rank = Rank.FIELD) -> None:
        """Says it in the agent's ear, in a pause of the caller; danger at once. Does nothing where eyes-free is off."""
        if not self.state.voice.is_eyes_free or not text.strip():
            return
        words = _Words(self._speakable(text), rank)
        if not self._is_heard():
            self._next_read = None  # what it waited for never ended, and that was long ago
        if self._must_wait(rank):
            if self._next_read is None or rank >= self._next_read.rank:
                self._next_read = words
            return
        if self._is_heard() and self._being_read is not None and self._being_read.rank is Rank.NEWS:
            self._next_read = self._being_read  # danger goes before it
        self._read_now(words)

    # --- said by the processes ---

    def _on_speech_made(self, event: SpeechMade) -> None:
        words = self._being_read
        if words is None or words.request != event.request:
            super()._on_speech_made(event)
            return
        patience_s = 0.0 if words.rank is Rank.DANGER else PATIENCE_S
        self.ports.line.send(PlayToEar(event.request, event.path, patience_s))

    def _on_sound_over(self, event: SoundOver) -> None:
        words = self._being_read
        if words is None or words.request != event.request:
            super()._on_sound_over(event)
            return
        self._being_read = None
        is_lost = event.how in (SoundEnd.CUT, SoundEnd.WAITED)
        if is_lost and words.rank is not Rank.FIELD and words.tries < _TRIES and self._next_read is None:
            self._read_now(_Words(words.text, words.rank, tries=words.tries + 1))
        elif self._next_read is not None:
            following, self._next_read = self._next_read, None
            self._read_now(following)

    # --- steps ---

    def _set_eyes_free(self, is_on: bool) -> None:
        self._being_read = self._next_read = None
        self.ports.line.send(StopEar())
        self._show_voice(is_eyes_free=is_on)

    def _speakable(self, text: str) -> str:
        """Long numbers in groups, sign by sign: a voice would read them as a sum."""
        groups = self.rules.spoken_groups
        return LONG.sub(lambda run: f"，{groups(run.group())}，" if groups else run.group(), text)

    def _must_wait(self, rank: Rank) -> bool:
        """Behind what matters more; and news do not cut each other off."""
        heard = self._being_read
        return self._is_heard() and heard is not None and (heard.rank > rank or heard.rank is rank is Rank.NEWS)

    def _is_heard(self) -> bool:
        return self._being_read is not None and self.rules.clock() < self._being_read.until

    def _read_now(self, words: _Words) -> None:
        if self._being_read is not None:
            self.ports.line.send(StopEar())
        request, policy = self.rules.new_call_id(), self.policy
        self._being_read = _Words(words.text, words.rank, request, self.rules.clock() + FORGOTTEN_S, words.tries)
        asked = Say(
            request, words.text, policy.ear_voice, speed=policy.voice_speed, volume=policy.voice_volume, is_for_ear=True
        )
        if not self.ports.ears.send(asked):
            self._being_read = None
