"""What it is about in one line, what the citizen wants done, and all of it in one paragraph: only words that were said."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.intake_clauses import Clause, clauses_in, is_only_contact
from app.domain.intake_turns import Asked, Turn, evidence_in
from app.domain.intake_weight import Weighing, Weight
from app.domain.transcript import Evidence

Found = tuple[str, tuple[Evidence, ...]]

CONTENT_LENGTH = 400
"""Characters of the paragraph; of a longer call the clauses that say least are left out."""

MATTER_LENGTH = 40
DEMAND_LENGTH = 80
ALIKE = 0.7
"""From so great a share of common pairs of characters on, a clause repeats an earlier one."""

_FIRST = 3
"""The first clauses of a caller mostly say what it is about."""

_PROBLEM_ENOUGH = 4.0
_AGENT_TALK = re.compile(r"^(?:你们|您)?(?:听得|能听|在听|记下|记一下|记好|查到|稍|姓什么|工号)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A clause with the turn that holds it. `order`: its place in the telling."""

    turn: Turn
    clause: Clause
    weight: Weight
    order: int

    @property
    def text(self) -> str:
        return self.clause.plain

    def evidence(self, rule: str) -> tuple[Evidence, ...]:
        return tuple(one for start, end in self.clause.parts for one in evidence_in(self.turn, start, end, rule))


def pieces_of(turns: Iterable[Turn], weighing: Weighing) -> list[Piece]:
    """What the caller stated, in order, without what has fields of its own and without repetitions."""
    pieces: list[Piece] = []
    for turn in turns:
        if turn.yes is not None:
            continue
        for clause in clauses_in(turn.text):
            if is_only_contact(clause.text) or _AGENT_TALK.match(clause.text) or _is_bare_answer(turn, clause):
                continue
            pieces.append(Piece(turn, clause, weighing.of(clause.plain), len(pieces)))
    return _without_repetitions(pieces)


def _is_bare_answer(turn: Turn, clause: Clause) -> bool:
    """王建国: an answer that its own field holds and that says nothing without its question."""
    return len(clause.plain) <= 4 and bool(turn.asked & {Asked.NAME, Asked.CONTACT, Asked.CONFIDENTIAL, Asked.PUBLISH})


def _without_repetitions(pieces: list[Piece]) -> list[Piece]:
    """Of two that say the same the longer one stays, in its place."""
    kept: dict[int, Piece] = {}
    holders: dict[str, set[int]] = {}
    for piece in pieces:
        own = piece.weight.pairs
        common = Counter(at for pair in own for at in holders.get(pair, ()))
        again = [at for at, count in common.items() if count >= ALIKE * min(len(own), len(kept[at].weight.pairs))]
        if again and any(len(kept[at].text) >= len(piece.text) for at in again):
            continue
        for at in again:
            for pair in kept.pop(at).weight.pairs:
                holders[pair].discard(at)
        kept[piece.order] = piece
        for pair in own:
            holders.setdefault(pair, set()).add(piece.order)
    return [kept[order] for order in sorted(kept)]


def read_content(pieces: list[Piece]) -> Found | None:
    """The paragraph in order of telling: a full stop where a turn ends, a comma within one."""
    chosen = _fitting(pieces)
    if not chosen:
        return None
    text = ""
    for at, piece in enumerate(chosen):
        is_last = at + 1 == len(chosen) or chosen[at + 1].turn is not piece.turn
        text += piece.text + ("。" if is_last else "，")
    return text, tuple(one for piece in chosen for one in piece.evidence("content:said"))


def _fitting(pieces: list[Piece]) -> list[Piece]:
    """The pieces that say most, as many as the paragraph holds; a single endless one is cut nowhere but left out."""
    length, chosen = 0, []
    for piece in sorted(pieces, key=lambda piece: -(piece.weight.says + (piece.order < _FIRST))):
        size = len(piece.text) + 1
        if length + size <= CONTENT_LENGTH:
            length += size
            chosen.append(piece)
    return sorted(chosen, key=lambda piece: piece.order)


def read_matter(pieces: list[Piece]) -> Found | None:
    """The clause that names the problem best, in one line, with the one right before it where both fit."""
    if not pieces:
        return None
    best = max(pieces, key=lambda piece: (_problem(piece), -piece.order))
    rule = "matter:problem" if _problem(best) >= _PROBLEM_ENOUGH else "matter:first"
    if len(best.text) > MATTER_LENGTH:
        start = best.clause.parts[0][0]
        end = min(best.clause.parts[0][1], start + MATTER_LENGTH)
        return best.turn.text[start:end], evidence_in(best.turn, start, end, rule)
    chosen = [best]
    before = next((piece for piece in pieces if piece.order == best.order - 1), None)
    if before is not None and len(best.text) < 12 and len(before.text) + len(best.text) < MATTER_LENGTH:
        chosen.insert(0, before)
    return "，".join(piece.text for piece in chosen), tuple(one for piece in chosen for one in piece.evidence(rule))


def _problem(piece: Piece) -> float:
    return piece.weight.problem + (2.0 if piece.order < 2 else 0.0) - 0.02 * piece.order


def read_demand(pieces: list[Piece]) -> Found | None:
    """What the caller wants done; of an inquiry, the question. At most two clauses, in the order they were said."""
    answers = [piece for piece in pieces if Asked.DEMAND in piece.turn.asked and piece.turn.fresh]
    wishes = [piece for piece in pieces if piece.weight.is_wish]
    questions = [piece for piece in pieces if piece.weight.is_question]
    for chosen, rule in ((answers, "demand:answer"), (wishes, "demand:wish"), (questions, "demand:question")):
        if chosen:
            return _together(chosen, rule)
    return None


def _together(pieces: list[Piece], rule: str) -> Found:
    chosen: list[Piece] = []
    length = 0
    for piece in reversed(pieces):
        size = len(piece.text) + 1
        if len(chosen) < 2 and (not chosen or length + size <= DEMAND_LENGTH):
            chosen.insert(0, piece)
            length += size
    return "，".join(piece.text for piece in chosen), tuple(one for piece in chosen for one in piece.evidence(rule))
