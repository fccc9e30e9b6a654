"""Settings and places become the desk's policy: accounts, routes of the emergency lines, models."""

import ipaddress

from app.desk.commands import AudioChoice, LineAccount
from app.desk.policy import Policy, Targets
from app.places import Places
from app.settings import Settings

EMERGENCY_LINES = ("110", "119", "120", "122")
TRAINING_ROUTE = "practice"


def policy_of(settings: Settings, places: Places, may_decline: bool) -> Policy:
    """The policy of one desk. Until the site has signed off its trunk map, every emergency route ends at the trainer."""
    return Policy(
        agent=settings.text("agent.number") or settings.text("agent.name") or "8001",
        accounts=_accounts(settings, places),
        audio=audio_of(settings),
        local_address=local_address(settings),
        local_port=places.sip_port,
        emergency_targets={line: _targets(line, settings, places) for line in EMERGENCY_LINES},
        emergency_patience_ms=int(settings.number("emergency.patience_ms")),
        dial_line="pbx" if settings.text("telephony.pbx_address") else "practice",
        models=settings.words("speech.models"),
        models_folder=places.models,
        is_listening=settings.claim("speech.is_listening"),
        voice=settings.text("speech.voice"),
        may_decline=may_decline,
        practice_target=f"sip:desk@127.0.0.1:{places.sip_port};transport=tcp",
    )


def audio_of(settings: Settings) -> AudioChoice:
    return AudioChoice(
        settings.text("audio.microphone"),
        settings.text("audio.earpiece"),
        settings.text("audio.ringer"),
        settings.number("audio.microphone_gain"),
        settings.number("audio.earpiece_gain"),
    )


def local_address(settings: Settings) -> str:
    """The address telephony binds to: loopback as long as nothing beyond this machine is spoken with."""
    chosen = settings.text("telephony.local_address")
    if chosen:
        return chosen
    peers = (settings.text("telephony.pbx_address"), settings.text("telephony.gateway_address"))
    return "127.0.0.1" if all(not peer or is_loopback(peer) for peer in peers) else "0.0.0.0"


def is_loopback(address: str) -> bool:
    """Whether "host:port" or a host is of 127.0.0.0/8; a name is not resolved and counts as outside, but for localhost."""
    host = address.rsplit(":", 1)[0] if ":" in address else address
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _accounts(settings: Settings, places: Places) -> tuple[LineAccount, ...]:
    accounts = []
    pbx, gateway = settings.text("telephony.pbx_address"), _gateway(settings, places)
    if pbx:
        user, password = settings.text("telephony.pbx_user"), settings.text("telephony.pbx_password")
        accounts.append(LineAccount("pbx", pbx, user, password, settings.text("telephony.pbx_transport")))
    if gateway:
        accounts.append(LineAccount("gateway", gateway, transport="tcp" if gateway in places.trainers else "udp"))
    if places.practice_sip:
        accounts.append(LineAccount("practice", places.practice_sip))
    return tuple(accounts)


def _gateway(settings: Settings, places: Places) -> str:
    """The second gateway: the site's once its map is signed off, the second trainer before."""
    if settings.claim("emergency.is_signed_off"):
        return settings.text("telephony.gateway_address")
    return places.trainers.split(",")[-1]


def _targets(line: str, settings: Settings, places: Places) -> Targets:
    if not settings.claim("emergency.is_signed_off"):
        first, _, second = places.trainers.partition(",")
        trainers = ((TRAINING_ROUTE, first), ("gateway", second))
        return tuple((route, f"sip:{line}@{trainer};transport=tcp") for route, trainer in trainers if trainer)
    ways: list[tuple[str, str]] = []
    if settings.text("telephony.pbx_address"):
        ways.append(("pbx", settings.text(f"emergency.line_{line}")))
    if settings.text("telephony.gateway_address"):
        ways.append(("gateway", settings.text(f"emergency.gateway_{line}")))
    return tuple(ways)
