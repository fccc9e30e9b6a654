"""The caller's earlier tickets, open ones first."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.desk.state import DeskState
from app.domain.ticket import Ticket, TicketId
from ui.clock_texts import day_text
from ui.labels import kind_text, stage_text
from ui.row_model import RowModel
from ui.two_line_list import Line, TwoLineList


class HistoryPanel(QWidget):
    """Enter or a double click opens a ticket."""

    def __init__(self, open_ticket: Callable[[TicketId], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._open_ticket = open_ticket
        self._now = 0.0
        self._shown: tuple[Ticket, ...] | None = None
        self.heading = QLabel()
        self.heading.setProperty("role", "heading")
        self.rows: RowModel[Ticket] = RowModel(
            lambda ticket: ticket.id,
            {
                Qt.ItemDataRole.DisplayRole: lambda ticket, _: self._title(ticket),
                Line.ASIDE: lambda ticket, _: day_text(ticket.created_at, self._now),
                Line.DETAIL: lambda ticket, _: self._detail(ticket),
                Qt.ItemDataRole.AccessibleTextRole: lambda ticket, _: f"{self._title(ticket)}, {self._detail(ticket)}",
                Qt.ItemDataRole.ToolTipRole: lambda ticket, _: f"{self._title(ticket)}\n{self._detail(ticket)}",
            },
            parent=self,
        )
        self.list = TwoLineList(self.tr("Earlier tickets of this caller"), self._enter, self)
        self.list.setModel(self.rows)
        self.heading.setBuddy(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.heading)
        column.addWidget(self.list, stretch=1)

    def show_state(self, state: DeskState) -> None:
        self._now = state.now
        if state.history is not self._shown:
            self._shown = state.history
            self.rows.show(sorted(state.history, key=lambda ticket: not ticket.is_open))
        self.heading.setText(self._heading(state))

    def _heading(self, state: DeskState) -> str:
        if state.focused is None:
            return self.tr("History")
        if not state.focused.number:
            return self.tr("History: the network gave no number")
        if not state.history:
            return self.tr("History: no earlier ticket of this number")
        is_open = sum(ticket.is_open for ticket in state.history)
        return self.tr("History: {0} tickets, {1} open").format(len(state.history), is_open)

    def _title(self, ticket: Ticket) -> str:
        matter = ticket.matter or ticket.content or self.tr("(no matter written)")
        return self.tr("[open] {0}").format(matter) if ticket.is_open else matter

    def _detail(self, ticket: Ticket) -> str:
        parts = [stage_text(ticket.stage), kind_text(ticket.kind) if ticket.kind else "", ticket.unit_name, ticket.number or ""]
        return " · ".join(part for part in parts if part)

    def _enter(self, place: int) -> None:
        ticket = self.rows.row(place)
        if ticket is not None:
            self._open_ticket(ticket.id)
