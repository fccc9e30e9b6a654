"""The words of the settings: groups, choices, and what is wrong with a value."""

import ipaddress
import re
from urllib.parse import urlsplit

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.settings import Setting

_GROUPS = {
    "general": QT_TRANSLATE_NOOP("SettingsTexts", "General"),
    "agent": QT_TRANSLATE_NOOP("SettingsTexts", "Agent"),
    "telephony": QT_TRANSLATE_NOOP("SettingsTexts", "Telephone lines"),
    "emergency": QT_TRANSLATE_NOOP("SettingsTexts", "Emergency lines"),
    "audio": QT_TRANSLATE_NOOP("SettingsTexts", "Headset"),
    "speech": QT_TRANSLATE_NOOP("SettingsTexts", "Speech"),
    "intake": QT_TRANSLATE_NOOP("SettingsTexts", "Form from words"),
    "centre": QT_TRANSLATE_NOOP("SettingsTexts", "Centre"),
    "recording": QT_TRANSLATE_NOOP("SettingsTexts", "Recording"),
    "practice": QT_TRANSLATE_NOOP("SettingsTexts", "Practice"),
    "city": QT_TRANSLATE_NOOP("SettingsTexts", "City"),
}
_CHOICES = {
    "light": QT_TRANSLATE_NOOP("SettingsTexts", "Light"),
    "dark": QT_TRANSLATE_NOOP("SettingsTexts", "Dark"),
    "contrast": QT_TRANSLATE_NOOP("SettingsTexts", "High contrast"),
    "auto": QT_TRANSLATE_NOOP("SettingsTexts", "Automatic"),
    "never": QT_TRANSLATE_NOOP("SettingsTexts", "Never"),
    "asked": QT_TRANSLATE_NOOP("SettingsTexts", "When the exchange asks"),
    "always": QT_TRANSLATE_NOOP("SettingsTexts", "Always"),
    "pulse": QT_TRANSLATE_NOOP("SettingsTexts", "The sound server itself (PulseAudio, PipeWire)"),
    "sounddevice": "PortAudio (sounddevice)",
    "qt": "QtMultimedia",
    "beijing": QT_TRANSLATE_NOOP("SettingsTexts", "Beijing"),
    "baoding": QT_TRANSLATE_NOOP("SettingsTexts", "Baoding"),
    # languages stand in their own script, whatever the window speaks
    "zh_CN": "简体中文",
    "en": "English",
    "all": QT_TRANSLATE_NOOP("SettingsTexts", "Every call"),
    "by_agent": QT_TRANSLATE_NOOP("SettingsTexts", "When the agent says so"),
    "none": QT_TRANSLATE_NOOP("SettingsTexts", "Never"),
    "mandatory": QT_TRANSLATE_NOOP("SettingsTexts", "Always; a call without it is refused"),
    "optional": QT_TRANSLATE_NOOP("SettingsTexts", "Where the other side offers it"),
    "off": QT_TRANSLATE_NOOP("SettingsTexts", "Never encrypted"),
    "agent": QT_TRANSLATE_NOOP("SettingsTexts", "Agent"),
    "team_lead": QT_TRANSLATE_NOOP("SettingsTexts", "Team lead"),
    "keep": QT_TRANSLATE_NOOP("SettingsTexts", "Leave the agent's state as it is"),
    "busy": QT_TRANSLATE_NOOP("SettingsTexts", "Set the agent busy"),
    "centre": QT_TRANSLATE_NOOP("SettingsTexts", "The centre"),
    "codes": QT_TRANSLATE_NOOP("SettingsTexts", "This console, by feature codes"),
    "call": QT_TRANSLATE_NOOP("SettingsTexts", "A second line that only listens"),
    "message": QT_TRANSLATE_NOOP("SettingsTexts", "Message to the team lead"),
    "text": QT_TRANSLATE_NOOP("SettingsTexts", "Text message (12110)"),
    "tls": "TLS",
    "tcp": "TCP",
    "udp": "UDP",
}
_HOST_PORT = re.compile(r"(?:[\w.-]+|\[[0-9a-fA-F:.]+\]):(\d{1,5})")
_NUMBER = re.compile(r"[0-9*#+]{1,32}|sip:[^\s@]+@\S+")

DIRECTED = frozenset({"telephony.pbx_address", "telephony.gateway_address"})
"""Settings whose text is host:port or nothing."""


def _words(source: object) -> str:
    return QCoreApplication.translate("SettingsTexts", str(source))


def group_text(group: str) -> str:
    return _words(_GROUPS.get(group, group))


def choice_text(choice: str) -> str:
    return _words(_CHOICES.get(choice, choice))


def label_text(setting: Setting) -> str:
    return QCoreApplication.translate("Settings", setting.label)


def meaning_text(setting: Setting) -> str:
    return QCoreApplication.translate("Settings", setting.meaning) if setting.meaning else ""


def complaint_about(setting: Setting, value: object) -> str:
    """What is wrong with a value and what is allowed; "" where nothing is."""
    try:
        setting.checked(value)
    except ValueError:
        return _words(QT_TRANSLATE_NOOP("SettingsTexts", "Not allowed. Allowed: {0}")).format(setting.allowed)
    if isinstance(value, str):
        return _complaint_about_text(setting.key, value.strip())
    if isinstance(value, tuple) and not value and setting.default:
        return _words(QT_TRANSLATE_NOOP("SettingsTexts", "At least one entry is wanted"))
    return ""


def _complaint_about_text(key: str, text: str) -> str:
    if key in DIRECTED and text and not _is_server_list(text):
        return _words(
            QT_TRANSLATE_NOOP("SettingsTexts", "Not an address. Allowed: host:port, such as 10.0.0.5:5060, or nothing")
        )
    if key == "telephony.accepts_from" and text and not _are_networks(text):
        return _words(
            QT_TRANSLATE_NOOP("SettingsTexts", "Not an address. Allowed: 10.1.1.7, 10.0.0.0/24, with commas, or nothing")
        )
    if key == "centre.address" and text and not _is_web_address(text):
        return _words(
            QT_TRANSLATE_NOOP("SettingsTexts", "Not an address. Allowed: http://host:port or https://host:port, or nothing")
        )
    if key.startswith(("emergency.line_", "emergency.gateway_")) and not _NUMBER.fullmatch(text):
        return _words(QT_TRANSLATE_NOOP("SettingsTexts", "Not a number. Allowed: digits, * # +, or a sip: address"))
    return ""


def _is_server_list(text: str) -> bool:
    """host:port, several of them with commas, or "srv:" and a domain."""
    if text.lower().startswith("srv:"):
        return re.fullmatch(r"[\w-]+(\.[\w-]+)*", text[4:].strip()) is not None
    return all(_is_host_port(part.strip()) for part in text.split(","))


def _are_networks(text: str) -> bool:
    try:
        return all(ipaddress.IPv4Network(part.strip(), strict=False) for part in text.split(","))
    except ValueError:
        return False


def _is_host_port(text: str) -> bool:
    found = _HOST_PORT.fullmatch(text)
    return found is not None and 0 < int(found.group(1)) <= 65535


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
