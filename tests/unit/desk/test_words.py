"""What is heard fills the form, asks the knowledge base and lights buttons; the agent's own words stand above it."""

from dataclasses import replace

from app.desk.commands import ListenTo, LoadEars, PlaySound, PlayToEar, Say
from app.desk.events import AnswersFound, EarsReady, Heard, ProcessFound, ProcessLost, SpeechMade
from app.domain.knowledge import Answer, KnowledgePoint
from app.domain.notice import NoticeCode
from app.domain.ticket import NOTE_LIMIT
from app.domain.transcript import Speaker, Utterance
from tests.fakes import FIRST, SECOND, Place

POINT = KnowledgePoint("permit", "居住证办理", "带身份证和住处证明到派出所。")


def test_a_partial_settles_in_place_when_its_final_comes() -> None:
    place = Place()
    place.talks()

    place.hears("幸福", final=False)
    place.hears("幸福路有噪音")

    assert [said.text for said in place.state.transcript.utterances] == ["幸福路有噪音"]


def test_a_late_word_of_an_ended_call_is_not_put_down_to_the_next_caller() -> None:
    place = Place()
    place.talks()
    place.ends()
    place.talks(SECOND)

    place.desk.handle(Heard(FIRST, Utterance(Speaker.CALLER, 0, "着火了", 0, 1, True)))

    assert place.state.transcript.utterances == () and place.state.emergency.suggested == ""


def test_a_heard_place_fills_its_field_with_evidence_and_wants_confirmation() -> None:
    place = Place()
    place.talks()

    place.hears("幸福路有噪音")

    assert place.state.draft is not None
    assert place.state.draft.ticket.place == "幸福路" and place.state.draft.unsure == {"place"}
    assert place.state.draft.ticket.evidence["place"][0].text == "幸福路"


def test_what_the_agent_typed_is_never_overwritten_by_what_was_heard() -> None:
    place = Place()
    place.talks()
    place.desk.edit("place", "解放街")

    place.hears("幸福路有噪音")

    assert place.state.draft is not None and place.state.draft.ticket.place == "解放街"


def test_a_confirmed_field_is_the_agents_own() -> None:
    place = Place()
    place.talks()
    place.hears("幸福路有噪音")

    place.desk.confirm("place")
    place.hears("解放路也有", number=1)

    assert place.state.draft is not None and place.state.draft.ticket.place == "幸福路" and not place.state.draft.unsure


def test_a_partial_word_of_danger_lights_the_button_before_the_sentence_ends() -> None:
    place = Place()
    place.talks()

    place.hears("楼上着火", final=False)

    assert (place.state.emergency.suggested, place.state.emergency.because) == ("119", "着火")


def test_what_hears_danger_is_told_whether_the_caller_is_still_speaking() -> None:
    place, told = Place(), list[tuple[str, bool]]()
    place.desk.rules = replace(place.desk.rules, hear_danger=lambda text, is_open: told.append((text, is_open)))
    place.talks()

    place.hears("你们快来", final=False)
    place.hears("你们快来看看")

    assert told == [("你们快来", True), ("你们快来看看", False)]


def test_the_callers_words_are_asked_of_the_knowledge_base_until_the_agent_asks_himself() -> None:
    place = Place()
    place.talks()
    place.hears("居住证怎么办")
    place.desk.search("居住证材料")

    place.hears("要多久", number=1)

    assert place.adviser.asked == [("居住证怎么办", True), ("居住证材料", False)]


def test_an_answer_to_an_older_question_is_not_shown() -> None:
    place = Place()
    place.talks()
    place.desk.search("新问题")

    place.desk.handle(AnswersFound("旧问题", (Answer(POINT, 1.0),)))

    assert place.state.answers == ()


def test_using_an_answer_puts_it_into_the_reply() -> None:
    place = Place()
    place.talks()
    place.desk.search("居住证")
    place.desk.handle(AnswersFound("居住证", (Answer(POINT, 1.0),)))

    place.desk.use_answer("permit")

    assert place.state.draft is not None
    assert (place.state.draft.ticket.answer, place.state.draft.ticket.reply) == ("permit", POINT.body)


def test_a_note_of_ten_thousand_signs_is_kept_and_one_more_is_refused_without_loss() -> None:
    place = Place()
    place.talks()
    place.desk.edit("content", "长" * NOTE_LIMIT)

    place.desk.edit("content", "长" * (NOTE_LIMIT + 1))

    assert place.state.draft is not None and len(place.state.draft.ticket.content) == NOTE_LIMIT
    assert [notice.code for notice in place.state.notices] == [NoticeCode.RULE_BROKEN]


def test_a_sentence_is_made_by_the_voice_and_then_played_into_the_call() -> None:
    place = Place()
    place.talks()

    place.desk.say("请稍等", is_for_caller=True)
    place.desk.handle(SpeechMade(place.ears.of(Say)[0].request, "a.wav", 1.0))

    request = place.ears.of(Say)[0].request
    assert place.line.of(PlaySound) == [PlaySound(FIRST, "a.wav", True, request=request, patience_s=8.0)]


def test_without_a_call_a_sentence_is_for_the_agent_alone() -> None:
    place = Place()

    place.desk.say("请稍等", is_for_caller=True)
    place.desk.handle(SpeechMade(place.ears.of(Say)[0].request, "a.wav", 1.0))

    assert place.line.of(PlaySound) == [] and [command.path for command in place.line.of(PlayToEar)] == ["a.wav"]


def test_a_recogniser_that_comes_back_in_mid_call_is_told_to_listen_again() -> None:
    place = Place(models=("whisper-base",))
    place.talks()
    place.desk.handle(EarsReady("whisper", "whisper-base"))
    place.desk.handle(ProcessLost("speech"))

    place.desk.handle(ProcessFound("speech"))

    assert place.ears.of(LoadEars) == [LoadEars(("whisper-base",), "")]
    assert place.ears.of(ListenTo) == [ListenTo(FIRST, 1000.0), ListenTo(FIRST, 1000.0)]
