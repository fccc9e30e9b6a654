"""Draft fields from the words of a call: each proposal carries the words it came from, and the agent confirms it."""

from collections.abc import Iterable
from math import inf
from time import perf_counter

from app.domain.gazetteer import Areas, Gazetteer
from app.domain.intake_contact import CONTACT_READERS, read_contact, read_requester
from app.domain.intake_kind import KIND_READERS, KindSense, guess_kind, guess_urgency, read_urgency
from app.domain.intake_people import PEOPLE_READERS, read_confidential, read_hurt
from app.domain.intake_place import PLACE_READERS, areas_reader, read_areas, read_place
from app.domain.intake_summary import pieces_of, pieces_reader, read_content, read_demand, read_matter
from app.domain.intake_time import TIME_READERS, read_happened
from app.domain.intake_told import Told, Turns
from app.domain.intake_turns import Turn
from app.domain.intake_unit import UNIT_READERS, read_unit
from app.domain.intake_weight import Weighing
from app.domain.linear_text import LinearText
from app.domain.sound import SoundOf
from app.domain.ticket import RequestKind, Urgency
from app.domain.transcript import Evidence, Transcript

__all__ = ["Intake", "Proposal", "Value", "guess_kind", "guess_urgency", "propose"]

Value = str | bool | RequestKind | Urgency
Proposal = dict[str, tuple[Value, tuple[Evidence, ...]]]


class Intake:
    """Reads the fields of a draft in the words of a call. The same words give the same fields, whatever was read before.

    What each turn says is read once and kept, so that a new or corrected utterance costs one reading and a look through the
    rest: a call of two hours is not read anew at each word. Not for several threads at once.
    """

    def __init__(
        self,
        gazetteer: Gazetteer | None = None,
        sound_of: SoundOf | None = None,
        matters: Iterable[str] = (),
        kinds: LinearText | None = None,
    ) -> None:
        """`matters`: words of the matters that units answer for; clauses that hold one say more. `kinds`: see KindSense."""
        self._areas = Areas(gazetteer or Gazetteer(), sound_of)
        self._weighing = Weighing(matters)
        self._kinds = KindSense(kinds)
        self._turns = Turns()
        self._readers = (
            *(*CONTACT_READERS, *KIND_READERS, *PEOPLE_READERS, *PLACE_READERS, *TIME_READERS, *UNIT_READERS),
            *(areas_reader(self._areas), pieces_reader(self._weighing)),
        )

    def propose(self, transcript: Transcript) -> Proposal:
        """Fields that the caller's final words suggest, and what the caller agreed to; what nothing speaks for is left out.

        Nothing is judged and nothing is verified here: all of it is what the caller states (R13, R28).
        """
        told = self._turns.of(transcript) or Told()
        pieces = pieces_of(told, self._weighing)
        unit = read_unit(told)
        found: dict[str, tuple[Value, tuple[Evidence, ...]] | None] = {
            "kind": self._kinds.read(told),
            "matter": read_matter(pieces),
            "content": read_content(pieces),
            "place": read_place(told, unit[0] if unit else ""),
            "requester": read_requester(told),
            "contact": read_contact(told),
            "happened": read_happened(told),
            "hurt": read_hurt(told),
            "named_unit": unit,
            "demand": read_demand(pieces),
            "urgency": read_urgency(told),
            "is_confidential": read_confidential(told),
        }
        return {name: one for name, one in {**found, **read_areas(told, self._areas)}.items() if one is not None}

    def read_ahead(self, transcript: Transcript, seconds: float = inf) -> bool:
        """Reads what was never read of these words, for about so long; whether nothing is left that would delay `propose`."""
        until = perf_counter() + seconds
        told = self._turns.of(transcript, until)
        if told is None:
            return False
        for turn in told.turns:
            if self._read not in turn.memo and perf_counter() > until:
                return False
            turn.once(self._read)
        return True

    def _read(self, turn: Turn) -> bool:
        for reader in self._readers:
            turn.once(reader)
        return True


def propose(transcript: Transcript) -> Proposal:
    """What an Intake that knows no city proposes."""
    return Intake().propose(transcript)
