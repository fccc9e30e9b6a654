"""Cutting the loops that a speech model falls into on noise: the same words over and over."""

_TIMES = 4
_LONGEST = 12


def without_repeats(tokens: list[int]) -> list[int]:
    """`tokens` with every run that stands four times or more in a row kept once or, for single tokens, three times.

    People do say 喂喂喂 and 对对对; nobody says anything eight times.
    """
    for length in range(1, _LONGEST + 1):
        tokens = _cut(tokens, length)
    return tokens


def _cut(tokens: list[int], length: int) -> list[int]:
    kept: list[int] = []
    at = 0
    while at < len(tokens):
        run = tokens[at : at + length]
        times = 1
        while len(run) == length and tokens[at + times * length : at + (times + 1) * length] == run:
            times += 1
        if times >= _TIMES:
            kept += run * (3 if length == 1 else 1)
            at += times * length
        else:
            kept.append(tokens[at])
            at += 1
    return kept
