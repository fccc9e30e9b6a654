"""Who hears whom: the connections of the conference bridge that follow from what is going on."""

from collections.abc import Iterable

MICROPHONE = "microphone"
ANNOUNCER = "announcer"
RINGBACK = "ringback"
EAR = "ear"
CALLER_TAP = "caller-tap"
AGENT_TAP = "agent-tap"

Pairs = set[tuple[str, str]]


def wiring(call: str, legs: Iterable[str], is_muted: bool, ringback: bool, announces_to: Iterable[str] | None) -> Pairs:
    """`call` is the caller's voice ("" = not to be heard now), `legs` those of further parties.

    All parties and the agent hear each other; only the caller goes to the caller's tap, only the microphone to the agent's.
    `ringback`: a further party is being called and sends no tone of its own. `announces_to`: who hears the announcer beside
    the agent, None = nothing is announced.
    """
    parties = [party for party in (call, *legs) if party]
    pairs = {(party, EAR) for party in parties}
    pairs |= {(one, other) for one in parties for other in parties if one != other}
    if call:
        pairs.add((call, CALLER_TAP))
    if parties and not is_muted:
        pairs |= {(MICROPHONE, party) for party in parties} | {(MICROPHONE, AGENT_TAP)}
    if ringback:
        pairs.add((RINGBACK, EAR))
        if call:
            pairs.add((RINGBACK, call))
    if announces_to is not None:
        pairs |= {(ANNOUNCER, EAR)} | {(ANNOUNCER, party) for party in announces_to}
    return pairs
