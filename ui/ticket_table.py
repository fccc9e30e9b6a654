"""The window of all tickets kept on this console or arrived from others, with a search."""

from collections.abc import Callable
from itertools import islice

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QLabel, QTableView, QVBoxLayout, QWidget

from app.desk.state import DeskState
from app.domain.ticket import Ticket, TicketId, Urgency
from ui.clock_texts import moment_text
from ui.labels import kind_text, stage_text, urgency_text
from ui.row_model import RowModel
from ui.typed_search import TypedSearch

_WIDTHS = (128, 130, 120, 96, 300, 170, 150, 104)
_MATTER = 4


class TicketTable(QWidget):
    """Ctrl+F goes to the search, Down into the table, Enter opens the ticket, Esc closes the window."""

    def __init__(
        self, search: Callable[[str], None], open_ticket: Callable[[TicketId], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._open_ticket = open_ticket
        self._now = 0.0
        self._unsent: frozenset[TicketId] = frozenset()
        self.setWindowTitle(self.tr("Tickets"))
        self.box = TypedSearch(search, self)
        self.count = QLabel()
        self.rows: RowModel[Ticket] = RowModel(
            lambda ticket: ticket.id,
            {
                Qt.ItemDataRole.DisplayRole: self._cell,
                Qt.ItemDataRole.ToolTipRole: lambda ticket, column: self._cell(ticket, column),
            },
            self._headers(),
            self,
        )
        self.table = _Table(self._enter, self)
        self._set_up_table()
        self._lay_out()
        self.resize(1280, 660)

    def show_state(self, state: DeskState) -> None:
        self._now = state.now
        unsent = unsent_tickets(state)
        self.rows.show(state.tickets)
        if unsent != self._unsent:
            self._unsent = unsent
            self.rows.refresh()
        self.box.follow(state.ticket_query)
        self.count.setText(self.tr("{0} tickets, {1} not yet sent").format(len(state.tickets), len(unsent)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() == Qt.Key.Key_F and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.box.setFocus()
            self.box.selectAll()
        else:
            super().keyPressEvent(event)

    def _headers(self) -> tuple[str, ...]:
        return (
            self.tr("Number"),
            self.tr("At the centre"),
            self.tr("Stage"),
            self.tr("Kind"),
            self.tr("Matter"),
            self.tr("Place"),
            self.tr("Unit"),
            self.tr("Saved"),
        )

    def _set_up_table(self) -> None:
        self.table.setModel(self.rows)
        self.table.setAccessibleName(self.tr("Tickets"))
        for column, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(column, width)
        self.table.horizontalHeader().setSectionResizeMode(_MATTER, QHeaderView.ResizeMode.Stretch)
        self.box.left_downwards.connect(self.table.enter_table)

    def _lay_out(self) -> None:
        label = QLabel(self.tr("&Search"))
        label.setBuddy(self.box)
        self.box.setPlaceholderText(self.tr("Ticket number, words, place or caller"))
        self.box.setAccessibleName(self.tr("Search the tickets"))
        top = QHBoxLayout()
        top.addWidget(label)
        top.addWidget(self.box, stretch=1)
        top.addWidget(self.count)
        column = QVBoxLayout(self)
        column.addLayout(top)
        column.addWidget(self.table, stretch=1)

    def _cell(self, ticket: Ticket, column: int) -> str:
        match column:
            case 0:
                return ticket.number or self.tr("(no number yet)")
            case 1:
                return self.tr("○ not yet sent") if ticket.id in self._unsent else self.tr("✓ at the centre")
            case 2:
                return stage_text(ticket.stage)
            case 3:
                return kind_text(ticket.kind) if ticket.kind else ""
            case 4:
                return self._matter(ticket)
            case 5:
                return ticket.address
            case 6:
                return ticket.unit_name
            case _:
                return moment_text(ticket.saved_at or ticket.created_at, self._now)

    def _matter(self, ticket: Ticket) -> str:
        matter = ticket.matter or ticket.content
        if ticket.urgency is not Urgency.NORMAL:
            matter = self.tr("[{0}] {1}").format(urgency_text(ticket.urgency), matter)
        return self.tr("[confidential] {0}").format(matter) if ticket.is_confidential else matter

    def _enter(self, place: int) -> None:
        ticket = self.rows.row(place)
        if ticket is not None:
            self._open_ticket(ticket.id)


class _Table(QTableView):
    def __init__(self, entered: Callable[[int], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entered = entered
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.doubleClicked.connect(lambda index: entered(index.row()))

    def enter_table(self) -> None:
        if self.model().rowCount() and not self.currentIndex().isValid():
            self.setCurrentIndex(self.model().index(0, 0))
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._entered(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


def unsent_tickets(state: DeskState) -> frozenset[TicketId]:
    """The tickets of this agent that may not be at the centre yet.

    Changes leave in the order they were saved, so with `waiting` of them left, an unsent ticket is among as many latest
    saves of ours. It may mark one too many (a waiting change can be a call's record), never one too few.
    """
    if not state.sync.waiting:
        return frozenset()
    own = sorted((ticket for ticket in state.tickets if ticket.agent == state.agent), key=lambda t: -t.saved_at)
    return frozenset(ticket.id for ticket in islice(own, state.sync.waiting))
