"""What a kind of request wants: the minimum, a real name of nobody but in a consumer dispute, and advice only."""

from pathlib import Path

import pytest

from app.domain.ticket import RequestKind, Ticket, TicketId
from app.domain.wanted import WantedFields
from app.storage.wanted_file import read_wanted_fields

TABLE = read_wanted_fields(Path(__file__).parents[3] / "resources" / "wanted_fields.toml")


def ticket(kind: RequestKind | None, **fields: str) -> Ticket:
    return Ticket(TicketId("t"), kind=kind, **fields)  # type: ignore[arg-type]


def test_before_the_kind_is_known_nothing_is_wanted() -> None:
    assert TABLE.still_empty(ticket(None)) == ()


@pytest.mark.parametrize("kind", [RequestKind.INQUIRY, RequestKind.SUGGESTION, RequestKind.OPINION])
def test_who_asks_or_suggests_is_asked_for_no_address_and_no_name(kind: RequestKind) -> None:
    wanted = TABLE.still_empty(ticket(kind))

    assert "place" not in wanted and "requester" not in wanted and "contact" in wanted


def test_who_reports_need_not_give_a_number() -> None:
    assert "contact" not in TABLE.still_empty(ticket(RequestKind.REPORT))


def test_a_name_is_wanted_in_a_consumer_dispute_and_not_between_neighbours() -> None:
    shop = TABLE.still_empty(ticket(RequestKind.COMPLAINT, content="健身房的会员卡不给退款"))
    property_manager = TABLE.still_empty(ticket(RequestKind.COMPLAINT, content="物业多收的钱不退款"))
    noise = TABLE.still_empty(ticket(RequestKind.COMPLAINT, content="楼上邻居夜里吵"))

    assert ("requester" in shop, "requester" in property_manager, "requester" in noise) == (True, False, False)


def test_a_street_is_place_enough() -> None:
    assert "place" not in TABLE.still_empty(ticket(RequestKind.HELP, street="学院路街道"))


def test_what_is_filled_is_not_wanted_any_more_and_the_order_is_the_forms() -> None:
    empty = TABLE.still_empty(ticket(RequestKind.COMPLAINT))
    fuller = TABLE.still_empty(ticket(RequestKind.COMPLAINT, content="噪音", contact="138", happened="每晚"))

    assert empty == ("content", "place", "contact", "happened", "demand")
    assert fuller == ("place", "demand")


def test_a_city_without_a_table_wants_nothing() -> None:
    assert WantedFields().still_empty(ticket(RequestKind.COMPLAINT)) == ()
