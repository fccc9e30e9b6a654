"""What a console has kept, looked at while it is not running."""

import time
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from app.domain.call import CallId, CallRecord, EmergencyRecord
from app.domain.ticket import Ticket
from app.storage import calls, tickets
from app.storage.database import StoreFolder
from app.storage.numbers import add_lease


class KeptStore:
    """The store of a console's home, opened with the key that lies beside it."""

    def __init__(self, home: Path) -> None:
        self._folder = StoreFolder(home / "store", lambda: None)

    def __enter__(self) -> "KeptStore":
        self._database = self._folder.hold()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._database.close()
        self._folder.leave()

    def lease(self, first: int, last: int) -> None:
        """Ticket numbers, as the centre would have leased them."""
        with self._database.transaction() as connection:
            add_lease(connection, time.localtime().tm_year, first, last)

    def ticket(self, number: str) -> Ticket:
        with self._database.transaction(writes=False) as connection:
            return next(ticket for ticket in tickets.search(connection, number) if ticket.number == number)

    def calls(self, call: str) -> list[CallRecord]:
        with self._database.transaction(writes=False) as connection:
            return calls.calls(connection, CallId(call))

    def ends(self, call: str) -> list[tuple[str, str]]:
        """Number and end of every record of the call. What only completes a record with its recording is none: a recording is
        kept by a thread of its own, before the record or after it."""
        known = [replace(record, recording=None) for record in self.calls(call)]
        return [(one.number, one.ended_by) for place, one in enumerate(known) if place == 0 or one != known[place - 1]]

    def emergencies(self, call: str) -> list[EmergencyRecord]:
        with self._database.transaction(writes=False) as connection:
            return calls.emergencies(connection, CallId(call))
