"""The words of the pre-shift check: what each step asks for, what each finding means and what to do about it."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.desk.events import ShiftCheckChanged, ShiftFinding

SENTENCE = QT_TRANSLATE_NOOP(
    "ShiftCheck",
    "Hello, this is the 12345 hotline. Please tell me slowly where you are and what has happened; I am writing it down.",
)
STEPS = {
    "silence": QT_TRANSLATE_NOOP("ShiftCheck", "Do not speak: the noise around you is measured."),
    "sentence": QT_TRANSLATE_NOOP("ShiftCheck", "Read this aloud, as you speak with a caller:"),
    "echo": QT_TRANSLATE_NOOP("ShiftCheck", "Do not speak: you hear three short tones in the earpiece."),
    "ringer": QT_TRANSLATE_NOOP("ShiftCheck", "It is ringing now. Do you hear it?"),
    "done": QT_TRANSLATE_NOOP("ShiftCheck", "The check is done."),
    "cancelled": QT_TRANSLATE_NOOP("ShiftCheck", "The check was cancelled."),
    "interrupted": QT_TRANSLATE_NOOP("ShiftCheck", "A call came: the check made way for it. Start it again after the call."),
    "refused": QT_TRANSLATE_NOOP("ShiftCheck", "A call is up: the check can start after it."),
    "failed": QT_TRANSLATE_NOOP(
        "ShiftCheck", "No microphone or no earpiece: plug the headset in, or choose it in the settings (Ctrl+,)."
    ),
}
NAMES = {
    "level": QT_TRANSLATE_NOOP("ShiftCheck", "Your voice"),
    "noise": QT_TRANSLATE_NOOP("ShiftCheck", "Noise around you"),
    "clipping": QT_TRANSLATE_NOOP("ShiftCheck", "Distortion"),
    "echo": QT_TRANSLATE_NOOP("ShiftCheck", "Echo"),
    "latency": QT_TRANSLATE_NOOP("ShiftCheck", "Delay of the headset"),
    "ringer": QT_TRANSLATE_NOOP("ShiftCheck", "Ringing"),
}
_WORDS = {
    ("level", "good", ""): QT_TRANSLATE_NOOP("ShiftCheck", "Good ({0} dB)"),
    ("level", "fair", "low"): QT_TRANSLATE_NOOP("ShiftCheck", "Rather quiet ({0} dB): bring the boom nearer to the mouth"),
    ("level", "bad", "low"): QT_TRANSLATE_NOOP(
        "ShiftCheck", "Too quiet ({0} dB): boom to the corner of the mouth, or more microphone gain in the settings"
    ),
    ("level", "bad", "high"): QT_TRANSLATE_NOOP(
        "ShiftCheck", "Too loud ({0} dB): move the boom away, or less microphone gain in the settings"
    ),
    ("level", "bad", "none"): QT_TRANSLATE_NOOP(
        "ShiftCheck", "No voice was heard: is the headset muted, is the right microphone chosen?"
    ),
    ("noise", "good", ""): QT_TRANSLATE_NOOP("ShiftCheck", "Quiet ({0} dB)"),
    ("noise", "fair", ""): QT_TRANSLATE_NOOP("ShiftCheck", "Audible ({0} dB): the caller hears the room"),
    ("noise", "bad", ""): QT_TRANSLATE_NOOP("ShiftCheck", "Loud ({0} dB): find the source, or less microphone gain"),
    ("noise", "unknown", ""): QT_TRANSLATE_NOOP("ShiftCheck", "Not measured: the microphone gave nothing"),
    ("clipping", "good", ""): QT_TRANSLATE_NOOP("ShiftCheck", "None"),
    ("clipping", "fair", ""): QT_TRANSLATE_NOOP("ShiftCheck", "A little ({0} %): less microphone gain"),
    ("clipping", "bad", ""): QT_TRANSLATE_NOOP(
        "ShiftCheck", "The voice is cut off ({0} %): less microphone gain in the settings"
    ),
    ("echo", "good", "none"): QT_TRANSLATE_NOOP("ShiftCheck", "None"),
    ("echo", "good", ""): QT_TRANSLATE_NOOP("ShiftCheck", "Hardly any ({0} dB)"),
    ("echo", "fair", ""): QT_TRANSLATE_NOOP("ShiftCheck", "Some ({0} dB): less earpiece gain, or sit the earpiece closer"),
    ("echo", "bad", ""): QT_TRANSLATE_NOOP(
        "ShiftCheck", "The caller will hear himself ({0} dB): is a loudspeaker chosen instead of the headset?"
    ),
    ("echo", "unknown", ""): QT_TRANSLATE_NOOP("ShiftCheck", "Not measured: the earpiece played nothing"),
    ("latency", "good", ""): QT_TRANSLATE_NOOP("ShiftCheck", "{0} ms there and back"),
    ("latency", "fair", ""): QT_TRANSLATE_NOOP("ShiftCheck", "{0} ms there and back: a cable is faster than radio"),
    ("latency", "bad", ""): QT_TRANSLATE_NOOP("ShiftCheck", "{0} ms there and back: talking will be laborious, use a cable"),
    ("latency", "unknown", ""): QT_TRANSLATE_NOOP("ShiftCheck", "Cannot be measured without an echo, as with a good headset"),
    ("ringer", "good", ""): QT_TRANSLATE_NOOP("ShiftCheck", "Heard"),
    ("ringer", "bad", "none"): QT_TRANSLATE_NOOP("ShiftCheck", "Not heard: choose another ringing device, or turn it up"),
    ("ringer", "unknown", "none"): QT_TRANSLATE_NOOP("ShiftCheck", "Not answered"),
}
TONES = {"good": "ok", "fair": "warning", "bad": "danger", "unknown": ""}


def words(source: object) -> str:
    return QCoreApplication.translate("ShiftCheck", str(source))


def step_text(step: str) -> str:
    return words(STEPS[step])


def name_text(what: str) -> str:
    return words(NAMES[what])


def finding_text(finding: ShiftFinding) -> str:
    """Verdict and what to do, in one sentence."""
    source = _WORDS[finding.what, finding.verdict, finding.why]
    return words(source).format(f"{finding.value:g}")


def verdict_text(check: ShiftCheckChanged) -> str:
    """One line for a tooltip: all well, or what is not."""
    wrong = [name_text(finding.what) for finding in check.findings if finding.verdict in ("bad", "fair")]
    if not wrong:
        return words(QT_TRANSLATE_NOOP("ShiftCheck", "Headset check: all well"))
    listed = words(QT_TRANSLATE_NOOP("ShiftCheck", ", ")).join(wrong)
    return words(QT_TRANSLATE_NOOP("ShiftCheck", "Headset check: look at {0}")).format(listed)


def tone_of(check: ShiftCheckChanged) -> str:
    """The gravest of all."""
    verdicts = {finding.verdict for finding in check.findings}
    return next((TONES[verdict] for verdict in ("bad", "fair") if verdict in verdicts), "ok")
