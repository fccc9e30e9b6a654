"""The end of the centre's tasks, also of one that loses a cancellation in asyncio.wait_for as Python 3.11's does."""

import asyncio

from app.centre.ending import end_tasks


def test_a_task_that_swallowed_its_first_cancellation_ends_all_the_same() -> None:
    swallowed: list[int] = []

    async def stubborn() -> None:
        while True:
            try:
                await asyncio.sleep(10)
            except asyncio.CancelledError:
                if swallowed:
                    raise
                swallowed.append(1)

    async def act() -> bool:
        task = asyncio.create_task(stubborn())
        await asyncio.sleep(0)
        await asyncio.wait_for(end_tasks([task]), 5)
        return task.cancelled()

    assert asyncio.run(act())
    assert swallowed == [1]
