"""Searching the words of a call: by spelling, and by sound, because a recogniser writes the right sound with wrong signs."""

from dataclasses import dataclass

from app.domain.sound import SoundOf, fuzzy
from app.domain.transcript import Speaker, Transcript

LEAST_BY_SOUND = 2
"""Characters a query must have to be searched by sound: a single syllable sounds like dozens of words."""

_REMEMBERED = 20_000
"""Texts whose sounds are remembered."""


@dataclass(frozen=True, slots=True)
class FoundWords:
    """Characters `start`…`end` of an utterance's text."""

    speaker: Speaker
    number: int
    start: int
    end: int
    is_by_sound: bool = False


class WordSearch:
    """Remembers how texts and characters sound, so that a search of a long call costs milliseconds. One thread only."""

    def __init__(self, sound_of: SoundOf | None = None) -> None:
        self._sound_of = sound_of
        self._syllables: dict[str, str] = {}
        self._signs: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        self._spellings: dict[str, str] = {}

    def find(self, transcript: Transcript, query: str) -> tuple[FoundWords, ...]:
        """Every place in the order of the words; none for an empty query."""
        wanted = _folded(query.strip())
        if not wanted:
            return ()
        sounds = self._sounds(wanted) if self._sound_of is not None and len(wanted) >= LEAST_BY_SOUND else ""
        found: list[FoundWords] = []
        for said in transcript.utterances:
            spelled = _places(self._spelling(said.text), wanted)
            heard = _places(self._sounds(said.text), sounds) if sounds else []
            if not spelled and not heard:
                continue
            spans = dict.fromkeys(spelled, False)
            spans |= {place: True for place in heard if all(abs(place - other) >= len(wanted) for other in spelled)}
            for place in sorted(spans):
                found.append(FoundWords(said.speaker, said.number, place, place + len(wanted), spans[place]))
        return tuple(found)

    def _spelling(self, text: str) -> str:
        known = self._spellings.get(text)
        if known is None:
            if len(self._spellings) > _REMEMBERED:
                self._spellings.clear()
            known = self._spellings[text] = _folded(text)
        return known

    def _sounds(self, text: str) -> str:
        """The text with each character replaced by one sign that stands for its sound."""
        known = self._texts.get(text)
        if known is None:
            if len(self._texts) > _REMEMBERED:
                self._texts.clear()
            known = self._texts[text] = "".join(self._sign(character) for character in text)
        return known

    def _sign(self, character: str) -> str:
        if character not in self._signs:
            assert self._sound_of is not None
            sound = fuzzy((*self._sound_of(character), character)[0])
            self._signs[character] = self._syllables.setdefault(sound, chr(0xF0000 + len(self._syllables)))
        return self._signs[character]


def _folded(text: str) -> str:
    """Without regard to capitals; of the same length, so that places stay places."""
    folded = text.casefold()
    return folded if len(folded) == len(text) else text


def _places(text: str, wanted: str) -> list[int]:
    places, at = [], text.find(wanted)
    while at >= 0:
        places.append(at)
        at = text.find(wanted, at + len(wanted))
    return places
