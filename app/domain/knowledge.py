"""Knowledge points (知识点) and what a search finds among them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KnowledgePoint:
    """One answer of the knowledge base, with who vouches for it and until when."""

    key: str
    title: str
    body: str
    unit: str = ""  # who vouches for it
    source: str = ""
    valid_from: str = ""  # ISO dates; "" = open
    valid_until: str = ""
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A found knowledge point, best first; `score` compares only within one search."""

    point: KnowledgePoint
    score: float
    snippet: str = ""
    is_expired: bool = False
