"""From settings to routes: no emergency number leaves this machine before the site has signed its trunk map off."""

from app.places import Places
from app.settings import Settings
from app.site import EMERGENCY_LINES, is_loopback, local_address, policy_of

PLACES = Places("h", "r", "00", "m", 5070, "127.0.0.1:5071", "127.0.0.1:5072,127.0.0.1:5073", "http://127.0.0.1:1", "t")
SITE = {
    "telephony.pbx_address": "10.1.1.1:5060",
    "telephony.pbx_user": "8001",
    "telephony.gateway_address": "10.1.1.2:5060",
}


def test_by_default_all_four_lines_end_at_the_two_trainers_of_this_machine() -> None:
    policy = policy_of(Settings(), PLACES, False)

    assert set(policy.emergency_targets) == set(EMERGENCY_LINES)
    assert policy.emergency_targets["119"] == (
        ("practice", "sip:119@127.0.0.1:5072;transport=tcp"),
        ("gateway", "sip:119@127.0.0.1:5073;transport=tcp"),
    )


def test_an_exchange_that_is_set_up_changes_nothing_before_the_map_is_signed_off() -> None:
    policy = policy_of(Settings(SITE), PLACES, False)

    ways = [target for targets in policy.emergency_targets.values() for _, target in targets]
    assert all("@127.0.0.1:" in target for target in ways)
    assert [account.address for account in policy.accounts if account.line == "gateway"] == ["127.0.0.1:5073"]


def test_a_signed_off_map_goes_through_the_exchange_first_and_the_gateway_second() -> None:
    settings = Settings({**SITE, "emergency.is_signed_off": True, "emergency.line_119": "9119"})

    policy = policy_of(settings, PLACES, False)

    assert policy.emergency_targets["119"] == (("pbx", "9119"), ("gateway", "119"))


def test_a_signed_off_map_without_any_trunk_has_no_way_and_the_desk_will_say_so() -> None:
    policy = policy_of(Settings({"emergency.is_signed_off": True}), PLACES, False)

    assert policy.emergency_targets["119"] == ()


def test_without_an_exchange_nothing_beyond_loopback_is_bound() -> None:
    assert local_address(Settings()) == "127.0.0.1"
    assert local_address(Settings(SITE)) == "0.0.0.0"


def test_only_addresses_of_this_machine_count_as_loopback() -> None:
    assert [is_loopback(a) for a in ("127.0.0.5:1", "localhost", "10.0.0.1:1", "pbx.example")] == [
        True,
        True,
        False,
        False,
    ]
