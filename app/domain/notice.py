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
    PBX_SECOND = "pbx_second"  # {0} server that is used instead of the first
    TLS_REFUSED = "tls_refused"  # {0} line, {1} why
    TELEPHONY_DOWN = "telephony_down"
    GATEWAY_UNREACHABLE = "gateway_unreachable"  # {0} emergency line, {1} reason
    EMERGENCY_FAILED = "emergency_failed"  # {0} emergency line, {1} reason
    EMERGENCY_NEXT_ROUTE = "emergency_next_route"  # {0} emergency line, {1} the next route, {2} why
    EMERGENCY_AGAIN = "emergency_again"  # {0} emergency line, {1} why, {2} seconds, {3} round
    HANDED_OVER = "handed_over"  # {0} emergency line
    HAND_OVER_HERE = "hand_over_here"  # {0} emergency line, {1} why
    CALLER_RETURNED = "caller_returned"  # {0} emergency line
    CALLING_BACK = "calling_back"  # {0} try
    CALLING_BACK_FAILED = "calling_back_failed"  # {0} tries
    CARD_NOT_SENT = "card_not_sent"  # {0} why
    SILENT_ALERT = "silent_alert"  # {0} emergency line, {1} channel, {2} "done" or "failed"
    LEAD_WARNED = "lead_warned"
    LEAD_NOT_REACHED = "lead_not_reached"  # {0} reason
    EMERGENCY_STILL_ON = "emergency_still_on"  # {0} emergency line
    TRANSFER_FAILED = "transfer_failed"  # {0} target, {1} reason
    TRANSFER_JOINED = "transfer_joined"  # {0} target, {1} reason
    TRANSFER_BROUGHT_IN = "transfer_brought_in"  # {0} target, {1} reason
    TRANSFER_KEEPS = "transfer_keeps"  # {0} target
    CONSULT_RUNS = "consult_runs"
    PARKED = "parked"  # {0} masked number, {1} slot
    PARKED_LONG = "parked_long"  # {0} how many
    PARK_SLOT_UNTOLD = "park_slot_untold"  # {0} masked number
    PARK_FAILED = "park_failed"  # {0} extension, {1} reason
    CALL_REFUSED = "call_refused"  # {0} masked number
    CALL_FAILED = "call_failed"  # {0} reason
    NO_HEADSET = "no_headset"
    HEADSET_PULLED = "headset_pulled"  # {0} device
    MICROPHONE_SILENT = "microphone_silent"  # {0} device
    HEADSET_MUTED = "headset_muted"  # {0} device; by its own switch or in the system's sound settings
    HEADSET_KEYS_DENIED = "headset_keys_denied"  # {0} device, {1} file of the rule to install
    NUMBER_ODD = "number_odd"  # the caller's number held signs no number has
    SPEECH_DOWN = "speech_down"
    SPEECH_SLOW = "speech_slow"  # words were left out to keep up
    MODEL_MISSING = "model_missing"  # {0} model
    MODEL_CORRUPT = "model_corrupt"  # {0} model, {1} file
    MODEL_ENGINE_UNKNOWN = "model_engine_unknown"  # {0} model, {1} engine
    MODEL_LANGUAGE = "model_language"  # {0} model, {1} its languages, {2} the wanted one
    MODEL_STRANGER = "model_stranger"  # {0} model, {1} file
    MODEL_UNREADABLE = "model_unreadable"  # {0} model, {1} file, {2} reason
    MODEL_LOADING = "model_loading"  # {0} model, {1} seconds so far
    MODEL_HANGS = "model_hangs"  # {0} model
    VOICE_FAILED = "voice_failed"  # {0} reason
    VOICE_MODEL_WRONG = "voice_model_wrong"  # {0} model, {1} file or reason
    VOICE_WAITED = "voice_waited"  # {0} the sentence
    VOICE_CUT = "voice_cut"  # {0} the sentence
    RECOGNITION_NOT_ALLOWED = "recognition_not_allowed"
    RECOGNITION_UNTOLD = "recognition_untold"
    SITE_WORDS_WRONG = "site_words_wrong"  # {0} file, {1} line, {2} reason
    CENTRE_DOWN = "centre_down"
    CENTRE_SLOW = "centre_slow"
    CENTRE_GARBAGE = "centre_garbage"
    CENTRE_NEWER = "centre_newer"  # {0} the centre's version, {1} ours
    CENTRE_OLDER = "centre_older"  # {0} the centre's version, {1} ours
    CENTRE_REFUSED = "centre_refused"  # {0} ticket number or id, {1} reason
    MARK_REFUSED = "mark_refused"  # {0} the number, masked
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
    ANNOUNCEMENT_SILENT = "announcement_silent"  # {0} the announcement's words
    RECORDING_FAILED = "recording_failed"  # {0} reason
    RECORDING_UNHEARD = "recording_unheard"  # {0} why a sentence cannot be played
    LINE_BAD = "line_bad"  # {0} domain.quality.Trouble
    SHIELD_REFUSED = "shield_refused"  # {0} why (domain.shield.ShieldWhy)
    SHIELD_SUSPENDED = "shield_suspended"  # {0} the words, or the emergency line
    SHIELD_TOLD = "shield_told"  # {0} agent, {1} step (domain.shield.StepKind), {2} grade
    SILENT_CALLER_ANSWERED = "silent_caller_answered"
    EVIDENCE_SEALED = "evidence_sealed"  # {0} file, {1} what it lacks
    EVIDENCE_EXPORTED = "evidence_exported"  # {0} file, {1} target
    EVIDENCE_FAILED = "evidence_failed"  # {0} reason
    TRANSCRIPT_EXPORTED = "transcript_exported"  # {0} file
    NOTHING_REPAIRED = "nothing_repaired"
    TRANSCRIPT_UNWRITTEN = "transcript_unwritten"  # {0} file, {1} why
    NOT_TAKEN = "not_taken"  # {0} how many calls rang and were not taken
    BUSY_FOR_NO_ANSWER = "busy_for_no_answer"  # {0} seconds
    QUEUE_CODE_FAILED = "queue_code_failed"  # {0} code, {1} reason
    LEAD_LISTENS = "lead_listens"  # {0} the team lead
    LEAD_WHISPERS = "lead_whispers"  # {0} the team lead
    LEAD_BARGES = "lead_barges"  # {0} the team lead
    SUPERVISION_NO_RIGHT = "supervision_no_right"
    SUPERVISION_NO_CALL = "supervision_no_call"  # {0} reason
    SUPERVISION_BUSY = "supervision_busy"
    SUPERVISION_JOINED = "supervision_joined"
    SUPERVISION_FAILED = "supervision_failed"  # {0} reason
    INTERNAL = "internal"  # {0} what


SUBJECTS = {
    NoticeCode.SETTINGS_WRONG: 3,
    NoticeCode.TLS_REFUSED: 1,
    NoticeCode.CENTRE_REFUSED: 1,
    NoticeCode.MARK_REFUSED: 1,
    NoticeCode.NUMBER_CHANGED: 1,
    NoticeCode.EMERGENCY_FAILED: 1,
    NoticeCode.EMERGENCY_NEXT_ROUTE: 1,
    NoticeCode.EMERGENCY_AGAIN: 1,
    NoticeCode.HANDED_OVER: 1,
    NoticeCode.HAND_OVER_HERE: 1,
    NoticeCode.CALLER_RETURNED: 1,
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
