"""The agents on the wallboard: how many are in which state, who they are, and whose console is cut off."""

from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QGridLayout, QHeaderView, QLabel, QTableView, QVBoxLayout, QWidget

from app.desk.queue_state import QueueView
from app.desk.shield_events import ShieldTold
from app.domain.agent import NO_ANSWER, AgentState, QueueStanding, SupervisionMode
from app.domain.figures import AgentFigure
from ui.clock_texts import duration_text
from ui.labels import agent_state_text, busy_reason_text
from ui.row_model import RowModel
from ui.shield_texts import step_text
from ui.supervision_bar import SupervisionBar, mode_text
from ui.theme import restyle, size_letters

TOLD_S = 900.0
_ORDER = {state: place for place, state in enumerate(AgentState)}


class AgentsBoard(QFrame):
    def __init__(
        self,
        supervise: Callable[[str, SupervisionMode], None] = lambda _console, _mode: None,
        parent: QWidget | None = None,
    ) -> None:
        """`supervise`: what a team lead's keys do with the agent that is chosen."""
        super().__init__(parent)
        self.setProperty("role", "tile")
        self._supervise = supervise
        self._queue = QueueView()
        self.supervision = SupervisionBar(self.ask)
        self._at = 0.0
        self.caption = QLabel(self.tr("Agents"))
        self.counts = {state: QLabel("0") for state in AgentState}
        self.names = {state: QLabel(agent_state_text(state)) for state in AgentState}
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setAccessibleName(self.tr("Agents who are being abused"))
        restyle(self.told, "tone", "warning")
        self.told.hide()
        self.unsynced = QLabel()
        self.unsynced.setWordWrap(True)
        self.rows: RowModel[AgentFigure] = RowModel(
            lambda agent: agent.console,
            {
                Qt.ItemDataRole.DisplayRole: self._cell,
                Qt.ItemDataRole.ToolTipRole: self._cell,
                Qt.ItemDataRole.TextAlignmentRole: _alignment,
            },
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
        self._show_supervision()

    def show_told(self, told: tuple[ShieldTold, ...], now: float) -> None:
        """The latest step of each agent's abuse shield in the last quarter of an hour."""
        latest: dict[str, ShieldTold] = {}
        for one in told:
            latest.setdefault(one.agent, one)
        fresh = [one for one in latest.values() if now - one.step.at < TOLD_S][:3]
        words = [
            self.tr("⚠ {0}: {1} {2}, {3} ago").format(
                one.agent, step_text(one.step.kind), one.step.grade or "", duration_text(now - one.step.at)
            )
            for one in fresh
        ]
        self.told.setText("\n".join(words))
        self.told.setVisible(bool(words))

    def resize_text(self, unit: float) -> None:
        sizes: list[tuple[QWidget, float]] = [(self.caption, 23), (self.unsynced, 20), (self.told, 20), (self.table, 19)]
        sizes += [(label, 34) for label in self.counts.values()] + [(label, 18) for label in self.names.values()]
        sizes.append((self.supervision.said, 19))
        for widget, size in sizes:
            size_letters(widget, max(12, round(size * unit)), widget in self.counts.values())
        self.table.verticalHeader().setDefaultSectionSize(round(32 * unit))

    def show_queue(self, queue: QueueView) -> None:
        """What a team lead may do; an agent's own board has nothing to choose."""
        self._queue = queue
        is_lead = queue.policy.is_lead
        chosen = QAbstractItemView.SelectionMode.SingleSelection if is_lead else QAbstractItemView.SelectionMode.NoSelection
        if self.table.selectionMode() != chosen:
            self.table.setSelectionMode(chosen)
            self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
            self.table.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_lead else Qt.FocusPolicy.NoFocus)
        self._show_supervision()

    def ask(self, mode: SupervisionMode) -> None:
        """Takes part in the call of the agent that is chosen; while one is supervised, of that one."""
        supervising = self._queue.supervising
        agent = self._chosen()
        if supervising is not None and (agent is None or supervising.mode is mode):
            self._supervise(supervising.console, mode)
        elif agent is not None:
            self._supervise(agent.id, mode)
        self._show_supervision()

    def _chosen(self) -> AgentFigure | None:
        rows = self.table.selectionModel().selectedRows()
        return self.rows.row(rows[0].row()) if rows else None

    def _show_supervision(self) -> None:
        supervising = self._queue.supervising
        known = {self.rows.row(place) for place in range(self.rows.rowCount())}
        about = next((one for one in known if one and supervising and one.id == supervising.console), None) or self._chosen()
        self.supervision.show_queue(self._queue, (about.agent or about.console) if about is not None else "")

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
        if agent.is_lost:
            return self.tr("{0}, LOST: paused").format(words)
        if not agent.is_online:
            return self.tr("{0}, no contact").format(words)
        if agent.reason:
            words = self.tr("{0} ({1})").format(words, busy_reason_text(agent.reason))
        if agent.is_in_call:
            words = self.tr("{0}, in a call").format(words)
        return "".join([words, *self._remarks(agent)])

    def _remarks(self, agent: AgentFigure) -> list[str]:
        """What a team lead should see beside the state."""
        said = []
        if agent.supervised is not None:
            said.append(" · " + self.tr("{0}: {1}").format(mode_text(agent.supervised), agent.supervised_by))
        if agent.unanswered and agent.reason != NO_ANSWER:
            said.append(" · " + self.tr("not taken: {0}").format(agent.unanswered))
        if agent.queue is QueueStanding.FAILED:
            said.append(" · " + self.tr("⚠ not in the queue"))
        if agent.waiting:
            said.append(" · " + self.tr("{0} unsent").format(agent.waiting))
        return said

    def _set_up_table(self) -> None:
        self.table.setModel(self.rows)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_supervision())
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
            grid.addWidget(self.names[state], 0, place, Qt.AlignmentFlag.AlignHCenter)
            grid.addWidget(self.counts[state], 1, place, Qt.AlignmentFlag.AlignHCenter)
            grid.setColumnStretch(place, 1)
        column.addLayout(grid)
        column.addWidget(self.table, stretch=1)
        column.addWidget(self.supervision)
        column.addWidget(self.told)
        column.addWidget(self.unsynced)


def _state(agent: AgentFigure) -> AgentState:
    """A console the centre has lost has no agent at the phone, whatever it said last."""
    return agent.state if agent.is_online else AgentState.OFFLINE


def _alignment(_: AgentFigure, column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column == 2 else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
