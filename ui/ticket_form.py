"""The ticket being written: every field with the words it came from, and what still wants a confirmation."""

from collections.abc import Callable
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.desk.state import DeskState, Draft
from app.domain.ticket import NOTE_LIMIT, RequestKind, Ticket, TicketId, Urgency
from app.domain.transcript import Evidence
from ui.choice import Choice
from ui.elided_label import ElidedLabel
from ui.field_head import FieldHead
from ui.labels import kind_text, stage_text, urgency_text
from ui.text_fields import AreaField, LineField
from ui.theme import restyle

LINES = ("matter", "place", "happened", "requester", "contact")
AREAS = {"content": 3, "reply": 2}
_NOTHING = Draft(Ticket(TicketId("")))


class TicketForm(QWidget):
    """`field_entered` names the text field that got the focus. Values go to `edit`, confirmations to `confirm`."""

    field_entered = Signal(str)

    def __init__(
        self,
        edit: Callable[[str, object], None],
        confirm: Callable[[str], None],
        confirm_key: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._edit, self._confirm = edit, confirm
        self._shown: Draft | None = None
        self.title = ElidedLabel(10)
        self.title.setProperty("role", "heading")
        self.texts: dict[str, LineField | AreaField] = {
            **{name: LineField(self._sender(name)) for name in LINES},
            **{name: AreaField(self._sender(name), lines) for name, lines in AREAS.items()},
        }
        kinds = {kind.value: kind_text(kind) for kind in RequestKind}
        urgencies = {urgency.value: urgency_text(urgency) for urgency in Urgency}
        self.kind = Choice(self.tr("Kind"), kinds, lambda value: edit("kind", RequestKind(value)))
        self.urgency = Choice(self.tr("Urgency"), urgencies, lambda value: edit("urgency", Urgency(value)))
        self.confidential = QCheckBox(self.tr("Con&fidential"))
        self.confidential.setToolTip(self.tr("The caller asks that name and number are kept from the unit"))
        self.confidential.clicked.connect(lambda checked: edit("is_confidential", checked))
        self.heads = self._heads(confirm_key)
        self._connect()
        self._lay_out()
        self._show_title(None)

    def show_state(self, state: DeskState) -> None:
        draft = state.draft or _NOTHING
        if draft is self._shown:
            return
        before, self._shown = self._shown, draft
        is_new_ticket = before is not None and before.ticket.id != draft.ticket.id
        ticket = draft.ticket
        for name, field in self.texts.items():
            field.show_value(getattr(ticket, name), is_new_ticket)
            restyle(field, "unsure", "true" if name in draft.unsure else "false")
        self.kind.show_value(ticket.kind.value if ticket.kind else "", "kind" in draft.unsure)
        self.urgency.show_value(ticket.urgency.value if state.draft else "", "urgency" in draft.unsure)
        if self.confidential.isChecked() != ticket.is_confidential:
            self.confidential.setChecked(ticket.is_confidential)
        for name, head in self.heads.items():
            head.show_source(ticket.evidence.get(name, ()), name in draft.unsure)
        self._show_title(state.draft)

    @property
    def focused_field(self) -> str:
        """The field that has the focus, "" where none of the form has."""
        has = QApplication.focusWidget()
        fields: dict[str, QWidget] = {**self.texts, "kind": self.kind, "urgency": self.urgency}
        return next(
            (name for name, field in fields.items() if has is not None and (field is has or field.isAncestorOf(has))), ""
        )

    def confirm_next(self) -> None:
        """Confirms the unsure field under the cursor and goes to the next; from elsewhere goes to the first."""
        unsure = self._shown.unsure if self._shown else frozenset()
        here = self.focused_field
        if here in unsure:
            self._confirm(here)
        still = self._shown.unsure if self._shown else frozenset()
        following = next((name for name in self.heads if name in still), None)
        if following is not None:
            self.enter(following)

    def enter(self, name: str = "matter") -> None:
        """Puts the cursor into a field."""
        field = {**self.texts, "kind": self.kind, "urgency": self.urgency}.get(name)
        if field is not None:
            field.setFocus()

    def evidence_of(self, name: str) -> tuple[Evidence, ...]:
        return self._shown.ticket.evidence.get(name, ()) if self._shown else ()

    def _sender(self, name: str) -> Callable[[str], None]:
        return lambda value: self._edit(name, value)

    def _heads(self, key: str) -> dict[str, FieldHead]:
        labels: dict[str, tuple[str, QWidget]] = {
            "kind": (self.tr("&Kind"), self.kind),
            "urgency": (self.tr("&Urgency"), self.urgency),
            "happened": (self.tr("&When"), self.texts["happened"]),
            "matter": (self.tr("&Matter"), self.texts["matter"]),
            "place": (self.tr("&Place"), self.texts["place"]),
            "requester": (self.tr("&Requester"), self.texts["requester"]),
            "contact": (self.tr("&Contact"), self.texts["contact"]),
            "content": (self.tr("Con&tent (as stated by the caller)"), self.texts["content"]),
            "reply": (self.tr("Repl&y to the caller"), self.texts["reply"]),
        }
        return {name: FieldHead(label, field, partial(self._confirm, name), key) for name, (label, field) in labels.items()}

    def _connect(self) -> None:
        for name, field in self.texts.items():
            field.setAccessibleName(self.heads[name].label.text().replace("&", ""))
            field.entered.connect(partial(self.field_entered.emit, name))
            field.refused.connect(partial(self._refuse, name))
            if isinstance(field, LineField):
                field.confirmed.connect(partial(self._confirm_if_unsure, name))

    def _confirm_if_unsure(self, name: str) -> None:
        if self._shown is not None and name in self._shown.unsure:
            self.confirm_next()

    def _refuse(self, name: str) -> None:
        self.heads[name].complain(self.tr("Not taken: a field holds at most {0} characters").format(NOTE_LIMIT))

    def _show_title(self, draft: Draft | None) -> None:
        if draft is None:
            text = self.tr("Ticket: none is open. Type, or take a call.")
        elif draft.ticket.number:
            text = self.tr("Ticket {0} · {1}").format(draft.ticket.number, stage_text(draft.ticket.stage))
        else:
            text = self.tr("New ticket · {0}").format(stage_text(draft.ticket.stage))
        self.title.show_text(text)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(1)
        fields: dict[str, QWidget] = {**self.texts, "kind": self.kind, "urgency": self.urgency}
        rows: tuple[dict[str, tuple[int, int]], ...] = (
            {"kind": (0, 12)},
            {"urgency": (0, 7), "happened": (7, 5)},
            {"matter": (0, 12)},
            {"place": (0, 12)},
            {"requester": (0, 5), "contact": (5, 7)},
            {"content": (0, 12)},
            {"reply": (0, 12)},
        )
        for place, row in enumerate(rows):
            for name, (column, span) in row.items():
                grid.addWidget(self.heads[name], 2 * place, column, 1, span)
                grid.addWidget(fields[name], 2 * place + 1, column, 1, span)
            grid.setRowStretch(2 * place + 1, {"content": 3, "reply": 2}.get(next(iter(row)), 0))
        for column in range(12):
            grid.setColumnStretch(column, 1)
        top = QHBoxLayout()
        top.addWidget(self.title, stretch=1)
        top.addWidget(self.confidential)
        column_box = QVBoxLayout(self)
        column_box.setContentsMargins(0, 0, 0, 0)
        column_box.setSpacing(2)
        column_box.addLayout(top)
        column_box.addLayout(grid, stretch=1)
        self._order_focus()

    def _order_focus(self) -> None:
        order = [self.kind, self.urgency, *(self.texts[name] for name in (*LINES[2:3], *LINES[:2], *LINES[3:], *AREAS))]
        for first, second in pairwise(order):
            QWidget.setTabOrder(first, second)
