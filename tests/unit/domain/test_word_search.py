"""Words of a call are found by spelling and by sound."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.domain.transcript import Speaker, Transcript, Utterance
from app.domain.word_search import FoundWords, WordSearch

SOUNDS = {
    "锦": "jin",
    "紧": "jin",
    "绣": "xiu",
    "修": "xiu",
    "家": "jia",
    "园": "yuan",
    "圆": "yuan",
    "停": "ting",
    "听": "tin",
}


def sounds(text: str) -> tuple[str, ...]:
    return tuple(SOUNDS.get(sign, sign) for sign in text)


def call(*texts: str) -> Transcript:
    return Transcript(tuple(Utterance(Speaker.CALLER, at, text, at, at + 1, True) for at, text in enumerate(texts)))


def test_every_place_is_found_in_the_order_of_the_words() -> None:
    found = WordSearch().find(call("停水停电", "又停水"), "停")

    assert [(one.number, one.start, one.end) for one in found] == [(0, 0, 1), (0, 2, 3), (1, 1, 2)]


def test_what_sounds_the_same_is_found_and_told_apart() -> None:
    found = WordSearch(sounds).find(call("我住紧修家圆", "锦绣家园"), "锦绣家园")

    assert found == (FoundWords(Speaker.CALLER, 0, 2, 6, True), FoundWords(Speaker.CALLER, 1, 0, 4))


def test_syllables_that_are_mixed_up_on_the_telephone_are_one() -> None:
    assert WordSearch(sounds).find(call("听水"), "停水")[0].is_by_sound


def test_one_syllable_is_searched_by_its_spelling_only() -> None:
    assert WordSearch(sounds).find(call("紧"), "锦") == ()


def test_capitals_make_no_difference_and_an_empty_query_finds_nothing() -> None:
    search = WordSearch(sounds)

    assert len(search.find(call("用 WiFi 上网"), "wifi")) == 1
    assert search.find(call("停水"), "  ") == ()


@given(
    st.lists(st.text(alphabet="锦紧绣修家园停听Aaß", max_size=8), max_size=5),
    st.text(alphabet="锦紧绣修家园停听Aaß", max_size=3),
)
def test_places_lie_inside_their_words_and_do_not_overlap(texts: list[str], query: str) -> None:
    found = WordSearch(sounds).find(call(*texts), query)

    for one in found:
        assert 0 <= one.start < one.end <= len(texts[one.number])
    pairs = [(left, right) for left, right in pairwise(found) if left.number == right.number]
    assert all(left.end <= right.start for left, right in pairs)
