"""The voice as the agent sees it: what is being said to the caller, what could not be said, and what may be chosen."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VoiceChoice:
    """How a sentence is to sound: a voice of VoiceReady ("" = the site's), 0.5 to 2 times as fast, 0 to 1 as loud."""

    voice: str = ""
    speed: float = 1.0
    volume: float = 1.0


BEST_VOICE = VoiceChoice()


@dataclass(frozen=True, slots=True)
class VoiceView:
    """`saying`: it is made, waits for a pause, or is heard; `unsaid`: the caller gave it no room, one key says it.
    `announcements`: (key, words) of those that an agent may play."""

    saying: str = ""
    unsaid: str = ""
    is_eyes_free: bool = False
    choice: VoiceChoice = BEST_VOICE
    announcements: tuple[tuple[str, str], ...] = ()


NO_VOICE = VoiceView()
