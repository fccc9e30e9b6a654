"""From the taps' frames to stretches of two voices: which call is listened to, and what time it is in it."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from app.domain.call import CallId
from app.domain.transcript import Speaker, Utterance
from app.speech.engine import RATE, Sound
from app.speech.hearing import Decoder, Job
from app.speech.segmenter import Segmenter, Stretch
from app.speech.voice_activity import VoiceActivity
from app.taps import FRAME_MS, TapFrame

GAP_S = 0.3
"""A hole in a call's frames (hold, another call, a lost process) longer than this ends what was being said."""
KEPT_S = 10
"""Frames of calls nobody listens to yet are kept so long: the wish to listen comes a little after the first words."""
_KEPT_CALLS = 64
_SAMPLES = RATE * FRAME_MS // 1000

Heed = Callable[[CallId, Utterance], None]


@dataclass
class _Channel:
    """One voice of one call."""

    speaker: Speaker
    activity: VoiceActivity = field(default_factory=VoiceActivity)
    segmenter: Segmenter = field(init=False)

    def __post_init__(self) -> None:
        self.segmenter = Segmenter(self.activity.chances)


class _Call:
    """One call's clock and its two channels. Utterances are numbered by the tap frame they begin with: such numbers stay
    apart even when this process dies in the middle of a call and another goes on."""

    def __init__(self, call: CallId, first: TapFrame, since: float, decoder: Decoder, heed: Heed) -> None:
        self.call, self._decoder, self._heed = call, decoder, heed
        self._origin = since or first.at
        self._zero_at, self._zero_frame, self._samples = first.at, first.number, 0
        self._channels = (_Channel(Speaker.CALLER), _Channel(Speaker.AGENT))
        self.last = first.number - 1

    def hear(self, frames: list[TapFrame]) -> None:
        """Takes frames of this call, in order; those that were taken already are passed over."""
        fresh = [frame for frame in frames if frame.number > self.last]
        run: list[TapFrame] = []
        for frame in fresh:
            expected = self._zero_at + (self._samples + len(run) * _SAMPLES) / RATE
            if abs(frame.at - expected) > GAP_S:
                self._take(run)
                run = []
                self._begin_anew(frame)
            run.append(frame)
        self._take(run)

    def finish(self) -> None:
        with self._decoder.guard:
            for channel in self._channels:
                ended = channel.segmenter.finish()
                if ended is not None:
                    self._offer(channel, ended)

    def _begin_anew(self, frame: TapFrame) -> None:
        self.finish()
        self._channels = (_Channel(Speaker.CALLER), _Channel(Speaker.AGENT))
        self._zero_at, self._zero_frame, self._samples = frame.at, frame.number, 0

    def _take(self, frames: list[TapFrame]) -> None:
        if not frames:
            return
        self.last = frames[-1].number
        self._samples += len(frames) * _SAMPLES
        voices = (b"".join(f.caller for f in frames), b"".join(f.agent for f in frames))
        for channel, voice in zip(self._channels, voices, strict=True):
            self._hear_channel(channel, np.frombuffer(voice, np.int16))

    def _hear_channel(self, channel: _Channel, sound: Sound) -> None:
        with self._decoder.guard:
            for stretch in channel.segmenter.hear(sound):
                self._offer(channel, stretch)

    def _offer(self, channel: _Channel, stretch: Stretch) -> None:
        start_s = self._zero_at - self._origin + stretch.start / RATE
        number = self._zero_frame + stretch.start // _SAMPLES
        blank = Utterance(channel.speaker, number, "", start_s, start_s, final=False)
        self._decoder.offer(stretch, lambda: Job(stretch, blank, lambda _, heard: self._heed(self.call, heard)))


class Listening:
    """Which call is listened to. One thread, but for what the decoder tells."""

    def __init__(self, decoder: Decoder, heed: Heed) -> None:
        self._decoder, self._heed = decoder, heed
        self._kept: deque[TapFrame] = deque(maxlen=KEPT_S * 1000 // FRAME_MS)
        self._firsts: dict[CallId, TapFrame] = {}
        self._calls: dict[CallId, _Call] = {}
        self._wish: tuple[CallId, float] | None = None

    def hear(self, frames: list[TapFrame]) -> None:
        """Takes what the taps gave, of whatever call."""
        for frame in frames:
            self._firsts.setdefault(frame.call, frame)
        self._kept.extend(frames)
        while len(self._firsts) > _KEPT_CALLS:
            self._firsts.pop(next(iter(self._firsts)))
        self._hear_wished(frames)

    def listen_to(self, call: CallId, since: float = 0.0) -> None:
        """Hears this call from its kept frames on; what was being said in another is finished."""
        if self._wish and self._wish[0] != call and self._wish[0] in self._calls:
            self._calls[self._wish[0]].finish()
        self._wish = (call, since)
        self._hear_wished(list(self._kept))

    def stop(self, call: CallId) -> None:
        if self._wish and self._wish[0] == call:
            self._wish = None
        self._firsts.pop(call, None)
        if (ended := self._calls.pop(call, None)) is not None:
            ended.finish()

    def finish(self) -> None:
        """Ends what is being said; words of it still come."""
        for call in self._calls.values():
            call.finish()

    def _hear_wished(self, frames: list[TapFrame]) -> None:
        if self._wish is None:
            return
        call, since = self._wish
        ours = [frame for frame in frames if frame.call == call]
        if ours and call not in self._calls:
            first = self._firsts.get(call, ours[0])
            self._calls[call] = _Call(call, first, since, self._decoder, self._heed)
        if ours:
            self._calls[call].hear(ours)
