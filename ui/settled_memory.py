"""The window's memory after it has loaded: what stays as long as the window is never looked through again for rubbish."""

import gc

YOUNG, MIDDLE, OLD = 5_000, 20, 20
"""New objects that make the first generation worth a look, and looks at one generation that make the next worth one."""


def settle_memory() -> None:
    """To be called when all that is loaded at the start lies there; again where more was loaded. Any thread; takes no time.

    A full collection stops the main thread while every container is looked at: 35 ms with 3,000 utterances, and modules,
    tables and windows, which live as long as the process, are looked at each time too. Frozen, they are passed over for good;
    what becomes unused is still freed by its count, and only circles of what was there at the start stay. The thresholds are
    wider than Python's own (700, 10, 10), as little here lies in circles. Nothing is collected first: that would be the very
    pause that is to be spared.
    """
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
