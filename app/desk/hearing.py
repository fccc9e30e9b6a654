"""What is heard becomes words on the screen, proposals in the form, questions to the knowledge base and lit buttons."""

from collections.abc import Callable
from dataclasses import replace

from app.desk.case import Case
from app.desk.commands import PlaySound, Say
from app.desk.continuation import placed
from app.desk.core import Ports
from app.desk.emergency import Emergency
from app.desk.events import AdviceFound, AnswersFound, Heard, SpeechMade
from app.desk.policy import Policy, Rules
from app.desk.state import DeskState
from app.domain.call import NO_CALL, CallId
from app.domain.notice import NoticeCode
from app.domain.transcript import Speaker

READ_BACK = 200
"""Utterances that are read again at each final: a call of an hour must not make the window slow."""

QUERY_LENGTH = 120
"""Characters of the caller's latest words that are asked of the knowledge base."""


class Hearing(Emergency):
    """Words come from the speech process; answers and units from the adviser; sentences go out through a voice."""

    def __init__(self, ports: Ports, policy: Policy, rules: Rules, show: Callable[[DeskState], None]) -> None:
        super().__init__(ports, policy, rules, show)
        self._spoken_for: dict[str, tuple[CallId, bool]] = {}

    def search(self, query: str) -> None:
        """Asks the knowledge base what the agent typed; an emptied query follows the caller's words again."""
        case = self.case
        if case is not None:
            self._keep_case(replace(case, query=query, has_own_query=bool(query.strip())))
        else:
            self._change(query=query)
        if query.strip():
            self.ports.adviser.find_answers(query, False)
        elif case is not None:
            self._ask(self.cases[case.call])

    def say(self, text: str, is_for_caller: bool) -> None:
        """Lets a voice read a sentence into the call, or to the agent only."""
        view = self.active
        if not text.strip():
            return
        request = self.rules.new_call_id()
        self._spoken_for[request] = (view.call if view is not None else NO_CALL, is_for_caller and view is not None)
        if not self.ports.ears.send(Say(request, text, self.policy.voice)):
            self._notice(NoticeCode.SPEECH_DOWN, is_standing=False)

    def say_number(self, is_for_caller: bool) -> None:
        """Reads the ticket's number out, digit by digit in groups."""
        number = self.state.draft.ticket.number if self.state.draft else None
        if number is None:
            self._notice(NoticeCode.RULE_BROKEN, "say_number", "number", is_standing=False)
            return
        self.say(self.rules.spoken_number(number), is_for_caller)

    def _on_heard(self, event: Heard) -> None:
        case = self.cases.get(self.joined.get(event.call, event.call))
        if case is None:
            return  # a late word of a call that has left the desk is put down to nobody
        view = self.state.call(case.call)
        heard = placed(case, event.call, view.answered_at if view else 0.0, event.utterance)
        case = replace(case, transcript=case.transcript.with_heard(heard))
        if heard.speaker is Speaker.CALLER and heard.text:
            case = self._hear_danger(case)
        if heard.final and heard.text:
            self._note(event.call, "heard", speaker=heard.speaker, number=heard.number, text=heard.text,
                       start_s=heard.start_s, end_s=heard.end_s)  # fmt: skip
            if heard.speaker is Speaker.CALLER:
                lately = replace(case.transcript, utterances=case.transcript.utterances[-READ_BACK:])
                case = case.filled(self.rules.propose(lately))
                self._keep_draft(case)
        self._keep_case(case)
        if heard.final and heard.speaker is Speaker.CALLER and heard.text:
            self._ask(case)

    def _ask(self, case: Case) -> None:
        """Asks for answers and units with what the caller said last; never in place of the agent's own question."""
        words = case.transcript.said_by(Speaker.CALLER)[-QUERY_LENGTH:].replace("\n", " ")
        if words and not case.has_own_query:
            self._keep_case(replace(self.cases[case.call], query=words))
            self.ports.adviser.find_answers(words, True)
        self._ask_units(case, words)

    def _on_answers(self, event: AnswersFound) -> None:
        if self.case is None and event.query == self.state.query:
            self._change(answers=event.answers)
        for case in [case for case in self.cases.values() if case.query == event.query]:
            self._keep_case(replace(case, answers=event.answers))

    def _on_advice(self, event: AdviceFound) -> None:
        """Units for what another call is about must not stand beside this one; a newer question has its answer on the way."""
        text, call = self._units_for
        case = self.cases.get(call)
        if case is not None and event.text == text:
            self._keep_case(replace(case, advice=event.units))

    def _on_speech_made(self, event: SpeechMade) -> None:
        call, is_for_caller = self._spoken_for.pop(event.request, (NO_CALL, False))
        self._note(call, "spoken", for_caller=is_for_caller, seconds=event.seconds)
        self._ask_line(PlaySound(call, event.path, is_for_caller))
