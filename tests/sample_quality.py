"""A state of the main window for the gallery: a bad line and a recording that is paused."""

from dataclasses import replace

from app.desk.state import DeskState, LineView, Playing, RecordingView
from app.domain.notice import Notice, NoticeCode
from app.domain.quality import LineQuality, Trouble
from app.domain.recording import RecordingStage
from app.domain.transcript import Speaker
from tests import sample_state as sample


def line_bad() -> DeskState:
    """A poor line, a recording that is paused, a sentence being played."""
    good = LineQuality(sample.NOW - 60, "PCMA", 2.0, 3.0, 0.0, 0.2, 38.0, 40.0)
    looks = tuple(
        replace(good, at=sample.NOW - 1.5 * step, loss_out=11.0 if step < 14 else 0.4 * (step % 3), jitter_in_ms=4.0 + step % 5)
        for step in reversed(range(60))
    )
    state = sample.talking()
    return replace(
        state,
        qualities={sample.CALL: LineView(looks, {}, Trouble.THEY_HEAR_BADLY)},
        recordings={sample.CALL: RecordingView(RecordingStage.PAUSED, sample.NOW - 12)},
        playing=Playing(sample.CALL, "r", Speaker.CALLER, 1, sample.NOW + 3),
        notices=(Notice(NoticeCode.LINE_BAD, (Trouble.THEY_HEAR_BADLY,)),),
    )
