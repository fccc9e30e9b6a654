"""A ticket (工单): one request of one citizen on its way through the units that must answer it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NewType

from app.domain.call import CallId
from app.domain.transcript import Evidence
from app.errors import RuleBroken

TicketId = NewType("TicketId", str)
"""A UUIDv7 in text, made where the ticket is born."""

TicketNumber = NewType("TicketNumber", str)
"""Twelve digits: two of the year, nine of the serial, one check digit. Never changes once given."""

NOTE_LIMIT = 10_000
"""Characters a field may hold; longer input is refused at the field, never cut."""


class RequestKind(StrEnum):
    """咨询 求助 意见 建议 投诉 举报 (S2 art. 2)."""

    INQUIRY = "inquiry"
    HELP = "help"
    OPINION = "opinion"
    SUGGESTION = "suggestion"
    COMPLAINT = "complaint"
    REPORT = "report"


class Urgency(StrEnum):
    NORMAL = "normal"
    URGENT = "urgent"  # urgent help (紧急求助), S2 art. 21(3): on site immediately, progress within 2 hours
    EMERGENCY = "emergency"  # a matter of 110/119/120/122


class Stage(StrEnum):
    DRAFT = "draft"
    ANSWERED_ON_CALL = "answered_on_call"  # 直接答复
    DECLINED = "declined"  # 不予受理
    TAKEN = "taken"  # 受理, not dispatched yet
    DISPATCHED = "dispatched"  # 派单
    ACCEPTED = "accepted"  # 签收
    RETURNED = "returned"  # 退单
    CLOSED = "closed"  # 办结
    ARCHIVED = "archived"  # 归档


MOVES: dict[Stage, frozenset[Stage]] = {
    Stage.DRAFT: frozenset({Stage.ANSWERED_ON_CALL, Stage.DECLINED, Stage.TAKEN, Stage.DISPATCHED}),
    Stage.TAKEN: frozenset({Stage.DISPATCHED, Stage.ANSWERED_ON_CALL, Stage.DECLINED}),
    Stage.ANSWERED_ON_CALL: frozenset({Stage.DISPATCHED, Stage.ARCHIVED}),
    Stage.DECLINED: frozenset({Stage.ARCHIVED}),
    Stage.DISPATCHED: frozenset({Stage.ACCEPTED, Stage.RETURNED, Stage.CLOSED}),
    Stage.ACCEPTED: frozenset({Stage.RETURNED, Stage.CLOSED}),
    Stage.RETURNED: frozenset({Stage.DISPATCHED, Stage.CLOSED}),
    Stage.CLOSED: frozenset({Stage.ARCHIVED}),
    Stage.ARCHIVED: frozenset(),
}

OPEN_STAGES = frozenset({Stage.TAKEN, Stage.DISPATCHED, Stage.ACCEPTED, Stage.RETURNED})


def ticket_number(year: int, serial: int) -> TicketNumber:
    """The number of the `serial`-th ticket of a year, with its Luhn check digit; serial 1…999,999,999."""
    if not 0 < serial < 10**9:
        raise RuleBroken("ticket number", f"serial {serial} is not within 1…999999999")
    body = f"{year % 100:02d}{serial:09d}"
    return TicketNumber(body + str(_luhn(body)))


def is_ticket_number(text: str) -> bool:
    """Whether `text` is twelve digits whose check digit is right: a misread number is told apart from a real one."""
    return len(text) == 12 and text.isascii() and text.isdigit() and str(_luhn(text[:-1])) == text[-1]


def _luhn(body: str) -> int:
    doubled = [int(d) * 2 if place % 2 == 0 else int(d) for place, d in enumerate(reversed(body))]
    return -sum(d - 9 if d > 9 else d for d in doubled) % 10


REVIEWED = ("mass", "social")
"""Matters (群体性, 涉稳) whose tickets are reviewed once more and go to police and local government both (S4 art. 1(2)4)."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket. Times are Unix seconds. `version` counts saves; the centre may hold a later one from elsewhere."""

    id: TicketId
    number: TicketNumber | None = None
    stage: Stage = Stage.DRAFT
    kind: RequestKind | None = None
    matter: str = ""  # one line: what it is about
    content: str = ""  # one paragraph of what the citizen states (caller states, not verified: R13)
    verified: str = ""  # what was verified, by whom and how (R13); never filled from words
    district: str = ""
    street: str = ""  # sub-district, town or township (街道、镇、乡)
    place: str = ""  # the address down to the door
    requester: str = ""  # the name, if given: a real name is not required (S4 §三(三))
    contact: str = ""
    happened: str = ""
    hurt: str = ""  # people hurt, as stated
    named_unit: str = ""  # whom the request is about: a company, a shop, an office (被反映单位)
    demand: str = ""  # what the citizen wants done (诉求)
    urgency: Urgency = Urgency.NORMAL
    is_confidential: bool = False  # the caller asked for confidentiality (S2 art. 13)
    unit: str = ""  # key of the undertaking unit (承办单位) in the dispatch catalogue
    unit_name: str = ""
    answer: str = ""  # key of the knowledge point that answered it
    reply: str = ""  # what was answered on the call, or why it was declined
    call: CallId | None = None
    caller: str = ""
    agent: str = ""
    created_at: float = 0.0
    saved_at: float = 0.0
    version: int = 0
    police_case: str = ""  # 警单号: the case that the emergency desk opened for it (N2: both numbers go both ways)
    evidence: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict)
    risk: str = ""  # one of REVIEWED, as heard on the call: extra review (R42), double dispatch (R43)

    @property
    def is_open(self) -> bool:
        return self.stage in OPEN_STAGES

    @property
    def address(self) -> str:
        """District, street and place in one line; what a finer part names already is not said twice."""
        place = self.place.strip()
        street = self.street.strip() if self.street.strip() not in place else ""
        district = self.district.strip() if self.district.strip() not in f"{street}{place}" else ""
        return f"{district}{street}{place}"

    def moved_to(self, stage: Stage) -> "Ticket":
        """The same ticket one step further; raises RuleBroken for a step the rules forbid."""
        if stage not in MOVES[self.stage]:
            raise RuleBroken(f"{self.stage} → {stage}", "this step does not follow")
        return replace(self, stage=stage)


LONG_TEXTS = (
    "matter",
    "content",
    "verified",
    "district",
    "street",
    "place",
    "requester",
    "contact",
    "happened",
    "hurt",
    "named_unit",
    "demand",
    "reply",
)
"""The texts of a ticket that NOTE_LIMIT binds."""

DRAFT_FIELDS = ("kind", *LONG_TEXTS, "urgency", "is_confidential", "unit", "answer")
"""The fields of a ticket that the agent or the words of the call can fill."""
