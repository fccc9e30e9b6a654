"""What a headset's report means: a key that was pressed, or only the echo of a lamp that we lit ourselves."""

from app.telephony.hid_descriptor import DROP, HOOK, LAMP_MUTE, LAMP_OFF_HOOK, MUTE, Descriptor, Usage

_ECHO_S = 0.25


class KeyReader:
    """One headset. `lit` says what its lamps show since `wrote`; every report goes through `pressed`, in order.

    Hook, absolute: the key says off hook (1) or on hook (0); where that is what the lamp says already it is an echo, or the
    headset catching up. Hook, relative: 1 is a press. Mute sends 1 and then 0, and is a toggle: 1 is a press. A key that
    answers within a quarter of a second to a change of its own lamp is an echo.
    """

    def __init__(self, descriptor: Descriptor) -> None:
        self._descriptor = descriptor
        self._values: dict[Usage, int] = {}
        self._lit: frozenset[Usage] = frozenset()
        self._changed_at = {LAMP_MUTE: -1.0, LAMP_OFF_HOOK: -1.0}

    def wrote(self, lit: frozenset[Usage], now: float) -> None:
        for lamp in self._changed_at:
            if (lamp in lit) != (lamp in self._lit):
                self._changed_at[lamp] = now
        self._lit = lit

    def pressed(self, raw: bytes, now: float) -> tuple[str, ...]:
        """The keys that the agent pressed: "hook", "mute"."""
        found = []
        for usage, read in ((HOOK, self._hook), (DROP, self._drop), (MUTE, self._mute)):
            value = self._descriptor.value(usage, raw)
            if value is None:
                continue
            before = self._values.get(usage, 0)
            self._values[usage] = value
            if value != before or self._repeats(usage):
                found += read(value, now)
        return tuple(dict.fromkeys(found))

    @property
    def is_in_step(self) -> bool:
        """Whether an absolute hook agrees with the lamp."""
        bits = self._descriptor.keys.get(HOOK, ())
        is_absolute = bool(bits) and not bits[0].is_relative
        return not is_absolute or bool(self._values.get(HOOK, 0)) == (LAMP_OFF_HOOK in self._lit)

    def _repeats(self, usage: Usage) -> bool:
        """A relative hook sends one report a press on some headsets, with no 0 in between."""
        return usage == HOOK and self._is_relative(HOOK)

    def _hook(self, value: int, now: float) -> list[str]:
        is_off_hook = LAMP_OFF_HOOK in self._lit
        if self._is_relative(HOOK):
            is_echo = now - self._changed_at[LAMP_OFF_HOOK] < _ECHO_S
            return ["hook"] if value and not is_echo else []
        return ["hook"] if bool(value) != is_off_hook else []

    def _drop(self, value: int, _now: float) -> list[str]:
        return ["hook"] if value and LAMP_OFF_HOOK in self._lit else []

    def _mute(self, value: int, now: float) -> list[str]:
        is_echo = now - self._changed_at[LAMP_MUTE] < _ECHO_S
        return ["mute"] if value and not is_echo else []

    def _is_relative(self, usage: Usage) -> bool:
        bits = self._descriptor.keys.get(usage, ())
        return bool(bits) and bits[0].is_relative
