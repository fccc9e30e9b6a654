"""Every setting, declared once with its type, default, limits and meaning."""

import sys
from dataclasses import dataclass

SettingValue = str | int | float | bool | tuple[str, ...]


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Marks a text for the translators, who read this file too; the window translates it (context "Settings")."""
    return text


_t = QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. `key` is "table.name"; its type is its default's type; `low`/`high` bound a number."""

    key: str
    default: SettingValue
    label: str
    meaning: str = ""
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    is_secret: bool = False
    needs_restart: bool = False

    @property
    def group(self) -> str:
        return self.key.split(".", 1)[0]

    @property
    def allowed(self) -> str:
        """What may stand here, for an error message."""
        if self.choices:
            return ", ".join(self.choices)
        if self.low is not None and self.high is not None:
            return f"{self.low:g}–{self.high:g}"
        return {bool: "true, false", int: "1, 2, 3 …", float: "0.5, 1.0 …", tuple: '["…", "…"]'}.get(type(self.default), '"…"')

    def checked(self, value: object) -> SettingValue:
        """`value` as this setting's type; raises ValueError where it is not one that is allowed."""
        found: SettingValue
        match self.default, value:
            case bool(), bool():
                return value
            case (bool(), _) | (_, bool()):
                raise ValueError(value)
            case int(), int():
                found = value
            case float(), int() | float():
                found = float(value)
            case str(), str():
                found = value
            case tuple(), list() | tuple() if all(isinstance(item, str) for item in value):
                found = tuple(value)
            case _:
                raise ValueError(value)
        if self.choices and found not in self.choices:
            raise ValueError(value)
        if isinstance(found, int | float) and not (self.low or 0) <= found <= (self.high if self.high is not None else found):
            raise ValueError(value)
        return found


_LINE = _t("Settings", "The number that reaches this line through the exchange.")
_GATEWAY_LINE = _t("Settings", "The number that reaches this line through the second gateway.")

SETTINGS: tuple[Setting, ...] = (
    Setting("general.language", "zh_CN", _t("Settings", "Language"), choices=("zh_CN", "en"), needs_restart=True),
    Setting("general.theme", "light", _t("Settings", "Colours"), choices=("light", "dark", "contrast")),
    Setting("general.text_scale", 100, _t("Settings", "Text size (%)"), low=80, high=160),
    Setting(
        "general.full_numbers",
        False,
        _t("Settings", "Show callers' numbers in full"),
        _t("Settings", "Otherwise the middle is masked until the agent asks for it."),
    ),
    Setting("agent.name", "", _t("Settings", "Agent's name"), needs_restart=True),
    Setting("agent.number", "", _t("Settings", "Agent's number"), needs_restart=True),
    Setting(
        "agent.role",
        "agent",
        _t("Settings", "Role"),
        _t("Settings", "A team lead's wallboard offers to listen in. Whether that is allowed, the centre decides."),
        choices=("agent", "team_lead"),
    ),
    Setting(
        "agent.busy_reasons",
        ("会议", "培训", "回访", "查询资料", "设备故障"),
        _t("Settings", "Reasons to be busy"),
        _t(
            "Settings",
            "Offered under the keys 1 to 9 when the agent says that he is busy. Others can be written into settings.toml.",
        ),
    ),
    Setting(
        "agent.ring_no_answer",
        "keep",
        _t("Settings", "When a call is not taken"),
        _t("Settings", "Set busy: the agent gets no further call until saying ready, and this one goes to another."),
        choices=("keep", "busy"),
    ),
    Setting("agent.ring_no_answer_s", 20, _t("Settings", "A call counts as not taken after (s)"), low=5, high=120),
    Setting(
        "telephony.pbx_address",
        "",
        _t("Settings", "Exchange"),
        _t(
            "Settings",
            "host:port; several in order of preference: 10.0.0.5:5060, 10.0.0.6:5060; or a DNS name: srv:sip.example.org. "
            "Empty: only the practice exchange calls.",
        ),
    ),
    Setting("telephony.pbx_user", "", _t("Settings", "Extension")),
    Setting("telephony.pbx_password", "", _t("Settings", "Password of the extension"), is_secret=True),
    Setting(
        "telephony.pbx_transport",
        "tcp",
        _t("Settings", "Signalling"),
        _t("Settings", "TLS verifies the exchange and keeps others from listening in; it is to be preferred."),
        choices=("tls", "tcp", "udp"),
    ),
    Setting(
        "telephony.home_after_s",
        30.0,
        _t("Settings", "Back to the first exchange after (s)"),
        _t("Settings", "So long it must answer without a gap, and no call be up, before it is used again."),
        low=2,
        high=3600,
    ),
    Setting(
        "telephony.queue_by",
        "centre",
        _t("Settings", "Who tells the exchange's queue"),
        _t("Settings", "The centre can do it where it knows the exchange; this console dials the codes below."),
        choices=("centre", "codes", "none"),
    ),
    Setting("telephony.queue_login_code", "", _t("Settings", "Code that joins the queue")),
    Setting("telephony.queue_logout_code", "", _t("Settings", "Code that leaves the queue")),
    Setting(
        "telephony.queue_pause_code",
        "",
        _t("Settings", "Code that pauses"),
        _t("Settings", "Empty: there is none, so who is not ready leaves the queue."),
    ),
    Setting("telephony.queue_unpause_code", "", _t("Settings", "Code that ends the pause")),
    Setting(
        "telephony.gateway_address",
        "",
        _t("Settings", "Second gateway"),
        _t("Settings", "host:port that emergency calls take when the exchange is dead."),
    ),
    Setting("telephony.gateway_transport", "udp", _t("Settings", "Signalling of the gateway"), choices=("tls", "tcp", "udp")),
    Setting(
        "telephony.srtp",
        "auto",
        _t("Settings", "Encrypted voice (SRTP)"),
        _t("Settings", "Automatic: always with TLS, never without."),
        choices=("auto", "mandatory", "optional", "off"),
    ),
    Setting(
        "telephony.ca_file",
        "",
        _t("Settings", "File of the authorities"),
        _t(
            "Settings",
            "PEM file with the authority that signed the exchange's certificate; empty: those that the system trusts.",
        ),
    ),
    Setting(
        "telephony.accepts_from",
        "",
        _t("Settings", "Calls are taken from"),
        _t(
            "Settings",
            "Addresses or networks beside the exchange and the gateway, such as 10.0.0.0/24, 10.1.1.7. "
            "What others send is dropped.",
        ),
    ),
    Setting(
        "telephony.local_address",
        "",
        _t("Settings", "Own address"),
        _t("Settings", "Address that telephony binds to; empty: chosen by itself."),
        needs_restart=True,
    ),
    Setting(
        "telephony.directory_file",
        "",
        _t("Settings", "File of the directory"),
        _t("Settings", "CSV with name, number, unit, note; one contact a line. The units of the catalogue are always there."),
    ),
    Setting(
        "telephony.local_port",
        0,
        _t("Settings", "Own port"),
        _t("Settings", "0: chosen by itself."),
        low=0,
        high=65535,
        needs_restart=True,
    ),
    Setting(
        "telephony.park_extension",
        "",
        _t("Settings", "Parking extension"),
        _t("Settings", "The exchange's number for parking a call; empty: callers are parked at this desk."),
    ),
    Setting(
        "telephony.auto_answer",
        "never",
        _t("Settings", "Answer without a key"),
        _t("Settings", "Only while the agent is ready and no call is up. Asked: where the exchange asks for it (Call-Info)."),
        choices=("never", "asked", "always"),
    ),
    Setting(
        "emergency.is_signed_off",
        False,
        _t("Settings", "Trunk map signed off"),
        _t(
            "Settings",
            "Until the site has signed off the numbers below, every emergency call goes to the trainer on this machine.",
        ),
    ),
    Setting("emergency.line_110", "110", _t("Settings", "110 police"), _LINE),
    Setting("emergency.line_119", "119", _t("Settings", "119 fire and rescue"), _LINE),
    Setting("emergency.line_120", "120", _t("Settings", "120 ambulance"), _LINE),
    Setting("emergency.line_122", "122", _t("Settings", "122 traffic accidents"), _LINE),
    Setting("emergency.gateway_110", "110", _t("Settings", "110 through the gateway"), _GATEWAY_LINE),
    Setting("emergency.gateway_119", "119", _t("Settings", "119 through the gateway"), _GATEWAY_LINE),
    Setting("emergency.gateway_120", "120", _t("Settings", "120 through the gateway"), _GATEWAY_LINE),
    Setting("emergency.gateway_122", "122", _t("Settings", "122 through the gateway"), _GATEWAY_LINE),
    Setting(
        "emergency.patience_ms",
        250,
        _t("Settings", "Patience with a silent route (ms)"),
        _t("Settings", "After this time without a sign of life the next route is called as well."),
        low=50,
        high=5000,
    ),
    Setting(
        "emergency.answer_s",
        10.0,
        _t("Settings", "Patience with a ringing line (s)"),
        _t("Settings", "After this time without an answer the next route is called as well; then all again."),
        low=3,
        high=60,
    ),
    Setting(
        "emergency.desk_url",
        "",
        _t("Settings", "Emergency desk (URL)"),
        _t("Settings", "Hand-off cards are sent there as JSON, once the trunk map is signed off. No call waits for it."),
    ),
    Setting("emergency.desk_token", "", _t("Settings", "Emergency desk, token"), is_secret=True),
    Setting(
        "emergency.silent_channels",
        ("call", "message", "text"),
        _t("Settings", "Silent alert: channels in order"),
        _t("Settings", "All that are ticked are tried in this order until one is told."),
    ),
    Setting(
        "emergency.silent_line",
        "110",
        _t("Settings", "Silent alert: line"),
        _t("Settings", "Unless the caller's words suggest another."),
        choices=("110", "119", "120", "122"),
    ),
    Setting(
        "emergency.lead_extension",
        "",
        _t("Settings", "Team lead's telephone"),
        _t("Settings", "Extension or SIP address that gets a text with every silent alert."),
    ),
    Setting(
        "emergency.text_url",
        "",
        _t("Settings", "Text gateway (URL)"),
        _t("Settings", "Takes texts to 12110 for silent alerts, once the trunk map is signed off."),
    ),
    Setting("emergency.text_token", "", _t("Settings", "Text gateway, token"), is_secret=True),
    Setting(
        "audio.microphone", "", _t("Settings", "Microphone"), _t("Settings", "Empty: the system's default; none: no device.")
    ),
    Setting("audio.earpiece", "", _t("Settings", "Earpiece"), _t("Settings", "Empty: the system's default; none: no device.")),
    Setting("audio.ringer", "", _t("Settings", "Ringing device"), _t("Settings", "Empty: the earpiece; none: no ringing.")),
    Setting("audio.microphone_gain", 1.0, _t("Settings", "Microphone gain"), low=0.1, high=8.0),
    Setting("audio.earpiece_gain", 1.0, _t("Settings", "Earpiece gain"), low=0.1, high=8.0),
    Setting(
        "audio.gains",
        (),
        _t("Settings", "Gain of single devices"),
        _t("Settings", "Remembered by the device's name; the two gains above hold for every other device."),
    ),
    Setting(
        "audio.limit_dbfs",
        -10.0,
        _t("Settings", "Loudest sound in the ear (dB below full scale)"),
        _t("Settings", "Protects against acoustic shock: whistles, crashes and tones are never louder than this."),
        low=-30.0,
        high=-3.0,
    ),
    Setting(
        "audio.engine",
        "auto",
        _t("Settings", "Sound system"),
        _t("Settings", "Automatic takes the one measured best on this system; the next steps in where it does not start."),
        choices=("auto", *(("pulse",) if sys.platform == "linux" else ()), "sounddevice", "qt"),
    ),
    Setting("speech.is_listening", True, _t("Settings", "Write down what is said"), needs_restart=True),
    Setting(
        "speech.models",
        ("vosk-model-small-cn-0.22", "whisper-base"),
        _t("Settings", "Speech models"),
        _t("Settings", "The first of these that is installed listens."),
        needs_restart=True,
    ),
    Setting(
        "speech.folder",
        "",
        _t("Settings", "Folder of the speech models"),
        _t("Settings", "Empty: the program's own."),
        needs_restart=True,
    ),
    Setting("speech.voice", "", _t("Settings", "Voice"), _t("Settings", "Empty: the best voice installed.")),
    Setting(
        "centre.address",
        "",
        _t("Settings", "Centre"),
        _t("Settings", "http://host:port of the centre; empty: a centre of its own on this machine."),
        needs_restart=True,
    ),
    Setting("centre.token", "", _t("Settings", "Enrolment token"), is_secret=True, needs_restart=True),
    Setting(
        "recording.policy",
        "all",
        _t("Settings", "Record calls"),
        _t("Settings", "Every call: recorded from the moment it is answered."),
        choices=("all", "by_agent", "none"),
        needs_restart=True,
    ),
    Setting(
        "recording.announce",
        True,
        _t("Settings", "Tell callers that the call is recorded"),
        _t("Settings", "Plays the announcement of the recording when the call is answered."),
    ),
    Setting(
        "recording.keep_days",
        30,
        _t("Settings", "Days a recording stays here"),
        _t("Settings", "Counted from when the centre has it; what evidence refers to stays. The key is destroyed first."),
        low=0,
        high=3650,
    ),
    Setting(
        "recording.upload_kbytes",
        512,
        _t("Settings", "Bandwidth for recordings (kB/s)"),
        _t("Settings", "At most this goes to the centre, and nothing while a call is up."),
        low=16,
        high=100_000,
        needs_restart=True,
    ),
    Setting("practice.is_on", True, _t("Settings", "Practice exchange"), needs_restart=True),
    Setting("practice.pack", "", _t("Settings", "Folder of recorded practice calls"), needs_restart=True),
    Setting("city.name", "本市", _t("Settings", "City")),
    Setting("city.rule_pack", "beijing", _t("Settings", "Rule pack"), choices=("beijing", "baoding"), needs_restart=True),
)
