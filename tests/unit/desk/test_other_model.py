"""Another speech model in the settings listens at once; other changes leave the recogniser alone."""

from dataclasses import replace

from app.desk.commands import LoadEars
from app.desk.events import EarsReady, Noticed
from app.domain.notice import Notice, NoticeCode
from tests.fakes import Place


def test_another_model_is_asked_for_as_soon_as_it_is_chosen() -> None:
    place = Place(models=("vosk-model-small-cn-0.22",))

    place.desk.follow(replace(place.desk.policy, models=("whisper-base", "vosk-model-small-cn-0.22")))

    assert place.ears.of(LoadEars) == [LoadEars(("whisper-base", "vosk-model-small-cn-0.22"), place.desk.policy.models_folder)]


def test_a_change_of_something_else_leaves_the_recogniser_alone() -> None:
    place = Place(models=("whisper-base",))

    place.desk.follow(replace(place.desk.policy, voice="kokoro:zf_xiaoni"))

    assert place.ears.of(LoadEars) == []


def test_where_nothing_is_written_down_no_model_is_loaded() -> None:
    place = Place(models=("whisper-base",), is_listening=False)

    place.desk.follow(replace(place.desk.policy, models=("vosk-model-small-cn-0.22",)))

    assert place.ears.of(LoadEars) == []


def test_what_was_wrong_with_a_model_is_taken_back_when_one_listens() -> None:
    place = Place(models=("whisper-base",))
    wrong = (NoticeCode.MODEL_LANGUAGE, NoticeCode.MODEL_STRANGER, NoticeCode.MODEL_UNREADABLE, NoticeCode.MODEL_CORRUPT)
    for code in wrong:
        place.desk.handle(Noticed(Notice(code, ("m", "file", "why"))))
    assert {notice.code for notice in place.state.notices} >= set(wrong)

    place.desk.handle(EarsReady("whisper", "whisper-base"))

    assert not {notice.code for notice in place.state.notices} & set(wrong)
