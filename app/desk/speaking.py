"""Sentences that a voice says to the caller, never over his own, or to the agent alone (R28, agents' complaint 14)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from app.desk.commands import PlaySound, PlayToEar, Say, StopEar, StopSound
from app.desk.core import Ports
from app.desk.emergency import Emergency
from app.desk.events import SoundOver, SpeechMade
from app.desk.policy import Policy, Rules
from app.desk.state import DeskState
from app.desk.voice_state import BEST_VOICE, VoiceChoice, VoiceView
from app.domain.announcement import SoundEnd
from app.domain.call import NO_CALL, CallId
from app.domain.notice import NoticeCode
from app.domain.read_back import number_in

PATIENCE_S = 8.0
"""So long a sentence waits for the caller's pause."""
LISTED = ("hold", "recording", "words", "recording_words", "ring_back")
"""Announcements that an agent may play by hand; the others belong to the emergency lines and the abuse shield."""

Then = Callable[[SoundEnd], None]


@dataclass(frozen=True, slots=True)
class Sentence:
    """Something said to the caller: `path` "" until it is made; `then` is told how it ended, again after each repetition."""

    text: str
    call: CallId
    is_for_caller: bool
    choice: VoiceChoice = BEST_VOICE
    path: str = ""
    tries: int = 1
    then: Then | None = None


class Speaking(Emergency):
    """One sentence for the caller at a time is known as the one being said; telephony lets them wait for each other."""

    def __init__(self, ports: Ports, policy: Policy, rules: Rules, show: Callable[[DeskState], None]) -> None:
        super().__init__(ports, policy, rules, show)
        self._spoken_for: dict[str, Sentence] = {}  # asked of a voice
        self._played: dict[str, Sentence] = {}  # asked of telephony
        self._unsaid: Sentence | None = None
        self.state = replace(self.state, voice=self._voice_with(is_eyes_free=policy.is_eyes_free))

    # --- asked for by the agent ---

    def say(self, text: str, is_for_caller: bool, choice: VoiceChoice | None = None) -> None:
        """Lets a voice read a sentence into the call, or to the agent only."""
        view = self.active
        if not text.strip():
            return
        call = view.call if view is not None else NO_CALL
        self._say(Sentence(text, call, is_for_caller and view is not None, choice or self._choice()))

    def say_number(self, is_for_caller: bool) -> None:
        """Reads the ticket's number out, digit by digit in groups."""
        number = self.state.draft.ticket.number if self.state.draft else None
        if number is None:
            self._notice(NoticeCode.RULE_BROKEN, "say_number", "number", is_standing=False)
            return
        self.say(self.rules.spoken_number(number), is_for_caller)

    def read_back(self, text: str = "") -> None:
        """Reads the number in `text` back to the caller, in groups; where it holds none, the callback number."""
        contact = self.state.draft.ticket.contact if self.state.draft else ""
        number = number_in(text) or number_in(contact)
        if not number:
            self._notice(NoticeCode.RULE_BROKEN, "read_back", "contact", is_standing=False)
            return
        self.say((self.rules.spoken_contact or self.rules.spoken_number)(number), True)

    def announce(self, key: str, is_for_caller: bool) -> None:
        """Plays one of the site's announcements to the caller, or to the agent first."""
        path, text = self.policy.announcements.get(key, ""), self.policy.announcement_texts.get(key, key)
        view = self.active
        if not path:
            self._notice(NoticeCode.ANNOUNCEMENT_SILENT, text, is_standing=False)
        else:
            call = view.call if view is not None else NO_CALL
            self._play(Sentence(text, call, is_for_caller and view is not None, path=path))

    def say_again_or_stop(self) -> None:
        """Stops what is being said; where nothing is, says what the caller gave no room for."""
        if self._spoken_for or self._played:
            self.stop_saying()
        elif (unsaid := self._unsaid) is not None:
            view = self.active
            if view is not None and unsaid.call == view.call:
                self._show_voice(unsaid="")
                self._unsaid = None
                self._play(unsaid)

    def stop_saying(self) -> None:
        """Nothing more of what was asked for is heard, by the caller or the agent."""
        self._spoken_for.clear()
        playing = list(self._played.values())
        for call in dict.fromkeys(sentence.call for sentence in playing if sentence.is_for_caller):
            self.ports.line.send(StopSound(call))
        if any(not sentence.is_for_caller for sentence in playing):
            self.ports.line.send(StopEar())
        self._show_saying()

    # --- said by the processes ---

    def _on_speech_made(self, event: SpeechMade) -> None:
        sentence = self._spoken_for.pop(event.request, None)
        if sentence is None:
            return  # stopped meanwhile
        self._note(sentence.call, "spoken", for_caller=sentence.is_for_caller, seconds=event.seconds)
        view = self.active
        if sentence.is_for_caller and (view is None or view.call != sentence.call):
            self._show_saying()  # the caller it was meant for is not talked with any more
            return
        self._play(replace(sentence, path=event.path), event.request)

    def _on_sound_over(self, event: SoundOver) -> None:
        sentence = self._played.pop(event.request, None) or self._spoken_for.pop(event.request, None)
        if sentence is None:
            return
        self._show_saying()
        if sentence.is_for_caller:
            self._note(sentence.call, "spoken-over", how=event.how)
            view = self.state.call(sentence.call)
            if event.how in (SoundEnd.WAITED, SoundEnd.CUT) and view is not None:
                self._keep_unsaid(sentence, event.how)
        if sentence.then is not None:
            sentence.then(event.how)

    def _after_press(self, call: CallId, line: str, at: float) -> None:
        """Nobody in danger, and no operator, listens to the end of an announcement; and nothing that waits for the caller's
        pause may begin while an operator speaks."""
        super()._after_press(call, line, at)
        if any(sentence.is_for_caller for sentence in (*self._played.values(), *self._spoken_for.values())):
            self.stop_saying()

    # --- steps ---

    def _choice(self) -> VoiceChoice:
        return VoiceChoice(self.policy.voice, self.policy.voice_speed, self.policy.voice_volume)

    def _say(self, sentence: Sentence) -> None:
        request, choice = self.rules.new_call_id(), sentence.choice
        voice = choice.voice or self.policy.voice
        if self.ports.ears.send(Say(request, sentence.text, voice, choice.speed, volume=choice.volume)):
            self._spoken_for[request] = sentence
            self._show_saying()
        else:
            self._notice(NoticeCode.SPEECH_DOWN, is_standing=False)

    def _play(self, sentence: Sentence, request: str = "") -> bool:
        """Has a sentence heard that lies there as a file; False where telephony cannot be reached."""
        request = request or self.rules.new_call_id()
        wish: PlaySound | PlayToEar = PlayToEar(request, sentence.path, PATIENCE_S)
        if sentence.is_for_caller:
            wish = PlaySound(sentence.call, sentence.path, True, request=request, patience_s=PATIENCE_S, tries=sentence.tries)
        if not self._ask_line(wish):
            self._show_saying()
            return False
        self._played[request] = sentence
        self._show_saying()
        return True

    def _keep_unsaid(self, sentence: Sentence, how: SoundEnd) -> None:
        self._unsaid = sentence
        self._show_voice(unsaid=sentence.text)
        code = NoticeCode.VOICE_WAITED if how is SoundEnd.WAITED else NoticeCode.VOICE_CUT
        self._notice(code, sentence.text, is_standing=False)

    def _lose_sentences(self) -> None:
        """Telephony was reached anew: how what was being said ended is not told any more."""
        played, self._played = self._played, {}
        self._show_saying()
        for sentence in played.values():
            if sentence.then is not None:
                sentence.then(SoundEnd.STOPPED)

    def _lose_unmade(self) -> None:
        """The speech process is gone, and with it what it was asked to make."""
        self._spoken_for.clear()
        self._show_saying()

    def _forget_sentences(self, call: CallId) -> None:
        """Nothing that was meant for one caller is ever heard by the next."""
        self._spoken_for = {request: one for request, one in self._spoken_for.items() if one.call != call}
        if any(one.call == call and one.is_for_caller for one in self._played.values()):
            self.ports.line.send(StopSound(call))
        self._played = {request: one for request, one in self._played.items() if one.call != call}
        if self._unsaid is not None and self._unsaid.call == call:
            self._unsaid = None
            self._show_voice(unsaid="")
        self._show_saying()

    def _show_saying(self) -> None:
        saying = [one.text for one in (*self._played.values(), *self._spoken_for.values()) if one.is_for_caller]
        if self.state.voice.saying != (shown := saying[0] if saying else ""):
            self._show_voice(saying=shown)

    def _show_voice(self, **changes: Any) -> None:
        voice = self._voice_with(**changes)
        if voice != self.state.voice:
            self._change(voice=voice)

    def _voice_with(self, **changes: Any) -> VoiceView:
        texts = self.policy.announcement_texts
        listed = tuple((key, texts[key]) for key in LISTED if key in texts and self.policy.announcements.get(key))
        return replace(self.state.voice, choice=self._choice(), announcements=listed, **changes)
