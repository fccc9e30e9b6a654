"""Draft fields from the words of a call: each proposal carries the words it came from, and the agent confirms it."""

from collections.abc import Iterable

from app.domain.gazetteer import Areas, Gazetteer
from app.domain.intake_contact import read_contact, read_requester
from app.domain.intake_kind import guess_kind, guess_urgency, read_kind, read_urgency
from app.domain.intake_people import read_confidential, read_hurt
from app.domain.intake_place import read_areas, read_place
from app.domain.intake_summary import pieces_of, read_content, read_demand, read_matter
from app.domain.intake_time import read_happened
from app.domain.intake_turns import turns_of
from app.domain.intake_unit import read_unit
from app.domain.intake_weight import Weighing
from app.domain.sound import SoundOf
from app.domain.ticket import RequestKind, Urgency
from app.domain.transcript import Evidence, Transcript

__all__ = ["Intake", "Proposal", "Value", "guess_kind", "guess_urgency", "propose"]

Value = str | bool | RequestKind | Urgency
Proposal = dict[str, tuple[Value, tuple[Evidence, ...]]]


class Intake:
    """Reads the fields of a draft in the words of a call. Pure: the same words give the same fields.

    What one utterance says is kept, so that a call of an hour is not read anew at each word; not for several threads at once.
    """

    def __init__(
        self, gazetteer: Gazetteer | None = None, sound_of: SoundOf | None = None, matters: Iterable[str] = ()
    ) -> None:
        """`matters`: words of the matters that units answer for; clauses that hold one say more."""
        self._areas = Areas(gazetteer or Gazetteer(), sound_of)
        self._weighing = Weighing(matters)

    def propose(self, transcript: Transcript) -> Proposal:
        """Fields that the caller's final words suggest, and what the caller agreed to; what nothing speaks for is left out.

        Nothing is judged and nothing is verified here: all of it is what the caller states (R13, R28).
        """
        turns = turns_of(transcript)
        pieces = pieces_of(turns, self._weighing)
        unit = read_unit(turns)
        found: dict[str, tuple[Value, tuple[Evidence, ...]] | None] = {
            "kind": read_kind(turns),
            "matter": read_matter(pieces),
            "content": read_content(pieces),
            "place": read_place(turns, unit[0] if unit else ""),
            "requester": read_requester(turns),
            "contact": read_contact(turns),
            "happened": read_happened(turns),
            "hurt": read_hurt(turns),
            "named_unit": unit,
            "demand": read_demand(pieces),
            "urgency": read_urgency(turns),
            "is_confidential": read_confidential(turns),
        }
        return {name: one for name, one in {**found, **read_areas(turns, self._areas)}.items() if one is not None}


def propose(transcript: Transcript) -> Proposal:
    """What an Intake that knows no city proposes."""
    return Intake().propose(transcript)
