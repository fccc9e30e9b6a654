"""Waiting for something to become true instead of sleeping for luck."""

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")


def wait_for(condition: Callable[[], Found], what: str, timeout_s: float = 5.0, every_s: float = 0.01) -> Found:
    """The first true value of `condition`; raises AssertionError naming `what` when none came in time."""
    until = time.monotonic() + timeout_s
    while not (found := condition()):
        if time.monotonic() > until:
            raise AssertionError(f"not within {timeout_s:g} s: {what}")
        time.sleep(every_s)
    return found
