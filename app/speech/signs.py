"""A sentence sign by sign, each with its time and its confidence: what is written anew keeps the time of what was heard."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from app.domain.transcript import Word
from app.speech.engine import text_of


@dataclass(frozen=True, slots=True)
class Change:
    """Signs `start`…`end` become `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """Signs that stay in one word; `glue` says that a space stood before it."""

    word: Word
    start: int
    end: int


def changed(words: Sequence[Word], changes: Sequence[Change]) -> tuple[Word, ...]:
    """The words after the changes, which must be in order and apart; positions count in `text_of(words)`.

    What a change writes is one word from the beginning of the first sign it replaces to the end of the last, as sure as the
    least sure of them, or a part of the word it lies in. A change that replaces nothing is added to the word before it.
    """
    pieces = _placed(words)
    for change in reversed(changes):
        pieces = _with(pieces, change)
    return tuple(piece.word for piece in pieces if piece.word.text)


def spread(words: Sequence[Word], text: str) -> tuple[Word, ...]:
    """The words with other signs, one for one: `text` is as long as `text_of(words)` and has spaces at the same places."""
    return tuple(replace(piece.word, text=text[piece.start : piece.end]) for piece in _placed(words))


def gaps(words: Sequence[Word]) -> list[tuple[int, float]]:
    """Where in `text_of(words)` one word ends and the next begins, and the seconds of silence between."""
    pieces = _placed(words)
    return [(left.end, max(0.0, right.word.start_s - left.word.end_s)) for left, right in pairwise(pieces)]


def _placed(words: Sequence[Word]) -> list[_Piece]:
    pieces: list[_Piece] = []
    done = 0
    for at, word in enumerate(words):
        if at:  # a space between words of Latin letters belongs to neither
            done += len(text_of(tuple(words[at - 1 : at + 1]))) - len(words[at - 1].text) - len(word.text)
        pieces.append(_Piece(word, done, done + len(word.text)))
        done += len(word.text)
    return pieces


def _with(pieces: list[_Piece], change: Change) -> list[_Piece]:
    if change.start == change.end:
        return [_added(piece, change) if piece.start < change.start <= piece.end else piece for piece in pieces]
    inside = [piece for piece in pieces if piece.start < change.end and piece.end > change.start]
    if not inside:
        return pieces
    first, last = pieces.index(inside[0]), pieces.index(inside[-1])
    before = _cut(inside[0], inside[0].start, change.start)
    after = _cut(inside[-1], change.end, inside[-1].end)
    start_s = _time_at(inside[0], change.start)
    sureness = min(piece.word.confidence for piece in inside)
    word = Word(change.text, start_s, max(start_s, _time_at(inside[-1], change.end)), sureness)
    new = _Piece(word, max(change.start, inside[0].start), min(change.end, inside[-1].end))
    return [*pieces[:first], *before, new, *after, *pieces[last + 1 :]]


def _added(piece: _Piece, change: Change) -> _Piece:
    at = change.start - piece.start
    text = piece.word.text
    return replace(piece, word=replace(piece.word, text=text[:at] + change.text + text[at:]))


def _cut(piece: _Piece, start: int, end: int) -> list[_Piece]:
    start, end = max(start, piece.start), min(end, piece.end)
    if start >= end:
        return []
    text = piece.word.text[start - piece.start : end - piece.start]
    word = replace(piece.word, text=text, start_s=_time_at(piece, start), end_s=_time_at(piece, end))
    return [_Piece(word, start, end)]


def _time_at(piece: _Piece, at: int) -> float:
    """The moment before sign `at` of the sentence, the signs of a word being said evenly."""
    if at <= piece.start:
        return piece.word.start_s
    if at >= piece.end:
        return piece.word.end_s
    share = (at - piece.start) / (piece.end - piece.start)
    return round(piece.word.start_s + share * (piece.word.end_s - piece.word.start_s), 3)
