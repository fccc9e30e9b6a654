"""One agent's work: the one decider. Events come in on the main thread, the state goes out; nothing else is true."""

from dataclasses import replace
from typing import assert_never

from app.desk import events as e
from app.desk import help_events as h
from app.desk import shield_events as s
from app.desk import transcript_events as t
from app.desk.announcing import Announcing
from app.desk.directory import DirectoryDesk
from app.desk.eyes_free import EyesFree
from app.desk.headset import HeadsetDesk
from app.desk.hearing import Hearing
from app.desk.line_quality import LineQualities
from app.desk.missed import MissedCalls
from app.desk.phone import Phone
from app.desk.queueing import Queueing
from app.desk.reachable import Reachable
from app.desk.recognition import Recognition
from app.desk.shield import ShieldDesk
from app.desk.transcript import TranscriptDesk
from app.desk.unheard_calls import UnheardCalls
from app.desk.warning import RiskWarning
from app.desk.workplace import Workplace
from app.desk.writing import Writing
from app.domain.call import CallId


class Desk(
    RiskWarning,
    HeadsetDesk,
    LineQualities,
    TranscriptDesk,
    UnheardCalls,
    Recognition,
    Queueing,
    Reachable,
    ShieldDesk,
    MissedCalls,
    DirectoryDesk,
    Phone,
    EyesFree,
    Hearing,
    Writing,
    Workplace,
    Announcing,
):
    """Main thread only. The agent's commands are its public methods; `handle` takes every event."""

    def handle(self, event: e.DeskEvent) -> None:  # noqa: C901, PLR0915 - one flat table of all that can happen
        """Takes one event in; a late event of a call that has left the desk is dropped on purpose."""
        match event:
            case e.CallRang():
                self._on_rang(event)
            case e.CallDialled():
                self._on_dialled(event)
            case e.CallAnswered():
                self._on_answered(event)
            case e.CallHeld():
                self._on_held(event)
            case e.CallFocused(call):
                self._on_focused(call)
            case e.CallEnded():
                self._on_ended(event)
            case e.LegChanged():
                self._on_leg(event)
            case e.TransferEnded():
                self._on_transferred(event)
            case e.CallsBound():
                self._on_bound(event)
            case e.CallRefused():
                self._on_refused(event)
            case e.DisturbChanged():
                self._on_disturb(event)
            case e.CallEndedUnseen():
                self._on_unseen(event)
            case e.LineAttached():
                self._on_attached(event)
            case e.DigitHeard(call, digit):
                self._on_digit(call, digit)
            case e.MicrophoneMuted(is_muted):
                self._on_muted(is_muted)
            case e.LineChanged():
                self._on_line(event)
            case e.HeadsetChanged():
                self._on_headset(event)
            case e.HeadsetKeysFound():
                self._on_keys_found(event)
            case e.HeadsetPressed():
                self._on_pressed(event)
            case e.ShiftCheckChanged():
                self._on_shift_check(event)
            case e.EarsReady():
                self._on_ears(event)
            case e.SoundOver():
                self._on_sound_over(event)
            case e.ListeningTold():
                self._on_listening_told(event)
            case e.SiteWordsRead():
                self._on_site_words(event)
            case e.VoiceReady():
                self._on_voices(event)
                self._make_announcements()
            case e.Heard():
                self._on_heard(event)
            case e.SpeechMade():
                if not self._on_announcement_made(event):
                    self._on_speech_made(event)
            case e.WordsUnread():
                self._on_unread(event)
            case e.AnswersFound():
                self._on_answers(event)
            case e.AdviceFound():
                self._on_advice(event)
            case e.ProcessLost():
                self._on_process_lost(event)
            case e.ProcessFound():
                self._on_process_found(event)
                self._set_up_recording()
            case e.Noticed(notice):
                self._show_notice(notice)
            case e.NoticeCleared(code):
                self._clear_notice(code)
            case e.StoreOpened():
                self.undone.take_over(event.undone_repairs)
                self._on_store(event, lambda: self._restore_all(event))
                self._resume_evidence()
            case e.TicketKept():
                self._on_kept(event)
            case e.TicketNotKept():
                self._on_not_kept(event)
            case e.HistoryFound():
                self._on_history(event)
            case e.TicketsFound():
                self._on_found(event)
            case e.CallsRecorded(calls):
                self._on_recorded(calls)
            case e.MissedFound(missed):
                self._change(missed=missed)
            case e.DirectoryRead():
                self._on_directory(event)
            case e.QualityMeasured():
                self._on_quality(event)
            case e.RecordingChanged():
                self._on_recording(event)
            case e.RecordingReady():
                self._on_recording_ready(event)
            case e.VoiceFound():
                self._on_voice_found(event)
            case e.NumbersCounted(left):
                self._on_numbers(left)
            case e.SyncChanged():
                self._on_sync(event)
            case e.TicketArrived(ticket):
                self._put_ticket(ticket)
            case e.FiguresArrived(figures):
                self._change(figures=figures)
            case e.PracticeReady():
                self._on_practice_ready(event)
            case e.PracticeChanged():
                self._on_practice(event)
            case e.Ticked(at):
                self._on_tick(at)
            case e.LegTried() | e.HandOverChanged() | e.MessageAnswered() | h.CardPushed() | h.TextSent() | h.AlertArrived():
                self._on_help(event)
            case e.BeatAnswered() | e.QueueCodeDialled() | e.SupervisionRefused():
                self._on_queue(event)
            case s.CallerSpoke() | s.CallerKnown() | s.ShieldTold() | s.NumberMarked():
                self._on_shield(event)
            case s.EvidenceSealed() | s.EvidenceWaits() | s.EvidenceListed():
                self._on_evidence(event)
            case s.EvidenceChecked() | s.EvidenceExported() | s.EvidenceFailed():
                self._on_evidence(event)
            case t.WordsFound() | t.WordsFetched() | t.WordsSought() | t.WordsExported() | t.WordsNotExported():
                self._on_words(event)
            case _:
                assert_never(event)

    def _on_digit(self, call: CallId, digit: str) -> None:
        view = self.state.call(call)
        if view is not None:
            self._with_call(call, digits=(view.digits + digit)[-32:])
            self._note(call, "digit", digit=digit)
            self._on_help_key(call, digit)

    def _on_tick(self, at: float) -> None:
        self._fade(at)
        self._watch_emergency(at)
        self._watch_playing(at)
        self._watch_unheard(at)
        self._look_at_queue(at)
        self._watch_parked(at)
        self._answer_by_itself(at)
        self._watch_shield(at)
        emergency = self.state.emergency
        if emergency.undo_until and emergency.undo_until <= at:
            emergency = replace(emergency, undo_until=0.0)
        self._change(now=at, emergency=emergency)
