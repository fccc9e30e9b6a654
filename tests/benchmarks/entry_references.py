"""What a ticket of a scripted call must hold, and what is as right: from entry_tickets.toml, else from the script itself."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.ticket import DRAFT_FIELDS, RequestKind, Urgency
from tests.benchmarks.fields_data import plain

TICKETS = Path(__file__).with_name("entry_tickets.toml")
NOT_HEARD = frozenset({"verified", "reply", "unit", "answer"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """One field. `typed` is what an agent without help writes; `also` is as right; with `facts` a text that holds them all."""

    typed: str
    also: frozenset[str] = frozenset()
    facts: tuple[str, ...] = ()

    def accepts(self, value: str) -> bool:
        if self.facts and value:
            return not self.missing(value)
        return plain(value) in {plain(one) for one in (self.typed, *self.also)}

    def missing(self, value: str) -> tuple[str, ...]:
        """The facts that the text does not hold, each in its first wording."""
        held = plain(value)
        return tuple(fact.split("|")[0] for fact in self.facts if not any(plain(one) in held for one in fact.split("|")))


@dataclass(frozen=True, slots=True)
class Reference:
    """`is_whole`: what is not named must stay empty; else nothing is known of it, and it costs nothing on either side."""

    fields: Mapping[str, Wanted]
    is_whole: bool

    def of(self, name: str) -> Wanted | None:
        if name in self.fields:
            return self.fields[name]
        if not self.is_whole or name in NOT_HEARD or name == "contact":  # the number that rings stands there already
            return None
        return Wanted(Urgency.NORMAL if name == "urgency" else "no" if name == "is_confidential" else "")


def reference_of(folder: Path) -> Reference:
    """The reference of a call's folder: written beside these calls, in the script ("ticket"), or what the script expects."""
    script = json.loads((folder / "script.json").read_text("utf-8"))
    said = next((turn["text"] for turn in script["turns"] if turn["speaker"] == "caller"), "")
    written = tomllib.loads(TICKETS.read_text("utf-8")).get(script.get("name", folder.name))
    if written is not None and said.startswith(written["said"]):
        return Reference({name: _wanted(name, value) for name, value in written.items() if name != "said"}, True)
    if isinstance(script.get("ticket"), dict):
        return Reference(_known(script["ticket"]), True)
    return Reference(_known(script.get("expected", {})), False)


def _known(named: Mapping[str, Any]) -> dict[str, Wanted]:
    return {name: _wanted(name, value) for name, value in named.items() if name in DRAFT_FIELDS and value not in (None, "")}


def _wanted(name: str, value: Any) -> Wanted:
    if isinstance(value, dict):
        return Wanted(str(value["text"]), frozenset({""} if not value["text"] else ()), tuple(value["facts"]))
    first, *also = value if isinstance(value, list) else [value]
    if name == "kind":
        first, also = RequestKind(first), [RequestKind(one) for one in also]
    if name == "urgency":
        first, also = Urgency(first or "normal"), [Urgency(one) for one in also]
    if name == "is_confidential":
        first = "yes" if first else "no"
    return Wanted(str(first), frozenset(str(one) for one in also))
