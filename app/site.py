"""Settings and places become the desk's policy: accounts, routes of the emergency lines, models."""

import ipaddress

import msgspec

from app.desk.commands import AudioChoice, LineAccount
from app.desk.policy import Policy, Targets
from app.desk.queue_state import QueuePolicy
from app.domain.recognition import RecognitionRules
from app.domain.recording import RecordingPolicy, RecordingRules
from app.places import Places
from app.settings import Settings
from app.sync.desk_address import DeskAddress

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
        accepts_from=_entries(settings.text("telephony.accepts_from")),
        emergency_targets={line: _targets(line, settings, places) for line in EMERGENCY_LINES},
        emergency_patience_ms=int(settings.number("emergency.patience_ms")),
        emergency_answer_s=settings.number("emergency.answer_s"),
        silent_channels=settings.words("emergency.silent_channels"),
        silent_line=settings.text("emergency.silent_line"),
        lead_target=settings.text("emergency.lead_extension").strip(),
        has_emergency_desk=bool(desk_address_of(settings).desk_url),
        has_text_gateway=bool(desk_address_of(settings).text_url),
        park_extension=settings.text("telephony.park_extension").strip(),
        auto_answer=settings.text("telephony.auto_answer"),
        queue=_queue(settings),
        ring_back_lines=_ring_back_lines(settings),
        dial_line="pbx" if settings.text("telephony.pbx_address") else "practice",
        models=settings.words("speech.models"),
        models_folder=places.models,
        is_listening=settings.text("speech.policy") != "none",
        recognition=RecognitionRules(RecordingPolicy(settings.text("speech.policy")), settings.claim("speech.is_announced")),
        keeps_undone_repairs=settings.claim("speech.keeps_undone_repairs"),
        voice=settings.text("speech.voice"),
        is_eyes_free=settings.claim("speech.eyes_free"),
        ear_voice=settings.text("speech.ear_voice"),
        voice_speed=settings.number("speech.voice_speed"),
        voice_volume=settings.number("speech.voice_volume"),
        may_decline=may_decline,
        sure_from=settings.number("intake.sure_from"),
        recording=RecordingRules(
            RecordingPolicy(settings.text("recording.policy")),
            settings.claim("recording.announce"),
            settings.number("recording.keep_days"),
        ),
        practice_target=f"sip:desk@127.0.0.1:{places.sip_port};transport=tcp",
    )


def _queue(settings: Settings) -> QueuePolicy:
    """How the agent's state gets into the exchange's queue; without an exchange there is none."""
    extension = settings.text("telephony.pbx_user") if settings.text("telephony.pbx_address") else ""
    return QueuePolicy(
        settings.text("telephony.queue_by") if extension else "none",
        extension,
        settings.text("telephony.queue_login_code"),
        settings.text("telephony.queue_logout_code"),
        settings.text("telephony.queue_pause_code"),
        settings.text("telephony.queue_unpause_code"),
        settings.words("agent.busy_reasons"),
        settings.text("agent.ring_no_answer") == "busy",
        settings.number("agent.ring_no_answer_s"),
        settings.text("agent.role") == "team_lead",
    )


def _ring_back_lines(settings: Settings) -> tuple[str, ...]:
    """The second gateway only where it is the site's own: a citizen must not be rung through the trainer."""
    if not settings.text("telephony.pbx_address"):
        return ("practice",)
    return ("pbx", "gateway") if settings.claim("emergency.is_signed_off") else ("pbx",)


def desk_address_of(settings: Settings) -> DeskAddress:
    """The emergency desk and the text gateway; until the trunk map is signed off nothing reaches the outside: practice is
    nobody's emergency."""
    if not settings.claim("emergency.is_signed_off"):
        return DeskAddress()
    names = ("desk_url", "desk_token", "text_url", "text_token")
    return DeskAddress(*(settings.text(f"emergency.{name}").strip() for name in names))


def audio_of(settings: Settings) -> AudioChoice:
    return AudioChoice(
        settings.text("audio.microphone"),
        settings.text("audio.earpiece"),
        settings.text("audio.ringer"),
        settings.number("audio.microphone_gain"),
        settings.number("audio.earpiece_gain"),
        settings.words("audio.gains"),
        settings.text("audio.engine"),
        settings.number("audio.limit_dbfs"),
    )


def local_address(settings: Settings) -> str:
    """The address telephony binds to: loopback as long as nothing beyond this machine is spoken with."""
    chosen = settings.text("telephony.local_address")
    if chosen:
        return chosen
    peers = [peer for way in ("pbx", "gateway") for peer in _entries(settings.text(f"telephony.{way}_address"))]
    return "127.0.0.1" if all(is_loopback(peer) for peer in peers) else "0.0.0.0"


def _entries(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


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
        account = LineAccount("pbx", pbx, user, password, home_after_s=settings.number("telephony.home_after_s"))
        accounts.append(_secured(account, settings.text("telephony.pbx_transport"), settings))
    if gateway and gateway in places.trainers:
        accounts.append(LineAccount("gateway", gateway))
    elif gateway:
        account = LineAccount("gateway", gateway, home_after_s=settings.number("telephony.home_after_s"))
        accounts.append(_secured(account, settings.text("telephony.gateway_transport"), settings))
    if places.practice_sip:
        accounts.append(LineAccount("practice", places.practice_sip))
    return tuple(accounts)


def _secured(account: LineAccount, transport: str, settings: Settings) -> LineAccount:
    srtp, ca_file = settings.text("telephony.srtp"), settings.text("telephony.ca_file").strip()
    return msgspec.structs.replace(account, transport=transport, srtp=srtp, ca_file=ca_file)


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
