"""Reading the head of an INVITE: who calls, who was dialled, and what the exchange says about the call."""

import re
from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import quote, unquote

KEPT = ("X-Call-ID", "X-Supervision", "User-to-User", "P-Asserted-Identity", "Call-Info", "Alert-Info", "Diversion")
"""Headers that go with a call, spelt as the desk knows them."""

_COMPACT = {"f": "from", "t": "to", "i": "call-id", "m": "contact", "v": "via"}
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_ADDRESS = re.compile(r"<\s*(?P<uri>[^>]*)>|(?P<bare>[a-zA-Z]+:[^;,\s]*)")
_QUOTED = re.compile(r'^\s*"((?:[^"\\]|\\.)*)"')


def clean_text(text: str) -> str:
    """Text that any encoder takes: bytes that are not UTF-8 are read as GBK where they are that, control signs are dropped."""
    try:
        raw = text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half a pair, which stands for no byte
        raw = text.encode("utf-8", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return _CONTROL.sub(" ", raw.decode(encoding)).strip()
        except UnicodeDecodeError:
            continue
    return _CONTROL.sub(" ", raw.decode("utf-8", "replace")).strip()


def read_headers(message: str) -> dict[str, list[str]]:
    """All headers of a SIP message by lower-case name, folded lines joined."""
    found: dict[str, list[str]] = {}
    for line in _unfolded(message):
        name, colon, value = line.partition(":")
        if colon:
            key = name.strip().lower()
            found.setdefault(_COMPACT.get(key, key), []).append(clean_text(value))
    return found


def _unfolded(message: str) -> Iterator[str]:
    head = re.split(r"\r?\n\r?\n", message, maxsplit=1)[0]
    return iter(re.sub(r"\r?\n[ \t]+", " ", head).splitlines()[1:])


def user_of(address: str) -> str:
    """The user part of a SIP or tel address as it stands, unescaped; "" where there is none."""
    match = _ADDRESS.search(address)
    if match is None:
        return ""
    uri = match["uri"] if match["uri"] is not None else match["bare"]
    scheme, _, rest = uri.partition(":")
    if scheme.lower() == "tel":
        user = rest
    elif "@" in rest:
        user = rest.rpartition("@")[0].partition(":")[0]  # what follows ":" is a password
    else:
        return ""
    return clean_text(unquote(user.partition(";")[0], errors="surrogateescape"))


def display_of(address: str) -> str:
    """The display name of an address, "" where there is none."""
    quoted = _QUOTED.match(address)
    if quoted:
        return clean_text(re.sub(r"\\(.)", r"\1", quoted[1]))
    return clean_text(address.partition("<")[0]) if "<" in address else ""


def who_calls(found: dict[str, list[str]]) -> tuple[str, str]:
    """Number and display name: P-Asserted-Identity before From. The number is raw and may be odd or ""."""
    for name in ("p-asserted-identity", "from"):
        for address in found.get(name, ()):
            number = user_of(address)
            if number:
                display = display_of(address) or display_of(next(iter(found.get("from", ())), ""))
                return number, display
    return "", display_of(next(iter(found.get("from", ())), ""))


def kept_headers(found: dict[str, list[str]]) -> dict[str, str]:
    """The headers the desk may see, and "To" with the user that was dialled."""
    kept = {name: found[name.lower()][0] for name in KEPT if found.get(name.lower())}
    dialled = user_of(next(iter(found.get("to", ())), ""))
    return {**kept, "To": dialled} if dialled else kept


def sip_address(number: str, host: str, transport: str) -> str:
    """The SIP URI that calls `number` at `host` (host:port); a full address is kept, control signs and spaces are dropped."""
    bare = re.sub(r"\s+", "", _CONTROL.sub("", number))
    if re.match(r"(?i)sips?:", bare):
        return bare
    if "@" in bare:
        return f"sip:{bare}"
    user = quote(bare, safe="-_.!~*'()+&=$,/") + "@" if bare else ""
    return f"sip:{user}{host}" + (";transport=tcp" if transport == "tcp" else "")


def is_same_host(source: str, address: str) -> bool:
    """Whether two places (host:port) are the same host; names are compared as they stand."""
    host, ours = (_host(place) for place in (source, address))
    try:
        return ip_address(host) == ip_address(ours)
    except ValueError:
        return bool(ours) and ours == host


def _host(place: str) -> str:
    head, colon, port = place.strip().rpartition(":")
    return (head if colon and port.isdigit() else place.strip()).strip("[]")


def safe_header(value: str) -> str:
    """A header value that cannot begin another header."""
    return _CONTROL.sub(" ", value).strip()
