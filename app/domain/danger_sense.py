"""Danger by wordings and by what was learnt from other texts (R18): the wordings are weighed first, the learnt part judges."""

from collections.abc import Mapping

from app.domain.emergency import LINES, MATTERS, EmergencyListener, Suggestion, Weighed, suggested
from app.domain.linear_text import LinearText

DANGER = "danger"
"""The label of any danger; beside it each line and each matter is one, learnt among dangers only."""

LABELS = (DANGER, *LINES, *MATTERS)

SPOKEN, LETTER = 20, 80
"""Signs of a cry and of a told sentence: the longer a text, the surer the learnt part must be."""

ALONE, ALONE_IN_LETTER = -1.3, 1.0
"""Log-odds from which the learnt part lights a button by itself: at most one ordinary message in 500 reaches them."""

DOUBTED, DOUBTED_IN_LETTER = -0.5, 0.5
"""Log-odds below which it takes back what the wordings lit."""

BRIEF, BEGUN = 10, 4.0
"""Below so many signs a caller has hardly begun (你们快来…): at none of them what was learnt must alone be so much surer."""

OPEN = 0.5
"""So much surer what was learnt must alone be of a sentence that is still being said: the next word may turn it."""

NAMED = -1.4
"""Log-odds from which a matter is named."""

_STEPS = (1, 2, 3, 4, 6)


def told(weighed: Mapping[str, Weighed]) -> tuple[str, ...]:
    """What the wordings say of a text, as features of the learnt part."""
    if not weighed:
        return ("r none",)
    most = max(found.weight for found in weighed.values())
    features = [f"r any {step}" for step in _STEPS if most >= step] or ["r weak"]
    for line in LINES:
        if line in weighed:
            features += [f"r {line} {step}" for step in _STEPS[::2] if weighed[line].weight >= step]
    return tuple(features)


class DangerSense:
    """Pure: the same text gives the same suggestion. Fast enough for every partial result."""

    def __init__(self, wordings: EmergencyListener, learnt: LinearText) -> None:
        self._wordings, self._learnt = wordings, learnt

    def prepare(self) -> None:
        """Builds the tables, which else happens at the first hearing."""
        self._wordings.prepare()

    def hear(self, text: str, is_open: bool = False) -> Suggestion | None:
        """The line that the caller's latest words (one or two utterances) suggest, if any. `is_open`: the last is still being
        said."""
        weighed = self._wordings.weighed(text)
        by_wordings = suggested(weighed)
        scores = self._learnt.scores(text, told(weighed))
        share = _written(text)
        low, high = (DOUBTED, DOUBTED_IN_LETTER) if by_wordings is not None else (ALONE, ALONE_IN_LETTER)
        caution = BEGUN * max(0.0, 1 - _signs(text) / BRIEF) + OPEN * is_open if by_wordings is None else 0.0
        is_lit = scores[DANGER] >= low + (high - low) * share + caution
        return self._suggestion(text, scores, weighed, by_wordings) if is_lit else None

    def _suggestion(
        self, text: str, scores: Mapping[str, float], weighed: Mapping[str, Weighed], by_wordings: Suggestion | None
    ) -> Suggestion:
        line = max(LINES, key=lambda line: scores[line])
        if by_wordings is not None and scores[by_wordings.line] > scores[line] - 0.5:
            line = by_wordings.line
        matter = max(MATTERS, key=lambda matter: scores[matter])
        if scores[matter] < NAMED:
            matter = ""
        spots = weighed[line].spots if line in weighed else ()
        said = dict.fromkeys(spot.words for spot in spots)
        if by_wordings is not None and by_wordings.line == line:
            matter = matter or by_wordings.matter
            because = by_wordings.because
        else:
            start, end = self._learnt.because(text, DANGER)
            because = (
                "、".join([*list(said)[:2], "".join(text[start:end].split())]) if said else "".join(text[start:end].split())
            )
        return Suggestion(line, because, matter, by_wordings is not None and line in weighed)


def _written(text: str) -> float:
    """0 for a cry, 1 for a letter."""
    return min(1.0, max(0.0, (_signs(text) - SPOKEN) / (LETTER - SPOKEN)))


def _signs(text: str) -> int:
    return sum(not sign.isspace() for sign in text)
