"""The transcript in the agent's hand: corrected without losing the original, searched, found again, exported."""

from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

from app.desk.case import Case
from app.desk.core import Ports
from app.desk.filling import doubted
from app.desk.heard_lines import CORRECTED, line_of
from app.desk.hearing import READ_BACK, Hearing
from app.desk.policy import Policy, Rules
from app.desk.state import DeskState
from app.desk.transcript_events import TranscriptEvent, WordsExported, WordsFound, WordsNotExported
from app.desk.transcript_wishes import ExportWords, FindWords, TellWords
from app.desk.words_played import WordsPlayed
from app.desk.writing import Writing
from app.domain.call import CallId
from app.domain.notice import Gravity, NoticeCode
from app.domain.ticket import Ticket
from app.domain.transcript import Speaker, Transcript, Utterance, moved_evidence
from app.domain.word_search import WordSearch
from app.errors import RuleBroken


class TranscriptDesk(WordsPlayed, Hearing, Writing):
    """Every correction is a line of the journal: who, when, what stood there, what stands there now."""

    def __init__(self, ports: Ports, policy: Policy, rules: Rules, show: Callable[[DeskState], None]) -> None:
        super().__init__(ports, policy, rules, show)
        self._search = WordSearch(rules.sound_of)

    # --- asked for by the agent ---

    def correct_words(self, speaker: Speaker, number: int, text: str) -> None:
        """Puts the agent's words in the place of what was heard; fields are read again, but for the agent's own."""
        try:
            self._put(speaker, number, "words", lambda said: said.corrected(text))
        except RuleBroken as broken:
            self._say_error(broken)

    def undo_repair(self, speaker: Speaker, number: int, start: int | None = None) -> None:
        """Takes a repair of the recognised words back: the one that begins at `start`, else the last one there."""

        def undone(said: Utterance) -> Utterance:
            places = [repair.start for repair in said.repairs]
            at = places[-1] if start is None and places else start
            return said if at is None else said.with_repair_undone(at)

        self._put(speaker, number, "repair", undone)

    def restore_words(self, speaker: Speaker, number: int) -> None:
        """Brings back what stood there before the agent's first correction."""
        self._put(speaker, number, "restored", Utterance.restored)

    def find_words(self, query: str) -> None:
        """Searches the words on the screen, and goes on searching as they grow; "" ends it."""
        self._change(words_query=query, words_found=self._search.find(self.state.transcript, query))

    def export_transcript(self, target: str, may_replace: bool = False) -> None:
        """Writes transcript and ticket into a file of the agent's choice; who did it, when and whereto is in the journal."""
        case = self.case
        if case is None:
            return
        ticket = case.draft.ticket if case.draft is not None else Ticket(self.rules.new_ticket_id(), call=case.call)
        own = case.draft.own_fields if case.draft is not None else frozenset()
        call, view = _call_of(case), self.state.focused
        calls = {**dict(case.earlier)}
        calls.setdefault(call, view.answered_at if view is not None else 0.0)
        self._note(call, "transcript-exported", by=self.policy.agent, target=target)
        wish = ExportWords(
            ticket, own, case.transcript, tuple(calls.items()), target, self.policy.agent, self.rules.clock(), may_replace
        )
        self.ports.store.serve_words(wish)

    # --- said by the store ---

    def _on_words(self, event: TranscriptEvent) -> None:
        match event:
            case WordsFound():
                self._on_words_found(event)
            case WordsExported(target):
                self._notice(NoticeCode.TRANSCRIPT_EXPORTED, target, gravity=Gravity.INFO, is_standing=False)
            case WordsNotExported(target, reason):
                self._notice(NoticeCode.TRANSCRIPT_UNWRITTEN, target, reason, gravity=Gravity.ERROR, is_standing=False)
            case _:
                assert_never(event)

    def _on_words_found(self, event: WordsFound) -> None:
        """The words of a ticket that was opened again; never into a case that has words of its own."""
        case = self.cases.get(event.case)
        if case is None or case.transcript.utterances or not event.utterances:
            return
        earlier = event.calls if len(event.calls) > 1 else case.earlier
        self._keep_case(replace(case, transcript=Transcript(event.utterances), earlier=earlier))

    def _open_draft(self, ticket: Ticket) -> None:
        super()._open_draft(ticket)
        if ticket.call and self.case is not None:
            self.ports.store.serve_words(FindWords(self.case.call, ticket.call))

    def _become(self, state: DeskState) -> None:
        if state.words_query and state.transcript is not self.state.transcript:
            state = replace(state, words_found=self._search.find(state.transcript, state.words_query))
        super()._become(state)

    # --- steps ---

    def _put(self, speaker: Speaker, number: int, what: str, change: Callable[[Utterance], Utterance]) -> None:
        case = self.case
        before = case.transcript.utterance(speaker, number) if case is not None else None
        if case is None or before is None or (after := change(before)) == before:
            return
        self._note(_call_of(case), CORRECTED, speaker=speaker, number=number, by=self.policy.agent, what=what,
                   before=before.text, after=after.text, utterance=line_of(after))  # fmt: skip
        case = with_moved_evidence(replace(case, transcript=case.transcript.with_changed(after)), before, after)
        if speaker is Speaker.CALLER:
            case = self._read_again(case, after)
        self._keep_case(case)
        self._keep_draft(case)
        if case.draft is not None and case.draft.ticket.version:
            self.ports.store.serve_words(TellWords(case.draft.ticket.id, _call_of(case), self.policy.agent))
            self.ports.courier.wake()
        if speaker is Speaker.CALLER and after.text:
            self._ask(case)

    def _read_again(self, case: Case, changed: Utterance) -> Case:
        """Fields and dangers after words of the caller were put right. A button that is lit stays lit."""
        said = case.transcript.utterances
        if changed.text:
            until = said.index(changed) + 1
            heard = self._hear_danger(replace(case, transcript=Transcript(said[:until])))
            case = replace(heard, transcript=case.transcript)
        return case.filled(self.rules.propose(Transcript(said[-READ_BACK:])), self.policy.sure_from)


def with_moved_evidence(case: Case, before: Utterance, after: Utterance) -> Case:
    """The case with its evidence where the words are now. A field whose words changed is unsure again, unless it is the
    agent's own."""
    draft = case.draft
    if draft is None or not draft.ticket.evidence:
        return case
    evidence, changed = moved_evidence(draft.ticket.evidence, before, after)
    if evidence == draft.ticket.evidence and not changed:
        return case
    unsure = draft.unsure | (changed - draft.own_fields)
    ticket = replace(draft.ticket, evidence=evidence)
    for name in sorted(changed - draft.own_fields):
        ticket = doubted(ticket, name)  # a window that comes back reads from this what is unsure
    return replace(case, draft=replace(draft, ticket=ticket, unsure=unsure), is_dirty=True)


def _call_of(case: Case) -> CallId:
    """The call whose journal holds the words: a ticket that was opened again names its own."""
    ticket = case.draft.ticket if case.draft is not None else None
    return ticket.call if ticket is not None and ticket.call else case.call
