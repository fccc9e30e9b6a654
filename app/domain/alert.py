"""A silent alert (静默报警): help for a caller who must not notice it; or a warning of a risk that was spoken of (R44)."""

from dataclasses import dataclass

from app.domain.call import CallId

FRESH_S = 600.0
"""An alert older than this is history, and no wallboard raises it any more."""


@dataclass(frozen=True, slots=True)
class Alert:
    """`line` is the emergency line that was chosen, `at` Unix seconds; `place` and `danger` as far as they were known.

    `is_warning`: nobody is called, the lead is told of a risk; `matter`: "suicide", "mass", "social" or "".
    """

    call: CallId
    line: str
    agent: str
    at: float
    place: str = ""
    danger: str = ""
    ticket: str = ""
    is_warning: bool = False
    matter: str = ""
