"""The ringing: on the ringer, a stream of its own beside the call, or where there is none, in the ear."""

import logging
from collections.abc import Callable

from app.desk.commands import AudioChoice
from app.telephony.devices import NONE, Device
from app.telephony.engines import Engine, OpenStream, StreamFailed
from app.telephony.sounds import Tone, ring_tone
from app.telephony.voice_paths import EarpiecePath

log = logging.getLogger(__name__)


class Ringer:
    """Used on the audio thread only. `stream` is None while it rings in the ear, or not at all."""

    def __init__(self, ear: EarpiecePath) -> None:
        self._ear = ear
        self._loud, self._soft = ring_tone(1.0), ring_tone(0.3)
        self.stream: OpenStream | None = None

    def start(self, choice: AudioChoice, is_soft: bool, engine: Engine | None, ways: list[Device], ear: str) -> None:
        """`ways`: where the ringing may sound, in the order wanted; `ear`: the name of the earpiece in use."""
        if self._ear.tone is not None or self.stream is not None or choice.ringer == NONE:
            return
        ring = self._soft if is_soft else self._loud
        ring.restart()
        if choice.ringer and ways and engine is not None and ways[0].name != ear:
            self.stream = self._open(engine, ways[0], ring)
        if self.stream is None:
            self._ear.tone = ring.pull

    def stop(self) -> None:
        self._ear.tone = None
        self.close()

    def close(self) -> None:
        """The devices are given back; what rings in the ear rings on."""
        stream, self.stream = self.stream, None
        if stream is not None:
            stream.close()

    def move_to_ear(self) -> None:
        """Its device is gone: it must ring on somewhere."""
        self.close()
        self._ear.tone = self._loud.pull

    def _open(self, engine: Engine, device: Device, ring: Tone) -> OpenStream | None:
        path = EarpiecePath()
        path.tone = ring.pull
        path.limiter.set_limit(0.0)  # a loudspeaker, not an ear
        pull: Callable[[int], bytes | None] = path.pull
        try:
            return engine.open_earpiece(device, pull)
        except StreamFailed as wrong:
            log.warning("the ringer could not be opened: %s", wrong)
            return None
