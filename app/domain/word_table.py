"""Which listened-for words begin at a place of a text, by spelling or by sound: slices are looked up, no tree is walked."""

from collections.abc import Iterator


class WordTable:
    """Values by keys that are strings of one sign a character; the sign may be a character or stand for a sound."""

    def __init__(self) -> None:
        self._values: dict[str, tuple[int | str, ...]] = {}
        self._lengths: dict[str, tuple[int, ...]] = {}  # of the keys that begin with this sign, the shortest first

    def add(self, key: str, value: int | str) -> None:
        known = self._values.get(key, ())
        if value not in known:
            self._values[key] = (*known, value)
        lengths = self._lengths.get(key[0], ())
        if len(key) not in lengths:
            self._lengths[key[0]] = tuple(sorted((*lengths, len(key))))

    def of(self, key: str) -> tuple[int | str, ...]:
        return self._values.get(key, ())

    def at(self, signs: str, start: int) -> Iterator[tuple[int, tuple[int | str, ...]]]:
        """The end and the values of each key that begins at `start`."""
        for length in self._lengths.get(signs[start], ()):
            end = start + length
            if end > len(signs):
                return
            values = self._values.get(signs[start:end])
            if values is not None:
                yield end, values
