"""Another model takes over while somebody speaks: what was begun is heard by it, and by no ear of the one before."""

import threading

from app.domain.transcript import Word
from app.speech.engine import Ear, Sound
from app.speech.hearing import Decoder
from tests.unit.speech.told import Told, offer, speaking


class Named:
    """Hears its own name; opens ears only while it is free."""

    is_stream = False

    def __init__(self, name: str) -> None:
        self.name = name
        self.free, self.began = threading.Event(), threading.Event()
        self.free.set()

    def open_ear(self) -> Ear:
        self.began.set()
        assert self.free.wait(10)
        return self

    def listen(self, sound: Sound, is_final: bool) -> tuple[Word, ...]:
        return (Word(self.name, 0.0, 0.5),)


def test_an_ear_that_opened_while_another_model_took_over_hears_nothing_more() -> None:
    heard, old, new = Told(), Named("old"), Named("new")
    decoder = Decoder(heard.was_slow, heard.has_failed)
    old.free.clear()
    decoder.use(old)
    stretch = speaking(2.0)
    offer(decoder, heard, stretch)
    assert old.began.wait(10)

    decoder.use(new)
    old.free.set()
    with decoder.guard:
        stretch.has_ended = True
    offer(decoder, heard, stretch)
    heard.wait(lambda: bool(heard.finals))
    decoder.close()

    assert [said.text for said in heard.finals] == ["new"] and heard.failed == 0
