"""How the centre is told of the exchange: command line or environment; the secret by a file or the environment only."""

import argparse
from collections.abc import Mapping
from pathlib import Path

from app.centre.ami import AmiSpot
from app.centre.exchange import NO_EXCHANGE, ExchangePlan
from app.centre.supervision import Told

AMI_PORT = 5038


def add_exchange_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("exchange", "the Asterisk whose queue is kept; all of it also from the environment")
    group.add_argument("--ami", metavar="HOST:PORT", help="manager interface of the exchange (JIESU_CENTRE_AMI)")
    group.add_argument("--ami-user", metavar="NAME", help="manager's user (JIESU_CENTRE_AMI_USER)")
    group.add_argument("--ami-secret-file", type=Path, metavar="FILE", help="file of its secret (or JIESU_CENTRE_AMI_SECRET)")
    group.add_argument("--ami-tls", action="store_true", default=None, help="speak TLS (JIESU_CENTRE_AMI_TLS=1)")
    group.add_argument("--ami-ca", metavar="FILE", help="PEM to check the exchange's certificate with (JIESU_CENTRE_AMI_CA)")
    group.add_argument(
        "--queue", action="append", metavar="NAME", help="queue to keep; repeatable (JIESU_CENTRE_QUEUES, by comma)"
    )
    group.add_argument("--ami-interface", metavar="FORM", help='a member\'s interface (JIESU_CENTRE_AMI_INTERFACE; "PJSIP/{}")')
    group.add_argument(
        "--supervision-told", choices=[told.value for told in Told],
        help="whether agents are told that a team lead takes part (JIESU_CENTRE_SUPERVISION_TOLD; default: always)",
    )  # fmt: skip


def exchange_plan(given: argparse.Namespace, environment: Mapping[str, str]) -> ExchangePlan:
    """Raises ValueError and OSError where what is given cannot be used."""

    def said(name: str, word: str | None) -> str:
        return word or environment.get(f"JIESU_CENTRE_{name}", "")

    address = said("AMI", given.ami)
    told = Told(said("SUPERVISION_TOLD", given.supervision_told) or Told.ALWAYS)
    if not address:
        return ExchangePlan(told=told) if told is not Told.ALWAYS else NO_EXCHANGE
    host, _, port = address.rpartition(":") if ":" in address else (address, "", str(AMI_PORT))
    user = said("AMI_USER", given.ami_user)
    if given.ami_secret_file is not None:
        secret = given.ami_secret_file.read_text(encoding="utf-8").strip()
    else:
        secret = environment.get("JIESU_CENTRE_AMI_SECRET", "")
    if not host or not port.isdecimal() or not user or not secret:
        raise ValueError("the exchange's manager wants HOST:PORT, a user and a secret")
    is_tls = bool(given.ami_tls) or environment.get("JIESU_CENTRE_AMI_TLS", "") == "1"
    interface = said("AMI_INTERFACE", given.ami_interface) or "PJSIP/{}"
    if interface.count("{}") != 1:
        raise ValueError("the interface of a member holds {} once: there the extension stands")
    queues = tuple(given.queue or [name.strip() for name in said("QUEUES", None).split(",") if name.strip()])
    spot = AmiSpot(host, int(port), user, secret, is_tls, said("AMI_CA", given.ami_ca))
    return ExchangePlan(spot, queues, interface, told)
