"""One sentence for each notice: what happened, what still works, what to do."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.domain.notice import Notice, NoticeCode
from app.domain.ticket import Stage
from ui.labels import emergency_line_text, field_text, line_text, stage_text

SENTENCES = {
    NoticeCode.PBX_UNREACHABLE: QT_TRANSLATE_NOOP(
        "notices",
        "{0} cannot be reached ({1}): no calls come in. Tickets and emergency calls work; it is tried again by itself.",
    ),
    NoticeCode.PBX_WRONG_PASSWORD: QT_TRANSLATE_NOOP(
        "notices",
        "{0} refused the user name or password: no calls come in. Correct them in the settings (Ctrl+,).",
    ),
    NoticeCode.PBX_LOST_IN_CALL: QT_TRANSLATE_NOOP(
        "notices",
        "The exchange was lost during the call. What was heard and written is kept: save it, and ring the caller back.",
    ),
    NoticeCode.PBX_NOT_SET: QT_TRANSLATE_NOOP(
        "notices",
        "No exchange is set: only practice calls come in. Enter the exchange in the settings (Ctrl+,).",
    ),
    NoticeCode.TELEPHONY_DOWN: QT_TRANSLATE_NOOP(
        "notices",
        "The telephone part of this program stopped and is being started again. Tickets work. In an "
        "emergency, use another phone.",
    ),
    NoticeCode.GATEWAY_UNREACHABLE: QT_TRANSLATE_NOOP(
        "notices",
        "The second gateway gave no way to {0} either ({1}). It is tried again with every press. Tell the technicians.",
    ),
    NoticeCode.EMERGENCY_FAILED: QT_TRANSLATE_NOOP(
        "notices",
        "{0} was not reached ({1}). Press again, or dial {0} on another phone NOW. A caller on the line stays on the line.",
    ),
    NoticeCode.EMERGENCY_STILL_ON: QT_TRANSLATE_NOOP(
        "notices",
        "{0} is still on: hanging up cuts the caller off from it. F3 again ends both, Shift+F3 ends {0} alone.",
    ),
    NoticeCode.TRANSFER_FAILED: QT_TRANSLATE_NOOP(
        "notices",
        "The transfer to {0} failed ({1}). The caller is still with you: try again or take the request yourself.",
    ),
    NoticeCode.CALL_FAILED: QT_TRANSLATE_NOOP(
        "notices",
        "The call did not come about ({0}). Check the number and dial again (F8).",
    ),
    NoticeCode.NO_HEADSET: QT_TRANSLATE_NOOP(
        "notices",
        "No headset was found: you cannot hear or be heard. Plug one in; everything else works.",
    ),
    NoticeCode.HEADSET_PULLED: QT_TRANSLATE_NOOP(
        "notices",
        "The headset {0} was pulled out. The call goes on, perhaps over the loudspeaker: plug it in again, or "
        "choose another in the settings (Ctrl+,).",
    ),
    NoticeCode.NUMBER_ODD: QT_TRANSLATE_NOOP(
        "notices",
        "This is not a telephone number, so no history can be looked up. Ask the caller for a number to ring back.",
    ),
    NoticeCode.SPEECH_DOWN: QT_TRANSLATE_NOOP(
        "notices",
        "Speech recognition stopped and is being started again. The call and its ticket work: type what you hear.",
    ),
    NoticeCode.SPEECH_SLOW: QT_TRANSLATE_NOOP(
        "notices",
        "This computer is too busy to write down every word: some are left out. Check what the form was filled with.",
    ),
    NoticeCode.MODEL_MISSING: QT_TRANSLATE_NOOP(
        "notices",
        "The speech model {0} is not installed: no words are written down. Everything else works. Install "
        "it: python -m app.speech models install {0}",
    ),
    NoticeCode.MODEL_CORRUPT: QT_TRANSLATE_NOOP(
        "notices",
        "The file {1} of the speech model {0} is damaged and was not used. Everything else works. Install it "
        "again: python -m app.speech models install {0}",
    ),
    NoticeCode.MODEL_ENGINE_UNKNOWN: QT_TRANSLATE_NOOP(
        "notices",
        "The speech model {0} wants an engine that this program does not have: {1}. Everything else works. "
        "Choose another model in the settings (Ctrl+,).",
    ),
    NoticeCode.VOICE_FAILED: QT_TRANSLATE_NOOP(
        "notices",
        "The sentence could not be spoken ({0}). Read it to the caller yourself, or choose another voice in "
        "the settings (Ctrl+,).",
    ),
    NoticeCode.CENTRE_DOWN: QT_TRANSLATE_NOOP(
        "notices",
        "The centre cannot be reached. Go on working: tickets get their final numbers here and are sent when it is back.",
    ),
    NoticeCode.CENTRE_SLOW: QT_TRANSLATE_NOOP(
        "notices",
        "The centre answers slowly. Go on working: tickets are kept here and are sent as fast as it takes them.",
    ),
    NoticeCode.CENTRE_GARBAGE: QT_TRANSLATE_NOOP(
        "notices",
        "What answers at the centre's address is not the centre. Go on working: tickets are kept here. Tell "
        "the technicians to check the address.",
    ),
    NoticeCode.CENTRE_NEWER: QT_TRANSLATE_NOOP(
        "notices",
        "The centre is newer ({0}) than this program ({1}). Go on working: tickets are kept here and are "
        "sent after this program is updated.",
    ),
    NoticeCode.CENTRE_OLDER: QT_TRANSLATE_NOOP(
        "notices",
        "The centre is older ({0}) than this program ({1}). Go on working: tickets are kept here and are "
        "sent after the centre is updated.",
    ),
    NoticeCode.CENTRE_REFUSED: QT_TRANSLATE_NOOP(
        "notices",
        "The centre refused ticket {0} ({1}). It is kept here: open it in the ticket table (Ctrl+T), correct it and save.",
    ),
    NoticeCode.NOT_ENROLLED: QT_TRANSLATE_NOOP(
        "notices",
        "The centre does not know this console ({0}). Tickets are kept here. Enrol it in the settings (Ctrl+,).",
    ),
    NoticeCode.IDENTITY_IN_USE: QT_TRANSLATE_NOOP(
        "notices",
        "Another console uses the identity of this one, perhaps a copy. Tickets are kept here, without a number for now; "
        "this console is enrolled anew by itself. If this stays, check the enrolment token (Ctrl+,).",
    ),
    NoticeCode.NO_NUMBERS: QT_TRANSLATE_NOOP(
        "notices",
        "No ticket numbers are left here. Tickets are saved all the same; each gets its number by itself when the centre "
        "is reached again.",
    ),
    NoticeCode.NUMBER_CHANGED: QT_TRANSLATE_NOOP(
        "notices",
        "Ticket {0} now has the number {1}: another ticket had the old one already. Tell the caller the new number.",
    ),
    NoticeCode.STORE_FAILED: QT_TRANSLATE_NOOP(
        "notices",
        "The ticket could not be written ({0}). It is still in the form: save again; if that fails, tell the technicians.",
    ),
    NoticeCode.STORE_LOCKED: QT_TRANSLATE_NOOP(
        "notices",
        "Another program holds the local store. Calls work, nothing can be saved: close the other window of this program.",
    ),
    NoticeCode.STORE_WRONG_KEY: QT_TRANSLATE_NOOP(
        "notices",
        "The local store does not open with this user's key. Calls work, nothing can be saved: tell the technicians.",
    ),
    NoticeCode.DISK_FULL: QT_TRANSLATE_NOOP(
        "notices",
        "The disk is full: nothing can be saved. The ticket is still in the form: free some space, then save again.",
    ),
    NoticeCode.SETTINGS_WRONG: QT_TRANSLATE_NOOP(
        "notices",
        "Settings file {0}, line {1}: {2}. Allowed: {3}. The default is used until the line is corrected.",
    ),
    NoticeCode.RULE_BROKEN: QT_TRANSLATE_NOOP(
        "notices",
        "Not done: {0}. Still wanted or not allowed: {1}. Nothing was lost.",
    ),
    NoticeCode.PRACTICE_DOWN: QT_TRANSLATE_NOOP(
        "notices",
        "The practice exchange is not running: no practice calls. Real calls and tickets work; it is started again by itself.",
    ),
    NoticeCode.DRAFT_RESTORED: QT_TRANSLATE_NOOP(
        "notices",
        "The ticket you were writing when the program stopped is back. Check it, then save or dispatch it.",
    ),
    NoticeCode.TICKET_SAVED: QT_TRANSLATE_NOOP(
        "notices",
        "Ticket {0} is saved. Ctrl+R reads the number to the caller.",
    ),
    NoticeCode.INTERNAL: QT_TRANSLATE_NOOP(
        "notices",
        "Something in this program went wrong ({0}). What you wrote is kept. If it happens again, tell the technicians.",
    ),
}
"""English; `{0}`… are filled with the values of the notice after translation."""


def notice_text(notice: Notice) -> str:
    """The sentence of a notice in the language of the window; a value that is missing is shown as "?"."""
    values = [_value_text(notice.code, value) for value in notice.values]
    sentence = QCoreApplication.translate("notices", str(SENTENCES[notice.code]))
    return sentence.format(*values, *["?"] * 4)


def _value_text(code: NoticeCode, value: str) -> str:
    """Names of the program's own (a stage, a field, a line) are said in the user's words."""
    if code is NoticeCode.RULE_BROKEN:
        return ", ".join(_rule_word(part) for part in value.split(", "))
    if code in (NoticeCode.EMERGENCY_FAILED, NoticeCode.GATEWAY_UNREACHABLE, NoticeCode.EMERGENCY_STILL_ON):
        said = emergency_line_text(value)
        return value if said == value else f"{value} {said}"
    return line_text(value) if code in (NoticeCode.PBX_UNREACHABLE, NoticeCode.PBX_WRONG_PASSWORD) else value


def _rule_word(value: str) -> str:
    if value == "rule_pack":
        return QCoreApplication.translate("notices", "the rules of this city do not allow it")
    if value == "no draft":
        return QCoreApplication.translate("notices", "a ticket to write in")
    return stage_text(Stage(value)) if value in list(Stage) else field_text(value)
