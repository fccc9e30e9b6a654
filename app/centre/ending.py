"""Ends tasks for certain: before Python 3.12, `asyncio.wait_for` swallows a cancellation that comes just as it is done."""

import asyncio
from collections.abc import Iterable
from typing import Any

AGAIN_S = 0.2


async def end_tasks(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """Cancels until every task has ended; what they raised is of no interest any more."""
    left = set(tasks)
    while left:
        for task in left:
            task.cancel()
        done, left = await asyncio.wait(left, timeout=AGAIN_S)
        for task in done:
            if not task.cancelled():
                task.exception()
