"""What the screen shows of the abuse shield: for each call its steps and the past of its number, and the sealed evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.desk.shield_events import ShieldTold
from app.domain.call import NO_CALL, CallId
from app.domain.callers import NO_REPEATS, NumberMark, Repeats
from app.domain.evidence import PackFacts
from app.domain.shield import Shield


@dataclass(frozen=True, slots=True)
class CallShield:
    """`silent_for`: seconds since the answer in which the caller said nothing, once they are too many; 0 = he spoke.

    `asked_at`: when he was asked to press a key; `pressed`: the key he pressed then; `playing_until`: a notice is being heard.
    """

    shield: Shield = field(default_factory=Shield)
    repeats: Repeats = NO_REPEATS
    mark: NumberMark | None = None
    threat: str = ""
    abuse: str = ""  # abusive words to the agent that no notice has answered yet
    has_spoken: bool = False
    silent_for: float = 0.0
    asked_at: float = 0.0
    pressed: str = ""
    playing_until: float = 0.0


NO_SHIELD = CallShield()


@dataclass(frozen=True, slots=True)
class ShieldState:
    """`steps_allowed`, `may_end` and `to_police` are the city's. `pack_flaws` belong to `checked`, the pack verified last."""

    calls: Mapping[CallId, CallShield] = field(default_factory=dict)
    steps_allowed: int = 0
    may_end: bool = False
    to_police: str = ""
    is_lead: bool = False
    mark_days: int = 30
    told: tuple[ShieldTold, ...] = ()  # steps of colleagues' shields, the newest first
    packs: tuple[PackFacts, ...] = ()
    checked: str = ""
    pack_flaws: tuple[str, ...] = ()

    def of(self, call: CallId = NO_CALL) -> CallShield:
        return self.calls.get(call, NO_SHIELD)
