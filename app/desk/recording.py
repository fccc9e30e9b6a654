"""Recordings on the desk: how they stand, the pause for sensitive data, and any sentence played again to the agent alone."""

from collections.abc import Callable
from dataclasses import replace

from app.desk.commands import PauseRecording, PlayVoice, SetUpRecording, StartRecording
from app.desk.continuation import spoken_in
from app.desk.core import Ports
from app.desk.events import CallAnswered, LineAttached, RecordingChanged, RecordingReady, TransferEnded, VoiceFound
from app.desk.phone import Phone
from app.desk.policy import Policy, Rules
from app.desk.speaking import Sentence
from app.desk.state import CallView, DeskState, Playing, RecordingView
from app.domain.announcement import SoundEnd
from app.domain.call import CallId, Direction
from app.domain.notice import NoticeCode
from app.domain.recording import AROUND_S, VOICE_RATE, RecordingPolicy, RecordingStage
from app.domain.transcript import Speaker

ANNOUNCEMENT = "recording"
"""Key of the announcement that tells callers they are recorded."""

NOTICE_TRIES = 3
"""How often a notice that the caller talks into is begun anew."""

LIVE = (RecordingStage.RUNNING, RecordingStage.PAUSED, RecordingStage.FAILED)


class Recordings(Phone):
    def __init__(self, ports: Ports, policy: Policy, rules: Rules, show: Callable[[DeskState], None]) -> None:
        super().__init__(ports, policy, rules, show)
        self._recording_ready: RecordingReady | None = None
        self._telling: dict[CallId, str] = {}  # who is being told of what

    # --- asked for by the agent ---

    def toggle_recording(self) -> None:
        """Pauses the recording of the call that is talked with, resumes it, or starts one where none runs."""
        view = self.active
        if view is None or not view.answered_at:
            return
        known = self.state.recordings.get(view.call)
        if known is None or known.stage is RecordingStage.ENDED:
            self._start_recording(view.call)
        else:
            self._pause_recording(view.call, known.stage is not RecordingStage.PAUSED)

    def play_sentence(self, speaker: Speaker, number: int) -> None:
        """Plays what was said there into the agent's ear; a second time: stops."""
        playing = self.state.playing
        self.stop_playing()
        if playing is not None and (playing.speaker, playing.number) == (speaker, number):
            return
        said = next((u for u in self.state.transcript.utterances if (u.speaker, u.number) == (speaker, number)), None)
        if said is None:
            return
        (call, ahead_s), request = self._recorded_call(said.start_s), self.rules.new_call_id()
        start_s, end_s = max(0.0, said.start_s - ahead_s - AROUND_S), said.end_s - ahead_s + AROUND_S
        self._change(playing=Playing(call, request, speaker, number))
        self._note(call, "recording-heard", by=self.policy.agent, start_s=start_s, end_s=end_s)
        self.ports.store.find_voice(call, request, start_s, end_s)

    def stop_playing(self) -> None:
        if self.state.playing is not None:
            self.ports.line.send(PlayVoice(b""))
            self._change(playing=None)

    # --- said by the processes ---

    def _on_recording_ready(self, event: RecordingReady) -> None:
        self._recording_ready = event
        self.ports.store.purge_recordings(self.policy.recording.keep_days)
        self._set_up_recording()

    def _set_up_recording(self) -> None:
        ready, rules = self._recording_ready, self.policy.recording
        if ready is not None and rules.policy is not RecordingPolicy.NONE:
            is_automatic = rules.policy is RecordingPolicy.ALL
            self.ports.line.send(SetUpRecording(ready.folder, ready.public_key, is_automatic))

    def _on_answered(self, event: CallAnswered) -> None:
        super()._on_answered(event)
        view = self.state.call(event.call)
        is_automatic = self._recording_ready is not None and self.policy.recording.policy is RecordingPolicy.ALL
        if is_automatic and view is not None and self._is_told(view):
            self._announce_recording(event.call)

    def _is_told(self, view: CallView) -> bool:
        """Citizens are told; not an emergency line that calls back, nor whoever is with one already, nor a colleague."""
        lines = self.policy.emergency_targets
        is_line = view.number in {*lines, *(target for ways in lines.values() for _, target in ways)}
        is_citizen = view.direction is Direction.INCOMING and self._is_of_the_hotline(view.call)
        return is_citizen and not is_line and not view.living_legs

    def _on_attached(self, event: LineAttached) -> None:
        super()._on_attached(event)
        live = tuple(kept.call for kept in event.calls)
        self._change(recordings={call: known for call, known in self.state.recordings.items() if call in live})
        self.ports.store.adopt_recordings(live)

    def _on_transferred(self, event: TransferEnded) -> None:
        super()._on_transferred(event)
        known = self.state.recordings.get(event.call)
        if known is not None and known.stage is RecordingStage.PAUSED:
            self._pause_recording(event.call, False)

    def _on_recording(self, event: RecordingChanged) -> None:
        before = self.state.recordings.get(event.call)
        if before is None or before.stage is not event.stage:
            self._note(event.call, "recording", stage=event.stage, at=event.at)
        if event.mark is not None:
            self.ports.store.keep_recording(event.call, event.began_at, event.mark)
        self._change(recordings={**self.state.recordings, event.call: RecordingView(event.stage, event.at)})

    def _on_voice_found(self, event: VoiceFound) -> None:
        playing = self.state.playing
        if playing is None or playing.request != event.request:
            return  # stopped, or another sentence was asked for since
        if event.reason:
            self._change(playing=None)
            self._notice(NoticeCode.RECORDING_UNHEARD, event.reason, is_standing=False)
        elif self._ask_line(PlayVoice(event.voice)):
            self._change(playing=replace(playing, until=self.rules.clock() + len(event.voice) / VOICE_RATE))
        else:
            self._change(playing=None)

    def _watch_playing(self, at: float) -> None:
        if self.state.playing is not None and 0 < self.state.playing.until <= at:
            self._change(playing=None)

    def _forget(self, call: CallId) -> None:
        super()._forget(call)
        self._change(recordings={known: view for known, view in self.state.recordings.items() if known != call})

    # --- steps ---

    def _start_recording(self, call: CallId) -> None:
        if self._recording_ready is None or self.policy.recording.policy is RecordingPolicy.NONE:
            self._notice(NoticeCode.RECORDING_FAILED, self.policy.recording.policy, is_standing=False)
            return
        self._note(call, "recording-asked", by=self.policy.agent)
        if self._ask_line(StartRecording(call)):
            self._announce_recording(call)

    def _pause_recording(self, call: CallId, is_paused: bool) -> None:
        self._note(call, "recording-paused" if is_paused else "recording-resumed", by=self.policy.agent)
        self._ask_line(PauseRecording(call, is_paused))

    def _announce_recording(self, call: CallId) -> None:
        if not self.policy.recording.is_announced:
            return
        view = self.state.call(call)
        if view is not None and view.living_legs:  # an operator may be among them: nobody talks into that
            self._note(call, "recording-not-announced", reason="further parties")
            return
        key = self._notice_key(call)
        path = self.policy.announcements.get(key, "")
        self._note(call, "recording-announced" if path else "recording-not-announced", reason="" if path else "no sound")
        text = self.policy.announcement_texts.get(key, key)
        notice = Sentence(text, call, True, path=path, tries=NOTICE_TRIES, then=lambda how: self._notice_over(call, key, how))
        if path and self._play(notice):
            self._telling[call] = key

    def _notice_key(self, _call: CallId) -> str:
        return ANNOUNCEMENT

    def _notice_over(self, call: CallId, _key: str, how: SoundEnd) -> None:
        """The caller has heard it, or not: the record says which."""
        self._telling.pop(call, None)
        self._note(call, "recording-told" if how is SoundEnd.HEARD else "recording-not-told", how=how)

    def _recorded_call(self, start_s: float) -> tuple[CallId, float]:
        """The call in which these words of the screen were said, and how far the case's clock is ahead of it: that of a case
        that went over several calls is known to the case; a ticket that was opened again names its own."""
        case = self.case
        if case is not None and case.earlier:
            view = self.state.focused
            return spoken_in(case, view.answered_at if view is not None else 0.0, start_s)
        return case.words_call if case is not None else self.state.focus, 0.0
