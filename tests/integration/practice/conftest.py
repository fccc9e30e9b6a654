"""Parties of a practice call, ended after each test; an exchange or console that does not end by itself fails it."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.integration.practice.parties import Console, Exchange, Trainer, make_pack

SENTENCES = (1.5, 1.0)


@pytest.fixture
def parties() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def console(own_home: Path, parties: ExitStack) -> Console:
    console = Console(own_home)
    parties.callback(console.end)
    return console


@pytest.fixture
def exchange(own_home: Path, parties: ExitStack) -> Exchange:
    """Its pack has "pack/short" and, with a sentence of three seconds, "pack/long"."""
    exchange = Exchange(own_home, make_pack(own_home / "pack", short=SENTENCES, long=(3.0, 1.0)))
    parties.callback(exchange.end)
    return exchange


@pytest.fixture
def trainer(own_home: Path, parties: ExitStack) -> Trainer:
    trainer = Trainer(own_home)
    parties.callback(trainer.end)
    return trainer
