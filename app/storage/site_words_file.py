"""Reading the site's own list of words: a text file in UTF-8, one word a line, # before a remark."""

from dataclasses import dataclass
from pathlib import Path

BYTES_AT_MOST = 2_000_000
WORDS_AT_MOST = 20_000
LENGTH_AT_MOST = 40


@dataclass(frozen=True, slots=True)
class WordsProblem(Exception):
    """What is wrong with the file: "missing", "denied", "encoding", "length", "many" or "kind"; `line` 0 = the whole file."""

    file: str
    line: int
    reason: str


def read_site_words(path: Path) -> tuple[str, ...]:
    """The words in order. Raises WordsProblem: a list that is half right would be half taken for the whole."""
    name = str(path)
    try:
        with path.open("rb") as file:
            body = file.read(BYTES_AT_MOST + 1)
    except FileNotFoundError as gone:
        raise WordsProblem(name, 0, "missing") from gone
    except OSError as refused:
        raise WordsProblem(name, 0, "denied") from refused
    if len(body) > BYTES_AT_MOST:
        raise WordsProblem(name, 0, "many")
    if b"\0" in body:
        raise WordsProblem(name, body[: body.index(b"\0")].count(b"\n") + 1, "kind")
    return _words(name, body)


def _words(name: str, body: bytes) -> tuple[str, ...]:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise WordsProblem(name, body[: wrong.start].count(b"\n") + 1, "encoding") from wrong
    words = []
    for number, line in enumerate(text.split("\n"), 1):
        word = line.split("#", 1)[0].strip()
        if len(word) > LENGTH_AT_MOST:
            raise WordsProblem(name, number, "length")
        if word:
            words.append(word)
        if len(words) > WORDS_AT_MOST:
            raise WordsProblem(name, number, "many")
    return tuple(words)
