"""Words of the site reach the recogniser whenever it is found or they change; a repair taken back does not come again."""

from app.desk.commands import LearnWords, LoadEars
from app.desk.events import Heard, ProcessFound, SiteWordsRead
from app.domain.notice import NoticeCode
from app.domain.transcript import Repair, Speaker, Utterance, Word
from tests.fakes import FIRST, Place

WORDS = ("学院路街道", "公积金")


def repaired(number: int, is_final: bool = True) -> Utterance:
    """我要提攻击金, put right."""
    text = "我要提公积金"
    words = tuple(Word(sign, number * 5 + at * 0.2, number * 5 + at * 0.2 + 0.2) for at, sign in enumerate(text))
    return Utterance(
        Speaker.CALLER, number, text, number * 5.0, number * 5 + 1.2, is_final, words,
        heard_as="我要提攻击金", repairs=(Repair(3, 6, "攻击金"),),
    )  # fmt: skip


def test_the_words_are_sent_as_soon_as_they_are_known() -> None:
    place = Place()

    place.desk.handle(SiteWordsRead(WORDS))

    assert place.ears.of(LearnWords) == [LearnWords(WORDS)]


def test_a_recogniser_that_is_started_anew_is_told_them_again_before_it_loads() -> None:
    place = Place(models=("whisper-base",))
    place.desk.handle(SiteWordsRead(WORDS))
    before = len(place.ears.sent)

    place.desk.handle(ProcessFound("speech"))

    kinds = [type(command) for command in place.ears.sent[before:]]
    assert kinds[:2] == [LearnWords, LoadEars]


def test_the_same_words_are_not_sent_twice_and_survive_other_settings() -> None:
    place = Place()
    place.desk.handle(SiteWordsRead(WORDS))

    place.desk.handle(SiteWordsRead(WORDS))
    place.desk.follow(place.desk.policy)

    assert len(place.ears.of(LearnWords)) == 1 and place.desk.policy.site_words == WORDS


def test_a_bad_list_leaves_the_words_and_is_told_until_it_is_mended() -> None:
    place = Place()
    place.desk.handle(SiteWordsRead(WORDS))
    place.desk.handle(SiteWordsRead(None, ("/words.txt", "3", "encoding")))
    told = [notice.values for notice in place.state.notices if notice.code is NoticeCode.SITE_WORDS_WRONG]

    place.desk.handle(SiteWordsRead(WORDS))

    assert told == [("/words.txt", "3", "encoding")] and place.desk.policy.site_words == WORDS
    assert not [notice for notice in place.state.notices if notice.code is NoticeCode.SITE_WORDS_WRONG]


def test_a_repair_that_was_taken_back_does_not_come_again_in_this_call() -> None:
    place = Place()
    place.talks()
    place.desk.handle(Heard(FIRST, repaired(0)))
    place.desk.undo_repair(Speaker.CALLER, 0)

    place.desk.handle(Heard(FIRST, repaired(1, is_final=False)))
    partial = place.state.transcript.utterances[1]
    place.desk.handle(Heard(FIRST, repaired(1)))

    said = place.state.transcript.utterances[1]
    assert partial.text == said.text == "我要提攻击金" and not partial.final
    assert "".join(word.text for word in said.words) == said.text
    assert (said.repairs, said.is_corrected) == ((), False)


def test_a_correction_of_something_else_leaves_later_repairs() -> None:
    place = Place()
    place.talks()
    place.desk.handle(Heard(FIRST, repaired(0)))
    place.desk.correct_words(Speaker.CALLER, 0, "我想提公积金")

    place.desk.handle(Heard(FIRST, repaired(1)))

    assert place.state.transcript.utterances[1].text == "我要提公积金"
