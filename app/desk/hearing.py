"""What is heard becomes words on the screen, proposals in the form, questions to the knowledge base and lit buttons."""

from collections.abc import Callable
from dataclasses import replace

from app.desk.case import Case
from app.desk.continuation import placed
from app.desk.core import Ports
from app.desk.events import AdviceFound, AnswersFound, Heard
from app.desk.heard_lines import HEARD, line_of
from app.desk.policy import Policy, Rules
from app.desk.reading import Reading
from app.desk.state import DeskState
from app.desk.undone_repairs import UndoneRepairs
from app.domain.refused_repairs import refused_repairs, without_refused
from app.domain.transcript import Speaker

QUERY_LENGTH = 120
"""Characters of the caller's latest words that are asked of the knowledge base."""


class Hearing(Reading):
    """Words come from the speech process; answers and units from the adviser."""

    def __init__(self, ports: Ports, policy: Policy, rules: Rules, show: Callable[[DeskState], None]) -> None:
        super().__init__(ports, policy, rules, show)
        self.undone = UndoneRepairs(ports.store.serve_words, policy.keeps_undone_repairs)

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

    def _on_heard(self, event: Heard) -> None:
        case = self.cases.get(self.joined.get(event.call, event.call))
        if case is None:
            self._note_late(event)
            return
        view = self.state.call(case.call)
        heard = placed(case, event.call, view.answered_at if view else 0.0, event.utterance)
        if heard.repairs:
            heard = without_refused(heard, refused_repairs(case.transcript) | self.undone.pairs)
        case = replace(case, transcript=case.transcript.with_heard(heard))
        if heard.speaker is Speaker.CALLER and heard.text:
            case = self._hear_danger(case)
        if heard.final and (heard.text or heard.is_missing):
            self._note(event.call, HEARD, **line_of(heard))
            if heard.speaker is Speaker.CALLER and heard.text:
                case = self._read(case)
                self._keep_draft(case)
        self._keep_case(case)
        if heard.final and heard.speaker is Speaker.CALLER and heard.text:
            self._ask(case)

    def _note_late(self, event: Heard) -> None:
        """A late word of a call that has left the desk stands on no screen; the record of its own call has it all the same."""
        said = event.utterance
        if said.final and (said.text or said.is_missing):
            self._note(event.call, HEARD, **line_of(said))

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
