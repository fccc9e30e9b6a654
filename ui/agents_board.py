"""The agents on the wallboard: how many are in which state, who they are, and whose console is cut off."""

from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QGridLayout, QHeaderView, QLabel, QTableView, QVBoxLayout, QWidget

from app.domain.agent import AgentState
from app.domain.figures import AgentFigure
from ui.clock_texts import duration_text
from ui.labels import agent_state_text
from ui.row_model import RowModel
from ui.theme import restyle

_ORDER = {state: place for place, state in enumerate(AgentState)}


class AgentsBoard(QFrame):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "tile")
        self._at = 0.0
        self.caption = QLabel(self.tr("Agents"))
        self.counts = {state: QLabel("0") for state in AgentState}
        self.names = {state: QLabel(agent_state_text(state)) for state in AgentState}
        self.unsynced = QLabel()
        self.unsynced.setWordWrap(True)
        self.rows: RowModel[AgentFigure] = RowModel(
            lambda agent: agent.console,
            {Qt.ItemDataRole.DisplayRole: self._cell, Qt.ItemDataRole.TextAlignmentRole: _alignment},
            (self.tr("Agent"), self.tr("State"), self.tr("For")),
            self,
        )
        self.table = QTableView()
        self._set_up_table()
        self._lay_out()

    def show_agents(self, agents: tuple[AgentFigure, ...], at: float, unsynced: int) -> None:
        """`at` is the centre's time, from which the agents' spans count."""
        self._at = at
        found = Counter(_state(agent) for agent in agents)
        for state, label in self.counts.items():
            label.setText(str(found[state]))
        self.rows.show(sorted(agents, key=lambda agent: (_ORDER[_state(agent)], agent.agent)))
        self.rows.refresh()
        self.caption.setText(self.tr("Agents: {0} signed on").format(len(agents) - found[AgentState.OFFLINE]))
        is_bad = unsynced > 0
        self.unsynced.setText(
            self.tr("⚠ Consoles not synchronised: {0}").format(unsynced) if is_bad else self.tr("✓ All consoles synchronised")
        )
        restyle(self.unsynced, "tone", "danger" if is_bad else "ok")

    def resize_text(self, unit: float) -> None:
        sizes: list[tuple[QWidget, float]] = [(self.caption, 23), (self.unsynced, 20), (self.table, 19)]
        sizes += [(label, 34) for label in self.counts.values()] + [(label, 21) for label in self.names.values()]
        for widget, size in sizes:
            font = widget.font()
            font.setPixelSize(max(12, round(size * unit)))
            font.setBold(widget in self.counts.values())
            widget.setFont(font)
        self.table.verticalHeader().setDefaultSectionSize(round(32 * unit))

    def _cell(self, agent: AgentFigure, column: int) -> str:
        match column:
            case 0:
                return agent.agent or agent.console
            case 1:
                return self._state_text(agent)
            case _:
                return duration_text(self._at - agent.since) if agent.since else ""

    def _state_text(self, agent: AgentFigure) -> str:
        words = agent_state_text(agent.state)
        if not agent.is_online:
            return self.tr("{0}, no contact").format(words)
        if agent.is_in_call:
            words = self.tr("{0}, in a call").format(words)
        return self.tr("{0}, {1} unsent").format(words, agent.waiting) if agent.waiting else words

    def _set_up_table(self) -> None:
        self.table.setModel(self.rows)
        self.table.setAccessibleName(self.tr("Agents"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table.setShowGrid(False)
        self.table.setProperty("role", "plain")
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().hide()
        for column, mode in enumerate(("ResizeToContents", "Stretch", "ResizeToContents")):
            self.table.horizontalHeader().setSectionResizeMode(column, getattr(QHeaderView.ResizeMode, mode))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 8)
        column.addWidget(self.caption)
        grid = QGridLayout()
        grid.setVerticalSpacing(0)
        for place, state in enumerate(AgentState):
            grid.addWidget(self.names[state], place, 0)
            grid.addWidget(self.counts[state], place, 1, Qt.AlignmentFlag.AlignRight)
        column.addLayout(grid)
        column.addWidget(self.table, stretch=1)
        column.addWidget(self.unsynced)


def _state(agent: AgentFigure) -> AgentState:
    """A console the centre has lost has no agent at the phone, whatever it said last."""
    return agent.state if agent.is_online else AgentState.OFFLINE


def _alignment(_: AgentFigure, column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column == 2 else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
