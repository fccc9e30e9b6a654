"""The transcript in the agent's hand: corrected without losing the original, searched, found again, exported."""

from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

from app.desk.case import Case
from app.desk.core import Ports
from app.desk.events import Heard
from app.desk.filling import doubted
from app.desk.heard_lines import CORRECTED, line_of
from app.desk.hearing import Hearing
from app.desk.policy import Policy, Rules
from app.desk.state import DeskState
from app.desk.transcript_events import (
    Sought,
    TranscriptEvent,
    WordsExported,
    WordsFetched,
    WordsFound,
    WordsNotExported,
    WordsSought,
)
from app.desk.transcript_wishes import AskWords, ExportWords, FindWords, KeepWords, TellWords
from app.desk.words_played import WordsPlayed
from app.desk.writing import Writing
from app.domain.call import CallId, CallStage
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
        """Takes a repair of the recognised words back: the one that begins at `start`, else the last one there. Where there
        is none, that is said."""
        said = self.state.transcript.utterance(speaker, number)
        if said is None or not said.repairs:
            self._notice(NoticeCode.NOTHING_REPAIRED, gravity=Gravity.INFO, is_standing=False)
            return

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
        call, view = case.words_call, self.state.focused
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
            case WordsFetched():
                self._on_words_fetched(event)
            case WordsSought(case, sought):
                self._seek(case, sought)
            case WordsExported(target):
                self._notice(NoticeCode.TRANSCRIPT_EXPORTED, target, gravity=Gravity.INFO, is_standing=False)
            case WordsNotExported(target, reason):
                self._notice(NoticeCode.TRANSCRIPT_UNWRITTEN, target, reason, gravity=Gravity.ERROR, is_standing=False)
            case _:
                assert_never(event)

    def _on_words_found(self, event: WordsFound) -> None:
        """The words of a ticket that was opened again; never into a case that has words of its own. The first answer is what
        lies here; then the centre is asked for what other consoles kept since."""
        case = self.cases.get(event.case)
        if case is None:
            return
        is_open = self._is_opened_again(case)
        if event.utterances and (not case.transcript.utterances or (is_open and event.is_fetched)):
            earlier = event.calls if len(event.calls) > 1 else case.earlier
            self._keep_case(replace(case, transcript=Transcript(event.utterances), earlier=earlier))
        if event.is_fetched:
            self._seek(event.case, None)
        elif is_open and case.draft is not None:
            if self.state.sync.is_online:
                self._seek(event.case, Sought.ASKED)
            self.ports.courier.ask_words(AskWords(event.case, case.draft.ticket.id, case.words_call, event.kept_at))

    def _on_words_fetched(self, event: WordsFetched) -> None:
        """Kept only for a ticket that is still open: nobody else's words are stored here without being read."""
        case = self.cases.get(event.case)
        if case is not None and self._is_opened_again(case) and case.words_call == event.call:
            self.ports.store.serve_words(KeepWords(event.case, event.call, event.by, event.at, event.lines))
        else:
            self._seek(event.case, None)

    def _is_opened_again(self, case: Case) -> bool:
        """Whether it is a ticket on the desk whose call is over: words come into it from the store, not from the ears."""
        return case.draft is not None and bool(case.draft.ticket.version) and case.words_call != case.call

    def _seek(self, call: CallId, sought: Sought | None) -> None:
        """How it stands with the words of a case; None = nothing is to be said of it any more."""
        others = {case: known for case, known in self.state.words_sought.items() if case != call and case in self.cases}
        wanted = {**others, call: sought} if sought is not None and call in self.cases else others
        if wanted != self.state.words_sought:
            self._change(words_sought=wanted)

    def _open_draft(self, ticket: Ticket) -> None:
        super()._open_draft(ticket)
        if ticket.call and self.case is not None:
            self.ports.store.serve_words(FindWords(self.case.call, ticket.call))

    def _on_heard(self, event: Heard) -> None:
        super()._on_heard(event)
        case = self.cases.get(self.joined.get(event.call, event.call))
        if event.utterance.final and case is not None and self._is_over(self.state, case.call):
            self._tell_words(case)  # the ticket was saved during the call, and this was still being recognised at its end

    def _is_over(self, state: DeskState, call: CallId) -> bool:
        view = state.call(call)
        return view is None or view.stage is CallStage.ENDED

    def _become(self, state: DeskState) -> None:
        ended = [view.call for view in self.state.calls if not self._is_over(self.state, view.call)]
        ended = [call for call in ended if self._is_over(state, call)]
        if state.words_query and state.transcript is not self.state.transcript:
            state = replace(state, words_found=self._search.find(state.transcript, state.words_query))
        super()._become(state)
        for call in ended:  # of a ticket that was saved during the call, the words since are told now
            if (case := self.cases.get(call)) is not None:
                self._tell_words(case)

    # --- steps ---

    def _put(self, speaker: Speaker, number: int, what: str, change: Callable[[Utterance], Utterance]) -> None:
        case = self.case
        before = case.transcript.utterance(speaker, number) if case is not None else None
        if case is None or before is None or (after := change(before)) == before:
            return
        self._note(case.words_call, CORRECTED, speaker=speaker, number=number, by=self.policy.agent, what=what,
                   before=before.text, after=after.text, utterance=line_of(after))  # fmt: skip
        case = with_moved_evidence(replace(case, transcript=case.transcript.with_changed(after)), before, after)
        if speaker is Speaker.CALLER:
            case = self._read_again(case, after)
        self._keep_case(case)
        if what in ("repair", "restored"):
            self.undone.remember(before, after)
        self._keep_draft(case)
        self._tell_words(case)
        if speaker is Speaker.CALLER and after.text:
            self._ask(case)

    def _tell_words(self, case: Case) -> None:
        """Lets the centre have the words of a saved ticket as they stand now; the store knows whether they are any news."""
        if case.draft is not None and case.draft.ticket.version and case.transcript.utterances:
            self.ports.store.serve_words(TellWords(case.draft.ticket.id, case.words_call, self.policy.agent))
            self.ports.courier.wake()

    def _read_again(self, case: Case, changed: Utterance) -> Case:
        """Fields and dangers after words of the caller were put right. A button that is lit stays lit."""
        said = case.transcript.utterances
        if changed.text:
            until = said.index(changed) + 1
            heard = self._hear_danger(replace(case, transcript=Transcript(said[:until])))
            case = replace(heard, transcript=case.transcript)
        return self._read(case)


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
