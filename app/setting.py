"""What a setting is: its key, its type by its default, its limits, and the words that explain it."""

from dataclasses import dataclass

SettingValue = str | int | float | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. `key` is "table.name"; its type is its default's type; `low`/`high` bound a number."""

    key: str
    default: SettingValue
    label: str
    meaning: str = ""
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    is_secret: bool = False
    needs_restart: bool = False

    @property
    def group(self) -> str:
        return self.key.split(".", 1)[0]

    @property
    def allowed(self) -> str:
        """What may stand here, for an error message."""
        if self.choices:
            return ", ".join(self.choices)
        if self.low is not None and self.high is not None:
            return f"{self.low:g}–{self.high:g}"
        return {bool: "true, false", int: "1, 2, 3 …", float: "0.5, 1.0 …", tuple: '["…", "…"]'}.get(type(self.default), '"…"')

    def checked(self, value: object) -> SettingValue:
        """`value` as this setting's type; raises ValueError where it is not one that is allowed."""
        found: SettingValue
        match self.default, value:
            case bool(), bool():
                return value
            case (bool(), _) | (_, bool()):
                raise ValueError(value)
            case int(), int():
                found = value
            case float(), int() | float():
                found = float(value)
            case str(), str():
                found = value
            case tuple(), list() | tuple() if all(isinstance(item, str) for item in value):
                found = tuple(value)
            case _:
                raise ValueError(value)
        if self.choices and found not in self.choices:
            raise ValueError(value)
        if isinstance(found, int | float) and not (self.low or 0) <= found <= (self.high if self.high is not None else found):
            raise ValueError(value)
        return found
