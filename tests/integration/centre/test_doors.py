"""The doors over real HTTP: whatever comes in, the answer says what is wrong and the centre stands."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.centre.embedded import EmbeddedCentre
from app.wire import INSTANCE_HEADER, PROTOCOL, PROTOCOL_HEADER

Answer = httpx.Response


@pytest.fixture
def centre(folder: Path) -> Iterator[EmbeddedCentre]:
    running = EmbeddedCentre(folder)
    running.start()
    yield running
    running.stop()


def said(answer: Answer) -> tuple[int, str]:
    return answer.status_code, answer.json().get("error", "")


def test_garbage_at_every_door_is_answered_with_a_reason_and_never_with_a_crash(centre: EmbeddedCentre, folder: Path) -> None:
    plain = {PROTOCOL_HEADER: str(PROTOCOL), INSTANCE_HEADER: "me"}
    with httpx.Client(base_url=centre.address, headers=plain, trust_env=False) as http:
        known = http.post("/v1/enrol", json={"token": centre.token, "name": "seat"}).json()
        proof = {"Authorization": f"Bearer {known['console']}.{known['secret']}"}

        def push(ops: Any) -> Answer:
            return http.post("/v1/push", json={"console": known["console"], "instance": "me", "ops": ops}, headers=proof)

        op = {"op_id": "x", "seq": 1, "kind": "k", "entity": "e", "at": 1, "body": {}}
        assert said(http.post("/v1/enrol", json={"token": "wrong", "name": "x"})) == (401, "wrong-token")
        assert said(http.post("/v1/enrol", content=b"\xff\x00")) == (400, "garbage")
        assert said(http.post("/v1/enrol", json={"token": centre.token, "name": "\0"})) == (400, "garbage")
        assert said(http.post("/v1/hello", json={"instance": "me", "protocol": 1, "version": "1"})) == (401, "unknown-console")
        assert said(http.get("/v1/pull", headers={"Authorization": "Bearer '; drop.table"})) == (401, "unknown-console")
        wrong = {"Authorization": f"Bearer {known['console']}.wrong"}
        assert said(http.get("/v1/pull", headers=wrong)) == (401, "unknown-console")
        for cursor in (
            "x",
            "1.2.3.4",
            "9.9.9",
            "1.1.'--------------------------------.1",
            "1.99999999999999999999." + "0" * 36 + ".1",
        ):
            assert said(http.get("/v1/pull", params={"cursor": cursor}, headers=proof)) == (400, "garbage"), cursor
        assert said(http.get("/v1/pull", headers={**proof, PROTOCOL_HEADER: "2"})) == (426, "protocol")
        assert http.get("/v1/pull", headers={**proof, PROTOCOL_HEADER: "2"}).json()["protocol"] == PROTOCOL
        for ops in ([], [op, op], [{**op, "seq": 0}], [{**op, "seq": 10**30}], "text", [{**op, "at": "now"}], [op] * 500):
            assert said(push(ops)) == (400, "garbage"), str(ops)[:60]
        assert said(push([op])) == (409, "identity-in-use")  # no hello was said
        http.post("/v1/hello", json={"instance": "me", "protocol": 1, "version": "1"}, headers=proof)
        assert said(push([{**op, "seq": 5}])) == (409, "gap")
        assert push([op]).json()["refused"][0]["seq"] == 1
        assert said(http.post("/v1/lease", json={"year": 1900, "count": 5}, headers=proof)) == (400, "garbage")
        assert said(http.post("/v1/presence", json={"agent": "x"}, headers=proof)) == (400, "garbage")
        assert http.get("/v1/figures", headers=proof).json()["offered"] == 0
        assert http.get("/v1/health").json()["protocol"] == PROTOCOL
        assert http.get("/docs").status_code == 404
    log = (folder / "centre.log").read_text()
    assert "Traceback" not in log
    assert known["secret"] not in log and centre.token not in log
