"""From the taps' frames to stretches of two voices: which call is listened to, and what time it is in it."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from app.desk.speech_commands import HearOut, number_of_gap
from app.domain.call import CallId
from app.domain.transcript import Speaker, Utterance
from app.speech.engine import RATE, Sound
from app.speech.hearing import Decoder
from app.speech.jobs import Job
from app.speech.progress import SPEAKERS, Place, Progress, ProgressFile
from app.speech.segmenter import Segmenter, Stretch
from app.speech.telling import FRAME_SAMPLES
from app.speech.voice_activity import VoiceActivity
from app.taps import FRAME_MS, SILENCE, TapFrame

GAP_S = 0.3
"""A hole in a call's frames (hold, another call, a lost process) longer than this ends what was being said."""
KEPT_S = 20
"""Frames are kept as long as the taps do: the wish to listen comes a little after the first words, or after a new start."""
LEAD_FRAMES = 25
"""The newest silence may turn out to be the beginning of a word."""
_KEPT_CALLS = 64

Heed = Callable[[CallId, Utterance], None]


@dataclass
class _Channel:
    """One voice of one call; of frames before `begins` nothing is heard: they were told by a process before this one."""

    speaker: Speaker
    begins: int = 0
    activity: VoiceActivity = field(default_factory=VoiceActivity)
    segmenter: Segmenter = field(init=False)

    def __post_init__(self) -> None:
        self.segmenter = Segmenter(self.activity.chances)

    def voice_of(self, frame: TapFrame) -> bytes:
        if frame.number < self.begins:
            return SILENCE
        return frame.caller if self.speaker is Speaker.CALLER else frame.agent


class _Call:
    """One call's clock and its two channels. Utterances are numbered by the tap frame they begin with: such numbers stay
    apart even when this process dies in the middle of a call and another goes on."""

    def __init__(self, call: CallId, first: TapFrame, since: float, decoder: Decoder, heed: Heed) -> None:
        self.call, self._decoder, self._heed = call, decoder, heed
        self._origin = since or first.at
        self._zero_at, self._zero_frame, self._samples = first.at, first.number, 0
        self._channels = (_Channel(Speaker.CALLER), _Channel(Speaker.AGENT))
        self._jobs: list[Job] = []
        self._done = [0, 0]  # frames up to which the stretches of each channel went
        self.last = first.number - 1

    def go_on(self, left: Progress, first: TapFrame) -> None:
        """Goes on where a process that died had come to: what it had told stays, what the taps lost is marked as missing."""
        self._origin = left.origin
        for channel, number in left.shown:
            self._tell_nothing(SPEAKERS[channel], number)
        for channel, (begins, place) in enumerate(zip(left.resumed(), left.told, strict=True)):
            self._channels[channel].begins = begins
            until = max(begins, first.number)
            if until - place.number > GAP_S * 1000 / FRAME_MS:
                at = first.at if until == first.number else place.at + (until - place.number) * FRAME_MS / 1000
                self._tell_missing(SPEAKERS[channel], place, at)

    def hear(self, frames: list[TapFrame], was_lost: bool = False) -> None:
        """Takes frames of this call, in order; those that were taken already are passed over. `was_lost`: the taps went on
        before these could be read."""
        fresh = [frame for frame in frames if frame.number > self.last]
        run: list[TapFrame] = []
        for frame in fresh:
            expected = self._zero_at + (self._samples + len(run) * FRAME_SAMPLES) / RATE
            if abs(frame.at - expected) > GAP_S:
                self._take(run)
                run = []
                if was_lost:
                    self._mark_lost(Place(self.last + 1, expected), frame.at)
                self._begin_anew(frame)
            was_lost = False
            run.append(frame)
        self._take(run)

    def finish(self) -> None:
        with self._decoder.guard:
            for channel in self._channels:
                ended = channel.segmenter.finish()
                if ended is not None:
                    self._offer(channel, ended)

    def progress(self) -> Progress:
        with self._decoder.guard:
            shown = tuple(
                (SPEAKERS.index(job.blank.speaker), job.blank.number)
                for job in self._jobs
                if job.was_told and not job.is_settled
            )
            return Progress(self.call, self._origin, (self._told(0), self._told(1)), shown)

    def _told(self, channel: int) -> Place:
        open_ = [job for job in self._jobs if job.blank.speaker is SPEAKERS[channel] and _is_open(job)]
        if open_:
            first = min(open_, key=lambda job: job.blank.number)
            heard = first.left_at or 0
            return Place(first.blank.number + heard // FRAME_SAMPLES, self._origin + first.blank.start_s + heard / RATE)
        number = max(self.last + 1 - LEAD_FRAMES, self._done[channel], self._channels[channel].begins, self._zero_frame)
        return Place(number, self._zero_at + (number - self._zero_frame) * FRAME_MS / 1000)

    def _mark_lost(self, place: Place, until: float) -> None:
        for speaker in SPEAKERS:
            self._tell_missing(speaker, place, until)

    def _tell_missing(self, speaker: Speaker, place: Place, until: float) -> None:
        self._heed(self.call, missing_between(speaker, place, until, self._origin))

    def _tell_nothing(self, speaker: Speaker, number: int) -> None:
        """Takes back a partial."""
        self._heed(self.call, Utterance(speaker, number, "", 0.0, 0.0, True))

    def _begin_anew(self, frame: TapFrame) -> None:
        self.finish()
        begins = [channel.begins for channel in self._channels]
        self._channels = (_Channel(Speaker.CALLER), _Channel(Speaker.AGENT))
        for channel, begin in zip(self._channels, begins, strict=True):
            channel.begins = begin
        self._zero_at, self._zero_frame, self._samples = frame.at, frame.number, 0

    def _take(self, frames: list[TapFrame]) -> None:
        if not frames:
            return
        self.last = frames[-1].number
        self._samples += len(frames) * FRAME_SAMPLES
        for channel in self._channels:
            self._hear_channel(channel, np.frombuffer(b"".join(map(channel.voice_of, frames)), np.int16))

    def _hear_channel(self, channel: _Channel, sound: Sound) -> None:
        with self._decoder.guard:
            for stretch in channel.segmenter.hear(sound):
                self._offer(channel, stretch)

    def _offer(self, channel: _Channel, stretch: Stretch) -> None:
        self._done[SPEAKERS.index(channel.speaker)] = self._zero_frame + (stretch.start + stretch.length) // FRAME_SAMPLES
        self._decoder.offer(stretch, lambda: self._job(channel, stretch))

    def _job(self, channel: _Channel, stretch: Stretch) -> Job:
        start_s = self._zero_at - self._origin + stretch.start / RATE
        number = self._zero_frame + stretch.start // FRAME_SAMPLES
        blank = Utterance(channel.speaker, number, "", start_s, start_s, final=False)
        job = Job(stretch, blank, lambda _, heard: self._heed(self.call, heard))
        self._jobs = [*filter(_is_open, self._jobs), job]
        return job


def _is_open(job: Job) -> bool:
    """Whether words of it are still to come, from this process or from the next."""
    return not job.is_settled or job.left_at is not None


def missing_between(speaker: Speaker, place: Place, until: float, origin: float) -> Utterance:
    """The mark that nobody heard what was said from `place` to the Unix time `until`; `origin`: when word times begin."""
    start_s, end_s = round(place.at - origin, 2), round(until - origin, 2)
    return Utterance(speaker, place.number, "", start_s, end_s, True, confidence=0.0, is_missing=True)


class Listening:
    """Which call is listened to. One thread, but for what the decoder tells. `progress`: where a process that died had come
    to, and where the next one will learn it."""

    def __init__(self, decoder: Decoder, heed: Heed, progress: ProgressFile | None = None) -> None:
        self._decoder, self._heed, self._progress = decoder, heed, progress
        self._left = progress.left if progress is not None else None
        self._seen: TapFrame | None = None
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
        before = self._seen
        was_lost = bool(frames and before and frames[0].number > before.number + 1 and frames[0].call == before.call)
        self._seen = frames[-1] if frames else before
        self._hear_wished(frames, was_lost)

    def listen_to(self, call: CallId, since: float = 0.0, is_from_now: bool = False) -> None:
        """Hears this call from its kept frames on, or only what is said from now on; what was being said in another is
        finished."""
        if is_from_now:
            self._kept.clear()
            self._left = None
        if self._wish and self._wish[0] != call and self._wish[0] in self._calls:
            self._calls[self._wish[0]].finish()
        self._wish = (call, since)
        self._hear_wished(list(self._kept))

    def stop(self, call: CallId) -> None:
        if self._wish and self._wish[0] == call:
            self._wish = None
            if self._progress is not None:
                self._progress.keep(None)
        self._firsts.pop(call, None)
        if (ended := self._calls.pop(call, None)) is not None:
            ended.finish()

    def hear_out(self, wish: HearOut) -> None:
        """Hears what is kept of a call that has ended; which call is listened to stays as it is."""
        call = wish.call
        if call in self._calls:  # only the way to the desk was lost, and every word was heard
            self.stop(call)
            return
        ours = [frame for frame in self._kept if frame.call == call]
        if ours:
            ours = self._begin(call, wish.since, ours)
            ended = self._calls.pop(call)
            ended.hear(ours)
            ended.finish()
            return
        left = self._left if self._left is not None and self._left.call == call else None
        if left is not None:
            self._left = None
            for channel, number in left.shown:
                self._heed(call, Utterance(SPEAKERS[channel], number, "", 0.0, 0.0, True))
        lost = Place(number_of_gap(wish.lost_at), wish.lost_at)
        for speaker, place in zip(SPEAKERS, left.told if left is not None else (lost, lost), strict=True):
            if wish.until - place.at > GAP_S:
                self._heed(call, missing_between(speaker, place, wish.until, wish.since))

    def finish(self) -> None:
        """Ends what is being said; words of it still come."""
        for call in self._calls.values():
            call.finish()

    def note_progress(self) -> None:
        """For the process after this one."""
        if self._progress is not None and self._wish is not None and self._wish[0] in self._calls:
            self._progress.keep(self._calls[self._wish[0]].progress())

    def _hear_wished(self, frames: list[TapFrame], was_lost: bool = False) -> None:
        if self._wish is None:
            return
        call, since = self._wish
        ours = [frame for frame in frames if frame.call == call]
        if ours and call not in self._calls:
            ours = self._begin(call, since, ours)
        if ours:
            self._calls[call].hear(ours, was_lost)
            self.note_progress()

    def _begin(self, call: CallId, since: float, ours: list[TapFrame]) -> list[TapFrame]:
        left = self._left if self._left is not None and self._left.call == call else None
        if left is None:
            self._calls[call] = _Call(call, self._firsts.get(call, ours[0]), since, self._decoder, self._heed)
            return ours
        self._left = None
        ours = [frame for frame in ours if frame.number >= left.begins] or ours[-1:]
        self._calls[call] = _Call(call, ours[0], since, self._decoder, self._heed)
        self._calls[call].go_on(left, ours[0])
        return ours
