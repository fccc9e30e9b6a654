"""How long a save takes from the click to being durable and told, on the real encrypted store."""

import argparse
import json
import statistics
import tempfile
import threading
import time
from pathlib import Path

from app.desk.events import DeskEvent, StoreOpened, TicketKept
from app.domain.call import CallId
from app.domain.ticket import Stage, Ticket, TicketId
from app.storage.store import StoreThread
from app.wire import NumberRange

SAVES = 400
CONTENT = "市民反映小区噪声扰民，" * 30


class Waiter:
    """Lets the benchmark wait for the next event of a kind."""

    def __init__(self) -> None:
        self.opened, self.kept = threading.Event(), threading.Event()

    def __call__(self, event: DeskEvent) -> None:
        if isinstance(event, StoreOpened):
            self.opened.set()
        elif isinstance(event, TicketKept):
            self.kept.set()


def measure(saves: int = SAVES) -> dict[str, float]:
    """Milliseconds from `save` to TicketKept, with typing noted before each, and from `open` to StoreOpened."""
    with tempfile.TemporaryDirectory() as folder:
        _one_store(Path(folder), 0)
        return _one_store(Path(folder), saves)


def _one_store(folder: Path, saves: int) -> dict[str, float]:
    told = Waiter()
    store = StoreThread(folder, told, "1001")
    begun = time.perf_counter()
    store.open()
    told.opened.wait(10)
    open_ms = (time.perf_counter() - begun) * 1e3
    store.outbox.add_lease([NumberRange(time.localtime().tm_year, 1, max(saves, 1))])
    taken = sorted(_save(store, told, number) for number in range(saves))
    store.stop()
    if not taken:
        return {}
    return {
        "store_save_p50_ms": round(statistics.median(taken), 2),
        "store_save_p99_ms": round(taken[int(saves * 0.99)], 2),
        "store_save_max_ms": round(taken[-1], 2),
        "store_open_ms": round(open_ms, 1),
    }


def _save(store: StoreThread, told: Waiter, number: int) -> float:
    draft = Ticket(TicketId(f"t{number}"), matter="噪声扰民", content=CONTENT, caller="13800138000", stage=Stage.TAKEN)
    store.note(CallId("call"), "typed", {"field": "content", "text": CONTENT[:40]})
    store.keep_draft(draft, ("content",))
    told.kept.clear()
    begun = time.perf_counter()
    store.save(draft)
    if not told.kept.wait(10):
        raise TimeoutError("a save was never told as kept")
    return (time.perf_counter() - begun) * 1e3


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--json", action="store_true", help="one JSON object on the last line")
    figures = measure()
    if options.parse_args().json:
        print(json.dumps(figures))
    else:
        print("\n".join(f"{name:20s} {value}" for name, value in figures.items()))
