"""Lists and names of servers, and the order of RFC 2782."""

import queue
import random
import socket
from collections import Counter
from collections.abc import Iterator

import pytest

from app.telephony.srv import NameLookup, NameNotFound, Place, SrvRecord, in_order, literal
from tests.integration.telephony.names import Names, Srv


@pytest.fixture
def names() -> Iterator[Names]:
    server = Names("127.0.0.53")
    yield server
    server.close()


def test_addresses_need_no_name_server() -> None:
    assert literal("10.0.0.1:5060, 10.0.0.2", "tls") == [
        Place("10.0.0.1:5060", "10.0.0.1", priority=0),
        Place("10.0.0.2:5061", "10.0.0.2", priority=1),
    ]


def test_a_name_must_be_looked_up() -> None:
    assert literal("10.0.0.1:5060, pbx.example.org", "tcp") is None


def test_lower_priorities_come_first_whatever_the_weights() -> None:
    records = [SrvRecord(20, 1000, 1, "c"), SrvRecord(10, 0, 1, "a"), SrvRecord(15, 5, 1, "b")]

    assert [record.target for record in in_order(records)] == ["a", "b", "c"]


def test_weights_are_kept_over_many_clients() -> None:
    chance = random.Random(7)
    records = [SrvRecord(1, 75, 1, "heavy"), SrvRecord(1, 25, 1, "light")]

    firsts = Counter(in_order(records, chance.randint)[0].target for _ in range(2000))

    assert 0.70 < firsts["heavy"] / 2000 < 0.80


def test_a_weight_of_nothing_is_hardly_ever_first() -> None:
    chance = random.Random(7)
    records = [SrvRecord(1, 0, 1, "spare"), SrvRecord(1, 100, 1, "real")]

    firsts = Counter(in_order(records, chance.randint)[0].target for _ in range(1000))

    assert firsts["spare"] < 50


def test_an_srv_name_gives_places_with_the_domain_that_certificates_must_carry(names: Names) -> None:
    names.srv["_sips._tcp.example.org"] = [Srv(2, 1, 5061, "b.example.org"), Srv(1, 1, 5071, "a.example.org")]
    names.hosts |= {"a.example.org": "10.0.0.1", "b.example.org": "10.0.0.2"}

    found = NameLookup(names.address).find("srv:example.org", "tls")

    assert found == [
        Place("10.0.0.1:5071", "example.org", "example.org", 1),
        Place("10.0.0.2:5061", "example.org", "example.org", 2),
    ]


def test_a_target_without_an_address_is_left_out(names: Names) -> None:
    names.srv["_sip._tcp.example.org"] = [Srv(1, 1, 5060, "gone.example.org"), Srv(2, 1, 5060, "b.example.org")]
    names.hosts["b.example.org"] = "10.0.0.2"

    assert [place.address for place in NameLookup(names.address).find("srv:example.org", "tcp")] == ["10.0.0.2:5060"]


def test_a_name_that_is_not_known_is_named(names: Names) -> None:
    with pytest.raises(NameNotFound) as wrong:
        NameLookup(names.address).find("srv:example.org", "udp")

    assert wrong.value.values == ("_sip._udp.example.org", "the name is not known")


def test_a_host_in_a_list_that_is_not_known_leaves_the_others(names: Names) -> None:
    names.hosts["a.example.org"] = "10.0.0.1"

    found = NameLookup(names.address).find("x.example.org:5060, a.example.org:5070", "tcp")

    assert found == [Place("10.0.0.1:5070", "a.example.org", "a.example.org:5070", 1)]


def test_a_name_that_no_resolver_can_make_sense_of_is_said_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_asked: object) -> None:
        raise UnicodeError("label empty or too long")  # so says the system of "pbx..example"

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    answers: queue.Queue[list[Place] | NameNotFound] = queue.Queue()

    NameLookup("").ask("pbx..example:5060", "udp", answers.put)

    answer = answers.get(timeout=5)
    assert isinstance(answer, NameNotFound) and answer.values == ("pbx..example:5060", "UnicodeError")
