"""Every setting, declared once with its type, default, limits and meaning."""

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
        "telephony.pbx_address",
        "",
        _t("Settings", "Exchange"),
        _t("Settings", "host:port of the telephone exchange; empty: only the practice exchange calls."),
    ),
    Setting("telephony.pbx_user", "", _t("Settings", "Extension")),
    Setting("telephony.pbx_password", "", _t("Settings", "Password of the extension"), is_secret=True),
    Setting("telephony.pbx_transport", "tcp", _t("Settings", "Signalling"), choices=("tcp", "udp")),
    Setting(
        "telephony.gateway_address",
        "",
        _t("Settings", "Second gateway"),
        _t("Settings", "host:port that emergency calls take when the exchange is dead."),
    ),
    Setting(
        "telephony.local_address",
        "",
        _t("Settings", "Own address"),
        _t("Settings", "Address that telephony binds to; empty: chosen by itself."),
        needs_restart=True,
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
        "audio.microphone", "", _t("Settings", "Microphone"), _t("Settings", "Empty: the system's default; none: no device.")
    ),
    Setting("audio.earpiece", "", _t("Settings", "Earpiece"), _t("Settings", "Empty: the system's default; none: no device.")),
    Setting("audio.ringer", "", _t("Settings", "Ringing device"), _t("Settings", "Empty: the earpiece; none: no ringing.")),
    Setting("audio.microphone_gain", 1.0, _t("Settings", "Microphone gain"), low=0.1, high=8.0),
    Setting("audio.earpiece_gain", 1.0, _t("Settings", "Earpiece gain"), low=0.1, high=8.0),
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
    Setting("practice.is_on", True, _t("Settings", "Practice exchange"), needs_restart=True),
    Setting("practice.pack", "", _t("Settings", "Folder of recorded practice calls"), needs_restart=True),
    Setting("city.name", "本市", _t("Settings", "City")),
    Setting("city.rule_pack", "beijing", _t("Settings", "Rule pack"), choices=("beijing", "baoding"), needs_restart=True),
)
