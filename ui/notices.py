"""One sentence for each notice: what happened, what still works, what to do."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.domain.notice import Notice, NoticeCode
from app.domain.ticket import Stage
from ui.labels import emergency_line_text, field_text, line_text, stage_text
from ui.model_texts import MODEL_SENTENCES
from ui.quality_texts import trouble_text
from ui.recording_texts import reason_text
from ui.shield_texts import SHIELD_VALUES, shield_value_text
from ui.site_words_texts import SITE_WORDS_SENTENCES, site_words_text
from ui.transcript_texts import TRANSCRIPT_SENTENCES, unwritten_text
from ui.voice_texts import VOICE_SENTENCES

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
    NoticeCode.PBX_SECOND: QT_TRANSLATE_NOOP(
        "notices",
        "Working through the second exchange ({0}). Calls come in as usual; "
        "the first is used again by itself once it is steady.",
    ),
    NoticeCode.TLS_REFUSED: QT_TRANSLATE_NOOP(
        "notices",
        "{0} did not prove who it is ({1}): nothing is sent there. Tell the technicians: its certificate, or the file of the "
        "authorities in the settings, is wrong.",
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
    NoticeCode.EMERGENCY_NEXT_ROUTE: QT_TRANSLATE_NOOP(
        "notices",
        "{0}: no answer so far ({2}); now also called through {1}. The caller hears that help is being called.",
    ),
    NoticeCode.EMERGENCY_AGAIN: QT_TRANSLATE_NOOP(
        "notices",
        "{0} has not answered on any way ({1}): all are called again in {2} s, after round {3}. The caller is not in silence; "
        "go on talking, or dial {0} on another phone.",
    ),
    NoticeCode.HANDED_OVER: QT_TRANSLATE_NOOP(
        "notices",
        "The caller and {0} have each other; you are out and free. Shift with the line's key brings you back.",
    ),
    NoticeCode.HAND_OVER_HERE: QT_TRANSLATE_NOOP(
        "notices",
        "The exchange did not join the caller and {0} ({1}): they go on talking through this computer. Leave it running.",
    ),
    NoticeCode.CALLER_RETURNED: QT_TRANSLATE_NOOP(
        "notices",
        "{0} has left and the caller is still there: with you now, or on hold while you talk with another.",
    ),
    NoticeCode.CALLING_BACK: QT_TRANSLATE_NOOP(
        "notices",
        "The caller in danger was cut off: called back by the program, try {0}. You will hear both here. Esc or F3 stops it.",
    ),
    NoticeCode.CALLING_BACK_FAILED: QT_TRANSLATE_NOOP(
        "notices",
        "The caller in danger was not reached in {0} tries. Ring back yourself (Ctrl+F5), and tell the emergency line.",
    ),
    NoticeCode.CARD_NOT_SENT: QT_TRANSLATE_NOOP(
        "notices",
        "The hand-off card did not reach the emergency desk ({0}). Read it out: Ctrl+F9. "
        "It is sent as soon as that is possible.",
    ),
    NoticeCode.SILENT_ALERT: QT_TRANSLATE_NOOP(
        "notices",
        "The silent alert reached nobody at {0} ({1}). The wallboards show it. Send a colleague, or press the line's key.",
    ),
    NoticeCode.LEAD_WARNED: QT_TRANSLATE_NOOP(
        "notices", "The team lead is warned: the wallboards show it. The caller hears nothing of it."
    ),
    NoticeCode.LEAD_NOT_REACHED: QT_TRANSLATE_NOOP(
        "notices", "The warning did not reach the lead's telephone ({0}). The wallboards show it."
    ),
    NoticeCode.EMERGENCY_STILL_ON: QT_TRANSLATE_NOOP(
        "notices",
        "{0} is still on: hanging up cuts the caller off from it. F3 again ends both, Shift+F3 ends {0} alone.",
    ),
    NoticeCode.TRANSFER_FAILED: QT_TRANSLATE_NOOP(
        "notices",
        "The transfer to {0} failed ({1}). The caller is still with you: try again or take the request yourself.",
    ),
    NoticeCode.TRANSFER_JOINED: QT_TRANSLATE_NOOP(
        "notices",
        "The exchange did not hand the caller over to {0} ({1}). You, the caller and {0} hear each other now.",
    ),
    NoticeCode.TRANSFER_BROUGHT_IN: QT_TRANSLATE_NOOP(
        "notices",
        "The transfer to {0} was refused ({1}). The caller stays on the line; {0} is being called in as a third party.",
    ),
    NoticeCode.TRANSFER_KEEPS: QT_TRANSLATE_NOOP(
        "notices",
        "Somebody else is on the line with the caller, and a transfer would part them: {0} is brought in instead.",
    ),
    NoticeCode.CONSULT_RUNS: QT_TRANSLATE_NOOP(
        "notices",
        "A consult call is on: complete the transfer (Ctrl+F7), join all (Shift+F6) or go back to the caller (Ctrl+Shift+F7).",
    ),
    NoticeCode.PARKED: QT_TRANSLATE_NOOP(
        "notices",
        "{0} is parked in the exchange at {1}. Any telephone can take the caller back by dialling {1}; here: Ctrl+F6.",
    ),
    NoticeCode.PARKED_LONG: QT_TRANSLATE_NOOP(
        "notices",
        "Parked at this desk and still waiting: {0}. Ctrl+F6 takes the caller back.",
    ),
    NoticeCode.PARK_SLOT_UNTOLD: QT_TRANSLATE_NOOP(
        "notices",
        "{0} is parked in the exchange, which says the parking number in your headset. "
        "Dial that number to take the caller back.",
    ),
    NoticeCode.PARK_FAILED: QT_TRANSLATE_NOOP(
        "notices",
        "The exchange did not park the caller at {0} ({1}). The caller is parked at this desk instead: Ctrl+F6 takes him back.",
    ),
    NoticeCode.CALL_REFUSED: QT_TRANSLATE_NOOP(
        "notices",
        "{0} rang while you did not want to be disturbed. The caller is in the list of missed calls.",
    ),
    NoticeCode.CALL_FAILED: QT_TRANSLATE_NOOP(
        "notices",
        "The call did not come about ({0}). Check the number and dial again (F8).",
    ),
    NoticeCode.NO_HEADSET: QT_TRANSLATE_NOOP(
        "notices",
        "No headset was found: you cannot hear or be heard. Plug one in; everything else works.",
    ),
    NoticeCode.MICROPHONE_SILENT: QT_TRANSLATE_NOOP(
        "notices",
        "THE CALLER CANNOT HEAR YOU: the microphone {0} gives no sound. Check its plug and its boom, or choose another in the "
        "settings (Ctrl+,).",
    ),
    NoticeCode.HEADSET_MUTED: QT_TRANSLATE_NOOP(
        "notices",
        "THE CALLER CANNOT HEAR YOU: {0} is muted at the headset or in the system. Press the headset's own mute key.",
    ),
    NoticeCode.HEADSET_KEYS_DENIED: QT_TRANSLATE_NOOP(
        "notices",
        "The keys and lamps of {0} may not be used: the technicians must install the rule {1}. Sound and calls work.",
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
    **MODEL_SENTENCES,
    **VOICE_SENTENCES,
    **SITE_WORDS_SENTENCES,
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
    NoticeCode.MARK_REFUSED: QT_TRANSLATE_NOOP(
        "notices",
        "The mark on {0} stands at this desk only: the centre knows no team lead here. Enrol with a lead's token (Ctrl+,).",
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
    NoticeCode.ANNOUNCEMENT_SILENT: QT_TRANSLATE_NOOP(
        "notices",
        "The announcement “{0}” has no sound yet: callers do not hear it. It is made as soon as the voice is there.",
    ),
    NoticeCode.NOT_TAKEN: QT_TRANSLATE_NOOP(
        "notices",
        "Calls that rang here and were not taken: {0}. The exchange gave them to others. If you are away, say so (Ctrl+3).",
    ),
    NoticeCode.BUSY_FOR_NO_ANSWER: QT_TRANSLATE_NOOP(
        "notices",
        "YOU ARE BUSY NOW: a call rang here for {0} s and was not taken, so it went to another agent. Ctrl+1: ready again.",
    ),
    NoticeCode.QUEUE_CODE_FAILED: QT_TRANSLATE_NOOP(
        "notices",
        "The exchange's queue does not know your state: the code {0} failed ({1}). It is dialled again by itself.",
    ),
    NoticeCode.LEAD_LISTENS: QT_TRANSLATE_NOOP("notices", "{0} is listening to this call: both of you are heard, {0} is not."),
    NoticeCode.LEAD_WHISPERS: QT_TRANSLATE_NOOP("notices", "{0} is on this call and speaks to you; the caller hears only you."),
    NoticeCode.LEAD_BARGES: QT_TRANSLATE_NOOP("notices", "{0} is on this call: you and the caller both hear each word."),
    NoticeCode.SUPERVISION_NO_RIGHT: QT_TRANSLATE_NOOP(
        "notices",
        "The centre does not know this console as a team lead's: enrol it with a team lead's token (Ctrl+,).",
    ),
    NoticeCode.SUPERVISION_NO_CALL: QT_TRANSLATE_NOOP(
        "notices",
        "This agent is in no call that you could take part in ({0}).",
    ),
    NoticeCode.SUPERVISION_BUSY: QT_TRANSLATE_NOOP(
        "notices",
        "End your own call first: then you can take part in another's.",
    ),
    NoticeCode.SUPERVISION_JOINED: QT_TRANSLATE_NOOP(
        "notices",
        "No whispering while others are on the agent's call: they would hear it. Listen, or barge in so that all hear you.",
    ),
    NoticeCode.SUPERVISION_FAILED: QT_TRANSLATE_NOOP(
        "notices",
        "You could not be joined to the call ({0}). Calls and tickets work; try again, or go to the agent's desk.",
    ),
    NoticeCode.SHIELD_REFUSED: QT_TRANSLATE_NOOP("notices", "The abuse shield did nothing: {0}."),
    NoticeCode.SHIELD_SUSPENDED: QT_TRANSLATE_NOOP(
        "notices",
        "The abuse shield rests: “{0}”. No notice is played and the call is not ended by rule.",
    ),
    NoticeCode.SHIELD_TOLD: QT_TRANSLATE_NOOP("notices", "Agent {0} is being abused: {1} {2}."),
    NoticeCode.SILENT_CALLER_ANSWERED: QT_TRANSLATE_NOOP(
        "notices",
        "The silent caller pressed 1: somebody needs help and cannot speak. Stay on the line.",
    ),
    NoticeCode.EVIDENCE_SEALED: QT_TRANSLATE_NOOP("notices", "The evidence of this call is sealed: {0}{1}."),
    NoticeCode.EVIDENCE_EXPORTED: QT_TRANSLATE_NOOP(
        "notices",
        "An open copy of {0} was written to {1}. That is in the record.",
    ),
    NoticeCode.EVIDENCE_FAILED: QT_TRANSLATE_NOOP("notices", "The evidence could not be sealed or read: {0}. Try again."),
    NoticeCode.RECORDING_FAILED: QT_TRANSLATE_NOOP(
        "notices",
        "The call is not being recorded ({0}). The call itself is not touched; recording goes on by itself when it can.",
    ),
    NoticeCode.RECORDING_UNHEARD: QT_TRANSLATE_NOOP(
        "notices",
        "This sentence cannot be played: {0}.",
    ),
    NoticeCode.LINE_BAD: QT_TRANSLATE_NOOP(
        "notices",
        "The line is bad (Ctrl+Shift+I shows it): {0}",
    ),
    **TRANSCRIPT_SENTENCES,
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
    if code in (
        NoticeCode.EMERGENCY_NEXT_ROUTE,
        NoticeCode.EMERGENCY_AGAIN,
        NoticeCode.HANDED_OVER,
        NoticeCode.HAND_OVER_HERE,
        NoticeCode.CALLER_RETURNED,
        NoticeCode.SILENT_ALERT,
        NoticeCode.EMERGENCY_FAILED,
        NoticeCode.GATEWAY_UNREACHABLE,
        NoticeCode.EMERGENCY_STILL_ON,
    ):
        said = emergency_line_text(value)
        return value if said == value else f"{value} {said}"
    if code is NoticeCode.LINE_BAD:
        return trouble_text(value)
    if code is NoticeCode.RECORDING_UNHEARD:
        return reason_text(value)
    if code is NoticeCode.TRANSCRIPT_UNWRITTEN:
        return unwritten_text(value)
    if code is NoticeCode.SITE_WORDS_WRONG:
        return site_words_text(value)
    if code in SHIELD_VALUES:
        return shield_value_text(code, value)
    lines = (NoticeCode.PBX_UNREACHABLE, NoticeCode.PBX_WRONG_PASSWORD, NoticeCode.TLS_REFUSED)
    return line_text(value) if code in lines else value


def _rule_word(value: str) -> str:
    if value == "rule_pack":
        return QCoreApplication.translate("notices", "the rules of this city do not allow it")
    if value == "no draft":
        return QCoreApplication.translate("notices", "a ticket to write in")
    return stage_text(Stage(value)) if value in list(Stage) else field_text(value)
