"""How frequent words are in general language: what is a common word already is no mistake of the recogniser.

The counts are jieba's dictionary (MIT, 349,000 words), read as a file and kept as two arrays: 4 MB instead of the 80 MB that
the library's own tables take.
"""

import importlib.util
import logging
import math
from array import array
from collections import defaultdict
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

log = logging.getLogger(__name__)

LONGEST = 8
_TOTAL = 6.0e7
_UNKNOWN = math.log(0.5 / _TOTAL)
_FIRST_SIGN, _SIGNS = 0x4E00, 0x5200
_RARE = 2500
"""Of 1,020 signs that Whisper-base wrote for others, ten were rarer in the words of the list."""


class CommonWords:
    """Natural logarithms of the words' shares; a sign that is in no list has the share of a word never seen. Any thread."""

    def __init__(self, counts: dict[str, int] | None = None) -> None:
        """Of these words; None = the dictionary that is installed. Takes 0.5 s."""
        keys, shares, self._signs = _read() if counts is None else _of(counts)
        order = np.argsort(keys)
        self._keys, self._shares = keys[order], shares[order]

    def __len__(self) -> int:
        return len(self._keys)

    def share(self, word: str) -> float:
        """-inf for what is no word of the list; a single sign always has a share."""
        key = hash(word)
        at = int(self._keys.searchsorted(key))
        if at < len(self._keys) and self._keys[at] == key:
            return float(self._shares[at])
        return _UNKNOWN if len(word) == 1 else -math.inf

    def is_common(self, word: str, least: int = 3) -> bool:
        """Whether the list counts this word at least so often."""
        return self.share(word) >= math.log(least / _TOTAL) - 1e-6

    def is_rare(self, sign: str) -> bool:
        """Whether a Chinese sign stands in so few words that recognisers do not write it by mistake."""
        at = ord(sign) - _FIRST_SIGN
        return not 0 <= at < _SIGNS or bool(self._signs[at] < _RARE)


@cache
def common_words() -> CommonWords:
    """The installed dictionary, read once a process."""
    return CommonWords()


def _read() -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.int64]]:
    """Hashes of the words, their shares, and how often each sign stands in one."""
    signs: dict[str, int] = defaultdict(int)
    path = _path()
    if path is None:
        log.error("jieba's dictionary is not installed: no word is known as common, and none is repaired")
        return np.zeros(0, np.int64), np.zeros(0, np.float32), _by_code(signs)
    keys, counts = array("q"), array("l")  # lists of objects would leave the process 10 MB bigger
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            word, _, rest = line.partition(" ")
            if len(word) <= LONGEST:
                keys.append(hash(word))
                count = int(rest.partition(" ")[0])
                counts.append(count)
                for sign in word:
                    signs[sign] += count
    shares = np.log(np.maximum(np.asarray(counts, np.float64), 0.5) / _TOTAL)
    return np.asarray(keys, np.int64), shares.astype(np.float32), _by_code(signs)


def _of(counts: dict[str, int]) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.int64]]:
    keys = np.array([hash(word) for word in counts], np.int64)
    signs: dict[str, int] = defaultdict(int)
    for word, count in counts.items():
        for sign in word:
            signs[sign] += count
    return keys, np.array([math.log(count / _TOTAL) for count in counts.values()], np.float32), _by_code(signs)


def _by_code(signs: dict[str, int]) -> NDArray[np.int64]:
    """How often each Chinese sign stands in a word, by its place among them."""
    found = np.zeros(_SIGNS, np.int64)
    for sign, count in signs.items():
        if 0 <= ord(sign) - _FIRST_SIGN < _SIGNS:
            found[ord(sign) - _FIRST_SIGN] = count
    return found


def _path() -> Path | None:
    """Found without loading the library."""
    found = importlib.util.find_spec("jieba")
    folders = found.submodule_search_locations if found is not None else None
    path = next((Path(folder) / "dict.txt" for folder in folders or ()), None)
    return path if path is not None and path.is_file() else None
