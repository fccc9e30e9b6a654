"""The root of all commands, and the one that every process understands."""

import msgspec


class Command(msgspec.Struct, frozen=True, tag=True):
    """Root of all commands."""


class EndProcess(Command, frozen=True, tag=True):
    """Ends every call properly, then the process."""
