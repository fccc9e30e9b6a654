"""The sound of single words: what a field came from, played out of the recording to the agent alone."""

from collections.abc import Callable
from dataclasses import replace

from app.desk.commands import PlayVoice
from app.desk.core import Ports
from app.desk.events import VoiceFound
from app.desk.policy import Policy, Rules
from app.desk.recording import Recordings
from app.desk.state import DeskState, Playing
from app.domain.call import CallId
from app.domain.notice import Gravity, NoticeCode
from app.domain.recording import AROUND_S, VOICE_RATE
from app.domain.transcript import Evidence

MOST_S = 60.0
"""Of words that go over many sentences so much is played."""

PAUSED = "paused"
"""Why there is no sound where the recording was paused: silence of the same length is kept there."""

NOT_HEARD = "no words"
"""Why there is no sound of a field that nothing was heard for."""

NOT_HERE = "other words"
"""Why there is no sound of a field whose words are not among those of the call on the screen."""

SILENCE = frozenset(b"\x55\xd5")
"""A-law of no sound at all, and so is what stands in the place of a pause."""

_BETWEEN = b"\xd5" * int(0.25 * VOICE_RATE)

Stretch = tuple[CallId, float, float]


class WordsPlayed(Recordings):
    def __init__(self, ports: Ports, policy: Policy, rules: Rules, show: Callable[[DeskState], None]) -> None:
        super().__init__(ports, policy, rules, show)
        self._pieces: dict[str, bytes | None] = {}  # by request, in the order they are played; None = being looked for
        self._why_not = ""

    def play_evidence(self, field: str) -> None:
        """Plays the words that a field of the draft came from; a second time: stops."""
        ticket = self.state.draft.ticket if self.state.draft is not None else None
        evidence = ticket.evidence.get(field, ()) if ticket is not None else ()
        if evidence:
            self.play_words(evidence)
        elif ticket is not None:
            self._say_unheard(NOT_HEARD)

    def play_words(self, evidence: tuple[Evidence, ...]) -> None:
        """Plays just these words, one stretch after the other; asked again for the same, it stops."""
        playing = self.state.playing
        self.stop_playing()
        if playing is not None and playing.evidence == evidence:
            return
        stretches = self._stretches(evidence)
        if not stretches:
            self._say_unheard(NOT_HERE if evidence else NOT_HEARD)
            return
        first = evidence[0]
        for call, start_s, end_s in stretches:
            request = self.rules.new_call_id()
            self._pieces[request] = None
            self._note(call, "recording-heard", by=self.policy.agent, start_s=start_s, end_s=end_s)
        requests = tuple(self._pieces)
        self._change(playing=Playing(stretches[0][0], requests[0], first.speaker, first.utterance, evidence=evidence))
        for request, (call, start_s, end_s) in zip(requests, stretches, strict=True):
            self.ports.store.find_voice(call, request, start_s, end_s)

    def stop_playing(self) -> None:
        self._pieces.clear()
        self._why_not = ""
        super().stop_playing()

    def _stretches(self, evidence: tuple[Evidence, ...]) -> list[Stretch]:
        """Where in which recordings these words are, in the order they were said; those that touch are one."""
        found: list[Stretch] = []
        for part in evidence:
            said = self.state.transcript.utterance(part.speaker, part.utterance)
            if said is not None and self.state.transcript.holds(part):
                start_s, end_s = said.times_of(part.start, part.end)
                call, ahead_s = self._recorded_call(start_s)
                found.append((call, max(0.0, start_s - ahead_s - AROUND_S), end_s - ahead_s + AROUND_S))
        merged: list[Stretch] = []
        for call, start_s, end_s in sorted(found, key=lambda stretch: (self._order(stretch[0]), stretch[1])):
            if merged and merged[-1][0] == call and start_s <= merged[-1][2]:
                merged[-1] = (call, merged[-1][1], max(end_s, merged[-1][2]))
            else:
                merged.append((call, start_s, end_s))
        return _at_most(merged, MOST_S)

    def _order(self, call: CallId) -> int:
        """The place of a call among those of the case."""
        case = self.case
        calls = [known for known, _ in case.earlier] if case is not None else []
        return calls.index(call) if call in calls else len(calls)

    def _on_voice_found(self, event: VoiceFound) -> None:
        if event.request not in self._pieces:
            super()._on_voice_found(event)
            return
        why_not = event.reason or (PAUSED if SILENCE.issuperset(event.voice) else "")
        self._why_not = why_not or self._why_not
        self._pieces[event.request] = b"" if why_not else event.voice
        if all(piece is not None for piece in self._pieces.values()):
            self._play_pieces([piece for piece in self._pieces.values() if piece])

    def _play_pieces(self, pieces: list[bytes]) -> None:
        playing, why_not = self.state.playing, self._why_not
        self._pieces.clear()
        voice = _BETWEEN.join(pieces)
        if playing is not None and voice and self._ask_line(PlayVoice(voice)):
            self._change(playing=replace(playing, until=self.rules.clock() + len(voice) / VOICE_RATE))
            return
        self._change(playing=None)
        if not voice:
            self._say_unheard(why_not)

    def _say_unheard(self, reason: str) -> None:
        """Quietly: the words themselves are lit on the screen."""
        self._notice(NoticeCode.RECORDING_UNHEARD, reason, gravity=Gravity.INFO, is_standing=False)


def _at_most(stretches: list[Stretch], most_s: float) -> list[Stretch]:
    """As many of the first as are played within that time; the first in any case, cut."""
    kept: list[Stretch] = []
    left_s = most_s
    for call, start_s, end_s in stretches:
        if left_s <= 0:
            break
        kept.append((call, start_s, min(end_s, start_s + left_s)))
        left_s -= end_s - start_s
    return kept
