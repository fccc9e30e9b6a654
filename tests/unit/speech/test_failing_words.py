"""A failure tells the log where it happened, and none of the words that it happened to."""

import pytest

from app.domain.transcript import Word
from app.speech.engine import RATE, Ear, Sound
from app.speech.hearing import Decoder
from app.speech.telling import Written
from tests.unit.speech.told import Told, offer, speaking

WORDS = "我住幸福路三号楼"


class Hears:
    """Hears the same words in everything; fails over them where it is told to."""

    name, is_stream = "hears", False

    def __init__(self, fails: int) -> None:
        self._fails = fails

    def open_ear(self) -> Ear:
        return self

    def listen(self, sound: Sound, is_final: bool) -> tuple[Word, ...]:
        if self._fails:
            self._fails -= 1
            raise ValueError(f"no number in {WORDS}")
        return (Word(WORDS, 0.0, len(sound) / RATE),)


def cannot_write(words: tuple[Word, ...], is_final: bool) -> Written:
    raise ValueError(f"不符合格式的数据：{words[0].text}")


@pytest.mark.expects_log("words stay as they were heard|the speech engine failed on an utterance")
def test_what_fails_over_words_is_logged_by_its_kind_and_place_without_them(caplog: pytest.LogCaptureFixture) -> None:
    heard = Told()
    decoder = Decoder(heard.was_slow, heard.has_failed, write=cannot_write)
    decoder.use(Hears(fails=1))
    stretch = speaking(2.0)
    with decoder.guard:
        stretch.has_ended = True

    offer(decoder, heard, stretch)
    heard.wait(lambda: bool(heard.finals))
    decoder.close()

    assert [said.text for said in heard.finals] == [WORDS]
    assert caplog.text.count("ValueError") == 2 and "test_failing_words.py" in caplog.text
    assert WORDS not in caplog.text
