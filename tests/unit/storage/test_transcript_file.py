"""The exported files, read back: text, JSON and subtitles say the same, with originals, times and what is missing."""

import re
from dataclasses import replace

import msgspec
import pytest

from app.desk.heard_lines import utterance_of
from app.domain.call import CallId
from app.domain.recording import KeptRecording, RecordingMark
from app.domain.ticket import DRAFT_FIELDS, RequestKind, Ticket, TicketId, TicketNumber, Urgency
from app.domain.transcript import Evidence, Repair, Speaker, Transcript, Utterance, Word
from app.storage.transcript_file import FIELDS, Record, as_json, as_subtitles, as_text

CALL = CallId("c" * 32)
AGENT = Utterance(Speaker.AGENT, 0, "您好 <12345> & 热线", 0.5, 3.25, True)
CALLER = Utterance(
    Speaker.CALLER,
    1,
    "我住紧修家园，停水了",
    3661.0,
    3665.0,
    True,
    (Word("我住", 3661.0, 3661.6, 0.9), Word("紧修家园，", 3661.6, 3663.0, 0.4), Word("停水了", 3663.0, 3665.0, 0.9)),
    repairs=(Repair(7, 9, "听水"),),
)
MISSING = Utterance(Speaker.CALLER, 2, "", 3670.0, 3689.0, True, is_missing=True)
TRANSCRIPT = Transcript((AGENT, CALLER.corrected("我住锦绣家园，停水了"), MISSING))
TICKET = Ticket(
    TicketId("t1"),
    TicketNumber("260000000018"),
    kind=RequestKind.HELP,
    matter="停水",
    place="锦绣家园",
    urgency=Urgency.URGENT,
    call=CALL,
    evidence={"place": (Evidence(Speaker.CALLER, 1, 2, 6, "锦绣家园", 0.83, "place-name"),)},
)
KEPT = KeptRecording(CALL, 1_750_000_000.0, RecordingMark("ab" * 32, 3700.0, 123, True))
RECORD = Record(TICKET, frozenset({"matter"}), TRANSCRIPT, ((CALL, 1_750_000_000.0, KEPT),), "8001", 1_750_010_000.0)


def test_the_json_gives_every_utterance_back_as_it_was() -> None:
    whole = msgspec.json.decode(as_json(RECORD))

    assert tuple(utterance_of(line) for line in whole["transcript"]) == TRANSCRIPT.utterances


def test_the_json_has_number_fields_evidence_rule_and_the_recordings_hash() -> None:
    whole = msgspec.json.decode(as_json(RECORD))

    place = whole["ticket"]["fields"]["place"]
    assert (whole["ticket"]["number"], place["value"], place["is_agents_own"]) == ("260000000018", "锦绣家园", False)
    assert (place["evidence"][0]["rule"], place["evidence"][0]["confidence"]) == ("place-name", 0.83)
    assert whole["ticket"]["fields"]["matter"]["is_agents_own"]
    assert whole["calls"][0]["recording"]["sha256"] == "ab" * 32


def test_the_text_names_the_ticket_where_a_field_came_from_and_who_said_what_when() -> None:
    text = as_text(RECORD).decode("utf-8-sig")

    assert "工单编号：260000000018" in text
    assert "地址：锦绣家园\n    依据：1:01:01 来电人“锦绣家园”（可信度 83%，规则 place-name）" in text
    assert "00:00–00:03 话务员：您好 <12345> & 热线" in text
    assert "录音 SHA-256：" + "ab" * 32 in text


def test_the_text_shows_the_original_the_repair_and_that_words_are_missing() -> None:
    text = as_text(RECORD).decode("utf-8-sig")

    assert "来电人✎≈：我住锦绣家园，停水了\n    原识别：我住紧修家园，停水了\n    自动订正“停水”，原为“听水”" in text
    assert "1:01:10–1:01:29 来电人：（此处有人说话，未能识别）" in text


def test_without_a_recording_the_text_says_so() -> None:
    text = as_text(replace(RECORD, calls=((CALL, 0.0, None),))).decode("utf-8-sig")

    assert "录音：导出时本机没有完整的录音" in text


CUE = re.compile(r"(\d+)\n(\d\d):(\d\d):(\d\d\.\d{3}) --> (\d\d):(\d\d):(\d\d\.\d{3})\n<v ([^>]+)>(.*)\n")


def test_the_subtitles_are_on_the_clock_of_the_recording() -> None:
    text = as_subtitles(RECORD).decode()

    cues = [
        (int(h) * 3600 + int(m) * 60 + float(s), int(h2) * 3600 + int(m2) * 60 + float(s2), who, said)
        for _, h, m, s, h2, m2, s2, who, said in CUE.findall(text)
    ]
    assert text.startswith("WEBVTT\n\n")
    assert cues == [
        (0.5, 3.25, "话务员", "您好 &lt;12345&gt; &amp; 热线"),
        (3661.0, 3665.0, "来电人", "我住锦绣家园，停水了"),
        (3670.0, 3689.0, "来电人", "（此处有人说话，未能识别）"),
    ]


@pytest.mark.parametrize("name", DRAFT_FIELDS)
def test_every_field_of_a_ticket_has_a_name_in_the_text(name: str) -> None:
    assert name in FIELDS
