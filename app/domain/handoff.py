"""The hand-off card (警情交接卡): what the operator of 110, 119, 120 or 122 must know, on one screen and in a few sentences."""

from dataclasses import dataclass, replace

from app.domain.call import CallId
from app.domain.ticket import Ticket
from app.domain.transcript import Speaker, Transcript

LATELY_S = 60.0
"""How much of the talk goes along."""

WORDS_LIMIT = 600
"""Characters of it, the latest; a minute of fast speech is some 300."""

_READ = str.maketrans("0123456789", "零幺二三四五六七八九")


@dataclass(frozen=True, slots=True)
class SaidWords:
    speaker: Speaker
    text: str


@dataclass(frozen=True, slots=True)
class HandOffCard:
    """One press has one card; what is learnt later makes a new revision of it. Times are Unix seconds, 0 = not yet.

    `step`: "prepared", "calling", "answered", "handed over", "undone", "failed" or "ended", as the emergency desk may want it.
    """

    card: str
    revision: int
    call: CallId
    line: str
    step: str
    place: str = ""
    ring_back: str = ""
    danger: str = ""
    words: tuple[SaidWords, ...] = ()
    ticket: str = ""
    pressed_at: float = 0.0
    agent: str = ""
    case_number: str = ""  # 警单号, as the emergency desk gave it

    def says_more_than(self, other: "HandOffCard") -> bool:
        """Whether the emergency desk should hear of it: words that go on alone are no news."""
        return replace(self, words=(), revision=0, case_number="") != replace(other, words=(), revision=0, case_number="")


def lately_said(transcript: Transcript) -> tuple[SaidWords, ...]:
    """The last minute of the talk, both voices, oldest first; what is just being said counts too."""
    said = [utterance for utterance in transcript.utterances if utterance.text]
    if not said:
        return ()
    since = max(utterance.end_s for utterance in said) - LATELY_S
    kept: list[SaidWords] = []
    room = WORDS_LIMIT
    for utterance in reversed([utterance for utterance in said if utterance.end_s > since]):
        text = utterance.text[-room:]
        kept.append(SaidWords(utterance.speaker, text))
        room -= len(text)
        if room <= 0:
            break
    return tuple(reversed(kept))


def filled(card: HandOffCard, ticket: Ticket | None, number: str, transcript: Transcript, danger: str) -> HandOffCard:
    """The card with what is known now. `number`: what the network said of the caller."""
    if ticket is None:
        return replace(card, ring_back=number, words=lately_said(transcript), danger=danger)
    return replace(
        card,
        place=ticket.address,
        ring_back=ticket.contact or number,
        danger=_danger_and_hurt(danger or ticket.matter, ticket.hurt),
        words=lately_said(transcript),
        ticket=ticket.number or "",
        case_number=ticket.police_case,
    )


def _danger_and_hurt(danger: str, hurt: str) -> str:
    """The operator wants to know who is hurt in the same breath as what it is."""
    said = hurt.strip()
    return danger if not said or said in danger else f"{danger}；{_HURT}{said}" if danger else f"{_HURT}{said}"


_HURT = "伤亡："

OPENING = "这里是幺二三四五热线，转接一位市民。"


def sentences(card: HandOffCard) -> tuple[str, ...]:
    """What a voice says to the operator: digits one by one, as they are read on the telephone."""
    said = " ".join(word.text for word in card.words if word.speaker is Speaker.CALLER)[-80:]
    parts = [
        OPENING,
        f"地点，{card.place}。" if card.place else "地点还不清楚，请直接询问市民。",
        f"险情，{card.danger}。" if card.danger else "",
        ring_back_sentence(card),
        f"工单号，{_digits(card.ticket)}。" if card.ticket else "",
        f"市民刚才说，{said}。" if said else "",
    ]
    return tuple(part for part in parts if part)


def ring_back_sentence(card: HandOffCard) -> str:
    return f"回拨电话，{_digits(card.ring_back)}。" if card.ring_back else "没有来电号码。"


def short_text(card: HandOffCard) -> str:
    """What fits a text message (短信): place and danger first."""
    parts = [f"12345转{card.line}", card.place or "地点不详", card.danger, f"回拨{card.ring_back}" if card.ring_back else "",
             f"工单{card.ticket}" if card.ticket else ""]  # fmt: skip
    said = " ".join(word.text for word in card.words if word.speaker is Speaker.CALLER)[-60:]
    return "；".join(part for part in (*parts, said) if part) + "。来电人不便说话，请勿回拨。"


def _digits(number: str) -> str:
    """In groups of four, so that an ear can follow."""
    bare = "".join(sign for sign in number if sign.isdigit())
    return "，".join(bare[at : at + 4] for at in range(0, len(bare), 4)).translate(_READ)
