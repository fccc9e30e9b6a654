"""How many threads an engine may use."""

import os


def engine_threads() -> int:
    """Half the machine and at least two: the call and the window come first, by priority and by number."""
    return max(2, min(4, (os.cpu_count() or 2) // 2))
