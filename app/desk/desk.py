"""One agent's work: the one decider. Events come in on the main thread, the state goes out; nothing else is true."""

from dataclasses import replace
from typing import assert_never

from app.desk import events as e
from app.desk.hearing import Hearing
from app.desk.phone import Phone
from app.desk.workplace import Workplace
from app.desk.writing import Writing
from app.domain.call import CallId


class Desk(Phone, Hearing, Writing, Workplace):
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
            case e.EarsReady():
                self._on_ears(event)
            case e.VoiceReady():
                self._on_voices(event)
            case e.Heard():
                self._on_heard(event)
            case e.SpeechMade():
                self._on_speech_made(event)
            case e.AnswersFound():
                self._on_answers(event)
            case e.AdviceFound():
                self._on_advice(event)
            case e.ProcessLost():
                self._on_process_lost(event)
            case e.ProcessFound():
                self._on_process_found(event)
            case e.Noticed(notice):
                self._show_notice(notice)
            case e.NoticeCleared(code):
                self._clear_notice(code)
            case e.StoreOpened(drafts=drafts):
                self._on_store(event, lambda: self._restore(drafts))
            case e.TicketKept():
                self._on_kept(event)
            case e.TicketNotKept():
                self._on_not_kept(event)
            case e.HistoryFound():
                self._on_history(event)
            case e.TicketsFound():
                self._on_found(event)
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
            case _:
                assert_never(event)

    def _on_digit(self, call: CallId, digit: str) -> None:
        view = self.state.call(call)
        if view is not None:
            self._with_call(call, digits=(view.digits + digit)[-32:])
            self._note(call, "digit", digit=digit)

    def _on_tick(self, at: float) -> None:
        self._fade(at)
        self._watch_emergency(at)
        emergency = self.state.emergency
        if emergency.undo_until and emergency.undo_until <= at:
            emergency = replace(emergency, undo_until=0.0)
        self._change(now=at, emergency=emergency)
