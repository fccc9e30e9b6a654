"""Wordings as the files of resources/danger write them: "{person}…掉(进|到|)河里" becomes segments of words."""

import re
from dataclasses import dataclass
from itertools import product

MOST = 400
"""Words of one segment: whole words are known by sound as well, single characters are not."""

_CHOICE = re.compile(r"\(([^()]*)\)")
_PIECE = re.compile(r"\{\w+\}|[()]|[^(){}]+")

Classes = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Segment:
    """Any of `words` will do. `is_adjacent`: right behind the segment before it, else within GAP."""

    words: frozenset[str]
    is_adjacent: bool = False
    is_optional: bool = False


def segments_of(wording: str, classes: Classes) -> tuple[Segment, ...]:
    """The segments of a wording such as "{person}…掉(进|到|)河里": "…" is a gap, {class} one of its words, (a|b) a choice.

    Raises KeyError for an unknown class, ValueError where nothing is left to listen for.
    """
    segments: list[Segment] = []
    for part in wording.split("…"):
        pieces = _without_open_ends(_pieces(part, classes))
        if not pieces:
            raise ValueError(part)
        for place, words in enumerate(_joined(pieces)):
            segments.append(Segment(words - {""}, place > 0, "" in words))
    return tuple(segments)


def words_of(text: str, classes: Classes) -> tuple[str, ...]:
    """The words that an entry of a class stands for: a plain word, {other} or a choice."""
    return tuple("".join(chosen) for chosen in product(*_pieces(text, classes)))


def _pieces(part: str, classes: Classes) -> list[tuple[str, ...]]:
    depth, whole = 0, ""
    for piece in _PIECE.findall(part):
        depth += (piece == "(") - (piece == ")")
        words = "|".join(classes[piece[1:-1]]) if piece[0] == "{" else piece
        whole += f"({words})" if piece[0] == "{" and not depth else words
    pieces = _CHOICE.split(whole)
    return [tuple(piece.split("|")) if place % 2 else (piece,) for place, piece in enumerate(pieces) if place % 2 or piece]


def _without_open_ends(pieces: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """What may be left out at the beginning or the end says nothing."""
    while pieces and "" in pieces[0]:
        pieces = pieces[1:]
    while pieces and "" in pieces[-1]:
        pieces = pieces[:-1]
    return pieces


def _joined(pieces: list[tuple[str, ...]]) -> list[frozenset[str]]:
    """Pieces that follow each other as whole words, as long as these do not become too many."""
    joined: list[set[str]] = []
    for piece in pieces:
        if joined and len(joined[-1]) * len(piece) <= MOST:
            joined[-1] = {before + after for before, after in product(joined[-1], piece)}
        else:
            joined.append(set(piece))
    return [frozenset(words) for words in joined]
