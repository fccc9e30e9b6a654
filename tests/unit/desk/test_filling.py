"""Words fill a draft: sure, unsure or only offered; the agent's own word stands above whatever was heard."""

from dataclasses import replace

import pytest

from app.desk.case import Case, may_save
from app.desk.events import AdviceFound, DraftKept, StoreOpened
from app.desk.filling import Value, sureness
from app.desk.state import Draft
from app.domain.agent import AgentState
from app.domain.dispatch import Unit, UnitAdvice
from app.domain.intake_contact import CALLING
from app.domain.ticket import RequestKind, Stage, Ticket, TicketId
from app.domain.transcript import Evidence, Speaker
from app.domain.wanted import Wanted, WantedFields
from app.errors import RuleBroken
from tests.fakes import FIRST, Place

SURE_FROM = 0.85
Heard = dict[str, tuple[Value, tuple[Evidence, ...]]]


def heard(sure: float, number: int = 0, /, **fields: Value) -> Heard:
    return {
        name: (value, (Evidence(Speaker.CALLER, number, 0, 3, str(value), sure, f"{name}:rule"),))
        for name, value in fields.items()
    }


def empty() -> Case:
    return Case(FIRST, Draft(Ticket(TicketId("t"), call=FIRST)))


def after(*steps: Heard) -> Case:
    case = empty()
    for step in steps:
        case = case.filled(step, SURE_FROM)
    return case


def draft(case: Case) -> Draft:
    assert case.draft is not None
    return case.draft


def test_a_field_that_is_sure_is_filled_and_wants_no_confirmation() -> None:
    case = after(heard(0.85, place="幸福路123号"))

    assert draft(case).ticket.place == "幸福路123号" and not draft(case).unsure
    assert draft(case).ticket.evidence["place"][0].rule == "place:rule"


def test_a_field_below_the_threshold_is_filled_and_unsure() -> None:
    case = after(heard(0.84, place="幸福路123号"))

    assert draft(case).ticket.place == "幸福路123号" and draft(case).unsure == {"place"}


def test_of_several_words_the_least_sure_decides() -> None:
    both = heard(0.95, contact="x")["contact"][1] + heard(0.6, contact="x")["contact"][1]

    case = empty().filled({"contact": ("13800138000", both)}, SURE_FROM)

    assert sureness(both) == 0.6 and draft(case).unsure == {"contact"}


def test_surer_words_for_the_same_value_make_an_unsure_field_sure() -> None:
    case = after(heard(0.6, place="幸福路"), heard(0.95, 4, place="幸福路"))

    assert not draft(case).unsure and draft(case).ticket.evidence["place"][0].utterance == 4


def test_less_sure_words_for_the_same_value_take_nothing_away() -> None:
    case = after(heard(0.95, place="幸福路"), heard(0.3, 4, place="幸福路"))

    assert not draft(case).unsure and draft(case).ticket.evidence["place"][0].utterance == 0


@pytest.mark.parametrize("typed", ["解放街", ""])
def test_what_the_agent_typed_or_emptied_stays_whatever_is_heard(typed: str) -> None:
    case = after(heard(0.5, place="幸福路")).edited("place", typed)

    case = case.filled(heard(1.0, 3, place="人民路"), SURE_FROM)

    assert draft(case).ticket.place == typed
    assert not draft(case).unsure and not draft(case).offered and "place" not in draft(case).ticket.evidence


def test_a_confirmed_field_stays_and_what_was_heard_since_is_offered_beside_it() -> None:
    case = after(heard(0.5, place="幸福路")).confirmed("place")

    case = case.filled(heard(0.95, 3, place="幸福路123号"), SURE_FROM)

    assert draft(case).ticket.place == "幸福路" and not draft(case).unsure
    assert draft(case).offered["place"].value == "幸福路123号"
    assert draft(case).offered["place"].evidence[0].utterance == 3


def test_an_offer_that_is_taken_is_the_agents_own_with_its_words() -> None:
    case = after(heard(0.5, place="幸福路")).confirmed("place").filled(heard(0.95, 3, place="幸福路123号"), SURE_FROM)

    case = case.offer_taken("place")

    assert draft(case).ticket.place == "幸福路123号" and "place" in draft(case).own_fields
    assert not draft(case).offered and draft(case).ticket.evidence["place"][0].utterance == 3


def test_an_offer_goes_when_the_agent_types_or_the_words_agree_again() -> None:
    offered = after(heard(0.5, place="幸福路")).confirmed("place").filled(heard(0.95, 3, place="人民路"), SURE_FROM)

    typed = offered.edited("place", "解放街")
    agreed = offered.filled(heard(0.95, 4, place="幸福路"), SURE_FROM)

    assert (draft(typed).offered, draft(agreed).offered) == ({}, {})


def test_an_unsure_reading_that_speaks_against_a_sure_one_makes_the_agent_look_at_both() -> None:
    case = after(heard(0.95, place="幸福路123号"), heard(0.5, 3, place="解放街"))

    assert draft(case).ticket.place == "幸福路123号" and draft(case).unsure == {"place"}
    assert draft(case).offered["place"].value == "解放街"


def test_the_same_reading_heard_again_does_not_turn_the_field_over() -> None:
    case = after(heard(0.95, place="幸福路123号"), heard(0.5, 3, place="解放街"), heard(0.5, 3, place="解放街"))

    assert draft(case).ticket.place == "幸福路123号" and draft(case).offered["place"].value == "解放街"


def test_a_sure_reading_takes_the_place_of_an_older_one() -> None:
    case = after(heard(0.95, place="幸福路123号"), heard(0.5, 3, place="解放街"), heard(0.95, 5, place="人民路8号"))

    assert draft(case).ticket.place == "人民路8号" and not draft(case).unsure and not draft(case).offered


def test_content_grows_with_every_sentence_until_the_agent_types_there() -> None:
    case = after(heard(0.9, content="停水。"), heard(0.6, 2, content="停水。三天了。"))
    grown = draft(case).ticket.content

    case = case.edited("content", "停水三天").filled(heard(0.9, 4, content="停水。三天了。老人在家。"), SURE_FROM)

    assert (grown, draft(case).ticket.content) == ("停水。三天了。", "停水三天")


def test_words_may_ask_for_confidentiality_and_never_take_it_back() -> None:
    asked = after(heard(0.9, is_confidential=True))
    waived = asked.filled(heard(0.95, 3, is_confidential=False), SURE_FROM)
    unticked = asked.edited("is_confidential", False).filled(heard(0.95, 4, is_confidential=True), SURE_FROM)
    ticked = empty().edited("is_confidential", True).filled(heard(0.95, is_confidential=False), SURE_FROM)

    assert draft(waived).ticket.is_confidential and draft(waived).offered["is_confidential"].value is False
    assert not draft(unticked).ticket.is_confidential
    assert draft(ticked).ticket.is_confidential and not draft(ticked).offered


def test_nobody_asked_for_confidentiality_is_no_news() -> None:
    case = empty().filled(heard(0.5, is_confidential=False), SURE_FROM)

    assert case == empty()


@pytest.mark.parametrize("name", ["verified", "reply", "unit", "answer"])
def test_what_was_verified_or_answered_is_never_filled_from_words(name: str) -> None:
    case = empty().filled(heard(1.0, **{name: "社区已核实"}), SURE_FROM)

    assert case == empty()


def test_a_dispatch_names_the_unsure_fields_in_the_order_of_the_form() -> None:
    case = after(heard(0.5, demand="修好", place="幸福路", content="停水", matter="停水", kind=RequestKind.HELP))
    ready = replace(draft(case), ticket=replace(draft(case).ticket, unit="water"))

    with pytest.raises(RuleBroken) as refused:
        may_save(ready, Stage.DISPATCHED, False)

    assert refused.value.values[1] == "kind, matter, place, demand, content"


def test_a_dispatch_names_all_that_is_wanted_at_once() -> None:
    case = after(heard(0.5, place="幸福路", content="停水"))

    with pytest.raises(RuleBroken) as refused:
        may_save(draft(case), Stage.DISPATCHED, False)

    assert refused.value.values[1] == "kind, place, content, unit"


def test_a_kept_draft_comes_back_with_its_sure_fields_sure_and_its_unsure_ones_unsure() -> None:
    place = Place()
    evidence = {name: words for name, (_, words) in {**heard(0.9, place="幸福路"), **heard(0.6, demand="修好")}.items()}
    kept = Ticket(TicketId("kept"), place="幸福路", demand="修好", requester="", call=FIRST, evidence=evidence)

    place.desk.handle(StoreOpened("8001", AgentState.OFFLINE, 0.0, 100, (DraftKept(FIRST, kept, ("requester",), ()),), ()))

    assert place.state.draft is not None
    assert place.state.draft.unsure == {"demand"} and place.state.draft.own_fields == {"requester"}


def test_contradicted_words_are_still_doubted_in_the_window_that_comes_back() -> None:
    before = draft(after(heard(0.95, place="幸福路123号"), heard(0.5, 3, place="解放街")))
    place = Place()

    place.desk.handle(StoreOpened("8001", AgentState.OFFLINE, 0.0, 100, (DraftKept(FIRST, before.ticket, (), ()),), ()))

    assert place.state.draft is not None and place.state.draft.unsure == {"place"}


def test_a_field_emptied_before_the_window_died_stays_empty_after_it() -> None:
    place = Place()
    kept = Ticket(TicketId("kept"), content="停水", call=FIRST)
    place.desk.handle(StoreOpened("8001", AgentState.OFFLINE, 0.0, 100, (DraftKept(FIRST, kept, ("place",), ()),), ()))
    place.talks()

    place.hears("幸福路停水")

    assert place.state.draft is not None and place.state.draft.ticket.place == ""


def test_the_desk_offers_and_the_agent_takes_it_with_a_line_in_the_journal() -> None:
    place = Place()
    place.talks()
    place.hears("幸福路有噪音")
    place.desk.confirm("place")
    place.hears("人民路有噪音")
    assert place.state.draft is not None and place.state.draft.ticket.place == "幸福路"

    place.desk.take_offer("place")

    assert place.state.draft.ticket.place == "人民路"
    assert place.store.drafts[place.state.draft.ticket.id].place == "人民路"
    assert [body for _, kind, body in place.store.notes if kind == "offer-taken"] == [{"field": "place", "value": "人民路"}]


def test_a_site_that_trusts_no_words_confirms_every_field() -> None:
    place = Place(sure_from=0.6)
    trusting = Place(sure_from=0.7)
    for one in (place, trusting):
        one.talks()
        one.hears("幸福路有噪音")

    assert place.state.draft is not None and not place.state.draft.unsure
    assert trusting.state.draft is not None and trusting.state.draft.unsure == {"place"}


def test_units_are_asked_with_district_street_and_place() -> None:
    place = Place()
    place.talks()
    place.desk.edit("content", "停水")
    place.desk.edit("district", "海淀区")
    place.desk.edit("street", "学院路街道")

    place.desk.edit("place", "学清路8号")

    assert place.adviser.units_asked[-1] == ("停水", "海淀区学院路街道学清路8号")


def test_what_is_wanted_and_empty_is_told_and_hinders_neither_saving_nor_dispatch() -> None:
    place = Place(wanted=WantedFields((Wanted(("place",), "x", (RequestKind.HELP,)),)))
    place.talks()
    place.desk.edit("content", "停水")
    place.desk.edit("kind", RequestKind.HELP)
    place.desk.handle(AdviceFound("停水", (UnitAdvice(Unit("water", "市水务局"), 1.0),)))
    place.desk.choose_unit("water")
    told = place.state.wanting

    place.desk.dispatch()

    assert told == ("place",) and [ticket.stage for ticket in place.store.saved] == [Stage.DISPATCHED]


def test_the_number_that_rings_is_taken_for_the_one_that_is_said_to_be_it() -> None:
    ringing = Case(FIRST, Draft(Ticket(TicketId("t"), call=FIRST, caller="13800000001")))

    case = ringing.filled(heard(0.9, contact=CALLING), SURE_FROM)
    unknown = empty().filled(heard(0.9, contact=CALLING), SURE_FROM)

    assert draft(case).ticket.contact == "13800000001" and "contact" in draft(case).ticket.evidence
    assert unknown == empty()
