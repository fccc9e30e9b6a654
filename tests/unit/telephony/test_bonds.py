"""Which calls belong together, as the telephony process remembers it."""

from app.desk.events import Bonds, CallsBound, DeskEvent, ParkedAway
from app.domain.call import CallId
from app.telephony.bonds import BondBook

A, B, C, D = (CallId(letter * 32) for letter in "abcd")


def book() -> tuple[BondBook, list[DeskEvent]]:
    told: list[DeskEvent] = []
    return BondBook(told.append), told


def test_rooms_that_share_a_call_become_one() -> None:
    bonds, _ = book()
    bonds.join([A, B])

    bonds.join([B, C])

    assert bonds.room(A) == {A, B, C}
    assert bonds.room(D) == {D}


def test_a_call_that_is_over_leaves_every_bond_and_that_is_told_once() -> None:
    bonds, told = book()
    bonds.consult(B, A)
    bonds.join([A, B])
    told.clear()

    bonds.keep({A})
    bonds.keep({A})

    assert told == [CallsBound(Bonds())]


def test_the_place_may_be_told_before_the_caller_is_there() -> None:
    bonds, _ = book()
    bonds.hear_slot("701")

    is_known = bonds.put_away(ParkedAway(A, "13800000001", "", "", 1.0))

    assert is_known
    assert bonds.told().away[0].slot == "701"


def test_a_place_that_is_told_later_is_that_of_the_caller_parked_last() -> None:
    bonds, _ = book()
    bonds.put_away(ParkedAway(A, "1", "", "701", 1.0))
    bonds.put_away(ParkedAway(B, "2", "", "", 2.0))

    bonds.hear_slot("702")

    assert [away.slot for away in bonds.told().away] == ["701", "702"]


def test_a_caller_who_could_not_be_reached_there_is_still_kept() -> None:
    bonds, _ = book()
    bonds.put_away(ParkedAway(A, "1", "", "701", 1.0))
    bonds.take_back(C, A)
    bonds.took_back(C, False)
    kept = bonds.told().away
    bonds.take_back(D, A)

    bonds.took_back(D, True)

    assert len(kept) == 1
    assert bonds.told().away == ()
