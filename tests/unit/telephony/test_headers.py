"""Reading who calls from whatever a network may send."""

import pytest
from hypothesis import given
from hypothesis import strategies as any_

from app.telephony.headers import (
    clean_text,
    display_of,
    kept_headers,
    read_headers,
    safe_header,
    sip_address,
    user_of,
    who_calls,
)

INVITE = (
    'INVITE sip:1001@127.0.0.2 SIP/2.0\r\nf: "A\\"B" <sip:138@x>;tag=1\r\nT: <sip:1001@127.0.0.2>\r\n'
    "P-Asserted-Identity: <sip:139@x>\r\nX-Call-ID: 17\r\nCall-Info: <http://x>\r\n ;purpose=info\r\n\r\nFrom: <sip:evil@x>\r\n"
)


def test_the_asserted_identity_goes_before_from() -> None:
    assert who_calls(read_headers(INVITE)) == ("139", 'A"B')


def test_headers_are_kept_by_the_names_the_desk_knows_and_folded_lines_joined() -> None:
    assert kept_headers(read_headers(INVITE)) == {
        "X-Call-ID": "17",
        "P-Asserted-Identity": "<sip:139@x>",
        "Call-Info": "<http://x> ;purpose=info",
        "To": "1001",
    }


def test_the_body_is_no_header() -> None:
    assert read_headers(INVITE)["from"] == ['"A\\"B" <sip:138@x>;tag=1']


@pytest.mark.parametrize(
    ("address", "user"),
    [
        ("<sip:138/0013*8000@x>", "138/0013*8000"),
        ("<sip:x.example>", ""),
        ("<tel:+86-10-6655;phone-context=cn>", "+86-10-6655"),
        ("<sip:1%232@x>", "1#2"),
        ("sip:7:secret@x;user=phone", "7"),
        ("<sip:119;phone-context=a@x>", "119"),
        ("", ""),
        ("nonsense", ""),
    ],
)
def test_the_user_part_is_taken_as_it_stands(address: str, user: str) -> None:
    assert user_of(address) == user


def test_a_name_in_gbk_becomes_readable() -> None:
    raw = '"张三" <sip:1@x>'.encode("gb18030").decode("utf-8", "surrogateescape")

    assert display_of(clean_text(raw)) == "张三"


@given(any_.text(any_.characters(codec=None), max_size=200))
def test_whatever_comes_can_be_encoded_and_holds_no_line_break(text: str) -> None:
    number, display = who_calls(read_headers(f"INVITE sip:a@b SIP/2.0\r\nFrom: {text}\r\n\r\n"))

    (number + display).encode()
    assert "\n" not in number + display


@pytest.mark.parametrize(
    ("number", "address"),
    [
        ("119", "sip:119@h:5060;transport=tcp"),
        ("138 0013-8000", "sip:1380013-8000@h:5060;transport=tcp"),
        ("12#4", "sip:12%234@h:5060;transport=tcp"),
        ("张", "sip:%E5%BC%A0@h:5060;transport=tcp"),
        ("1\r\nVia: x", "sip:1Via%3Ax@h:5060;transport=tcp"),
        ("sip:119@g:1", "sip:119@g:1"),
        ("119@g", "sip:119@g"),
    ],
)
def test_any_number_becomes_one_address(number: str, address: str) -> None:
    assert sip_address(number, "h:5060", "tcp") == address


def test_a_header_value_stays_one_line() -> None:
    assert safe_header("a\r\nb: c") == "a b: c"
