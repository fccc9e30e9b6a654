"""What the status area may have to say: a code, the values that fill its sentence, and how grave it is."""

from dataclasses import dataclass
from enum import StrEnum


class Gravity(StrEnum):
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class NoticeCode(StrEnum):
    """Every sentence the status area can say. `ui.notices` has one text for each, and a test holds that."""

    PBX_UNREACHABLE = "pbx_unreachable"  # {0} line, {1} reason
    PBX_WRONG_PASSWORD = "pbx_wrong_password"  # {0} line
    PBX_LOST_IN_CALL = "pbx_lost_in_call"
    PBX_NOT_SET = "pbx_not_set"
    TELEPHONY_DOWN = "telephony_down"
    GATEWAY_UNREACHABLE = "gateway_unreachable"  # {0} emergency line, {1} reason
    EMERGENCY_FAILED = "emergency_failed"  # {0} emergency line, {1} reason
    EMERGENCY_STILL_ON = "emergency_still_on"  # {0} emergency line
    TRANSFER_FAILED = "transfer_failed"  # {0} target, {1} reason
    CALL_FAILED = "call_failed"  # {0} reason
    NO_HEADSET = "no_headset"
    HEADSET_PULLED = "headset_pulled"  # {0} device
    NUMBER_ODD = "number_odd"  # the caller's number held signs no number has
    SPEECH_DOWN = "speech_down"
    SPEECH_SLOW = "speech_slow"  # words were left out to keep up
    MODEL_MISSING = "model_missing"  # {0} model
    MODEL_CORRUPT = "model_corrupt"  # {0} model, {1} file
    MODEL_ENGINE_UNKNOWN = "model_engine_unknown"  # {0} model, {1} engine
    VOICE_FAILED = "voice_failed"  # {0} reason
    CENTRE_DOWN = "centre_down"
    CENTRE_SLOW = "centre_slow"
    CENTRE_GARBAGE = "centre_garbage"
    CENTRE_NEWER = "centre_newer"  # {0} the centre's version, {1} ours
    CENTRE_OLDER = "centre_older"  # {0} the centre's version, {1} ours
    CENTRE_REFUSED = "centre_refused"  # {0} ticket number or id, {1} reason
    NOT_ENROLLED = "not_enrolled"  # {0} reason
    IDENTITY_IN_USE = "identity_in_use"
    NO_NUMBERS = "no_numbers"
    NUMBER_CHANGED = "number_changed"  # {0} the ticket's old number, {1} the new one
    STORE_FAILED = "store_failed"  # {0} reason
    STORE_LOCKED = "store_locked"
    STORE_WRONG_KEY = "store_wrong_key"
    DISK_FULL = "disk_full"
    SETTINGS_WRONG = "settings_wrong"  # {0} file, {1} line, {2} what, {3} allowed
    RULE_BROKEN = "rule_broken"  # {0} step, {1} why
    PRACTICE_DOWN = "practice_down"
    DRAFT_RESTORED = "draft_restored"
    TICKET_SAVED = "ticket_saved"  # {0} ticket number
    INTERNAL = "internal"  # {0} what


SUBJECTS = {
    NoticeCode.SETTINGS_WRONG: 3,
    NoticeCode.CENTRE_REFUSED: 1,
    NoticeCode.NUMBER_CHANGED: 1,
    NoticeCode.EMERGENCY_FAILED: 1,
    NoticeCode.GATEWAY_UNREACHABLE: 1,
}
"""Notices of which several may stand at once, and how many of their values name what each is about."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence for the status area. A standing notice stays until its cause is gone; another fades by itself."""

    code: NoticeCode
    values: tuple[str, ...] = ()
    gravity: Gravity = Gravity.WARNING
    standing: bool = True

    @property
    def subject(self) -> tuple[str, ...]:
        """What it is about: a later notice of the same subject takes its place."""
        return (self.code, *self.values[: SUBJECTS.get(self.code, 0)])
