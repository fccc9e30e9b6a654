"""One hop between two processes and back: our link beside a raw pipe."""

import multiprocessing
import secrets
import tempfile
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from app.desk.commands import ListenTo, SpeechCommand
from app.desk.events import DeskEvent, Ticked
from app.domain.call import CallId
from app.link import LinkServer, SteadyLink
from tests.benchmarks.report import Figure, Group

CALL = CallId("c" * 32)
PATIENCE_S = 10.0


def measure(is_quick: bool) -> Group:
    """Each with a fresh process at the other end."""
    hops = 300 if is_quick else 3000
    return Group(
        "hop",
        [
            Figure("link_hop_ms", "link: command there, event back", "ms", _over_link(hops)),
            Figure("pipe_hop_ms", "raw pipe: bytes there and back", "ms", _over_pipe(hops), is_peer=True),
        ],
        ["one at a time, 1 ms apart; the link encodes, decodes and hands over to a thread at both ends"],
    )


def _over_link(hops: int) -> list[float]:
    is_there, came = threading.Event(), threading.Event()
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory(prefix="jb") as made:
        address, key = str(Path(made) / "link"), secrets.token_bytes(32)
        other = context.Process(target=answer_on_link, args=(address, key))
        other.start()
        link = SteadyLink(address, key, DeskEvent, lambda _: came.set(), is_there.set)
        try:
            if not is_there.wait(PATIENCE_S):
                raise TimeoutError("nobody on the link")
            return [_hop(lambda: link.send(ListenTo(CALL)), came) for _ in range(hops)]
        finally:
            link.close()
            other.terminate()
            other.join(PATIENCE_S)


def answer_on_link(address: str, key: bytes) -> None:
    """The other process; ends when it is told to."""
    server = LinkServer(address, key, SpeechCommand, lambda _: server.send(Ticked(1.0)))
    threading.Event().wait()


def _over_pipe(hops: int) -> list[float]:
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    other = context.Process(target=answer_on_pipe, args=(there,))
    other.start()
    there.close()
    try:
        here.send_bytes(CALL.encode())  # once before, for the other one to have begun
        here.recv_bytes()
        return [_round(here) for _ in range(hops)]
    finally:
        here.close()
        other.join(PATIENCE_S)


def answer_on_pipe(pipe: Connection) -> None:
    """The other process; ends with the pipe."""
    try:
        while True:
            pipe.send_bytes(pipe.recv_bytes())
    except EOFError:
        pass


def _hop(send: Callable[[], object], came: threading.Event) -> float:
    time.sleep(0.001)
    came.clear()
    begun = time.perf_counter()
    send()
    if not came.wait(PATIENCE_S):
        raise TimeoutError("no answer on the link")
    return (time.perf_counter() - begun) * 1e3


def _round(pipe: Connection) -> float:
    time.sleep(0.001)
    begun = time.perf_counter()
    pipe.send_bytes(CALL.encode())
    pipe.recv_bytes()
    return (time.perf_counter() - begun) * 1e3
