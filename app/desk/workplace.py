"""The agent's place: state, headset, lines, speech, sync and practice as they stand, and what the status area says of them."""

from collections.abc import Callable
from dataclasses import replace

from app.desk.commands import AudioChoice, ChooseHeadset, ListenTo, LoadEars, SetUpLines, StartScenario, StopScenario
from app.desk.events import (
    EarsReady,
    HeadsetChanged,
    LineChanged,
    PracticeChanged,
    PracticeReady,
    ProcessFound,
    ProcessLost,
    StoreOpened,
    SyncChanged,
    VoiceReady,
)
from app.desk.policy import Policy
from app.desk.site_words import SiteWordsDesk
from app.desk.state import HeadsetState, LineState
from app.domain.agent import AgentState
from app.domain.call import CallStage
from app.domain.notice import Gravity, NoticeCode

LOST = {
    "telephony": NoticeCode.TELEPHONY_DOWN,
    "speech": NoticeCode.SPEECH_DOWN,
    "practice": NoticeCode.PRACTICE_DOWN,
}
MODEL_NOTICES = (
    NoticeCode.MODEL_MISSING, NoticeCode.MODEL_CORRUPT, NoticeCode.MODEL_ENGINE_UNKNOWN, NoticeCode.MODEL_LANGUAGE,
    NoticeCode.MODEL_STRANGER, NoticeCode.MODEL_UNREADABLE, NoticeCode.MODEL_LOADING, NoticeCode.MODEL_HANGS,
    NoticeCode.SPEECH_DOWN,
)  # fmt: skip


class Workplace(SiteWordsDesk):
    _pulled: HeadsetState | None = None
    """The headset as it was before it was pulled out; what takes its place meanwhile is not what the agent wears."""

    # --- asked for by the agent ---

    def become(self, state: AgentState, reason: str = "") -> None:
        """The agent's own word is the only thing that ends a state (agents' complaint 11)."""
        now = self.rules.clock()
        self._note(self.state.focus, "agent-state", state=state, reason=reason, at=now)
        self.ports.store.set_agent_state(state, reason, now)
        self._change(agent_state=state, state_since=now, state_reason=reason)
        self._clear_notice(NoticeCode.PBX_LOST_IN_CALL)
        self._tell_presence()
        self.ports.courier.wake()

    def choose_headset(self, choice: AudioChoice) -> None:
        self.policy = replace(self.policy, audio=choice)
        self._pulled = None
        self._clear_notice(NoticeCode.HEADSET_PULLED)
        self.ports.line.send(ChooseHeadset(choice))

    def follow(self, policy: Policy) -> None:
        """The site's settings were changed: lines are set up anew, calls that are up go on; another model listens at once."""
        before = self.policy
        self.policy = replace(policy, audio=self.policy.audio, announcements=self.policy.announcements,
                              unspoken=self.policy.unspoken, sound_s=self.policy.sound_s, abuse=self.policy.abuse,
                              wanted=self.policy.wanted, announcement_texts=self.policy.announcement_texts,
                              site_words=self.policy.site_words)  # fmt: skip
        self.ports.line.send(SetUpLines(policy.accounts, policy.local_address, policy.local_port, policy.accepts_from))
        if policy.is_listening and (policy.models != before.models or not before.is_listening):
            self.ports.ears.send(LoadEars(policy.models, policy.models_folder))
        self._say_whether_calls_come()

    def start_practice(self, scenario: str) -> None:
        """Lets a scripted citizen call this desk; "" = any."""
        if not self.ports.trainer.send(StartScenario(scenario, self.policy.practice_target)):
            self._notice(NoticeCode.PRACTICE_DOWN, is_standing=False)

    def stop_practice(self) -> None:
        self.ports.trainer.send(StopScenario())

    def dismiss_notice(self, code: str) -> None:
        self._clear_notice(NoticeCode(code))

    def want_figures(self, is_wanted: bool) -> None:
        self.ports.courier.want_figures(is_wanted)

    # --- said by the processes ---

    def _on_process_found(self, event: ProcessFound) -> None:
        self._clear_notice(LOST.get(event.process, NoticeCode.INTERNAL))
        if event.process == "telephony":
            policy = self.policy
            self.ports.line.send(SetUpLines(policy.accounts, policy.local_address, policy.local_port, policy.accepts_from))
            self.ports.line.send(ChooseHeadset(policy.audio))
            self._say_whether_calls_come()
        if event.process == "speech":
            self._teach_words()
            if self.policy.is_listening:
                self.ports.ears.send(LoadEars(self.policy.models, self.policy.models_folder))
            for view in sorted(self.state.calls, key=lambda view: view.call == self.state.voiced):  # the last is heard
                if view.stage in (CallStage.TALKING, CallStage.HELD) and self._may_listen(view.call):
                    self.ports.ears.send(ListenTo(view.call, view.answered_at))

    def _on_process_lost(self, event: ProcessLost) -> None:
        gravity = Gravity.ERROR if event.process == "telephony" else Gravity.WARNING
        self._notice(LOST.get(event.process, NoticeCode.INTERNAL), event.process, gravity=gravity)
        if event.process == "speech":
            self._clear_notice(NoticeCode.MODEL_LOADING)  # whoever loads it now says so anew
            self._change(speech=replace(self.state.speech, engine="", model=""))
        if event.process == "telephony":
            self._change(lines={line: LineState(False) for line in self.state.lines})
        if event.process == "practice":
            self._change(practice=replace(self.state.practice, step="", reason=""))

    def _has_line(self, line: str) -> bool:
        return any(account.line == line for account in self.policy.accounts)

    def _say_whether_calls_come(self) -> None:
        if self._has_line("pbx"):
            self._clear_notice(NoticeCode.PBX_NOT_SET)
            return
        self._clear_notice(NoticeCode.PBX_UNREACHABLE, NoticeCode.PBX_WRONG_PASSWORD, NoticeCode.PBX_SECOND)
        is_for_practice = self._has_line("practice")
        gravity = Gravity.INFO if is_for_practice else Gravity.WARNING
        self._notice(NoticeCode.PBX_NOT_SET, gravity=gravity, is_standing=not is_for_practice)

    def _on_line(self, event: LineChanged) -> None:
        if not self._has_line(event.line):  # the settings know it no more
            self._change(lines={line: state for line, state in self.state.lines.items() if line != event.line})
            return
        self._change(lines={**self.state.lines, event.line: LineState.of(event)})
        if event.line == "gateway" and event.is_up:
            self._clear_notice(NoticeCode.GATEWAY_UNREACHABLE)
        if event.line == "pbx":
            self._say_pbx(event)

    def _say_pbx(self, event: LineChanged) -> None:
        if event.is_up:
            self._clear_notice(NoticeCode.PBX_UNREACHABLE, NoticeCode.PBX_WRONG_PASSWORD)
            if event.is_home:
                self._clear_notice(NoticeCode.PBX_SECOND)
            else:
                self._notice(NoticeCode.PBX_SECOND, event.server)
        elif event.code in (401, 403):
            self._clear_notice(NoticeCode.PBX_UNREACHABLE)
            self._notice(NoticeCode.PBX_WRONG_PASSWORD, event.line, gravity=Gravity.ERROR)
        else:
            self._notice(NoticeCode.PBX_UNREACHABLE, event.line, event.reason, gravity=Gravity.ERROR)

    def _on_headset(self, event: HeadsetChanged) -> None:
        before = self.state.headset
        self._change(
            headset=replace(
                before,
                microphone=event.microphone,
                earpiece=event.earpiece,
                is_working=event.is_working,
                devices_in=event.devices_in,
                devices_out=event.devices_out,
            )
        )
        if event.is_working:
            self._clear_notice(NoticeCode.NO_HEADSET)
            if self._pulled is not None and _is_plugged_again(self._pulled, event):
                self._pulled = None
                self._clear_notice(NoticeCode.HEADSET_PULLED)
        elif before.is_working:
            self._pulled = worn = self._pulled or before  # a stopgap that goes too is not what the agent wears
            gone = worn.earpiece if not event.earpiece else worn.microphone
            self._notice(NoticeCode.HEADSET_PULLED, gone, gravity=Gravity.ERROR)
        elif self._pulled is None:
            self._notice(NoticeCode.NO_HEADSET)

    def _on_muted(self, is_muted: bool) -> None:
        self._change(headset=replace(self.state.headset, is_muted=is_muted))

    def _on_ears(self, event: EarsReady) -> None:
        self._change(speech=replace(self.state.speech, engine=event.engine, model=event.model))
        if event.engine:
            self._clear_notice(*MODEL_NOTICES)

    def _on_voices(self, event: VoiceReady) -> None:
        self._change(speech=replace(self.state.speech, voices=event.voices, voice_details=event.details))

    def _on_store(self, event: StoreOpened, restore: Callable[[], None]) -> None:
        first = event.agent_state is AgentState.OFFLINE  # nobody sat here before: the desk opens ready for a first call
        state = AgentState.READY if first else event.agent_state
        since = self.rules.clock() if first else event.state_since
        if self.state.state_since:  # the store opened late, and the agent has said what is true now
            state, since = self.state.agent_state, self.state.state_since
        reason = event.state_reason if since == event.state_since else self.state.state_reason
        self._change(
            agent=event.agent or self.state.agent,
            agent_state=state,
            state_since=since,
            state_reason=reason,
            tickets=event.recent,
            last_dialled=self.state.last_dialled or event.last_dialled,
            sync=replace(self.state.sync, numbers_left=event.numbers_left),
        )
        restore()
        self._tell_presence()

    def _on_numbers(self, left: int) -> None:
        self._change(sync=replace(self.state.sync, numbers_left=left))

    def _on_sync(self, event: SyncChanged) -> None:
        sync = replace(
            self.state.sync,
            is_online=event.is_online,
            waiting=event.waiting,
            last_at=event.last_at,
            console=event.console or self.state.sync.console,
        )
        self._change(sync=sync)

    def _on_practice_ready(self, event: PracticeReady) -> None:
        self._clear_notice(NoticeCode.PRACTICE_DOWN)
        self._change(practice=replace(self.state.practice, scenarios=event.scenarios))

    def _on_practice(self, event: PracticeChanged) -> None:
        self._change(practice=replace(self.state.practice, scenario=event.scenario, step=event.step, reason=event.reason))


def _is_plugged_again(pulled: HeadsetState, now: HeadsetChanged) -> bool:
    """The same devices are back, or ones that were not there when it was pulled: not just the loudspeaker instead."""
    ear = now.earpiece == pulled.earpiece or now.earpiece not in pulled.devices_out
    return ear and (now.microphone == pulled.microphone or now.microphone not in pulled.devices_in)
