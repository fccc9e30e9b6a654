"""Parties that misbehave on purpose: a line that answers late, hangs up, or dies in mid-call."""

import time

from tests.trunk import Gateway, Talk, call_id_of


class SlowGateway(Gateway):
    """Rings, and answers after a while."""

    def __init__(self, address: str, port: int = 0, answers_after_s: float = 1.0, pitch: float = 1900.0) -> None:
        self.answers_after_s = answers_after_s
        self._peers: dict[str, tuple[str, tuple[str, int]]] = {}
        super().__init__(address, port, "rings", pitch)

    def __enter__(self) -> "SlowGateway":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def take_message(self, message: str, peer: tuple[str, int]) -> None:
        known = set(self.talks)
        super().take_message(message, peer)
        call = call_id_of(message)
        if message.startswith("INVITE") and call in known and call not in self._peers and self.manner == "rings":
            self.reply(message, peer, "503 Late", self.talks[call].tag)  # it was dumb when this was asked first
        for call in self.talks.keys() - known:
            if self.manner == "rings":  # what was refused is not answered later
                self._peers[call] = (self.talks[call].request, peer)

    def live(self) -> None:
        for talk in [talk for call, talk in list(self.talks.items()) if call in self._peers]:
            if not talk.is_up and not talk.is_over and time.perf_counter() - talk.at >= self.answers_after_s:
                self._answer(talk)

    def _answer(self, talk: Talk) -> None:
        request, peer = self._peers[talk.call_id]
        with self._changed:
            talk.is_up = True
            self.reply(request, peer, "200 OK", talk.tag, self.sdp())
            self._changed.notify_all()
