"""A site of a few words, and what its repairer makes of a sentence."""

from collections.abc import Sequence

from app.speech.lexicon import Lexicon
from app.speech.repair import Repairer
from app.speech.sound import readings_of, sound_of
from app.speech.word_frequency import common_words


def repairer_of(words: Sequence[str]) -> Repairer:
    return Repairer(Lexicon(words, readings_of), common_words(), sound_of)


def put_right(repairer: Repairer, text: str) -> str:
    for change in repairer.repairs(text):
        text = text[: change.start] + change.text + text[change.end :]
    return text
