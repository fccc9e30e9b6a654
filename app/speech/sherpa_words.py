"""From the tokens of a sherpa-onnx model to words: Chinese signs one by one, pieces of Latin words put together."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.transcript import Word

_LAST_S = 0.24
"""How long a word lasts that is followed by nothing near: the library tells where tokens begin, not where they end."""
_NO_WORDS = ("<", "[")


@dataclass(frozen=True)
class Heard:
    """What the library tells of an utterance; `begins` and `chances` (natural logarithms) may be empty."""

    text: str
    tokens: Sequence[str] = ()
    begins: Sequence[float] = ()
    chances: Sequence[float] = ()


@dataclass
class _Piece:
    text: str
    begins_s: float
    chances: list[float]


def words_of(heard: Heard, seconds: float) -> tuple[Word, ...]:
    """Words with times within `seconds`; spread evenly over the sound where the model gives no times.

    Where the tokens do not give the text again (byte pieces), the text's own signs are spread over their time.
    """
    pieces = _pieces(heard)
    if _bare("".join(piece.text for piece in pieces)) != _bare(heard.text):
        pieces = [_Piece(sign, -1.0, []) for sign in _split(heard.text)]
    if not pieces:
        return ()
    _place(pieces, heard, seconds)
    ends = [*(piece.begins_s for piece in pieces[1:]), seconds]
    return tuple(
        Word(piece.text, round(piece.begins_s, 2), round(max(piece.begins_s, min(end, piece.begins_s + _LAST_S, seconds)), 2),
             _sure(piece.chances))
        for piece, end in zip(pieces, ends, strict=True)
    )  # fmt: skip


def _pieces(heard: Heard) -> list[_Piece]:
    has_times = len(heard.begins) == len(heard.tokens)
    has_chances = len(heard.chances) == len(heard.tokens)
    pieces: list[_Piece] = []
    goes_on = False
    for at, token in enumerate(heard.tokens):
        if token.startswith(_NO_WORDS) and token.endswith((">", "]")):
            continue
        is_new = token.startswith((" ", "▁")) or not goes_on
        text = token.strip(" ▁")
        ends_open = text.endswith("@@")
        text = text.removesuffix("@@")
        chances = [heard.chances[at]] if has_chances else []
        if not is_new and pieces and (not text or _is_latin(text[0])):
            pieces[-1].text += text
            pieces[-1].chances += chances
        elif text:
            pieces.append(_Piece(text, float(heard.begins[at]) if has_times else -1.0, chances))
        # "@@" says that a word goes on, "▁" that one begins; of tokens with neither, Latin letters go on a Latin word
        goes_on = ends_open or (bool(text) and _is_latin(text[-1]) and not _marks_ends(heard.tokens))
    return pieces


def _marks_ends(tokens: Sequence[str]) -> bool:
    return any(token.endswith("@@") for token in tokens)


def _place(pieces: list[_Piece], heard: Heard, seconds: float) -> None:
    """Gives times to pieces that have none, and keeps the others rising and within the sound."""
    if any(piece.begins_s < 0 for piece in pieces):
        start = float(heard.begins[0]) if heard.begins else 0.0
        stop = min(seconds, float(heard.begins[-1]) + _LAST_S) if heard.begins else seconds
        for at, piece in enumerate(pieces):
            piece.begins_s = start + at * max(0.0, stop - start) / len(pieces)
    before = 0.0
    for piece in pieces:
        before = piece.begins_s = min(max(piece.begins_s, before), seconds)


def _split(text: str) -> list[str]:
    """Latin words whole, other signs one by one."""
    found: list[str] = []
    joins = False
    for sign in text:
        is_latin = _is_latin(sign)
        if sign.isspace():
            joins = False
            continue
        if joins and is_latin:
            found[-1] += sign
        else:
            found.append(sign)
        joins = is_latin
    return found


def _bare(text: str) -> str:
    return "".join(text.split())


def _is_latin(sign: str) -> bool:
    return sign.isascii() and (sign.isalnum() or sign == "'")


def _sure(chances: list[float]) -> float:
    """The chance of the least sure piece; 1 where the engine says nothing."""
    return round(min(1.0, math.exp(min(chances))), 3) if chances else 1.0
