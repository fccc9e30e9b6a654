"""No number that leads to a person gets into a log, a traceback or anything else that is written down; ids of calls stay."""

import logging
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.domain.masking import MASK, masked

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    "number",
    [
        "13800138000", "138 0013 8000", "138-0013-8000", "+8613800138000", "+86 138 0013 8000", "8613800138000", "013800138000",
        "01088887777", "010-88887777", "0312-5888666", "88887777", "4006668888", "400-666-8888", "11010519491231002X",
        "110105491231002", "一三八零零一三八零零零", "幺三八，零零幺三，八零零零", "+1 415 555 2671",
    ],
)  # fmt: skip
def test_a_number_of_a_person_is_masked(number: str) -> None:
    assert masked(f"caller {number}, sip:{number}@10.0.0.1") == f"caller {MASK}, sip:{MASK}@10.0.0.1"


@pytest.mark.parametrize(
    "text",
    [
        "call 0195a1380013800a8c8b7d1f00000000",
        "call 019a1380-0138-7000-8000-138001380000 ended",
        "2026-11-23 11:39:50,123 INFO 13800 MainThread",
        "at 1763890790.138001, 1763890790138 ms",
        "extension 8001, line 110, ticket 260012345678",
        "took 0.138001380 s, 16000 Hz, port 50600",
        "size=43898754 of 145217532 bytes",
        "20261123",
        "127.0.0.1:5060",
    ],
)
def test_what_leads_to_nobody_stays(text: str) -> None:
    assert masked(text) == text


@given(some.builds("1{}{}".format, some.sampled_from("3456789"), some.text("0123456789", min_size=9, max_size=9)))
def test_every_mobile_is_masked_wherever_it_stands(number: str) -> None:
    for text in (number, f"tel:{number};", f"«{number}»", f"电话{number}打不通", f"user{number}", f"号码={number}"):
        assert number not in masked(text)


SCRIPT = """
import logging, sys, threading
from pathlib import Path
from app import logs
logs.set_up("window", Path(sys.argv[1]))
log = logging.getLogger("app.test")
log.info("rang from %s", "13800138000")
log.warning("card 11010519491231002X")
log.info("call %s", "0195a1380013800a8c8b7d1f00000000")
try:
    int("座机01088887777")
except ValueError:
    log.exception("cannot read")
def fail():
    raise RuntimeError("no way to 13900139000")
thread = threading.Thread(target=fail)
thread.start()
thread.join()
raise SystemExit(sys.excepthook(ValueError, ValueError("0312-5888666"), None))
"""


def test_the_log_file_itself_holds_no_number_not_even_in_tracebacks(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", SCRIPT, str(tmp_path)], cwd=ROOT, check=False, timeout=60)

    written = "".join(path.read_text(encoding="utf-8") for path in tmp_path.iterdir())

    numbers = ("13800138000", "11010519491231002X", "01088887777", "13900139000", "5888666")
    assert not [number for number in numbers if number in written]
    assert written.count(MASK) == 5 and "0195a1380013800a8c8b7d1f00000000" in written
    assert "Traceback" in written and "RuntimeError" in written


def test_handlers_that_are_there_already_are_masked_in_their_own_form(capsys: pytest.CaptureFixture[str]) -> None:
    from app.domain.masking import mask_log

    root, handler = logging.getLogger(), logging.StreamHandler(sys.stdout)
    handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    root.addHandler(handler)
    before = [(one, one.formatter) for one in root.handlers]
    try:
        mask_log()
        handler.handle(logging.LogRecord("x", logging.ERROR, "", 0, "from 13800138000", None, None))
    finally:
        root.removeHandler(handler)
        for one, form in before:
            one.setFormatter(form)

    assert capsys.readouterr().out == f"ERROR: from {MASK}\n"
