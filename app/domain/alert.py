"""A silent alert (静默报警): an agent asks for help for a caller who must not notice it."""

from dataclasses import dataclass

from app.domain.call import CallId

FRESH_S = 600.0
"""An alert older than this is history, and no wallboard raises it any more."""


@dataclass(frozen=True, slots=True)
class Alert:
    """`line` is the emergency line that was chosen, `at` Unix seconds; `place` and `danger` as far as they were known."""

    call: CallId
    line: str
    agent: str
    at: float
    place: str = ""
    danger: str = ""
    ticket: str = ""
