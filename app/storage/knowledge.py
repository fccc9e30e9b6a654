"""The knowledge base (知识库): what the caller or the agent says finds its points by characters and by sound."""

import datetime
import itertools
import re
from collections.abc import Callable, Sequence

import tantivy

from app.domain.knowledge import Answer, KnowledgePoint
from app.domain.sound import SoundOf, fuzzy

LIMIT = 8
RRF_K = 60
SNIPPET = 90
EXPIRED_FACTOR = 0.95
"""An expired point still shows, marked, but behind a current one that fits nearly as well."""

WEIGHTS = {True: (1.0, 1.4), False: (1.4, 0.6)}
"""Weight of characters and of sound: a spoken query is written by a recogniser that spells by guess, a typed one is not."""

RELEVANT = 0.3
"""A hit with less than this share of the best one's score is chance: it shares a turn of speech, not the matter."""

_ASKING = re.compile(
    "你好|您好|请问|我想问一下|我想问|我想咨询一下|我想咨询|想问一下|问一下|咨询一下|我想|我要|怎么办理|怎么办|怎么|如何|什么|哪些|多少|多久"
    "|需要|可以|能不能|是不是|有没有|一下|的话"
)
"""Turns of speech of any question: they say nothing of its matter, and are left out where anything else remains."""

_HEAP_BYTES = 16_000_000


def _today() -> str:
    return datetime.date.today().isoformat()


class KnowledgeBase:
    """An index in memory; made once, then read by one thread. A title counts twice, keywords as the title."""

    def __init__(self, points: Sequence[KnowledgePoint], sound_of: SoundOf, today: Callable[[], str] = _today) -> None:
        self._points, self._sound_of, self._today = tuple(points), sound_of, today
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("place", stored=True)
        builder.add_text_field("spelled", tokenizer_name="whitespace")
        builder.add_text_field("sounded", tokenizer_name="whitespace")
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema)
        self._fill()

    def search(self, query: str, is_spoken: bool, limit: int = LIMIT) -> tuple[Answer, ...]:
        """The best points for a query, of any length, complete or still being spoken. Points not yet valid are left out."""
        matter = _ASKING.sub(" ", query)
        asked = matter if _spelled(matter) else query
        spelled, sounded = _spelled(asked), self._sounded(asked)
        if not spelled:
            return self._by_title(query.strip(), limit)
        of_characters, of_sound = WEIGHTS[is_spoken]
        scores: dict[int, float] = {}
        for field, tokens, weight in (("spelled", spelled, of_characters), ("sounded", sounded, of_sound)):
            for rank, place in enumerate(self._ranked(field, tokens, limit * 4)):
                scores[place] = scores.get(place, 0.0) + weight / (RRF_K + rank)
        answers = (self._answer(self._points[place], score, set(spelled)) for place, score in scores.items())
        today = self._today()
        valid = (answer for answer in answers if not answer.point.valid_from > today)
        return tuple(sorted(valid, key=lambda answer: -answer.score)[:limit])

    def _fill(self) -> None:
        writer = self._index.writer(_HEAP_BYTES, 1)
        for place, point in enumerate(self._points):
            title = f"{point.title} {' '.join(point.keywords)}"
            text = f"{title}\n{title}\n{point.body}"
            document = tantivy.Document()
            document.add_integer("place", place)
            document.add_text("spelled", " ".join(_spelled(text)))
            document.add_text("sounded", " ".join(self._sounded(text)))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def _ranked(self, field: str, tokens: Sequence[str], limit: int) -> list[int]:
        terms = [
            (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, field, token)) for token in dict.fromkeys(tokens)
        ]
        searcher = self._index.searcher()
        hits = searcher.search(tantivy.Query.boolean_query(terms), limit).hits
        least = RELEVANT * hits[0][0] if hits else 0.0
        return [int(searcher.doc(address)["place"][0]) for score, address in hits if score >= least]

    def _sounded(self, text: str) -> list[str]:
        tokens = []
        for run in _runs(text):
            sounds = [fuzzy(sound) for sound in self._sound_of(run)]
            tokens += [f"{left}_{right}" for left, right in itertools.pairwise(sounds)]
        return tokens

    def _by_title(self, query: str, limit: int) -> tuple[Answer, ...]:
        """A query of one character, too short for the index."""
        found = [
            point for point in self._points if query and query.lower() in f"{point.title} {' '.join(point.keywords)}".lower()
        ]
        return tuple(self._answer(point, 1.0, set()) for point in found[:limit])

    def _answer(self, point: KnowledgePoint, score: float, tokens: set[str]) -> Answer:
        is_expired = bool(point.valid_until) and point.valid_until < self._today()
        return Answer(point, score * (EXPIRED_FACTOR if is_expired else 1.0), _snippet(point.body, tokens), is_expired)


def _runs(text: str) -> list[str]:
    """Stretches of letters, digits and Han characters: a pair never reaches across a comma."""
    kept = "".join(sign if sign.isalnum() else " " for sign in text.lower())
    return kept.split()


def _spelled(text: str) -> list[str]:
    return [run[place : place + 2] for run in _runs(text) for place in range(len(run) - 1)]


def _snippet(body: str, tokens: set[str]) -> str:
    """The stretch of the body that holds most of the query."""
    plain = " ".join(body.split())
    if len(plain) <= SNIPPET:
        return plain
    hits = [place for place in range(len(plain) - 1) if plain[place : place + 2] in tokens]
    starts = hits or [0]
    best = max(starts, key=lambda start: (sum(start <= hit < start + SNIPPET for hit in hits), -start))
    start = max(0, min(best - 8, len(plain) - SNIPPET))
    return f"{'…' if start else ''}{plain[start : start + SNIPPET]}{'…' if start + SNIPPET < len(plain) else ''}"
