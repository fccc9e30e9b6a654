"""Recordings and the line's quality on the desk."""

from typing import Any

from app.desk.commands import PauseRecording, PlaySound, PlayVoice, SetUpRecording, StartRecording
from app.desk.events import (
    CallKept,
    LineAttached,
    ProcessFound,
    QualityMeasured,
    RecordingChanged,
    RecordingReady,
    TransferEnded,
    VoiceFound,
)
from app.domain.call import NO_CALL, CallId, Direction
from app.domain.notice import NoticeCode
from app.domain.quality import LineQuality, Trouble
from app.domain.recording import RecordingMark, RecordingPolicy, RecordingRules, RecordingStage
from app.domain.transcript import Speaker
from tests.fakes import FIRST, SECOND, Place

MARK = RecordingMark("0" * 64, 12.0, 4000)
GOOD = LineQuality(1000.0, "PCMA", 1.0, 1.0, 0.0, 0.0, 20.0, 40.0)


def ready(**policy: Any) -> Place:
    place = Place(**policy)
    place.desk.handle(RecordingReady("/recordings", b"public"))
    return place


def recorded(place: Place, stage: RecordingStage = RecordingStage.RUNNING) -> None:
    place.desk.handle(RecordingChanged(FIRST, stage, place.clock.now, 1000.0))


def codes(place: Place) -> list[NoticeCode]:
    return [notice.code for notice in place.state.notices]


def test_telephony_is_told_where_recordings_go_whichever_is_there_first() -> None:
    place = ready()
    place.desk.handle(ProcessFound("telephony"))

    assert place.line.of(SetUpRecording) == [SetUpRecording("/recordings", b"public", True)] * 2
    assert place.store.keep_days == 30.0


def test_a_site_that_records_nothing_sets_nothing_up() -> None:
    place = ready(recording=RecordingRules(RecordingPolicy.NONE))
    place.talks()

    place.desk.toggle_recording()

    assert not place.line.of(SetUpRecording) and not place.line.of(StartRecording)


def test_the_caller_is_told_of_the_recording_when_the_call_is_answered() -> None:
    place = ready(announcements={"recording": "/sounds/recording.wav"})

    place.talks()

    (played,) = place.line.of(PlaySound)
    assert (played.call, played.path, played.is_for_caller) == (FIRST, "/sounds/recording.wav", True)
    assert played.request and played.patience_s > 0, "a notice is not talked into the caller's words"
    assert "recording-announced" in place.store.kinds()


def test_a_missing_announcement_is_written_down() -> None:
    place = ready()

    place.talks()

    assert not place.line.of(PlaySound)
    assert "recording-not-announced" in place.store.kinds()


def test_one_key_pauses_and_resumes() -> None:
    place = ready()
    place.talks()
    recorded(place)
    place.desk.toggle_recording()
    recorded(place, RecordingStage.PAUSED)

    place.desk.toggle_recording()

    assert place.line.of(PauseRecording) == [PauseRecording(FIRST, True), PauseRecording(FIRST, False)]
    assert ("recording-paused" in place.store.kinds()) and ("recording-resumed" in place.store.kinds())


def test_the_same_key_starts_a_recording_where_the_site_leaves_it_to_the_agent() -> None:
    place = ready(recording=RecordingRules(RecordingPolicy.BY_AGENT), announcements={"recording": "/r.wav"})
    place.talks()
    assert not place.line.of(PlaySound)

    place.desk.toggle_recording()

    assert place.line.of(StartRecording) == [StartRecording(FIRST)]
    asked = [(played.call, played.path, played.is_for_caller) for played in place.line.of(PlaySound)]
    assert asked == [(FIRST, "/r.wav", True)]


def test_a_transfer_that_failed_lets_a_paused_recording_go_on() -> None:
    place = ready()
    place.talks()
    recorded(place, RecordingStage.PAUSED)

    place.desk.handle(TransferEnded(FIRST, "9603", False, "busy"))

    assert place.line.of(PauseRecording) == [PauseRecording(FIRST, False)]


def test_a_finished_recording_is_kept_with_its_mark() -> None:
    place = ready()
    place.talks()
    place.ends()

    place.desk.handle(RecordingChanged(FIRST, RecordingStage.ENDED, 1012.0, 1000.0, MARK))

    assert place.store.recordings == [(FIRST, MARK)]


def test_a_new_window_adopts_what_nobody_told_the_end_of_but_not_calls_that_are_up() -> None:
    place = ready()
    kept = CallKept(SECOND, "13800000002", "", {}, Direction.INCOMING, 990.0, 995.0, False)

    place.desk.handle(LineAttached((kept,), (), SECOND, False))

    assert place.store.adopted == [(SECOND,)]


def test_a_sentence_is_found_played_to_the_agent_and_stopped_by_the_same_key() -> None:
    place = ready()
    place.talks()
    place.hears("路灯不亮", number=3)
    place.desk.play_sentence(Speaker.CALLER, 3)
    call, request, start_s, end_s = place.store.voices_asked[0]
    place.desk.handle(VoiceFound(FIRST, request, b"\xd5" * 16_000))
    playing = place.state.playing

    place.desk.play_sentence(Speaker.CALLER, 3)

    assert (call, start_s, round(end_s, 1)) == (FIRST, 2.7, 4.3)
    assert playing is not None and playing.until == place.clock.now + 1.0
    assert place.line.of(PlayVoice) == [PlayVoice(b"\xd5" * 16_000), PlayVoice(b"")]
    assert place.state.playing is None
    assert "recording-heard" in place.store.kinds()


def test_a_sentence_of_the_call_that_was_cut_off_is_looked_for_in_that_calls_recording() -> None:
    place = ready()
    place.talks(FIRST)
    place.hears("路灯不亮", FIRST, 3)
    place.clock.now += 20
    place.ends(FIRST, by="network")
    place.clock.now += 40
    place.talks(SECOND)
    place.hears("我再说一遍", SECOND, 7)

    place.desk.play_sentence(Speaker.CALLER, 3)
    place.desk.play_sentence(Speaker.CALLER, 7)

    shown = [said.start_s for said in place.state.transcript.utterances]
    asked = [(call, round(start_s, 1), round(end_s, 1)) for call, _, start_s, end_s in place.store.voices_asked]
    assert shown == [3.0, 67.0]
    assert asked == [(FIRST, 2.7, 4.3), (SECOND, 6.7, 8.3)]
    heard_of = [call for call, kind, _ in place.store.notes if kind == "recording-heard"]
    assert heard_of == [FIRST, SECOND]


def test_with_three_calls_in_one_case_each_sentence_is_found_in_its_own() -> None:
    third = CallId("3" * 32)
    place = ready()
    for number, call in enumerate((FIRST, SECOND, third)):
        place.talks(call)
        place.hears("人民路", call, number)
        place.clock.now += 30
        place.ends(call, by="network")
        place.clock.now += 30

    for number in range(3):
        place.desk.play_sentence(Speaker.CALLER, number)

    asked = [(call, round(start_s, 1)) for call, _, start_s, _ in place.store.voices_asked]
    assert asked == [(FIRST, 0.0), (SECOND, 0.7), (third, 1.7)]
    assert [(record.call, record.continues) for record in place.store.calls] == [
        (FIRST, NO_CALL),
        (SECOND, FIRST),
        (third, SECOND),
    ]


def test_a_sentence_that_cannot_be_read_says_why() -> None:
    place = ready()
    place.talks()
    place.hears("路灯不亮", number=3)
    place.desk.play_sentence(Speaker.CALLER, 3)

    place.desk.handle(VoiceFound(FIRST, place.store.voices_asked[0][1], b"", "none"))

    assert NoticeCode.RECORDING_UNHEARD in codes(place)
    assert place.state.playing is None and not place.line.of(PlayVoice)


def test_the_answer_to_a_question_that_was_taken_back_is_not_played() -> None:
    place = ready()
    place.talks()
    place.hears("路灯不亮", number=3)
    place.desk.play_sentence(Speaker.CALLER, 3)
    place.desk.stop_playing()

    place.desk.handle(VoiceFound(FIRST, place.store.voices_asked[0][1], b"\xd5" * 100))

    assert PlayVoice(b"\xd5" * 100) not in place.line.sent


def measured(place: Place, seconds: int, loss_out: float = 0.0, leg: str = "") -> None:
    for _ in range(seconds):
        place.clock.now += 1.0
        quality = LineQuality(place.clock.now, "PCMA", 1.0, 1.0, 0.0, loss_out, 20.0, 40.0)
        place.desk.handle(QualityMeasured(FIRST, NO_CALL if not leg else SECOND, quality))


def test_a_line_that_stays_bad_is_said_in_words_and_unsaid_when_it_is_better() -> None:
    place = Place()
    place.talks()
    measured(place, 3, loss_out=20.0)
    early = codes(place)
    measured(place, 3, loss_out=20.0)
    said = [notice for notice in place.state.notices if notice.code is NoticeCode.LINE_BAD]

    measured(place, 6)

    assert NoticeCode.LINE_BAD not in early
    assert [notice.values for notice in said] == [(Trouble.THEY_HEAR_BADLY,)]
    assert NoticeCode.LINE_BAD not in codes(place)


def test_the_figures_of_the_line_stand_in_the_record_of_the_call() -> None:
    place = Place()
    place.talks()
    measured(place, 2)
    measured(place, 2, loss_out=8.0)
    measured(place, 1, loss_out=90.0, leg="other")

    place.ends()

    quality = place.store.calls[-1].quality
    assert quality is not None
    assert (quality.looks, quality.loss_out_mean, quality.loss_out_worst) == (4, 4.0, 8.0)
    assert place.state.qualities[FIRST].legs[SECOND].loss_out == 90.0


def test_a_call_that_was_never_measured_has_no_figures() -> None:
    place = Place()
    place.talks()

    place.ends()

    assert place.store.calls[-1].quality is None
