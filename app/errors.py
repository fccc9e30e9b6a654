"""One error tree: every error names a notice that the screen can say in the user's language."""

from typing import ClassVar


class JiesuError(Exception):
    """What happened, to which thing, and what was wanted.

    `code` is the value of a `domain.notice.NoticeCode`; `values` fill the places {0}, {1}… of the sentence that `ui.notices`
    keeps for that code. `str()` of the error is English, for logs: it never holds a caller's number, name or words.
    """

    code: ClassVar[str] = "internal"

    def __init__(self, *values: object) -> None:
        self.values = tuple(str(value) for value in values)
        super().__init__(f"{self.code}: {', '.join(self.values)}" if values else self.code)


class StoreError(JiesuError):
    """The local store could not do what was asked; nothing was half-written."""

    code = "store_failed"


class StoreLocked(StoreError):
    """Another program holds the store."""

    code = "store_locked"


class StoreWrongKey(StoreError):
    """The key does not open the store."""

    code = "store_wrong_key"


class DiskFull(StoreError):
    """No room left where the store lies."""

    code = "disk_full"


class NoNumbersLeft(StoreError):
    """The leased ticket numbers are used up and the centre has not leased more."""

    code = "no_numbers"


class SettingsError(JiesuError):
    """A settings file holds something that is not a setting; values: file, line, what is wrong, what is allowed."""

    code = "settings_wrong"


class ModelError(JiesuError):
    """A speech model cannot be used; values: model, file or reason."""

    code = "model_missing"


class ModelCorrupt(ModelError):
    """A model file does not have the hash that models.toml names; values: model, file."""

    code = "model_corrupt"


class ModelEngineUnknown(ModelError):
    """models.toml names an engine this program does not have; values: model, engine."""

    code = "model_engine_unknown"


class ModelHangs(ModelError):
    """An engine did not come back from loading a model, in more than one process; values: model."""

    code = "model_hangs"


class ModelForeign(ModelError):
    """A model does not know the language that is wanted; values: model, its languages, the wanted one."""

    code = "model_language"


class ModelStranger(ModelError):
    """A file lies in a model's folder that is not the model's, and an engine might read it; values: model, file."""

    code = "model_stranger"


class ModelUnreadable(ModelError):
    """The system refuses to read a model's file; values: model, file, reason."""

    code = "model_unreadable"


class CentreError(JiesuError):
    """The centre could not be spoken with."""

    code = "centre_down"


class RuleBroken(JiesuError):
    """A rule of the field forbids the step; values: which step, why."""

    code = "rule_broken"
