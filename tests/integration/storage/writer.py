"""A console in a process of its own that saves and types until it is killed; says on stdout what it was told is durable."""

import sys
import time
from dataclasses import replace
from pathlib import Path

from app.desk.events import DeskEvent, StoreOpened, TicketKept
from app.domain.call import CallId
from app.domain.ticket import Stage, Ticket, TicketId
from app.storage.store import StoreThread
from app.wire import NumberRange


class NoRing:
    def get_password(self, service: str, username: str) -> str | None:
        return None

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


def main(folder: str, start: int) -> None:
    def told(event: DeskEvent) -> None:
        if isinstance(event, TicketKept):
            say("kept", event.ticket.id, event.ticket.number)
        elif isinstance(event, StoreOpened):
            say("open")

    store = StoreThread(Path(folder), told, "1001", NoRing())
    store.open()
    while store._database is None:
        time.sleep(0.005)
    year = time.localtime().tm_year
    store.outbox.add_lease([NumberRange(year, start, start + 9_999)])
    draft = Ticket(TicketId("draft"), call=CallId("typing"), stage=Stage.DRAFT)
    for number in range(100_000):
        if number % 5 == 0:
            store.save(Ticket(TicketId(f"{start}-{number}"), matter=str(number), stage=Stage.TAKEN))
        store.note(CallId("typing"), "typed", {"n": number, "at": time.time()})
        store.keep_draft(replace(draft, content=f"{time.time()}"), ("content",))
        say("typed", time.time())
        time.sleep(0.01)


def say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
