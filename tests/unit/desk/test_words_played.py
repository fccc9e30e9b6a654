"""The sound of single words: what a field came from is played to the agent alone, or it is said why not."""

from dataclasses import replace

from app.desk.commands import PlayVoice
from app.desk.events import VoiceFound
from app.domain.notice import Gravity, NoticeCode
from app.domain.recording import AROUND_S, VOICE_RATE
from app.domain.transcript import Evidence
from tests.fakes import FIRST
from tests.unit.desk.heard_call import CALLER, HEARD, LOUD, heard, talking, ticket_of


def evidence(start: int, end: int, number: int = 0) -> Evidence:
    return Evidence(CALLER, number, start, end, HEARD.text[start:end])


def test_just_the_words_of_a_field_are_played_to_the_agent() -> None:
    place = talking()

    place.desk.play_evidence("place")
    (call, request, start_s, end_s) = place.store.voices_asked[-1]
    place.desk.handle(VoiceFound(call, request, LOUD))

    assert (call, start_s, round(end_s, 3)) == (FIRST, 1.0 - AROUND_S, 2.0 + AROUND_S)
    assert place.line.of(PlayVoice)[-1] == PlayVoice(LOUD)
    assert place.state.playing is not None
    assert place.state.playing.evidence == ticket_of(place).evidence["place"]


def test_asked_again_it_stops() -> None:
    place = talking()
    place.desk.play_evidence("place")

    place.desk.play_evidence("place")

    assert place.state.playing is None
    assert place.line.of(PlayVoice)[-1] == PlayVoice(b"")
    assert len(place.store.voices_asked) == 1


def test_words_of_several_sentences_are_played_one_after_the_other_in_the_order_they_were_said() -> None:
    place = talking()
    heard(place, replace(HEARD, number=1, start_s=30.0, end_s=33.0, words=()))

    place.desk.play_words((evidence(4, 6, 1), evidence(0, 3)))
    asked = place.store.voices_asked[-2:]
    second = b"\x22" * VOICE_RATE
    place.desk.handle(VoiceFound(FIRST, asked[1][1], second))
    place.desk.handle(VoiceFound(FIRST, asked[0][1], LOUD))

    assert [round(start_s, 1) for _, _, start_s, _ in asked] == [0.7, 31.7]
    voice = place.line.of(PlayVoice)[-1].voice
    assert voice.startswith(LOUD) and voice.endswith(second)


def test_words_that_touch_are_one_stretch() -> None:
    place = talking()

    place.desk.play_words((evidence(0, 3), evidence(3, 6)))

    assert [(start_s, round(end_s, 1)) for _, _, start_s, end_s in place.store.voices_asked] == [(0.7, 4.3)]


def test_without_a_recording_it_says_so_quietly() -> None:
    place = talking()
    place.desk.play_evidence("place")

    place.desk.handle(VoiceFound(FIRST, place.store.voices_asked[-1][1], b"", "none"))

    assert place.state.playing is None
    notice = place.state.notices[-1]
    assert (notice.code, notice.values, notice.gravity) == (NoticeCode.RECORDING_UNHEARD, ("none",), Gravity.INFO)
    assert not notice.standing


def test_the_silence_of_a_paused_recording_is_said_and_not_played() -> None:
    place = talking()
    place.desk.play_evidence("place")

    place.desk.handle(VoiceFound(FIRST, place.store.voices_asked[-1][1], b"\xd5" * VOICE_RATE))

    assert place.line.of(PlayVoice) == []
    assert place.state.notices[-1].values == ("paused",)


def test_a_field_that_was_typed_has_no_sound_and_that_is_said() -> None:
    place = talking()
    place.desk.edit("requester", "陈")

    place.desk.play_evidence("requester")

    assert place.state.notices[-1].values == ("no words",)


def test_words_of_another_call_with_the_number_of_a_sentence_of_this_one_are_not_played_and_that_is_said() -> None:
    place = talking()

    place.desk.play_words((Evidence(CALLER, 0, 0, 2, "停电"),))

    assert place.store.voices_asked == []
    assert place.state.playing is None
    assert place.state.notices[-1].values == ("other words",)


def test_of_words_of_two_calls_those_of_this_one_are_played() -> None:
    place = talking()

    place.desk.play_words((Evidence(CALLER, 0, 0, 2, "停电"), evidence(0, 2)))

    assert len(place.store.voices_asked) == 1


def test_voice_of_words_that_are_no_longer_wanted_is_not_played() -> None:
    place = talking()
    place.desk.play_evidence("place")
    request = place.store.voices_asked[-1][1]
    place.desk.play_sentence(CALLER, 0)

    place.desk.handle(VoiceFound(FIRST, request, LOUD))

    assert PlayVoice(LOUD) not in place.line.of(PlayVoice)
