"""TLS and SRTP against a real exchange: verified, refused where it cannot be, and every request in a call goes through."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import msgspec
import psutil
import pytest

from app.desk.commands import AddLeg, AnswerCall, Dial, HangUp, HoldCall, LineAccount, TransferBlind
from app.desk.events import CallEnded, CallHeld, LegChanged, LineChanged, NoticeCleared, Noticed, TransferEnded
from app.domain.call import CallId, LegPurpose, LegStage
from app.domain.notice import NoticeCode
from tests.exchange import SLOT, Exchange, ExchangePlan, why_not
from tests.integration.telephony.certificates import Authority, Certificate
from tests.integration.telephony.seat import Seat, caller_voice, level
from tests.trunk import Gateway

pytestmark = pytest.mark.pbx
CALL = CallId("c" * 32)
LEG = CallId("b" * 32)
TLS_PORT = 15061
_TLS = f"""
[tls]
type=transport
protocol=tls
bind=127.0.{SLOT}.4:{TLS_PORT}
cert_file=@FILES@/etc/tls.crt
priv_key_file=@FILES@/etc/tls.key
method=tlsv1_2
[1009]
type=endpoint
context=agents
disallow=all
allow=g722,alaw,ulaw
direct_media=no
dtmf_mode=rfc4733
auth=1009
aors=1009
media_encryption=sdes
rtp_symmetric=yes
force_rport=yes
rewrite_contact=yes
refer_blind_progress=yes
callerid="agent 1009" <1009>
[1009]
type=auth
auth_type=userpass
username=1009
password=pw1009
[1009]
type=aor
max_contacts=2
remove_existing=yes
minimum_expiration=10
[anonymous]
type=endpoint
context=agents
disallow=all
allow=alaw
direct_media=no
media_encryption=sdes
"""
_SECURE = """
[agents]
exten => 620,1,Answer()
 same => n,Wait(0.5)
 same => n,System(echo ${CHANNEL(rtp,secure)} > @FILES@/secure)
 same => n,Wait(20)
"""


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("ca"), "ours")


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("strange"), "strange")


def secure_plan(certificate: Certificate) -> ExchangePlan:
    return ExchangePlan(extra={"pjsip.conf": _TLS, "extensions.conf": _SECURE, **certificate.files})


@pytest.fixture(scope="module")
def secure_exchange(authority: Authority) -> Iterator[Exchange]:
    if why_not():
        pytest.skip(why_not())
    with Exchange(secure_plan(authority.sign("pbx", f"IP:127.0.{SLOT}.4"))) as exchange:
        yield exchange


@pytest.fixture
def line(authority: Authority, secure_exchange: Exchange) -> Iterator[LineAccount]:
    yield tls_line(authority)
    secure_exchange.hang_up_all()


def tls_line(authority: Authority | None, host: str = f"127.0.{SLOT}.4", port: int = TLS_PORT) -> LineAccount:
    ca_file = str(authority.file) if authority is not None else ""
    return LineAccount("pbx", f"{host}:{port}", "1009", "pw1009", "tls", ca_file=ca_file)


def test_a_call_from_the_exchange_goes_through_the_tunnel_with_every_step_of_it(
    seat: Seat, secure_exchange: Exchange, line: LineAccount
) -> None:
    seat.set_up(line)
    assert seat.wait_up().server == f"127.0.{SLOT}.4:{TLS_PORT}"
    assert "transport=TLS" in secure_exchange.cli("pjsip show contacts")
    secure_exchange.ring("1009", "602")
    rang = seat.wait_ring()
    seat.send(AnswerCall(rang.call))
    seat.wait_answered(rang.call)
    assert level(caller_voice(seat.listen(1.2)), 440) > -35
    seat.send(HoldCall(rang.call, True))
    seat.wait(CallHeld, lambda event: event.is_held)
    time.sleep(0.6)
    assert level(caller_voice(seat.listen(0.8)), 440) < -60
    seat.send(HoldCall(rang.call, False))
    seat.wait(CallHeld, lambda event: not event.is_held)
    time.sleep(0.4)
    assert level(caller_voice(seat.listen(1.2)), 440) > -35
    since = seat.count

    secure_exchange.hang_up_all()  # BYE from there

    assert seat.wait(CallEnded, since=since).by == "caller"


def test_a_call_of_ours_is_held_and_ended_through_the_tunnel(seat: Seat, secure_exchange: Exchange, line: LineAccount) -> None:
    seat.set_up(line)
    seat.wait_up()
    seat.send(Dial(CALL, "602"))
    seat.wait_answered(CALL)
    assert level(caller_voice(seat.listen(1.2)), 440) > -35
    seat.send(HoldCall(CALL, True))
    seat.wait(CallHeld, lambda event: event.is_held)
    time.sleep(0.6)
    assert level(caller_voice(seat.listen(0.8)), 440) < -60
    seat.send(HoldCall(CALL, False))
    time.sleep(0.6)
    assert level(caller_voice(seat.listen(1.2)), 440) > -35

    seat.send(HangUp(CALL))  # BYE from here

    assert seat.wait(CallEnded).by == "agent"
    end = time.monotonic() + 3
    while "0 active channels" not in secure_exchange.cli("core show channels"):
        assert time.monotonic() < end, secure_exchange.cli("core show channels")
        time.sleep(0.1)


def test_a_caller_is_handed_on_by_refer_through_the_tunnel(seat: Seat, secure_exchange: Exchange, line: LineAccount) -> None:
    seat.set_up(line)
    seat.wait_up()
    secure_exchange.ring("1009", "602")
    rang = seat.wait_ring()
    seat.send(AnswerCall(rang.call))
    seat.wait_answered(rang.call)
    seat.listen(0.6)

    seat.send(TransferBlind(rang.call, "611"))

    assert seat.wait(TransferEnded).is_done


def test_the_exchange_itself_says_that_the_voice_is_encrypted(seat: Seat, secure_exchange: Exchange, line: LineAccount) -> None:
    seat.set_up(line)
    seat.wait_up()

    seat.send(Dial(CALL, "620"))

    seat.wait_answered(CALL)
    said = secure_exchange.files / "secure"
    end = time.monotonic() + 5
    while not said.exists() or not said.read_text().strip():
        assert time.monotonic() < end, "the exchange did not write what it saw"
        time.sleep(0.1)
    assert said.read_text().strip() == "1"


def test_with_tls_a_call_whose_voice_cannot_be_encrypted_does_not_come_about(
    seat: Seat, secure_exchange: Exchange, authority: Authority
) -> None:
    """Agent 1001 of the exchange has no SRTP."""
    seat.set_up(msgspec.structs.replace(tls_line(authority), user="1001", password="pw1001"))
    seat.wait_up()

    seat.send(Dial(CALL, "602"))

    ended = seat.wait(CallEnded)
    assert ended.code == 488, ended


def test_a_certificate_of_another_authority_is_refused_and_said(
    seat: Seat, secure_exchange: Exchange, stranger: Authority
) -> None:
    seat.set_up(tls_line(stranger))

    told = seat.wait(Noticed, lambda event: event.notice.code is NoticeCode.TLS_REFUSED).notice

    assert told.values[0] == "pbx"
    assert "certificate" in told.values[1] or "issuer" in told.values[1]
    assert not seat.wait(LineChanged).is_up
    assert "1009/" not in secure_exchange.cli("pjsip show contacts")
    assert "pw1009" not in seat.log


def test_the_systems_own_authorities_do_not_know_ours(seat: Seat, secure_exchange: Exchange) -> None:
    seat.set_up(tls_line(None))

    assert seat.wait(Noticed, lambda event: event.notice.code is NoticeCode.TLS_REFUSED).notice.values[0] == "pbx"


def test_a_missing_file_of_authorities_is_said(seat: Seat, secure_exchange: Exchange, tmp_path: Path) -> None:
    seat.set_up(LineAccount("pbx", f"127.0.{SLOT}.4:{TLS_PORT}", "1009", "pw1009", "tls", ca_file=str(tmp_path / "none")))

    assert "file" in seat.wait(Noticed, lambda event: event.notice.code is NoticeCode.TLS_REFUSED).notice.values[1]


@pytest.mark.parametrize(("alternative", "is_expired"), [("DNS:pbx.example.org", False), (f"IP:127.0.{SLOT}.34", True)],
                         ids=["another name", "expired"])  # fmt: skip
def test_another_name_or_an_expired_certificate_is_refused(
    seat: Seat, authority: Authority, alternative: str, is_expired: bool
) -> None:
    certificate = authority.sign("wrong", alternative, is_expired=is_expired)
    with TlsServer(f"127.0.{SLOT}.34", certificate) as server:
        seat.set_up(tls_line(authority, server.host, server.port))

        told = seat.wait(Noticed, lambda event: event.notice.code is NoticeCode.TLS_REFUSED).notice

        assert told.values[1]
        time.sleep(1)
        assert server.received == b"", "nothing was said to a server that was not trusted"


class TlsServer:
    """Takes TLS connections and answers nothing, or breaks them."""

    def __init__(self, host: str, certificate: Certificate, old: bool = False) -> None:
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if old:
            self._context.minimum_version = ssl.TLSVersion.TLSv1
            self._context.maximum_version = ssl.TLSVersion.TLSv1_1
            self._context.set_ciphers("ALL:@SECLEVEL=0")
        self._context.load_cert_chain(certificate.certificate, certificate.key)
        self._door = socket.create_server((host, 0))
        self.host, self.port = self._door.getsockname()
        self.received = b""
        self._is_closing = False
        self._thread = threading.Thread(target=self._serve, name="tls-server")

    def __enter__(self) -> "TlsServer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_closing = True
        with suppress(OSError):
            socket.create_connection((self.host, self.port), 1).close()
        self._thread.join(5)
        self._door.close()

    def _serve(self) -> None:
        while not self._is_closing:
            plain, _ = self._door.accept()
            plain.settimeout(1)
            try:
                with self._context.wrap_socket(plain, server_side=True) as one:
                    self.received += one.recv(65536)
            except OSError:
                plain.close()


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_tls_older_than_1_2_is_refused(seat: Seat, authority: Authority) -> None:
    certificate = authority.sign("old", f"IP:127.0.{SLOT}.35")
    with TlsServer(f"127.0.{SLOT}.35", certificate, old=True) as server:
        seat.set_up(tls_line(authority, server.host, server.port))

        seat.wait(Noticed, lambda event: event.notice.code is NoticeCode.TLS_REFUSED)

        assert server.received == b""


def test_another_process_cannot_use_our_tunnel(seat: Seat, secure_exchange: Exchange, line: LineAccount) -> None:
    seat.set_up(line)
    seat.wait_up()
    doors = [one.laddr for one in psutil.Process(seat.process.pid).net_connections("tcp") if one.status == "LISTEN"]
    tunnels = [(door.ip, door.port) for door in doors if f"{door.ip}:{door.port}" != seat.sip and door.ip == "127.0.0.1"]
    assert tunnels

    for tunnel in tunnels:
        with socket.create_connection(tunnel, 2) as one:
            one.settimeout(2)
            with suppress(OSError):
                one.sendall(b"OPTIONS sip:x SIP/2.0\r\nContent-Length: 0\r\n\r\n")
            answer = b""
            with suppress(ConnectionError):
                answer = one.recv(1000)
            assert answer == b""


def test_a_broken_tunnel_is_known_and_made_anew(authority: Authority, tmp_path: Path) -> None:
    if why_not():
        pytest.skip(why_not())
    seat = Seat(tmp_path)
    try:
        seat.attach()
        with Exchange(ExchangePlan(name=f"{SLOT}t", address=f"127.0.{SLOT}.24", rtp_first=33000, rtp_last=33400,
                                   extra=moved(authority.sign("mortal", f"IP:127.0.{SLOT}.24")))) as exchange:  # fmt: skip
            seat.set_up(tls_line(authority, exchange.plan.address))
            seat.wait_up()
            since = seat.count
            killed = time.perf_counter()
            exchange.kill()
            lost = seat.wait(LineChanged, lambda event: not event.is_up, since=since)
            print(f"\nmeasured: TLS killed -> known: {(seat.times[seat.events.index(lost, since)] - killed) * 1000:.0f} ms")
            assert seat.times[seat.events.index(lost, since)] - killed < 1.0
            since = seat.count
            exchange.start()
            started = time.perf_counter()
            up = seat.wait_up(since=since)
            print(f"measured: TLS back -> registered: {(seat.times[seat.events.index(up, since)] - started) * 1000:.0f} ms")
    finally:
        assert seat.end() == 0, seat.log


def moved(certificate: Certificate) -> dict[str, str]:
    return {"pjsip.conf": _TLS.replace(f"127.0.{SLOT}.4:", f"127.0.{SLOT}.24:"), **certificate.files}


def test_a_refusal_is_taken_back_once_the_authority_is_right(
    seat: Seat, secure_exchange: Exchange, authority: Authority, stranger: Authority
) -> None:
    seat.set_up(tls_line(stranger))
    seat.wait(Noticed, lambda event: event.notice.code is NoticeCode.TLS_REFUSED)
    since = seat.count

    seat.set_up(tls_line(authority))

    seat.wait_up(since=since)
    assert seat.wait(NoticeCleared, since=since).code is NoticeCode.TLS_REFUSED


def test_an_emergency_leg_goes_through_a_gateway_by_tls(
    seat: Seat, secure_exchange: Exchange, authority: Authority, gateways: Callable[..., Gateway]
) -> None:
    address, _, port = secure_exchange.plan.emergency.rpartition(":")
    brigade = gateways(address, int(port), pitch=1900)
    account = LineAccount("gateway", f"127.0.{SLOT}.4:{TLS_PORT}", transport="tls", ca_file=str(authority.file))
    seat.set_up(account)
    seat.wait_up("gateway")
    pressed = time.perf_counter()

    seat.send(AddLeg(CallId(""), LEG, LegPurpose.EMERGENCY, "119", (("gateway", "119"),)))

    up = seat.wait(LegChanged, lambda event: event.stage is LegStage.TALKING)
    print(f"\nmeasured: 119 by TLS gateway, press -> answered: {(seat.times[seat.events.index(up)] - pressed) * 1000:.0f} ms")
    assert brigade.wait_call("119").is_up
