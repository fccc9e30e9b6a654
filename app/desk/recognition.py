"""Recognition by the site's policy (R43): which calls are written down, what callers are told first, and their objection."""

from dataclasses import replace

from app.desk.commands import ListenTo, LoadEars, StopListening, StopSound
from app.desk.events import CallAnswered, CallEnded, LineAttached
from app.desk.policy import Policy
from app.desk.recording import ANNOUNCEMENT, NOTICE_TRIES, Recordings
from app.desk.speaking import Sentence
from app.desk.speech_events import ListeningTold
from app.desk.state import CallView
from app.domain.announcement import SoundEnd
from app.domain.call import CallId
from app.domain.notice import NoticeCode
from app.domain.recognition import RecognitionStage
from app.domain.recording import RecordingPolicy

WORDS = "words"
"""Key of the announcement that what is said is written down."""
BOTH = "recording_words"
"""The same, and that the call is recorded, in one sentence."""


class Recognition(Recordings):
    """The speech process hears nothing of a call before this part lets it."""

    _told_listening = ListeningTold(CallId(""))
    _offered: frozenset[CallId] = frozenset()
    """Calls whose agent was offered once to have the notice played again."""

    # --- asked for by the agent ---

    def toggle_recognition(self) -> None:
        """The caller objects: what he says is written down no more. Once more: it is again, and he is told of it."""
        view = self.active
        if view is None or not view.answered_at:
            return
        if not self.policy.is_listening or self.policy.recognition.policy is RecordingPolicy.NONE:
            self._notice(NoticeCode.RECOGNITION_NOT_ALLOWED, is_standing=False)
        elif self._recognition_of(view.call) in (RecognitionStage.ON, RecognitionStage.TELLING):
            self._refuse_words(view.call)
        else:
            self._note(view.call, "recognition-asked", by=self.policy.agent)
            self._tell_of_words(view, WORDS)

    # --- said by the processes ---

    def _on_answered(self, event: CallAnswered) -> None:
        view = self.state.call(event.call)
        if view is not None:
            self._set_recognition(event.call, self._first_stage(view))
        super()._on_answered(event)  # asks for the recording's notice, and listens where it may
        view = self.state.call(event.call)
        is_untold = self._recognition_of(event.call) is RecognitionStage.TELLING and event.call not in self._telling
        if view is not None and is_untold:
            self._tell_of_words(view, WORDS)

    def _on_ended(self, event: CallEnded) -> None:
        super()._on_ended(event)
        if event.call in self._offered:
            self._offered -= {event.call}
            self._clear_notice(NoticeCode.RECOGNITION_UNTOLD)

    def _on_attached(self, event: LineAttached) -> None:
        live = {kept.call for kept in event.calls}
        self._change(recognitions={call: stage for call, stage in self.state.recognitions.items() if call in live})
        for kept in event.calls:
            if kept.answered_at and kept.call not in self.state.recognitions:
                self._set_recognition(kept.call, self._stage_taken_over(kept.call))
        super()._on_attached(event)
        self._lose_sentences()

    def _on_listening_told(self, event: ListeningTold) -> None:
        """The speech process outlived the window: what it knows of the calls that are up holds."""
        self._told_listening = event
        for call in event.refused:
            if self.state.recognitions.get(call) is not None:
                self._set_recognition(call, RecognitionStage.REFUSED)
        if event.call and self.state.recognitions.get(event.call) is RecognitionStage.OFF:
            self._set_recognition(event.call, RecognitionStage.ON)
            self._listen_to_voiced()  # asked so, it tells what was said while no window was there

    def _forget(self, call: CallId) -> None:
        super()._forget(call)
        self._change(recognitions={known: stage for known, stage in self.state.recognitions.items() if known != call})

    def follow_speech(self, policy: Policy) -> None:
        """The settings of voice and recognition were changed: the next sentence and the next call follow."""
        had_ears = self.policy.is_listening
        self.policy = replace(
            self.policy, voice=policy.voice, voice_speed=policy.voice_speed, voice_volume=policy.voice_volume,
            recognition=policy.recognition, is_listening=policy.is_listening, ear_voice=policy.ear_voice,
        )  # fmt: skip
        self._show_voice(is_eyes_free=policy.is_eyes_free)
        if policy.is_listening and not had_ears:
            self.ports.ears.send(LoadEars(policy.models, policy.models_folder))
        elif not policy.is_listening:
            for call in [call for call, stage in self.state.recognitions.items() if stage is not RecognitionStage.REFUSED]:
                self.ports.ears.send(StopListening(call))
                self._set_recognition(call, RecognitionStage.OFF)

    # --- which calls ---

    def _may_listen(self, call: CallId) -> bool:
        return self.policy.is_listening and self._recognition_of(call) is RecognitionStage.ON

    def _recognition_of(self, call: CallId) -> RecognitionStage:
        return self.state.recognitions.get(call, RecognitionStage.OFF)

    def _set_recognition(self, call: CallId, stage: RecognitionStage) -> None:
        if stage is not RecognitionStage.OFF:
            self._clear_notice(NoticeCode.RECOGNITION_UNTOLD)
        if self.state.recognitions.get(call) is not stage:
            self._change(recognitions={**self.state.recognitions, call: stage})
            self._note(call, "recognition", stage=stage)

    def _first_stage(self, view: CallView) -> RecognitionStage:
        rules = self.policy.recognition
        if not self.policy.is_listening or rules.policy is not RecordingPolicy.ALL:
            return RecognitionStage.OFF
        return RecognitionStage.TELLING if rules.is_announced and self._is_told(view) else RecognitionStage.ON

    def _stage_taken_over(self, call: CallId) -> RecognitionStage:
        """A call that was answered before this window began: whether its caller was told, the speech process knows."""
        rules = self.policy.recognition
        if call in self._told_listening.refused:
            return RecognitionStage.REFUSED
        is_free = rules.policy is RecordingPolicy.ALL and not rules.is_announced
        return RecognitionStage.ON if is_free or call == self._told_listening.call else RecognitionStage.OFF

    # --- telling ---

    def _notice_key(self, call: CallId) -> str:
        """One sentence, not two, where the caller is told of both."""
        is_both = self._recognition_of(call) is RecognitionStage.TELLING and self.policy.announcements.get(BOTH)
        return BOTH if is_both else super()._notice_key(call)

    def _notice_over(self, call: CallId, key: str, how: SoundEnd) -> None:
        if key in (ANNOUNCEMENT, BOTH):
            super()._notice_over(call, key, how)
        if key not in (WORDS, BOTH) or self._recognition_of(call) is RecognitionStage.REFUSED:
            return
        if how is SoundEnd.HEARD:
            self._begin_words(call)
        elif self._recognition_of(call) is RecognitionStage.TELLING:
            self._set_recognition(call, RecognitionStage.OFF)
            self._offer_notice(call)

    def _offer_notice(self, call: CallId) -> None:
        """A notice that was not heard to its end was not given, whoever ended it: nothing is recognised, and the agent is told
        how it can be. It stands until it is settled; after a second time it fades, as the agent then knows."""
        self._notice(NoticeCode.RECOGNITION_UNTOLD, is_standing=call not in self._offered)
        self._offered |= {call}

    def _tell_of_words(self, view: CallView, key: str) -> None:
        if self.policy.recognition.is_announced and self._is_told(replace(view, legs=())) and view.living_legs:
            self._offer_notice(view.call)  # an operator may be among them: nobody talks into that, and the caller is not told
            return
        if not (self.policy.recognition.is_announced and self._is_told(view)):
            self._begin_words(view.call)
            return
        path = self.policy.announcements.get(key, "")
        text = self.policy.announcement_texts.get(key, key)
        call = view.call
        self._set_recognition(call, RecognitionStage.TELLING)
        if not path:
            self._set_recognition(call, RecognitionStage.OFF)
            self._notice(NoticeCode.ANNOUNCEMENT_SILENT, text)
            return
        sentence = Sentence(text, call, True, path=path, tries=NOTICE_TRIES, then=lambda how: self._notice_over(call, key, how))
        if not self._play(sentence):
            self._set_recognition(call, RecognitionStage.OFF)
            self._offer_notice(call)

    def _begin_words(self, call: CallId) -> None:
        """From now on, and nothing of what was said before."""
        view = self.state.call(call)
        if view is None or not view.answered_at:
            return
        self._set_recognition(call, RecognitionStage.ON)
        self.ports.ears.send(ListenTo(call, view.answered_at, is_from_now=True))
        if self.active is None or self.active.call != call:
            self._listen_to_voiced()  # whoever is talked with meanwhile goes on being heard

    def _refuse_words(self, call: CallId) -> None:
        is_telling = self._recognition_of(call) is RecognitionStage.TELLING
        self._note(call, "recognition-refused", by=self.policy.agent)
        self._set_recognition(call, RecognitionStage.REFUSED)
        self.ports.ears.send(StopListening(call, is_refused=True))
        if is_telling:
            self.ports.line.send(StopSound(call))
