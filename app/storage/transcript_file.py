"""A transcript with its ticket as a file for a person, a program or a player: .txt, .json and .vtt."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from app.desk.heard_lines import line_of
from app.domain.call import CallId
from app.domain.recording import KeptRecording
from app.domain.ticket import DRAFT_FIELDS, Ticket
from app.domain.transcript import Speaker, Transcript, Utterance

FORM = 1
"""Of the JSON file: raised with every change that an older reader would misread."""

SIDES = {Speaker.CALLER: "来电人", Speaker.AGENT: "话务员"}
FIELDS = {
    "kind": "诉求类型",
    "matter": "事项",
    "content": "来电人陈述",
    "verified": "核实情况",
    "district": "区",
    "street": "街道（乡镇）",
    "place": "地址",
    "requester": "来电人姓名",
    "contact": "联系电话",
    "happened": "发生时间",
    "hurt": "人员伤亡",
    "named_unit": "被反映单位",
    "demand": "诉求",
    "urgency": "紧急程度",
    "is_confidential": "要求保密",
    "unit": "承办单位",
    "answer": "知识点",
    "reply": "答复",
}
VALUES = {
    "inquiry": "咨询",
    "help": "求助",
    "opinion": "意见",
    "suggestion": "建议",
    "complaint": "投诉",
    "report": "举报",
    "normal": "普通",
    "urgent": "紧急求助",
    "emergency": "警情急情",
    "True": "是",
    "False": "否",
}
MISSING = "（此处有人说话，未能识别）"
REMOVED = "（话务员已删去）"


@dataclass(frozen=True, slots=True)
class Record:
    """All that goes into the file. `calls`: those it was said in, in order, each with when it was answered, and its recording
    where there is one."""

    ticket: Ticket
    own_fields: frozenset[str]
    transcript: Transcript
    calls: tuple[tuple[CallId, float, KeptRecording | None], ...]
    by: str
    at: float


def as_json(record: Record) -> bytes:
    """Everything, with the time of every word."""
    ticket = record.ticket
    fields = {}
    for name in DRAFT_FIELDS:
        evidence = ticket.evidence.get(name, ())
        fields[name] = {"value": getattr(ticket, name), "is_agents_own": name in record.own_fields, "evidence": evidence}
    whole = {
        "form": FORM,
        "exported_by": record.by,
        "exported_at": record.at,
        "ticket": {
            "id": ticket.id,
            "number": ticket.number,
            "stage": ticket.stage,
            "version": ticket.version,
            "fields": fields,
        },
        "calls": [_call(call, answered_at, kept) for call, answered_at, kept in record.calls],
        "transcript": [line_of(said) for said in record.transcript.utterances],
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=1)


def as_text(record: Record) -> bytes:
    """For a person: the ticket, where each field came from, then what was said. UTF-8 with a mark, for editors on Windows."""
    ticket = record.ticket
    lines = [f"工单编号：{ticket.number or '（尚无编号）'}", f"导出：{record.by}，{_clock(record.at)}", ""]
    for call, answered_at, kept in record.calls:
        lines.append(f"通话 {call}，接通 {_clock(answered_at)}" if answered_at else f"通话 {call}")
        lines.append(
            f"录音 SHA-256：{kept.mark.sha256}（{kept.mark.seconds:.0f} 秒）"
            if kept is not None
            else "录音：导出时本机没有完整的录音"
        )
    lines += ["", "一、工单内容"]
    for name in DRAFT_FIELDS:
        lines += _field_lines(record, name)
    lines += ["", "二、通话文字（时间自接通起；✎ 话务员更正，≈ 识别后自动订正）"]
    lines += [line for said in record.transcript.utterances for line in _said_lines(said)]
    return ("\ufeff" + "\n".join(lines) + "\n").encode()


def as_subtitles(record: Record) -> bytes:
    """WebVTT on the clock of the recording; with several calls, on the clock of the first."""
    cues = ["WEBVTT", "", f"NOTE 工单 {record.ticket.number or record.ticket.id}", ""]
    for place, said in enumerate(record.transcript.utterances, start=1):
        end_s = max(said.end_s, said.start_s + 0.001)
        cues += [str(place), f"{_stamp(said.start_s)} --> {_stamp(end_s)}", f"<v {SIDES[said.speaker]}>{_cue(shown(said))}", ""]
    return "\n".join(cues).encode()


FORMS = {".txt": as_text, ".json": as_json, ".vtt": as_subtitles}
"""What is written by the ending of the file's name."""


def shown(said: Utterance) -> str:
    """What stands for an utterance that has no words."""
    if said.text:
        return said.text
    return MISSING if said.is_missing else REMOVED


def _field_lines(record: Record, name: str) -> list[str]:
    value = getattr(record.ticket, name)
    if value in ("", None, False):
        return []
    label = FIELDS.get(name, name)
    text = record.ticket.unit_name or str(value) if name == "unit" else VALUES.get(str(value), str(value))
    lines = [f"{label}：{text}"]
    for part in record.ticket.evidence.get(name, ()):
        said = record.transcript.utterance(part.speaker, part.utterance)
        at = f"{_seconds(said.times_of(part.start, part.end)[0])} " if said is not None else ""
        rule = f"，规则 {part.rule}" if part.rule else ""
        lines.append(f"    依据：{at}{SIDES[part.speaker]}“{part.text}”（可信度 {part.confidence:.0%}{rule}）")
    if name in record.own_fields:
        lines.append("    话务员填写或确认")
    return lines


def _said_lines(said: Utterance) -> list[str]:
    marks = ("✎" if said.is_corrected else "") + ("≈" if said.repairs else "")
    lines = [f"{_seconds(said.start_s)}–{_seconds(said.end_s)} {SIDES[said.speaker]}{marks}：{shown(said)}"]
    if said.is_corrected:
        first = said.restored()
        lines.append(f"    原识别：{shown(first) if first is not said else said.original}")
    lines += [f"    自动订正“{said.text[repair.start : repair.end]}”，原为“{repair.was}”" for repair in said.repairs]
    return lines


def _call(call: CallId, answered_at: float, kept: KeptRecording | None) -> dict[str, Any]:
    recording = None if kept is None else {**msgspec.to_builtins(kept.mark), "is_destroyed": bool(kept.destroyed_at)}
    return {"call": call, "answered_at": answered_at, "recording": recording}


def _clock(at: float) -> str:
    return datetime.fromtimestamp(at).strftime("%Y-%m-%d %H:%M:%S") if at else "–"


def _seconds(at_s: float) -> str:
    hours, rest = divmod(int(at_s), 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60:02d}:{rest % 60:02d}"


def _stamp(at_s: float) -> str:
    """hh:mm:ss.mmm"""
    ms = round(at_s * 1000)
    return f"{ms // 3_600_000:02d}:{ms // 60_000 % 60:02d}:{ms // 1000 % 60:02d}.{ms % 1000:03d}"


def _cue(text: str) -> str:
    """What a cue may not hold as it is: marks of its own, and an empty line, which ends it."""
    return " ".join(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").split())
