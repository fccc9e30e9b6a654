"""What is played into the agent's ear alone. A part of `app.desk.commands`."""

from app.desk.command import Command


class PlayToEar(Command, frozen=True, tag=True):
    """Plays a WAV file (16 bit) to the agent alone, beside whatever goes on, in the place of the one before; no caller can come
    to hear it. SoundOver tells how it ended.

    `patience_s`: so long it waits for a short pause of the caller, and it ends where he begins; 0 = at once, to its end.
    """

    request: str
    path: str
    patience_s: float = 0.0


class StopEar(Command, frozen=True, tag=True):
    """Ends what PlayToEar plays, or has waiting."""


EarCommand = PlayToEar | StopEar
