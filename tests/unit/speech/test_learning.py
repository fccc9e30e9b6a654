"""Words that are learnt while others are still being learnt: the newest list is the one that stays."""

import threading
from typing import Any

from app.desk.commands import LearnWords
from app.speech.process import SpeechProcess


class SlowWriter:
    """Takes as long for the first list as the second takes in all, and at most a second."""

    def __init__(self) -> None:
        self.learnt: list[tuple[str, ...]] = []
        self.began, self.second = threading.Event(), threading.Event()

    def learn(self, words: tuple[str, ...]) -> None:
        if not self.began.is_set():
            self.began.set()
            self.second.wait(1)
        self.learnt.append(words)
        self.second.set()


def test_the_newest_words_stay_though_the_list_before_takes_longer() -> None:
    writer, before = SlowWriter(), set(threading.enumerate())
    process: Any = SpeechProcess.__new__(SpeechProcess)  # without its link, its taps and its engine
    process._lock, process._teaching, process._engine, process._writer = threading.Lock(), threading.Lock(), None, writer

    process._serve(LearnWords(("兴福路",)))
    assert writer.began.wait(5)
    process._serve(LearnWords(("幸福路",)))
    for thread in set(threading.enumerate()) - before:
        thread.join(5)

    assert writer.learnt[-1] == ("幸福路",)
