"""What it is about in one line, what the citizen wants done, and all of it in one paragraph: only words that were said."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from app.domain.intake_clauses import Clause, clauses_in, is_only_contact
from app.domain.intake_told import Told
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


MOST_WEIGHED = 256
"""So many of the clauses that say most are thought of for the paragraph: of a call of two hours all would take too long."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A clause with the turn that holds it."""

    turn: Turn
    clause: Clause
    text: str
    weight: Weight
    says: float
    problem: float

    def evidence(self, rule: str) -> tuple[Evidence, ...]:
        return tuple(one for start, end in self.clause.parts for one in evidence_in(self.turn, start, end, rule))


def pieces_of(told: Told, weighing: Weighing) -> list[Piece]:
    """What the caller stated, in order, without what has fields of its own."""
    return [piece for pieces in told.all(pieces_reader(weighing)) for piece in pieces]


@lru_cache(4)
def pieces_reader(weighing: Weighing) -> Callable[[Turn], list[Piece]]:
    """Reads the pieces of a turn; the same reader for the same weighing."""
    return lambda turn: _pieces_in(turn, weighing)


def _pieces_in(turn: Turn, weighing: Weighing) -> list[Piece]:
    if turn.yes is not None:
        return []
    return [
        Piece(turn, clause, clause.plain, weight := weighing.of(clause.plain), weight.says, weight.problem)
        for clause in clauses_in(turn.text)
        if not (is_only_contact(clause.text) or _AGENT_TALK.match(clause.text) or _is_bare_answer(turn, clause))
    ]


def _is_bare_answer(turn: Turn, clause: Clause) -> bool:
    """王建国: an answer that its own field holds and that says nothing without its question."""
    return len(clause.plain) <= 4 and bool(turn.asked & {Asked.NAME, Asked.CONTACT, Asked.CONFIDENTIAL, Asked.PUBLISH})


def _are_alike(one: Piece, other: Piece) -> bool:
    """Whether one says what the other says, or a part of it."""
    mine, others = one.weight.pairs, other.weight.pairs
    return len(mine & others) >= ALIKE * min(len(mine), len(others))


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
    """The pieces that say most, as many as the paragraph holds, none that repeats another; a single endless one is left out."""
    length = 0
    chosen: dict[int, Piece] = {}
    weighed = [(-piece.says - (order < _FIRST), order) for order, piece in enumerate(pieces)]
    weighed.sort()
    texts: set[str] = set()
    for _, order in weighed[:MOST_WEIGHED]:
        piece = pieces[order]
        size = len(piece.text) + 1
        if length + size > CONTENT_LENGTH or piece.text in texts:
            continue
        if not any(_are_alike(piece, other) for other in chosen.values()):
            length += size
            chosen[order] = piece
            texts.add(piece.text)
    return [chosen[order] for order in sorted(chosen)]


def read_matter(pieces: list[Piece]) -> Found | None:
    """The clause that names the problem best, in one line, with the one right before it where both fit."""
    if not pieces:
        return None
    problems = [piece.problem - 0.02 * order + 2.0 * (order < 2) for order, piece in enumerate(pieces)]
    problem = max(problems)
    place = problems.index(problem)
    best = pieces[place]
    rule = "matter:problem" if problem >= _PROBLEM_ENOUGH else "matter:first"
    if len(best.text) > MATTER_LENGTH:
        start = best.clause.parts[0][0]
        end = min(best.clause.parts[0][1], start + MATTER_LENGTH)
        return best.turn.text[start:end], evidence_in(best.turn, start, end, rule)
    chosen = [best]
    if place and len(best.text) < 12:
        ahead = pieces[place - 1]
        if len(ahead.text) + len(best.text) < MATTER_LENGTH and not _are_alike(ahead, best):
            chosen.insert(0, ahead)
    return "，".join(piece.text for piece in chosen), tuple(one for piece in chosen for one in piece.evidence(rule))


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
        if len(chosen) < 2 and (not chosen or (length + size <= DEMAND_LENGTH and not _are_alike(piece, chosen[0]))):
            chosen.insert(0, piece)
            length += size
    return "，".join(piece.text for piece in chosen), tuple(one for piece in chosen for one in piece.evidence(rule))
