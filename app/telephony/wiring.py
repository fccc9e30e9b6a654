"""Who hears whom: the connections of the conference bridge that follow from what is going on."""

from collections.abc import Iterable

MICROPHONE = "microphone"
ANNOUNCER = "announcer"
RINGBACK = "ringback"
COMFORT = "comfort"
HOLD_TONE = "hold-tone"
EAR = "ear"
CALLER_TAP = "caller-tap"

Pairs = set[tuple[str, str]]


def wiring(
    call: str,
    legs: Iterable[str],
    is_muted: bool,
    ringback: bool,
    announces_to: Iterable[str] | None,
    listeners: Iterable[str] = (),
    is_comforted: bool = False,
) -> Pairs:
    """`call` is the caller's voice ("" = not to be heard now), `legs` those of further parties.

    All parties and the agent hear each other; only the caller goes to the caller's tap. What the agent's tap hears needs no
    wire: it is what the bridge takes from the microphone.
    `ringback`: a further party is being called and sends no tone of its own. `announces_to`: who hears the announcer beside
    the agent, None = nothing is announced. `listeners` hear all, and are heard by the agent alone, and only while there is no
    caller who could hear it in the room. `is_comforted`: the caller is spoken to while a line is called.
    """
    parties = [party for party in (call, *legs) if party]
    pairs = {(party, EAR) for party in parties}
    pairs |= {(one, other) for one in parties for other in parties if one != other}
    if call:
        pairs.add((call, CALLER_TAP))
    silent = [listener for listener in listeners if listener]
    pairs |= listening(parties, silent)
    if not call:
        pairs |= {(listener, EAR) for listener in silent}
    if (parties or silent) and not is_muted:
        pairs |= {(MICROPHONE, party) for party in (*parties, *silent)}
    if ringback:
        pairs.add((RINGBACK, EAR))
        if call and not is_comforted:
            pairs.add((RINGBACK, call))
    if call and is_comforted:
        pairs.add((COMFORT, call))
    if announces_to is not None:
        pairs |= {(ANNOUNCER, EAR)} | {(ANNOUNCER, party) for party in announces_to}
    return pairs


def listening(parties: Iterable[str], listeners: Iterable[str]) -> Pairs:
    """Who is heard by those that only listen."""
    return {(party, listener) for party in parties for listener in listeners}
