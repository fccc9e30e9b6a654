"""How a caller is named on the screen: masked unless the agent asked for the whole number."""

from PySide6.QtCore import QCoreApplication

from app.desk.state import CallView
from app.domain.call import masked


def caller_text(view: CallView, is_unmasked: bool) -> str:
    """The number; what the network sent where it is no number; or that there is none."""
    if view.number:
        return view.number if is_unmasked else masked(view.number)
    raw = view.raw_number.strip() or view.display.strip()
    if raw:
        return QCoreApplication.translate("caller", "odd number “{0}”").format(raw[:24] if is_unmasked else masked(raw[:24]))
    return QCoreApplication.translate("caller", "no number")
