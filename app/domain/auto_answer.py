"""Auto-answer (自动应答): whether an INVITE asks to be answered without a key, and after how many seconds."""

import re
from collections.abc import Mapping

_AFTER = re.compile(r"answer-after\s*=\s*\"?(\d{1,3})", re.IGNORECASE)
_ALERT = re.compile(r"auto[\s_-]?answer|ring[\s_-]?answer|intercom", re.IGNORECASE)
_DELAY = re.compile(r"delay\s*=\s*\"?(\d{1,3})", re.IGNORECASE)


def asked_delay_s(headers: Mapping[str, str]) -> float | None:
    """Seconds after which the exchange wants an answer; None where it does not ask for one.

    Call-Info: <sip:x>;answer-after=0 (RFC 5373's predecessor, as Asterisk, FreeSWITCH and most telephones have it);
    Alert-Info: info=alert-autoanswer;delay=0, "Auto Answer", "Ring Answer", intercom.
    """
    after = _AFTER.search(headers.get("Call-Info", ""))
    if after is not None:
        return float(after[1])
    alert = headers.get("Alert-Info", "")
    if _ALERT.search(alert) is None:
        return None
    delay = _DELAY.search(alert)
    return float(delay[1]) if delay is not None else 0.0
