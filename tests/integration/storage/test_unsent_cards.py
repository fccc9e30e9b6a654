"""Cards that were not sent outlive the program; a silent alert waits in the outbox and comes out of the feed."""

import time
from dataclasses import replace

import msgspec

from app.desk.events import StoreOpened
from app.desk.help_events import AlertArrived
from app.domain.alert import FRESH_S, Alert
from app.domain.call import CallId
from app.domain.handoff import HandOffCard, SaidWords
from app.domain.transcript import Speaker
from app.wire import ALERT_RAISED, Change
from tests.integration.storage.conftest import Desk
from tests.waiting import wait_for

CARD = HandOffCard("c" * 32, 2, CallId("a" * 32), "119", "calling", "长安路五号", words=(SaidWords(Speaker.CALLER, "着火了"),))


def change(alert: Alert) -> Change:
    return Change("k", "01900000-0000-7000-8000-000000000001", ALERT_RAISED, alert.call, alert.at,
                  msgspec.Raw(msgspec.json.encode(alert)))  # fmt: skip


def test_a_card_is_there_after_a_restart_with_its_last_revision_until_it_was_sent(desk: Desk) -> None:
    desk.store.cards.keep(replace(CARD, revision=1))
    desk.store.cards.keep(CARD)
    desk.store.cards.close()
    desk.again()
    found = desk.store.cards.all()

    desk.store.cards.forget(CARD.card)

    left = desk.store.cards.all()
    desk.store.cards.close()
    assert (found, left) == ([CARD], [])


def test_a_silent_alert_waits_for_the_centre_also_over_a_restart(desk: Desk) -> None:
    alert = Alert(CallId("a" * 32), "110", "1001", time.time(), "长安路")
    desk.store.raise_alert(alert)
    desk.again()

    waiting = wait_for(lambda: desk.store.outbox.waiting(10), "the alert in the outbox")

    assert [op.kind for op in waiting] == [ALERT_RAISED]
    assert msgspec.json.decode(waiting[0].body, type=Alert) == alert


def test_a_fresh_alert_of_a_colleague_is_told_and_an_old_one_is_not(desk: Desk) -> None:
    desk.told.wait(StoreOpened)
    fresh = Alert(CallId("b" * 32), "110", "1002", time.time())

    desk.store.outbox.apply([change(replace(fresh, at=fresh.at - FRESH_S - 1)), change(fresh)])

    assert [event.alert for event in desk.told.all(AlertArrived)] == [fresh]
