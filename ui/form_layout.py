"""Where the fields of the ticket form stand: all of them at once on a small screen, so that nothing opens, closes or jumps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtWidgets import QGridLayout, QWidget

COLUMNS = 24

_ROWS: tuple[dict[str, tuple[int, int]], ...] = (
    {"kind": (0, 24)},
    {"urgency": (0, 13), "happened": (13, 11)},
    {"matter": (0, 24)},
    {"district": (0, 5), "street": (5, 6), "place": (11, 13)},
    {"requester": (0, 7), "contact": (7, 10), "hurt": (17, 7)},
    {"named_unit": (0, 11), "demand": (11, 13)},
    {"content": (0, 24)},
    {"verified": (0, 12), "reply": (12, 12)},
)
"""Row by row: field → (first column, columns)."""

_GROWING = {"content": 1, "verified": 1}
"""The rows that take the room that is left."""

_LABELS = {
    "is_confidential": QT_TRANSLATE_NOOP("TicketForm", "Confidential"),
    "kind": QT_TRANSLATE_NOOP("TicketForm", "&Kind"),
    "urgency": QT_TRANSLATE_NOOP("TicketForm", "&Urgency"),
    "happened": QT_TRANSLATE_NOOP("TicketForm", "&When"),
    "matter": QT_TRANSLATE_NOOP("TicketForm", "&Matter"),
    "district": QT_TRANSLATE_NOOP("TicketForm", "&District"),
    "street": QT_TRANSLATE_NOOP("TicketForm", "&Sub-district"),
    "place": QT_TRANSLATE_NOOP("TicketForm", "&Place"),
    "requester": QT_TRANSLATE_NOOP("TicketForm", "&Requester"),
    "contact": QT_TRANSLATE_NOOP("TicketForm", "&Contact"),
    "hurt": QT_TRANSLATE_NOOP("TicketForm", "&Hurt"),
    "named_unit": QT_TRANSLATE_NOOP("TicketForm", "Un&it named"),
    "demand": QT_TRANSLATE_NOOP("TicketForm", "D&emand"),
    "content": QT_TRANSLATE_NOOP("TicketForm", "Con&tent (as stated by the caller)"),
    "verified": QT_TRANSLATE_NOOP("TicketForm", "&Verified (by the agent)"),
    "reply": QT_TRANSLATE_NOOP("TicketForm", "Repl&y to the caller"),
}


@dataclass(frozen=True, slots=True)
class FieldShape:
    """A field with its head."""

    head: QWidget
    field: QWidget


def labels() -> dict[str, str]:
    """What stands above each field, in the language of the window."""
    return {name: QCoreApplication.translate("TicketForm", str(source)) for name, source in _LABELS.items()}


def lay_fields(grid: QGridLayout, shapes: Mapping[str, FieldShape]) -> None:
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(6)
    grid.setVerticalSpacing(0)
    for place, row in enumerate(_ROWS):
        for name, (column, span) in row.items():
            grid.addWidget(shapes[name].head, 2 * place, column, 1, span)
            grid.addWidget(shapes[name].field, 2 * place + 1, column, 1, span)
        grid.setRowStretch(2 * place + 1, next((_GROWING[name] for name in row if name in _GROWING), 0))
    for column in range(COLUMNS):
        grid.setColumnStretch(column, 1)


def order_focus(fields: Sequence[QWidget]) -> None:
    for first, second in pairwise(fields):
        QWidget.setTabOrder(first, second)
