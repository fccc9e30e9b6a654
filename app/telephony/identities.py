"""The accounts of a SIP user agent: added, changed, enrolled, chosen for what comes in. Lives on the SIP thread."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pjsua2 as pj

from app.telephony import headers
from app.telephony.sip_events import AccountSpec, SipBind, SipError
from app.telephony.sip_objects import SipAccount, account_config

AT_MOST = 8
"""The library aborts the process at the ninth account; those that were removed still count."""


class Identities:
    def __init__(self, make: Callable[[AccountSpec], SipAccount]) -> None:
        """`make` gives a fresh account object that is not known to the library yet."""
        self._make = make
        self._accounts: dict[str, SipAccount] = {}
        self._retired: dict[str, SipAccount] = {}
        self._bind, self._port = SipBind(), 0

    def get(self, name: str) -> SipAccount:
        if name not in self._accounts:
            raise SipError("account", f"{name} is not set up")
        return self._accounts[name]

    def rebind(self, bind: SipBind, port: int) -> None:
        """The user agent listens elsewhere now."""
        self._bind, self._port = bind, port
        for account in self._accounts.values():
            account.modify(self._config(account))

    def add(self, spec: AccountSpec, is_enrolled: bool) -> None:
        """Adds an identity, or changes the one of that name without touching its calls."""
        account = self._accounts.get(spec.name)
        if account is None and spec.name in self._retired:
            account = self._accounts[spec.name] = self._retired.pop(spec.name)
            account.spec, account.is_enrolled = spec, is_enrolled
            account.modify(self._config(account))
            if spec.registers and is_enrolled:
                account.setRegistration(True)
        elif account is None:
            if len(self._accounts) + len(self._retired) >= AT_MOST:
                raise SipError("account", f"more than {AT_MOST} servers")
            account = self._make(spec)
            account.is_enrolled = is_enrolled
            account.create(self._config(account))
            self._accounts[spec.name] = account
        elif (account.spec, account.is_enrolled) != (spec, is_enrolled):
            account.spec, account.is_enrolled = spec, is_enrolled
            account.modify(self._config(account))

    def enrol(self, name: str, is_enrolled: bool) -> None:
        """Registers, or leaves the registrar, now; asked to register again, sends REGISTER again."""
        account = self.get(name)
        if account.is_enrolled != is_enrolled:
            account.is_enrolled = is_enrolled
            account.modify(self._config(account))
        elif is_enrolled and account.spec.registers:
            account.setRegistration(True)

    def renew(self, name: str) -> None:
        self.get(name).renew(self._bind, self._port)

    def remove(self, name: str) -> None:
        account = self.get(name)
        _unregister(account)
        self._retired[name] = self._accounts.pop(name)  # the library aborts on an answer for an account that was deleted

    def leave(self) -> None:
        """Leaves every registrar."""
        for account in self._accounts.values():
            _unregister(account)

    def probe(self, name: str) -> None:
        spec = self.get(name).spec
        request = pj.SendRequestParam()
        request.method = "OPTIONS"
        request.txOption.targetUri = headers.sip_address("", spec.domain or spec.address, spec.transport)
        self.get(name).sendRequest(request)

    def choose(self, source: str, message: str) -> int | None:
        """The library goes by the domain first and would give the exchange's calls to an identity that cannot log in."""
        try:
            dialled = headers.user_of(message.split(" ", 2)[1])
            rank = {name: _likeness(account.spec, source, dialled) for name, account in self._accounts.items()}
            best = max(rank, key=lambda name: rank[name])
            return int(self._accounts[best].getId()) if rank[best] else None
        except (IndexError, ValueError, pj.Error):
            return None

    def _config(self, account: SipAccount) -> Any:
        return account_config(account.spec, self._bind, self._port, account.is_enrolled)


def _likeness(spec: AccountSpec, source: str, dialled: str) -> int:
    """How well a request from `source` to the user `dialled` fits an identity."""
    is_ours = bool(dialled) and spec.user == dialled
    home = spec.via or spec.address
    if source == home:
        return 4 + is_ours
    is_near = source.rpartition(":")[0] == home.rpartition(":")[0] and not spec.via
    return (2 if is_near and is_ours else 0) or int(is_ours)


def _unregister(account: SipAccount) -> None:
    if account.spec.registers and account.is_enrolled:
        with suppress(pj.Error):  # it was not registered
            account.setRegistration(False)
